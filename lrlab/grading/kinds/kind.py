"""What every kind of exercise must be able to do, as a record of functions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from pydantic import BaseModel

from lrlab.grading.answers import Refusal
from lrlab.grading.evidence import Evidence, ResponseCurve
from lrlab.grading.exhibits import Shown
from lrlab.grading.forms import Form
from lrlab.grading.spec import Sheet
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers

Complaint = tuple[str, str]
"""A field and what is wrong with it."""


class Cost(NamedTuple):
    """A quantity that costs the engine steps for every answer: `times` · (quantity + `more`)."""

    field: str
    steps: float | str
    more: int = 0
    times: int = 1


@dataclass(frozen=True)
class Examined:
    """What a proof found on one variant.

    `heard` are the names of the mistakes that some wrong answer brought up. `decades` is the width of the door and
    `guess` the probability of passing blindly; `best` is the best measure possible and `par` a good one. They are
    None where they mean nothing.
    """

    complaints: tuple[Complaint, ...] = ()
    heard: frozenset[str] = frozenset()
    decades: float | None = None
    guess: float | None = None
    best: float | None = None
    par: float | None = None


def _no_offers(task: Any, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    return ()


def _no_exhibit(task: Any, numbers: Numbers, offers: tuple[Offer, ...]) -> Shown | None:
    return None


def _no_picture(task: Any, variant: Variant, answer: Any) -> Evidence | None:
    return None


def _as_it_stands(task: Any, variant: Variant, text: str) -> str:
    return text


def _no_response(task: Any, variant: Variant) -> ResponseCurve | None:
    return None


def _no_complaints(sheet: Sheet[Any]) -> Iterable[Complaint]:
    return ()


def _no_steps(task: Any) -> Iterable[Cost]:
    return ()


def _no_trial(task: Any, variant: Variant) -> None:
    return None


@dataclass(frozen=True)
class Kind:
    """One kind of exercise. Every function takes the task of the file first.

    `read` makes an answer of a text, or a refusal; `write` is its canonical text, which `read` takes back. `judge`
    gives the verdict, `form` says how to answer and `shown` what replays an answer. `solve` finds an answer that
    passes, the best one where some are better, and None where there is none; `prove` fails and guesses too.
    `conditions` are the fields by which a mistake may be known, `outcomes` the words that its `outcome` may be.

    `offers` draws what there is to choose from, `exhibit` makes what the task itself shows, and `response` is the
    picture of the door, for teachers. `complaints` says what a model cannot see, `steps` which quantities cost steps of
    the engine, and `trial` raises ValueError where the task does not work out for a
    learner's numbers. `under_letters` turns an answer of the file's self-test, which cannot know who gets which letter,
    into what this learner would say. `every_variant` says that each known mistake must be possible on every variant,
    and not only on some.
    """

    task: type[BaseModel]
    read: Callable[[Any, Variant, str], Any | Refusal]
    write: Callable[[Any], str]
    judge: Callable[[Any, Variant, Any], Verdict]
    form: Callable[[Any, Variant], Form]
    solve: Callable[[Any, Variant], Any | None]
    prove: Callable[[Any, Variant], Examined]
    conditions: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    every_variant: bool = False
    shown: Callable[[Any, Variant, Any], Evidence | None] = _no_picture
    offers: Callable[[Any, Numbers, np.random.Generator], tuple[Offer, ...]] = _no_offers
    exhibit: Callable[[Any, Numbers, tuple[Offer, ...]], Shown | None] = _no_exhibit
    response: Callable[[Any, Variant], ResponseCurve | None] = _no_response
    complaints: Callable[[Sheet[Any]], Iterable[Complaint]] = _no_complaints
    steps: Callable[[Any], Iterable[Cost]] = _no_steps
    trial: Callable[[Any, Variant], None] = _no_trial
    under_letters: Callable[[Any, Variant, str], str] = _as_it_stands

    @property
    def name(self) -> str:
        """The word for it in exercise files."""
        kind: str = self.task.model_fields["kind"].annotation.__args__[0]  # type: ignore[union-attr]
        return kind
