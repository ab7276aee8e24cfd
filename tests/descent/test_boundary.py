"""The limits of stability, walked: fractions worked out by hand from 2(1 + β), 2(1 + β)/(1 + 2β), 2(1 + β)/(1 − β)."""

import pytest

from lrlab.descent.boundary import RULES, boundary, limits


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


def test_every_convention_is_walked_at_every_momentum_and_agrees_with_its_formula():
    heard = []
    found = limits([0.0, 0.9], progress=lambda done, to_do: heard.append((done, to_do)))
    assert [(limit.rule, limit.momentum) for limit in found] == [
        (rule, momentum) for rule in RULES for momentum in (0.0, 0.9)
    ]
    assert heard[-1] == (8, 8)
    for limit in found:
        assert limit.walked == pytest.approx(limit.formula, rel=1e-3)
    assert {limit.rule: round(limit.formula, 3) for limit in found[1::2]} == {
        "plain": 2.0,
        "heavy_ball": 3.8,
        "nesterov": 1.357,
        "average": 38.0,
    }
