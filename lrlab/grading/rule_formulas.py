"""Formulae about update rules: first steps, and three optimizers that set out with the same one."""

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from lrlab.descent import descend
from lrlab.descent.quadratics import bowl_1d

MOST_STEPS = 20
ORDERS: Mapping[int, tuple[str, str, str]] = MappingProxyType(
    {1: ("sgd", "momentum", "adam"), 2: ("momentum", "adam", "sgd"), 3: ("adam", "sgd", "momentum")}
)
"""Who runs as A, B and C; the three orders a learner may draw."""
_WORDS = {"sgd": "plain", "momentum": "ball", "adam": "adam"}


def rmsprop_first_step(rate: float, decay: float) -> float:
    """The first step of RMSprop whatever the gradient: α/√(1 − ρ)."""
    return rate / math.sqrt(1.0 - decay)


def rmsprop_rate_for_first_step(step: float, decay: float) -> float:
    """The rate with which RMSprop takes a first step of a given length: step·√(1 − ρ)."""
    return step * math.sqrt(1.0 - decay)


def raced_position(order: float, place: float, start: float, product: float, step: float) -> float:
    """Where one of three runs on ½x² stands: in place 1, 2 or 3 of an order, all with the same first step."""
    optimizer = ORDERS[round(order)][round(place) - 1]
    # Adam's rate is the length of its first step; the others' is what makes their first step as long.
    rate = product * start if optimizer == "adam" else product
    return _walk(optimizer, rate, start)[round(step)]


@lru_cache(maxsize=1024)
def _walk(optimizer: str, rate: float, start: float) -> tuple[float, ...]:
    run = descend(bowl_1d(1.0), optimizer, rate, start=start, steps=MOST_STEPS)
    return tuple(run.points[0, :, 0].tolist())


def raced_order(order: float) -> str:
    """Who runs as A, B and C in an order, as a word: `plain-ball-adam`, `ball-adam-plain` or `adam-plain-ball`."""
    return "-".join(_WORDS[name] for name in ORDERS[round(order)])
