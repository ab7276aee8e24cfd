"""Claims about the range test: which rule to follow, what smoothing does, and where the curve blows up."""

from functools import cache, partial

import numpy as np

from lrlab.finder.claims.claim import Claim
from lrlab.finder.lag import lag
from lrlab.finder.range_test import Stop, range_test
from lrlab.finder.regrets import Regrets, regrets
from lrlab.finder.suggest import suggestions
from lrlab.training import linear, load
from lrlab.training.curvature import largest_stable_rate

SETS = (("digits", 64), ("breast_cancer", 64), ("wine", 16), ("iris", 16))
MODEL = "hidden"
SWEEP = np.geomspace(1e-3, 30.0, 28)
TRAININGS = "digits, breast cancer, wine and iris, one hidden layer of 32, SGD, 200 updates"
REGRET = "validation loss above the best of 28 rates, as a share of it, median over the sets"


@cache
def _regretted(name: str, batch_size: int, seed: int) -> Regrets:
    data = load(name)
    test = range_test(data, MODEL, low=1e-5, high=100.0, batch_size=batch_size, seeds=(seed,))
    return regrets(
        data, MODEL, suggestions(test), SWEEP, batch_size=batch_size, seeds=(1000 + seed, 2000 + seed)
    )


def _regret(rule: str, seed: int) -> float:
    """How far above the best loss a rule ends, the median over the data sets; inf where it gave no rate."""
    found = []
    for name, batch_size in SETS:
        (mine,) = (each for each in _regretted(name, batch_size, seed).rules if each.rule == rule)
        found.append(np.inf if mine.regret is None else mine.regret)
    return float(np.median(found))


def _lag(seed: int) -> float:
    late = lag(range_test(load("digits"), MODEL, low=1e-5, high=100.0, seeds=(seed,)), (0.98,))
    return np.nan if late is None else late.moved(0)[0]


def _blow_up(seed: int) -> float:
    """The rate at which a ramp on least squares explodes, over the true limit 2/L."""
    data = load("diabetes")
    test = range_test(
        data, linear("squares"), batch_size=len(data.x_train), seeds=(seed,), steps=100 + 50 * seed
    )
    if test.stops[0] is Stop.END:
        return np.inf
    limit = largest_stable_rate(data.x_train, "squares")
    return float(test.rates[test.lengths[0] - 1] / limit)


CLAIMS = (
    Claim(
        "ten-below-the-climb",
        "lr_finder",
        "A tenth of the rate where the loss starts to climb is a good rate.",
        "the rule of thumb of this page",
        TRAININGS,
        REGRET,
        partial(_regret, "climb"),
        high=0.1,
    ),
    Claim(
        "minimum-over-ten",
        "lr_finder",
        "A tenth of the rate with the lowest loss is a good rate.",
        "fastai's first rule (Howard and Gugger 2020)",
        TRAININGS,
        REGRET,
        partial(_regret, "minimum_tenth"),
        high=0.1,
    ),
    Claim(
        "valley",
        "lr_finder",
        "The valley of the curve is a good rate.",
        "fastai 2, what `lr_find` suggests by default",
        TRAININGS,
        REGRET,
        partial(_regret, "valley"),
        high=0.1,
    ),
    Claim(
        "steepest",
        "lr_finder",
        "The rate where the loss falls fastest is a good rate.",
        "the default of pytorch-lr-finder and of Lightning",
        TRAININGS,
        REGRET,
        partial(_regret, "steepest"),
        high=0.1,
    ),
    Claim(
        "minimum-itself",
        "lr_finder",
        "The rate with the lowest loss, read without lag, is a good rate.",
        "our own first measurements, by training loss",
        TRAININGS,
        REGRET,
        partial(_regret, "minimum"),
        high=0.1,
    ),
    Claim(
        "average-lags",
        "lr_finder",
        "An average with β = 0.98 moves the minimum by about a decade.",
        "arithmetic on a smooth curve, which gives 1.05",
        "range tests on the digits, one hidden layer of 32, 100 rates over seven decades",
        "decades by which the minimum moves",
        _lag,
        0.8,
        1.2,
    ),
    Claim(
        "blow-up-marks-the-limit",
        "lr_finder",
        "The curve blows up at the largest stable rate.",
        "a common reading of the picture",
        "diabetes, least squares on all rows, ramps of 100 to 300 steps",
        "rate of the explosion over 2/L",
        _blow_up,
        0.83,
        1.2,
    ),
)
