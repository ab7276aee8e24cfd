"""Things shown under letters, so that neither place nor name tells which is which."""

from collections.abc import Sequence

import numpy as np

from lrlab.grading.variants import Offer


def shuffled(count: int, generator: np.random.Generator) -> list[int]:
    """The numbers below `count` in a random order, from uniform numbers alone: those are the same everywhere."""
    return [int(place) for place in np.argsort(generator.random(count), kind="stable")]


def lettered(order: Sequence[int], what: str) -> tuple[Offer, ...]:
    """One offer a letter: a, b, c, …"""
    return tuple(
        Offer(chr(ord("a") + place), f"{what} {chr(ord('A') + place)}", of) for place, of in enumerate(order)
    )
