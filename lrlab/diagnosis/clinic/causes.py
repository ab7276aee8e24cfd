"""Why a curve looks as it does: the causes, the three questions, what gives each away, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Cause(Enum):
    """What made this curve?"""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOISE_FLOOR = "noise_floor"
    SCHEDULE = "schedule"
    PLATEAU = "plateau"
    DATA = "data"
    NOTHING = "nothing"


QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "fast": "Too fast?",
        "slow": "Too slow?",
        "sudden": "Did something change suddenly?",
    }
)
"""The three questions to ask of any curve."""

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "straight": "It falls nearly in a straight line: the second half of the run did about as much as the first.",
        "grows": "The loss grows, by a factor rather than by an amount, until it is huge or no number.",
        "swings": "It jumps up and down by about its own size and keeps no progress.",
        "jitter": "It fell fast, and then jitters about a level that no longer moves.",
        "with_rate": "At one step the curve changes its kind, and the rate changes at that same step.",
        "without_rate": "At one step the curve changes its kind, and the rate does not change there.",
        "flat_then_falls": "It lies flat for a long stretch and falls only after that.",
        "training_above": "It calms down, but the training loss stays far above the validation loss.",
        "bends": "It falls fast at first and then more and more gently, with nothing out of place.",
    }
)
"""What a curve can show; which of them is decisive depends on the case."""

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "raise": "Raise the rate by a factor of three to ten, or add momentum, and start again.",
        "lower": "Lower the rate by a factor of three to ten and start again.",
        "lower_later": "Keep the beginning; lower the rate from the middle of the run on.",
        "schedule": "Look at the schedule: take out the jump that it makes at that step.",
        "data": "Leave the rate alone and look at the data and its labels.",
        "keep": "Change nothing.",
    }
)
"""What to do next."""


@dataclass(frozen=True)
class Reason:
    """A cause in words, the answers to the three questions (None where either can be defended) and its action."""

    title: str
    why: str
    answers: Mapping[str, bool | None]
    action: str


def _answers(fast: bool | None, slow: bool | None, sudden: bool | None) -> Mapping[str, bool | None]:
    return MappingProxyType({"fast": fast, "slow": slow, "sudden": sudden})


REASONS: Mapping[Cause, Reason] = MappingProxyType(
    {
        Cause.TOO_SMALL: Reason(
            "The rate is too small",
            "Every step goes the right way and hardly any distance.",
            _answers(False, True, False),
            "raise",
        ),
        Cause.TOO_LARGE: Reason(
            "The rate is too large",
            "Steps overshoot by more than they gain; the farther out, the steeper, and the longer the next step.",
            _answers(True, False, None),
            "lower",
        ),
        Cause.NOISE_FLOOR: Reason(
            "The rate is too large for the end of the run",
            "It brought the run here quickly. Now noise lifts the loss as fast as the slope lowers it.",
            _answers(None, False, False),
            "lower_later",
        ),
        Cause.SCHEDULE: Reason(
            "The schedule jumps",
            "The rate that worked was replaced by another one in a single step.",
            _answers(None, None, True),
            "schedule",
        ),
        Cause.PLATEAU: Reason(
            "A plateau",
            "The slope is close to zero there, and a rate multiplies the slope: small steps on flat ground.",
            _answers(False, True, None),
            "raise",
        ),
        Cause.DATA: Reason(
            "The data, not the rate",
            "What the model is asked to learn is broken. No rate repairs that.",
            _answers(False, False, None),
            "data",
        ),
        Cause.NOTHING: Reason(
            "Nothing is wrong",
            "Fast at first, then gently: this is what a good rate looks like.",
            _answers(False, False, False),
            "keep",
        ),
    }
)
"""Every cause in words."""
