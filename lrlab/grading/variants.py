"""A learner's own numbers, drawn from an exercise and a seed; the same seed gives the same task on every machine."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lrlab.grading import exhibits
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.spec import ChoiceTask, PredictTask, Sheet
from lrlab.grading.templates import fill
from lrlab.grading.track import Exercise
from lrlab.grading.walks import number
from lrlab.grading.words import Choices, Range


@dataclass(frozen=True)
class Offer:
    """One of the answers to choose from: `name` is kept with the attempt, `text` is shown."""

    name: str
    text: str


@dataclass(frozen=True)
class Variant:
    """An exercise with a learner's own numbers in every text of it.

    `numbers` are the parameters drawn and the values derived from them. `options` are empty where a number is asked
    for. `exhibit` is what must be read before answering, or None.
    """

    exercise: Exercise
    seed: int
    numbers: Mapping[str, float | str]
    prompt: str
    hints: tuple[str, str, str]
    options: tuple[Offer, ...]
    exhibit: exhibits.Shown | None
    explanation: str


def variant(exercise: Exercise, learner_seed: int, given: Mapping[str, float | str] | None = None) -> Variant:
    """Draw a learner's own numbers; `given` sets parameters by name that are then not drawn.

    Raises ValueError where the file's formulae give no finite number for what was drawn; the check finds such files.
    """
    sheet = exercise.sheet
    generator = _generator(exercise.slug, learner_seed)
    numbers = MappingProxyType(_derived(sheet, {**_drawn(sheet, generator), **(given or {})}))
    hints = sheet.hints
    return Variant(
        exercise=exercise,
        seed=learner_seed,
        numbers=numbers,
        prompt=fill(sheet.prompt, numbers).strip(),
        hints=(fill(hints.direction, numbers), fill(hints.bracket, numbers), fill(hints.formula, numbers)),
        options=_offers(sheet, numbers, generator),
        exhibit=exhibits.make(sheet.exhibit, numbers) if sheet.exhibit else None,
        explanation=fill(sheet.explanation, numbers).strip(),
    )


def _generator(slug: str, seed: int) -> np.random.Generator:
    digest = hashlib.sha256(f"{slug}\n{seed}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def _drawn(sheet: Sheet, generator: np.random.Generator) -> dict[str, float | str]:
    """Draw every parameter in the order of the file, from uniform numbers alone: those are the same everywhere."""
    drawn: dict[str, float | str] = {}
    for name, parameter in sheet.parameters.items():
        if isinstance(parameter, Range):
            drawn[name] = _between(parameter, float(generator.random()))
        elif isinstance(parameter, Choices):
            drawn[name] = parameter.choices[int(generator.random() * len(parameter.choices))]
        else:
            drawn[name] = parameter
    return drawn


def _between(limits: Range, part: float) -> float:
    low, high = limits.low, limits.high
    if limits.whole:
        return float(math.floor(low + part * (high - low + 1)))
    value = low * (high / low) ** part if limits.spacing == "log" else low + part * (high - low)
    return min(max(float(f"{value:.{limits.digits}g}"), low), high)


def _derived(sheet: Sheet, numbers: dict[str, float | str]) -> dict[str, float | str]:
    for name, value in sheet.values.items():
        arguments = {key: number(quantity, numbers) for key, quantity in (value.model_extra or {}).items()}
        try:
            result = FORMULAS[value.formula].compute(**arguments)
        except (ArithmeticError, ValueError) as reason:
            raise ValueError(f"values.{name}: {value.formula}({arguments}) has no value: {reason}") from None
        if not isinstance(result, str) and not math.isfinite(result):
            raise ValueError(f"values.{name}: {value.formula}({arguments}) is {result}")
        numbers[name] = result
    return numbers


def _offers(
    sheet: Sheet, numbers: Mapping[str, float | str], generator: np.random.Generator
) -> tuple[Offer, ...]:
    task = sheet.task
    if not isinstance(task, ChoiceTask | PredictTask):
        return ()
    offers = [Offer(option.name, fill(option.text, numbers)) for option in task.options]
    if isinstance(task, ChoiceTask) and task.shuffle:
        keys = generator.random(len(offers))
        offers = [offers[place] for place in np.argsort(keys, kind="stable")]
    return tuple(offers)
