"""The record of a learner's own task, as `drawing.variant` makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrlab.grading.exhibits import Shown
from lrlab.grading.track import Exercise


@dataclass(frozen=True)
class Offer:
    """One of the answers to choose from: `name` is kept with the attempt, `text` is shown.

    `of` says which thing of the file it stands for, where that is kept from the student.
    """

    name: str
    text: str
    of: int = 0


@dataclass(frozen=True)
class Explained:
    """One step of a worked solution: what is done, a question about it, and which answer (from 0) is right."""

    text: str
    why: str
    options: tuple[str, ...]
    right: int
    reply: str


@dataclass(frozen=True)
class Variant:
    """An exercise with a learner's own numbers in every text of it.

    `numbers` are the parameters drawn and the values derived from them, `given` the parameters alone: with them
    `variant(exercise, seed, given)` makes the same task again. `options` are what there is to choose from, in the
    order shown; empty where a number is asked for. `exhibit` is what must be read before answering, or None.
    `worked` are the steps of a worked solution, empty for a free exercise.
    """

    exercise: Exercise
    seed: int
    numbers: Mapping[str, float | str]
    given: Mapping[str, float | str]
    prompt: str
    hints: tuple[str, str, str]
    options: tuple[Offer, ...]
    exhibit: Shown | None
    explanation: str
    worked: tuple[Explained, ...] = ()

    @property
    def task(self) -> Any:
        """What is asked, as the model of its kind."""
        return self.exercise.sheet.task
