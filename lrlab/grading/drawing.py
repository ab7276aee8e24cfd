"""Drawing a learner's own numbers from an exercise and a seed; the same seed gives the same task on every machine."""

import hashlib
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from lrlab.grading import exhibits
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.spec import Sheet, Step
from lrlab.grading.templates import fill
from lrlab.grading.track import Exercise
from lrlab.grading.variants import Explained, Variant
from lrlab.grading.walks import Numbers, number
from lrlab.grading.words import Choices, Range


def variant(exercise: Exercise, learner_seed: int, given: Mapping[str, float | str] | None = None) -> Variant:
    """Draw a learner's own numbers; `given` sets parameters by name that are then not drawn.

    With the `given` of a variant that was opened, the same numbers come back even where the file draws from other
    ranges by now; a parameter that the file has no more is left out.

    Raises ValueError where the file's formulae give no finite number for what was drawn; the check finds such files.
    """
    sheet = exercise.sheet
    known = {name: value for name, value in (given or {}).items() if name in sheet.parameters}
    drawn = {**_drawn(sheet, _generator(exercise.slug, learner_seed)), **known}
    numbers = MappingProxyType(_derived(sheet, dict(drawn)))
    kind, hints = KINDS[exercise.kind], sheet.hints
    offers = kind.offers(sheet.task, numbers, _generator(exercise.slug, learner_seed, "\noffers"))
    exhibit = exhibits.make(sheet.exhibit, numbers) if sheet.exhibit else None
    return Variant(
        exercise=exercise,
        seed=learner_seed,
        numbers=numbers,
        given=MappingProxyType(drawn),
        prompt=fill(sheet.prompt, numbers).strip(),
        hints=(fill(hints.direction, numbers), fill(hints.bracket, numbers), fill(hints.formula, numbers)),
        options=offers,
        exhibit=exhibit or kind.exhibit(sheet.task, numbers, offers),
        explanation=fill(sheet.explanation, numbers).strip(),
        worked=tuple(_explained(step, numbers) for step in sheet.worked),
    )


def _generator(slug: str, seed: int, what: str = "") -> np.random.Generator:
    """Parameters and offers have draws of their own, so that the order of offers outlives a change of the ranges."""
    digest = hashlib.sha256(f"{slug}\n{seed}{what}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def _drawn(sheet: Sheet[Any], generator: np.random.Generator) -> dict[str, float | str]:
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


def _derived(sheet: Sheet[Any], numbers: dict[str, float | str]) -> dict[str, float | str]:
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


def _explained(step: Step, numbers: Numbers) -> Explained:
    options = tuple(fill(option, numbers) for option in step.options)
    text, why, reply = (fill(part, numbers).strip() for part in (step.text, step.why, step.reply))
    return Explained(text, why, options, step.right - 1, reply)
