"""Claims about the batch size: how the rate should follow it, and what it does to the noise."""

from functools import cache

import numpy as np

from lrlab.finder.batch_sizes import BatchSweep, best_rates, growth
from lrlab.finder.claims.claim import Claim
from lrlab.finder.growing import Growth, decay_or_grow
from lrlab.training import fit, hidden, load, resume
from lrlab.training.noise_floor import noise_floors
from lrlab.training.noise_scale import gradient_noise

SIZES = (8, 16, 32, 64, 128, 256, 512)
BEND = 64
SWEEPS = {"sgd": np.geomspace(0.05, 12.8, 17), "adam": np.geomspace(0.0025, 0.64, 17)}
MODEL = hidden(32, "relu")
NETWORK = "digits, one hidden layer of 32, five epochs, 17 rates for each batch size from 8 to 512"


@cache
def _swept(optimizer: str, seed: int) -> BatchSweep:
    return best_rates(load("digits"), MODEL, optimizer, SIZES, SWEEPS[optimizer], epochs=5, seeds=(seed,))


def _slope(optimizer: str, low: int, high: int, seed: int) -> float:
    return growth(_swept(optimizer, seed), low, high)


@cache
def _grown(seed: int) -> Growth:
    return decay_or_grow(load("digits"), MODEL, 0.2, 16, seed=seed)


def _grown_loss(seed: int) -> float:
    both = _grown(seed)
    return float(both.grown.train_losses[0, -1] / both.decayed.train_losses[0, -1])


def _scale_growth(seed: int) -> float:
    data = load("digits")
    start = fit(data, "linear", "sgd", 0.0, 64, steps=1, seed=seed, measure="never")
    later = resume(data, start, steps=100, rates=0.5, measure="never")
    return float(gradient_noise(data, later).scale[0] / gradient_noise(data, start).scale[0])


def _floor_ratio(seed: int) -> float:
    floors = noise_floors(load("diabetes"), (0.01, 0.04), (1, 4), seed=seed).floors
    return float(floors[1, 1] / floors[0, 0])


CLAIMS = (
    Claim(
        "linear-rule",
        "batch_size",
        "With plain SGD the best rate grows in proportion to the batch.",
        "Goyal and others 2017",
        NETWORK,
        "slope of log best rate over log batch, 8 to 64",
        lambda seed: _slope("sgd", SIZES[0], BEND, seed),
        0.75,
        1.25,
    ),
    Claim(
        "linear-rule-goes-on",
        "batch_size",
        "… and it goes on doing so for large batches.",
        "Goyal and others 2017, on ImageNet up to a batch of 8192",
        NETWORK,
        "the same slope, 64 to 512",
        lambda seed: _slope("sgd", BEND, SIZES[-1], seed),
        0.75,
        1.25,
    ),
    Claim(
        "square-root-sgd",
        "batch_size",
        "With plain SGD the best rate grows with the square root of the batch.",
        "Krizhevsky 2014, from the variance of the gradient",
        NETWORK,
        "slope of log best rate over log batch, 8 to 64",
        lambda seed: _slope("sgd", SIZES[0], BEND, seed),
        0.25,
        0.75,
    ),
    Claim(
        "square-root-adam",
        "batch_size",
        "With Adam the best rate grows with the square root of the batch.",
        "Malladi and others 2022; β and ε left as they are here",
        NETWORK,
        "slope of log best rate over log batch, 8 to 512",
        lambda seed: _slope("adam", SIZES[0], SIZES[-1], seed),
        0.25,
        0.75,
    ),
    Claim(
        "floor-follows-the-ratio",
        "batch_size",
        "The noise floor depends on α/B alone.",
        "Smith and Le 2018",
        "diabetes, least squares started at its minimum, α = 0.01 with B = 1 and four times both",
        "the second floor over the first",
        _floor_ratio,
        0.8,
        1.25,
    ),
    Claim(
        "grow-the-batch",
        "batch_size",
        "A growing batch ends where a falling rate does.",
        "Smith and others 2018",
        "digits, one hidden layer of 32, twelve epochs, a factor of four every four epochs",
        "final training loss, growing batch over falling rate",
        _grown_loss,
        0.9,
        1.1,
    ),
    Claim(
        "noise-scale-grows",
        "batch_size",
        "The gradient noise scale grows as the loss falls.",
        "McCandlish and others 2018",
        "digits, softmax regression, α = 0.5, batch 64",
        "noise scale after 100 updates over that at the start",
        _scale_growth,
        2.0,
    ),
)
