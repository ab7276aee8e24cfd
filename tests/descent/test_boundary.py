"""The limits of stability, walked: fractions worked out by hand from 2(1 + β), 2(1 + β)/(1 + 2β), 2(1 + β)/(1 − β)."""

import pytest

from lrlab.descent.boundary import boundary


@pytest.mark.parametrize(
    ("optimizer", "coefficients", "product"),
    [
        ("sgd", {}, 2.0),
        ("momentum", {"momentum": 0.9}, 3.8),
        ("momentum", {"momentum": 0.5}, 3.0),
        ("nesterov", {"momentum": 0.9}, 1.357143),
        ("nesterov", {"momentum": 0.5}, 1.5),
        ("momentum", {"momentum": 0.9, "dampening": 0.9}, 38.0),
        ("momentum", {"momentum": 0.5, "dampening": 0.5}, 6.0),
    ],
)
def test_fact_05_walks_stop_being_stable_where_the_formula_says(optimizer, coefficients, product):
    assert boundary(optimizer, **coefficients) == pytest.approx(product, rel=1e-3)


def test_the_rate_at_the_boundary_goes_as_one_over_the_curvature():
    assert boundary("sgd", curvature=50.0) == pytest.approx(0.04, rel=1e-3)


def test_a_bad_curvature_is_named():
    with pytest.raises(ValueError, match=r"curvature is -1\.0; it must be above 0"):
        boundary("sgd", curvature=-1.0)
