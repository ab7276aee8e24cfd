"""Claims about optimizers: whether Adam is needed, tuned, and as good as its race."""

from functools import cache, partial

import numpy as np

from lrlab.descent.bias_correction import RUNNERS, success
from lrlab.finder.claims.claim import Claim
from lrlab.finder.contest import ENTRANTS, Contest, hold
from lrlab.training import load

SETS = ("digits", "breast_cancer", "wine", "moons")
MODEL = "hidden"
FRESH = 6
TRAININGS = "digits, breast cancer, wine and moons, one hidden layer of 32, ten epochs, rates tuned alike"


@cache
def _held(name: str, seed: int) -> Contest:
    first = 1000 + FRESH * seed
    return hold(
        load(name),
        MODEL,
        32,
        epochs=10,
        entrants=ENTRANTS,
        tuning_seeds=(seed,),
        seeds=range(first, first + FRESH),
    )


def _loss_against_sgd(entrant: int, seed: int) -> float:
    """An Adam's mean loss over that of momentum with cosine, the median over the data sets."""
    means = [_held(name, seed).losses.mean(axis=1) for name in SETS]
    return float(np.median([mean[entrant] / mean[0] for mean in means]))


def _default_against_tuned(seed: int) -> float:
    """Adam's mean loss at its default over that of Adam tuned, both at a constant rate, median over the data sets."""
    means = [_held(name, seed).losses.mean(axis=1) for name in SETS]
    return float(np.median([mean[3] / mean[2] for mean in means]))


def _deep_dent(runner: int, seed: int) -> float:
    """The share of starts that arrive in the deeper dent; every seed stands on a grid of its own fineness."""
    return float(success(RUNNERS[runner], steps=100, side=31 + 5 * seed)[-1])


CLAIMS = (
    Claim(
        "sgd-is-enough",
        "optimizers",
        "Well-tuned SGD with momentum is as good as Adam.",
        "Wilson and others 2017",
        TRAININGS,
        "tuned Adam's validation loss over that of SGD, both with a cosine",
        partial(_loss_against_sgd, 1),
        0.95,
    ),
    Claim(
        "default-adam",
        "optimizers",
        "Adam's default rate of 0.001 is a good setting.",
        "Kingma and Ba 2015, “good default settings for the tested problems”",
        TRAININGS,
        "validation loss at 0.001 over that at Adam's own tuned rate",
        _default_against_tuned,
        high=1.1,
    ),
    Claim(
        "race-of-the-dents",
        "optimizers",
        "Adam finds the deeper dent from most starts.",
        "Dupont 2018, an interactive race",
        "two dents, a grid of starts, 100 steps, Adam with its bias correction",
        "share of starts that arrive",
        partial(_deep_dent, 1),
        0.5,
    ),
    Claim(
        "race-without-correction",
        "optimizers",
        "… and it does so with the averages left uncorrected, as in that race.",
        "Dupont 2018, as published",
        "the same, Adam without bias correction",
        "share of starts that arrive",
        partial(_deep_dent, 0),
        0.5,
    ),
)
