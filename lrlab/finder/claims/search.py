"""Claims about searching: random against grid, the scale to draw on, and halving."""

from functools import cache

from lrlab.finder.chances import median_of_best, random_beats_grid
from lrlab.finder.claims.claim import Claim
from lrlab.finder.response import ResponseCurve, response_curve
from lrlab.finder.search import halve, retrained, train_all
from lrlab.finder.spaces import SPACES, draw
from lrlab.training import hidden, load

TRIALS, STEPS = 9, 108
LOW, HIGH = 1e-5, 1e5


@cache
def _curve(seed: int) -> ResponseCurve:
    return response_curve(load("digits"), "linear", low=LOW, high=HIGH, count=201, steps=200, seed=seed)


def _random_wins(seed: int) -> float:
    return random_beats_grid(response_curve(load("digits"), "linear", seed=seed), seed=seed)


def _plain_over_log(seed: int) -> float:
    plain, by_log = (
        median_of_best(_curve(seed), LOW, HIGH, TRIALS, spacing, seed=seed) for spacing in ("uniform", "log")
    )
    return plain / by_log


def _halving_over_random(seed: int) -> float:
    """Loss with new seeds of what halving chose over that of what random draws chose, for the same bill."""
    data, model, space = load("digits"), hidden(32, "relu"), SPACES["momentum"]
    searches = (
        halve(data, model, space, draw(space, 3 * TRIALS, seed=seed), STEPS // 9, seed=seed),
        train_all(data, model, space, draw(space, TRIALS, seed=seed), STEPS, seed=seed),
    )
    means = retrained(data, model, searches, STEPS, (1000 + seed, 2000 + seed, 3000 + seed)).mean(axis=1)
    return float(means[0] / means[1])


CLAIMS = (
    Claim(
        "random-beats-grid",
        "search",
        "Where only one setting matters, random draws beat a grid.",
        "Bergstra and Bengio 2012",
        "digits, softmax regression at 181 rates; nine draws against a grid of three by three, 4,000 times",
        "share of searches in which random found the lower loss",
        _random_wins,
        0.6,
    ),
    Claim(
        "draw-the-logarithm",
        "search",
        "Rates should be drawn on a log scale.",
        "Bengio 2012, section 3.3",
        "digits, softmax regression, nine draws from 0.00001 to 100,000",
        "median of the lowest loss, plain scale over log scale",
        _plain_over_log,
        2.0,
    ),
    Claim(
        "halving-saves",
        "search",
        "For the same bill successive halving finds settings at least as good as random draws do.",
        "Jamieson and Talwalkar 2016",
        "digits, one hidden layer of 32, rate and momentum, a bill of nine trainings of 108 updates",
        "loss with new seeds, halving's choice over random's",
        _halving_over_random,
        high=1.1,
    ),
)
