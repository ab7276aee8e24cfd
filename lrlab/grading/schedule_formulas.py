"""Formulae about rates that change: what a decay leaves, how far it reaches, and what it costs without noise."""

from functools import lru_cache

import numpy as np

from lrlab.schedules import Schedule, constant, linear, step_decay

START = 5.0


def falls_until(every: float, step: float) -> float:
    """How many times a rate that falls every so many steps has fallen when a step begins."""
    return float(round(step) // round(every))


def stepped_rate(rate: float, factor: float, falls: float) -> float:
    """A rate after some falls by a factor."""
    return float(step_decay(rate, every=1, factor=factor)(round(falls)))


def decay_left(decay: float, epochs: float) -> float:
    """Which part of a rate is left after some epochs that each multiply it by a factor: γⁿ."""
    return float(decay ** round(epochs))


def left_if_straight(decay: float, epochs: float) -> float:
    """How many per cent would be left if every epoch took the same share of the first rate."""
    return 100.0 * (1.0 - (1.0 - decay) * epochs)


def part_gone(part: float) -> float:
    """How many per cent are gone when a part is left."""
    return 100.0 * (1.0 - part)


def part_gone_at_once(decay: float) -> float:
    """Which part of a rate a single multiplication takes: 1 − γ."""
    return 1.0 - decay


def sum_of_rates(rate: float, decay: float) -> float:
    """What all rates of an exponential decay add up to, however many: α/(1 − γ)."""
    return rate / (1.0 - decay)


def clean_loss(rate: float, steps: float) -> float:
    """The loss on ½x² from 5 after some steps at a constant rate, without noise."""
    return _clean(constant(rate), round(steps))


def clean_loss_falling(rate: float, steps: float) -> float:
    """The loss on ½x² from 5 after as many steps of a rate that falls to 0 in a straight line, without noise."""
    return _clean(linear(rate, 0.0, round(steps)), round(steps))


@lru_cache(maxsize=256)
def _clean(schedule: Schedule, steps: int) -> float:
    left = START * float(np.prod(1.0 - schedule(np.arange(steps))))
    return 0.5 * left**2
