"""What a student is given to answer with: a closed set of records, one for each way of answering.

`judging.form(variant)` says which one a task has. A screen draws it with its own widgets and makes the answer with the
form's `text(…)`, which takes what the widgets hold and gives the text that `judging.read` understands; a widget left
empty gives a text that is refused with a sentence, at no cost. No form knows what is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lrlab.grading.variants import Offer


@dataclass(frozen=True)
class Typed:
    """One number in a text field. `forecast` are predictions to ask for before the run, empty where none is asked.

    `runs` says that the answer is run with (the button says so) and not only compared.
    """

    label: str
    unit: str | None = None
    runs: bool = False
    forecast: tuple[Offer, ...] = ()

    def text(self, typed: str) -> str:
        """The answer is what was typed."""
        return typed


@dataclass(frozen=True)
class OneOf:
    """One of several options, as radio buttons."""

    options: tuple[Offer, ...]
    runs: bool = False

    def text(self, chosen: str | None) -> str:
        """The answer is the name of the option; None where nothing is chosen yet."""
        return chosen or ""


@dataclass(frozen=True)
class Pair:
    """Two numbers in two text fields, the lower and the higher one."""

    low: str
    high: str

    def text(self, low: str, high: str) -> str:
        """Both numbers as they were typed, with a semicolon between."""
        return f"{low} ; {high}"


@dataclass(frozen=True)
class Ordering:
    """Things to put in order: one select box a place, or buttons that move a row up and down.

    `first` and `last` name the two ends of the order, such as "smallest rate" and "largest rate".
    """

    items: tuple[Offer, ...]
    first: str
    last: str

    def text(self, names: Sequence[str | None]) -> str:
        """The names of the items from first to last; None for a place that is still empty."""
        return " ".join(name for name in names if name)


@dataclass(frozen=True)
class Matching:
    """One select box an item, each with the same choices; `once` says that every choice fits one item only."""

    items: tuple[Offer, ...]
    choices: tuple[Offer, ...]
    once: bool = True

    def text(self, chosen: Mapping[str, str | None]) -> str:
        """The choice for each item by their names; None for one that is still open."""
        return " ".join(f"{item.name}={chosen.get(item.name) or ''}" for item in self.items)


@dataclass(frozen=True)
class Question:
    """One of several questions that are answered together."""

    name: str
    text: str
    options: tuple[Offer, ...]


@dataclass(frozen=True)
class Questions:
    """Several questions, each with radio buttons, sent together."""

    questions: tuple[Question, ...]

    def text(self, chosen: Mapping[str, str | None]) -> str:
        """The option chosen for each question by their names; None for one that is still open."""
        return " ".join(f"{question.name}={chosen.get(question.name) or ''}" for question in self.questions)


@dataclass(frozen=True)
class Lines:
    """Numbered lines of which one is to be picked; `code` says whether they are a program or sentences."""

    lines: tuple[Offer, ...]
    code: bool

    def text(self, chosen: str | None) -> str:
        """The answer is the name of the line, which is its number; None where nothing is chosen yet."""
        return chosen or ""


@dataclass(frozen=True)
class Trials:
    """So many rates to try, each between `low` and `high`; `judging.probe` says what one trial gives.

    They are spent one after another: type a rate, see its loss, decide on the next. The answer is all of them.
    """

    count: int
    low: float
    high: float
    measure: str

    def text(self, rates: Sequence[str]) -> str:
        """The rates as they were typed, in order."""
        return " ; ".join(rates)


@dataclass(frozen=True)
class Dial:
    """One parameter of a shape: a number between two bounds."""

    name: str
    text: str
    low: float
    high: float


@dataclass(frozen=True)
class Shape:
    """One of several shapes, with the parameters it has."""

    name: str
    text: str
    dials: tuple[Dial, ...]


@dataclass(frozen=True)
class Design:
    """A shape and its parameters: a select box, and a text field for each dial of the shape chosen."""

    shapes: tuple[Shape, ...]

    def text(self, shape: str | None, dials: Mapping[str, str]) -> str:
        """The name of the shape and its parameters as they were typed; None where none is chosen yet."""
        return " ".join([shape or "", *(f"{name}={typed}" for name, typed in dials.items())]).strip()


Form = Typed | OneOf | Pair | Ordering | Matching | Questions | Lines | Trials | Design

FORECAST: tuple[Offer, ...] = (
    Offer("converge", "It comes in on one side and arrives."),
    Offer("overshoot", "It jumps across, again and again, and arrives or keeps bouncing."),
    Offer("diverge", "It is thrown further out with every step."),
)
"""What may be said of a run before it is seen."""
_COMES_TRUE = {
    "converge": ("converged", "moving", "stuck"),
    "overshoot": ("overshot", "bouncing"),
    "diverge": ("diverged",),
}


def came_true(said: str, outcome: str) -> bool:
    """Whether a forecast agrees with the outcome of the verdict."""
    return outcome in _COMES_TRUE[said]
