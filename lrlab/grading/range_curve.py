"""A range test in closed form: flat, falling, bottom and climbing, without the noise of a real one.

100 rates from 1e-7 to 10; with u = log10(rate) − shift,
loss = 2.3 − 1.8/(1 + exp(−3(u + 2.5))) + exp(4(u − 0.2)).
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from lrlab.finder import RangeTest, suggestions
from lrlab.finder.range_test import corrected_average, ramp, record


def range_test(shift: float) -> RangeTest:
    """The reference curve, moved by `shift` decades to larger rates, as far as a range test would have followed it."""
    rates = ramp(1e-7, 10.0, 100)
    u = np.log10(rates) - shift
    return record(rates, [2.3 - 1.8 / (1 + np.exp(-3 * (u + 2.5))) + np.exp(4 * (u - 0.2))], seeds=(0,))


def suggested(rule: str, shift: float) -> float:
    """The rate that one of the finder's rules suggests on the reference curve."""
    rate = _suggestions(shift)[rule]
    if rate is None:
        raise ValueError(f"the rule {rule!r} suggests nothing on a curve moved by {shift:g} decades")
    return rate


@lru_cache(maxsize=32)
def _suggestions(shift: float) -> Mapping[str, float | None]:
    return {suggestion.rule: suggestion.rate for suggestion in suggestions(range_test(shift))}


def averaged_minimum(shift: float, beta: float) -> float:
    """The rate with the lowest loss once an exponential average has been drawn over the reference curve."""
    test = range_test(shift)
    return float(test.rates[np.nanargmin(corrected_average(test.losses[0], beta))])
