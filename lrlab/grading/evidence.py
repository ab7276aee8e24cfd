"""What replays an answer: a closed set of pictures for the screen, made by `judging.shown(variant, answer)`.

And one picture for teachers: the response to every rate, with the door on it.
"""

from dataclasses import dataclass

from lrlab.descent import Descent
from lrlab.descent.outcomes import Ending


@dataclass(frozen=True)
class Walked:
    """One or more runs for the player: `run` holds them all as a sweep, with the ending of each.

    `names` say what each rate is ("your rate", "your low rate"), in the order of the sweep.
    """

    run: Descent
    endings: tuple[Ending, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Curve:
    """One named line: places across and values upward, of the same length; a value may be NaN or infinite."""

    name: str
    across: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Curves:
    """Lines on one pair of axes, with the titles of both; `log` says that the upward axis is logarithmic.

    `rates` is a second panel under it with the same axis across: the rates that made the lines, empty where there is
    nothing to say.
    """

    across: str
    upward: str
    curves: tuple[Curve, ...]
    log: bool = True
    rates: tuple[Curve, ...] = ()


@dataclass(frozen=True)
class Response:
    """Losses of trainings against their rates (both logarithmic), the student's own among them.

    `chosen` are the (rate, loss) of the answer, `bar` the loss that still passes, `best` the best (rate, loss).
    """

    measure: str
    rates: tuple[float, ...]
    losses: tuple[float, ...]
    chosen: tuple[tuple[float, float], ...]
    bar: float
    best: tuple[float, float]


Evidence = Walked | Curves | Response


@dataclass(frozen=True)
class ResponseCurve:
    """For every rate a measure (steps needed, or a loss; infinite where there is none), and which rates pass.

    `bar` is the highest measure that passes, and `openings` are the (lowest, highest) rates of each stretch that does.
    """

    measure: str
    rates: tuple[float, ...]
    values: tuple[float, ...]
    bar: float
    openings: tuple[tuple[float, float], ...]
