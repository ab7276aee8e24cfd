"""Formulae about trainings rather than steps: batches, noise, and the trials of a search."""

import math
from functools import lru_cache

from lrlab.descent import descend
from lrlab.descent.quadratics import bowl_1d
from lrlab.finder.scaling import scaled

NOISE, NOISY_RATE, NOISY_START, NOISY_STEPS = 4.0, 0.1, 3.0, 200


def square_root_rate(rate: float, batch_size: float, to: float) -> float:
    """The rate that the square-root rule proposes at another batch size: α·√(B′/B)."""
    return scaled("square_root", rate, batch_size, to)


def linear_rate(rate: float, batch_size: float, to: float) -> float:
    """The rate that the linear rule proposes at another batch size: α·B′/B."""
    return scaled("linear", rate, batch_size, to)


def noisy_loss(batch_size: float, step: float, seed: float) -> float:
    """The loss at a step of noisy descent on ½x² from 3 at rate 0.1, with gradient noise 4/√B."""
    return _noisy_losses(batch_size, round(seed))[round(step)]


def other_batch(batch_size: float) -> float:
    """The batch to compare another with: 4 rows beside a larger one, 64 beside 4."""
    return 64.0 if batch_size == 4.0 else 4.0


def larger_number(first: float, second: float) -> float:
    """The larger of two numbers."""
    return max(first, second)


def larger_of_two(first: float, second: float) -> str:
    """Which of two numbers is the larger, as a word: `first` or `second`."""
    return "first" if first > second else "second"


@lru_cache(maxsize=512)
def _noisy_losses(batch_size: float, seed: int) -> tuple[float, ...]:
    run = descend(
        bowl_1d(1.0),
        "sgd",
        NOISY_RATE,
        start=(NOISY_START, 0.0),
        steps=NOISY_STEPS,
        noise=NOISE / math.sqrt(batch_size),
        seed=seed,
    )
    return tuple(run.losses[0].tolist())
