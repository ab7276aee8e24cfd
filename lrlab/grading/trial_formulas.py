"""Formulae about trainings rather than steps: batches, noise, and the trials of a search."""

import math
from functools import lru_cache

from lrlab.descent import descend
from lrlab.descent.quadratics import bowl_1d
from lrlab.finder import chances
from lrlab.finder.scaling import scaled
from lrlab.finder.search import halving_plan

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


def log_share(low: float, high: float, start: float, end: float) -> float:
    """Which part of a range lies between two rates on a log scale."""
    return math.log(end / start) / math.log(high / low)


def uniform_share(low: float, high: float, start: float, end: float) -> float:
    """Which part of a range lies between two rates on a plain scale."""
    return (end - start) / (high - low)


def chance_of_a_hit(share: float, trials: float) -> float:
    """The probability that at least one of some random trials lands in a share of the space: 1 − (1 − p)ⁿ."""
    return chances.chance_of_a_hit(share, round(trials))


def trials_of_a_grid(side: float, settings: float) -> float:
    """How many trials a grid over several settings has: kⁿ."""
    return side ** round(settings)


def halving_bill(trials: float, first: float, keep: float, rounds: float) -> float:
    """How many updates successive halving makes when survivors go on from where they stopped."""
    plan = halving_plan(round(trials), round(first), round(keep), round(rounds))
    starts = (0, *(end for _, end in plan))
    return float(sum(count * (end - start) for (count, end), start in zip(plan, starts, strict=False)))


def halving_bill_anew(trials: float, first: float, keep: float, rounds: float) -> float:
    """How many updates successive halving would make if every round began anew."""
    plan = halving_plan(round(trials), round(first), round(keep), round(rounds))
    return float(sum(count * end for count, end in plan))


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
