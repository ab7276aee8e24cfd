"""What an exercise file may say, as strict models: an unknown field, a wrong type or plain nonsense is refused.

A file holds text, numbers and names; it holds no code. Judges and derived values are chosen by name from closed lists
(`kind`, `formulas`). The task of a file has a model of its own in `kinds`; everything around it, the same for all
kinds, is here. The JSON schema for editors is made from these models, and the text under each field is what an editor
shows.
"""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.grading.words import (
    STRICT,
    Derived,
    Exhibit,
    Label,
    Line,
    Name,
    Number,
    Parameter,
    Quantity,
    Text,
    one_of,
)

MOST_STEPS = 10_000
"""No task may make the engine take more steps than this for one answer, held steps included."""

MOST_DECADES = 12
"""No range of rates is wider than this."""

MisconceptionName = Annotated[str, *one_of("misconception", MISCONCEPTIONS)]


def _check_ends(low: float, high: float) -> None:
    if low >= high:
        raise ValueError(f"low is {low:g} and high is {high:g}; low must be below high")
    if high / low > 10.0**MOST_DECADES:
        raise ValueError(f"{low:g} to {high:g} is more than {MOST_DECADES} decades")


class Span(BaseModel):
    """The rates from which to choose."""

    model_config = STRICT

    low: float = Field(gt=0, allow_inf_nan=False)
    high: float = Field(gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _is_a_range(self) -> "Span":
        _check_ends(self.low, self.high)
        return self


class Slider(BaseModel):
    """The rates on offer, and the one that stands there untouched."""

    model_config = STRICT

    low: float = Field(gt=0, allow_inf_nan=False)
    high: float = Field(gt=0, allow_inf_nan=False)
    start: float = Field(gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _holds_its_start(self) -> "Slider":
        _check_ends(self.low, self.high)
        if not self.low <= self.start <= self.high:
            raise ValueError(f"start is {self.start:g}; it must lie between {self.low:g} and {self.high:g}")
        return self


class Door(BaseModel):
    """How wide the range of passing rates is, in decades; every variant must keep to it."""

    model_config = STRICT

    least: float = Field(alias="from", gt=0, allow_inf_nan=False)
    most: float = Field(alias="to", gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _is_a_range(self) -> "Door":
        if self.least > self.most:
            raise ValueError(f"from is {self.least:g} and to is {self.most:g}; from must not be above to")
        return self


class Tolerance(BaseModel):
    """How far an answer may be off: say one of the three."""

    model_config = STRICT

    relative: float | None = Field(default=None, gt=0, lt=1)
    """As a part of the right number: 0.05 is five per cent."""
    absolute: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """In the units of the right number: 0.5 for a whole number."""
    factor: float | None = Field(default=None, gt=1, allow_inf_nan=False)
    """As a factor either way: 2 takes anything from half to double."""

    @model_validator(mode="after")
    def _is_one(self) -> "Tolerance":
        said = [name for name in ("relative", "absolute", "factor") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"say one of relative, absolute and factor; here are {len(said)}")
        return self


class Option(BaseModel):
    """One of several answers."""

    model_config = STRICT

    name: Label
    """Kept with the attempt; never renamed."""
    text: Text


class Hints(BaseModel):
    """Three hints, opened one after another."""

    model_config = STRICT

    direction: Text
    """Which way to look."""
    bracket: Text
    """Between which two bounds the answer lies."""
    formula: Text
    """The formula that gives it."""


class Mistake(BaseModel):
    """A wrong answer that is known, and what to say to it. All conditions that are given must hold."""

    model_config = STRICT

    name: Label
    message: Text
    misconception: MisconceptionName | None = None
    """The belief behind it; left out where it is only a slip."""
    value: Quantity | None = None
    """The answer is this number, within the task's tolerance."""
    above: Quantity | None = None
    """The answer is above this number."""
    below: Quantity | None = None
    """The answer is below this number."""
    outcome: str | None = None
    """What came of the answer, in one of the words of its kind: how the walk ended, for example."""
    option: str | None = None
    """This option was chosen."""
    truth: str | None = None
    """This option would have been right."""

    @model_validator(mode="after")
    def _has_a_condition(self) -> "Mistake":
        if all(
            getattr(self, name) is None for name in ("value", "above", "below", "outcome", "option", "truth")
        ):
            raise ValueError("says nothing to know it by; give value, above, below, outcome, option or truth")
        return self


class Wrong(BaseModel):
    """A wrong answer that the check gives, and the mistake that must be recognised."""

    model_config = STRICT

    name: Line
    answer: Text
    """As a student would type it; may hold named numbers."""
    mistake: Label
    """The name of the mistake whose message must come back."""
    given: dict[Name, Number | Line] = {}
    """Parameters that are not drawn but set for this test."""


class SelfTest(BaseModel):
    """How the exercise is tested besides being solved."""

    model_config = STRICT

    wrong: tuple[Wrong, ...] = Field(min_length=3)
    """At least three wrong answers, each failing with the message of its mistake."""
    malformed: tuple[str, ...] = Field(min_length=2)
    """At least two texts that are no answer and cost no attempt."""


class Step(BaseModel):
    """One step of a worked solution, and the question that stands before the next."""

    model_config = STRICT

    text: Text
    """What is done in this step, with named numbers in braces."""
    why: Text
    """The question about it."""
    options: tuple[Text, ...] = Field(min_length=2, max_length=5)
    """The answers on offer."""
    right: int = Field(ge=1)
    """Which of them is right, counted from 1."""
    reply: Text
    """What is said once the question has been answered."""

    @model_validator(mode="after")
    def _has_its_right_answer(self) -> "Step":
        if self.right > len(self.options):
            raise ValueError(f"right is {self.right}, but there are {len(self.options)} options")
        return self


T = TypeVar("T")


class Sheet(BaseModel, Generic[T]):
    """An exercise file."""

    model_config = ConfigDict(**STRICT, title="An exercise of the lab")

    title: Line
    prompt: Text
    """Markdown with LaTeX between dollar signs and named numbers in braces."""
    explanation: Text
    """Shown after a pass: why the answer is what it is."""
    source: Line
    """Where the fact behind the exercise can be read."""
    points: int = Field(ge=1, le=10)
    minutes: int = Field(ge=1, le=60)
    """How long a student who has read the page needs."""
    hard: bool = False
    """A hard exercise must not be passed by blind guessing more often than 15 times in 100."""
    role: Literal["worked", "half", "free"] = "free"
    """`worked`: its solution unfolds step by step before the task is asked; `half`: the first steps are given."""
    worked: tuple[Step, ...] = ()
    """The steps of a worked solution, or the first of them."""
    hints: Hints
    parameters: dict[Name, Parameter] = {}
    """Numbers and words: fixed, or drawn for each learner."""
    values: dict[Name, Derived] = {}
    """Numbers and words derived from parameters and from the values above them."""
    exhibit: Exhibit | None = None
    """Something to read before answering."""
    task: T
    """What is asked, and how it is judged."""
    mistakes: tuple[Mistake, ...] = Field(min_length=1)
    """Known wrong answers; the first that fits speaks."""
    self_test: SelfTest

    @model_validator(mode="after")
    def _is_as_worked_as_it_says(self) -> "Sheet[T]":
        least = {"worked": 2, "half": 1, "free": 0}[self.role]
        if len(self.worked) < least:
            raise ValueError(
                f"role is {self.role!r}, which needs at least {least} [[worked]]; here are {len(self.worked)}"
            )
        if self.worked and self.role == "free":
            raise ValueError(
                'there are [[worked]] steps, but role is \'free\'; write role = "worked" or "half"'
            )
        return self
