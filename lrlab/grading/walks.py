"""From the names and numbers of a file to a run of the engine."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lrlab.descent import Descent, descend
from lrlab.descent.surface import Surface
from lrlab.descent.surfaces import CONSTRUCTORS
from lrlab.grading.words import Reference, Walk

Numbers = Mapping[str, float | str]


def number(quantity: float | str, numbers: Numbers) -> float:
    """The number that a quantity stands for."""
    value = numbers[quantity] if isinstance(quantity, Reference) else quantity
    if isinstance(value, str):
        raise ValueError(f"{quantity!r} is the word {value!r}; a number is needed.")
    return value


def whole(quantity: float | str, numbers: Numbers) -> int:
    """The whole number that a quantity stands for."""
    value = number(quantity, numbers)
    if value != round(value):
        raise ValueError(f"{quantity!r} is {value:g}; a whole number is needed.")
    return round(value)


def surface(walk: Walk, numbers: Numbers) -> Surface:
    """The surface a walk is on, with a learner's own numbers in it."""
    shape = {
        name: tuple(number(part, numbers) for part in given)
        if isinstance(given, tuple)
        else number(given, numbers)
        for name, given in walk.shape.items()
    }
    return CONSTRUCTORS[walk.surface](**shape)


def run(
    walk: Walk,
    numbers: Numbers,
    rates: ArrayLike,
    steps: int,
    noise: float = 0.0,
    seed: int | tuple[int, ...] = 0,
) -> Descent:
    """Walk with every one of the rates."""
    start = None if walk.start is None else np.array([number(part, numbers) for part in walk.start])
    coefficients: dict[str, Any] = {name: number(given, numbers) for name, given in walk.coefficients.items()}
    ground, settings = surface(walk, numbers), {"start": start, "noise": noise, "seed": seed, **coefficients}
    return descend(ground, walk.optimizer, rates, steps=steps, **settings)
