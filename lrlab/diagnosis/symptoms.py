"""What a loss curve can show, what each means, and what to try next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Symptom(Enum):
    """What does this curve show?"""

    CREEPING = "creeping"
    HEALTHY = "healthy"
    OSCILLATING = "oscillating"
    BOUNCING = "bouncing"
    DIVERGING = "diverging"
    NOISE_FLOOR = "noise_floor"
    PLATEAU = "plateau"
    SUDDEN_CHANGE = "sudden_change"
    DIED = "died"
    NOT_SURE = "not_sure"


class Action(Enum):
    """Which way should the rate go?"""

    RAISE = "raise"
    KEEP = "keep"
    LOWER = "lower"
    LOWER_LATER = "lower_later"
    LOOK = "look"


@dataclass(frozen=True)
class Sign:
    """One symptom in words: its title, what the curve looks like, what to try, and which way the rate should go.

    `factor` is what the advice multiplies the rate by, where it names a number.
    """

    title: str
    looks: str
    advice: str
    action: Action
    factor: float | None = None


SIGNS: Mapping[Symptom, Sign] = MappingProxyType(
    {
        Symptom.CREEPING: Sign(
            "Creeping",
            "The loss falls, but by so little a step that the curve is nearly a straight line.",
            "The rate is probably too small. Try one ten times as large, and stop when the loss begins to swing.",
            Action.RAISE,
            10.0,
        ),
        Symptom.HEALTHY: Sign(
            "Healthy",
            "The loss falls fast at first, then more and more gently.",
            "Keep the rate. A slightly larger one may be faster; lowering it at the end can gain a little more.",
            Action.KEEP,
        ),
        Symptom.OSCILLATING: Sign(
            "Swinging, but converging",
            "The loss swings up and down on its way, and each swing is smaller than the one before.",
            "It arrives, with detours. Try half the rate, or less momentum, and see whether it arrives sooner.",
            Action.LOWER,
            0.5,
        ),
        Symptom.BOUNCING: Sign(
            "Bouncing",
            "The loss jumps up and down by much of its own size and makes no lasting progress.",
            "The rate is probably too large. Try a third of it, then a tenth; if nothing changes, a larger batch.",
            Action.LOWER,
            1 / 3,
        ),
        Symptom.DIVERGING: Sign(
            "Diverging",
            "The loss grows, by a factor each step rather than by an amount.",
            "The rate is too large. Divide it by ten and start again from fresh weights.",
            Action.LOWER,
            0.1,
        ),
        Symptom.NOISE_FLOOR: Sign(
            "At the noise floor",
            "The loss fell, and since then it jitters about a level that no longer moves.",
            "Lower the rate from here on (a schedule does that), or use a larger batch. The level should drop at once.",
            Action.LOWER_LATER,
        ),
        Symptom.PLATEAU: Sign(
            "Plateau",
            "For a long stretch the loss is flat although there is still something to gain.",
            "The slope is small there, and so are the steps. A larger rate or momentum crosses it sooner.",
            Action.RAISE,
        ),
        Symptom.SUDDEN_CHANGE: Sign(
            "Sudden change",
            "The curve is of two kinds: one before a certain step, another after it.",
            "Ask what changed at that step: the schedule, the data, the loss itself. Only then turn to the rate.",
            Action.LOOK,
        ),
        Symptom.DIED: Sign(
            "Died",
            "The loss stopped being a number.",
            "Look at the rate first: try a tenth. If it still dies at the same step, look at the data of that step, at"
            " logarithms and divisions that meet a zero, and at the precision.",
            Action.LOWER,
        ),
        Symptom.NOT_SURE: Sign(
            "Not sure",
            "The curve lies between two symptoms, or is too short to show one.",
            "Give it more steps, or several seeds, and look again.",
            Action.LOOK,
        ),
    }
)
"""Every symptom in words."""


@dataclass(frozen=True)
class Diagnosis:
    """What a curve shows, the number that decided, and what to try.

    `at` is the step at which it happened, where there is one. `suspects` are the symptoms a borderline curve lies
    between (empty unless the symptom is NOT_SURE). For a run that died, `before` is what it looked like until then.
    """

    symptom: Symptom
    evidence: str
    advice: str
    action: Action
    at: int | None = None
    suspects: tuple[Symptom, ...] = ()
    before: Symptom | None = None

    @property
    def title(self) -> str:
        """The symptom as a heading."""
        return SIGNS[self.symptom].title
