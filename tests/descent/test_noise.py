"""The spread and the floor that noise leaves: the formula, the golden numbers and a simulation agree."""

import numpy as np
import pytest

from lrlab.descent import descend
from lrlab.descent.noise import floor, variance
from lrlab.descent.quadratics import bowl_1d


@pytest.mark.parametrize(
    ("rate", "by_formula", "simulated"), [(0.1, 0.0526, 0.0501), (1.0, 1.0, 1.013), (1.9, 19.0, 19.5)]
)
def test_fact_13_the_variance_of_noisy_descent(rate: float, by_formula: float, simulated: float) -> None:
    assert variance(rate, 1.0, 1.0) == pytest.approx(by_formula, rel=1e-3)
    run = descend(bowl_1d(1.0), "sgd", rate, start=(0.0, 0.0), steps=40_000, noise=1.0)
    measured = np.var(run.points[0, 1000:, 0])
    assert measured == pytest.approx(by_formula, rel=0.1)
    assert measured == pytest.approx(simulated, rel=0.15)


@pytest.mark.parametrize("curvature", [0.5, 1.0, 4.0])
def test_fact_13_the_floor_of_a_small_rate_knows_no_curvature(curvature: float) -> None:
    assert floor(0.01, curvature, 3.0) == pytest.approx(0.01 * 9.0 / 4.0, rel=0.03)


def test_quarter_the_variance_of_the_noise_carries_four_times_the_rate_to_the_same_floor() -> None:
    assert floor(0.04, 1.0, 0.5) == pytest.approx(floor(0.01, 1.0, 1.0), rel=0.02)


@pytest.mark.parametrize(
    ("rate", "curvature", "noise", "complaint"),
    [
        (1.0, 2.0, 1.0, r"rate is 1.0; it must lie in \(0, 1\)"),
        (0.0, 2.0, 1.0, "rate is 0.0"),
        (0.1, -2.0, 1.0, "curvature is -2.0"),
        (0.1, 2.0, -1.0, "noise is -1.0"),
        (0.1, 2.0, np.nan, "noise is nan"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(rate, curvature, noise, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        variance(rate, curvature, noise)
