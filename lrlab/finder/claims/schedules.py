"""Claims about schedules: what decay is for, whether the cosine is special, and what one-cycle gains."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lrlab.finder import cycling
from lrlab.finder.claims.claim import Claim
from lrlab.finder.spending import WAYS, best_possible, spend
from lrlab.finder.usable import kept_losses
from lrlab.training import fit, hidden, load
from lrlab.training.arguments import steps_of
from lrlab.training.batches import Place

Array = NDArray[np.float64]

STEPS, DRAWS = 200, 1000
EPOCHS, BATCH_SIZE, REPEATS = 20, 64, 3
MODEL = hidden(32, "relu")
PEAKS = np.geomspace(0.004, 1.0, 25)
NOISY = "½x² from 5, gradient noise of sd 1, 200 steps, mean of 1,000 walks"
TRAININGS = (
    "digits, one hidden layer of 32, momentum 0.9, batch 64, 20 epochs, 25 peaks each, three trainings a peak"
)


@cache
def _spent(seed: int) -> Mapping[str, float]:
    """The mean final loss of every way to spend the noisy steps."""
    found = spend(tuple(WAYS.values()), STEPS, seeds=DRAWS, first=DRAWS * seed)
    return dict(zip(WAYS, found.ends.tolist(), strict=True))


def _decay_gains(seed: int) -> float:
    return _spent(seed)["constant, 0.5"] / _spent(seed)["cosine, 0.5 to 0"]


def _cosine_over_steps(seed: int) -> float:
    return _spent(seed)["cosine, 0.5 to 0"] / _spent(seed)["steps, 0.5, 0.05, 0.005"]


def _over_the_best(seed: int) -> float:
    return _spent(seed)["1/(t + 1)"] / best_possible(STEPS)


@cache
def _trained(seed: int) -> Mapping[str, Array]:
    """Final validation losses at every peak, the mean of three trainings, by the name of the schedule."""
    data = load("digits")
    steps = steps_of(len(data.x_train), BATCH_SIZE, Place(), EPOCHS, None)
    found = {}
    for name in ("constant", "cosine", "one_cycle"):
        paths = np.stack([cycling.schedules(float(peak), steps)[name](np.arange(steps)) for peak in PEAKS])
        trainings = [
            fit(
                data,
                MODEL,
                "momentum",
                paths,
                BATCH_SIZE,
                steps=steps,
                seed=REPEATS * seed + k,
                measure="ends",
            )
            for k in range(REPEATS)
        ]
        found[name] = np.mean([kept_losses(training) for training in trainings], axis=0)
    return found


def _one_cycle_over_best(seed: int) -> float:
    lowest = {name: losses.min() for name, losses in _trained(seed).items()}
    return float(lowest["one_cycle"] / min(lowest["constant"], lowest["cosine"]))


def _peak_tolerated(seed: int) -> float:
    """The largest peak within a tenth of a schedule's best loss: one-cycle's over that of a constant rate."""
    highest = {}
    for name, losses in _trained(seed).items():
        good = np.flatnonzero(losses <= 1.1 * losses.min())
        highest[name] = PEAKS[good[-1]]
    return float(highest["one_cycle"] / highest["constant"])


CLAIMS = (
    Claim(
        "decay-kills-the-floor",
        "schedules",
        "Letting the rate fall gets below the noise floor of a constant rate.",
        "Robbins and Monro 1951",
        NOISY,
        "final loss at a constant 0.5 over that of a cosine from 0.5",
        _decay_gains,
        2.0,
    ),
    Claim(
        "cosine-beats-steps",
        "schedules",
        "The cosine is better than a rate that falls in steps.",
        "Loshchilov and Hutter 2017",
        f"{NOISY}; steps: 0.5, 0.05, 0.005",
        "final loss, cosine over steps",
        _cosine_over_steps,
        high=1.0,
    ),
    Claim(
        "one-over-t",
        "schedules",
        "On this problem α = 1/(t + 1) reaches the best that any rule could, ½/200.",
        "arithmetic: it averages all it has seen",
        NOISY,
        "final loss over ½/200",
        _over_the_best,
        0.9,
        1.1,
    ),
    Claim(
        "super-convergence",
        "schedules",
        "One-cycle reaches a lower loss in the same number of epochs.",
        "Smith and Topin 2018",
        TRAININGS,
        "lowest validation loss, one-cycle over the better of constant and cosine",
        _one_cycle_over_best,
        high=0.95,
    ),
    Claim(
        "higher-peak",
        "schedules",
        "One-cycle stands a higher peak than a constant rate does.",
        "Smith and Topin 2018",
        TRAININGS,
        "largest peak within a tenth of the best loss, one-cycle over constant",
        _peak_tolerated,
        1.5,
    ),
)
