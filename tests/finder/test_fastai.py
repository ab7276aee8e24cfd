"""fastai's rules against values that fastai itself gave, and against its faults."""

import json
from pathlib import Path

import numpy as np
import pytest

from lrlab.finder.fastai import RULES, suggestion

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "finder_curve.json").read_text(encoding="utf-8"))
RATES = 1e-7 * (10 / 1e-7) ** (np.arange(100) / 99)
DECADES = np.log10(RATES)
LOSSES = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5))) + np.exp(4 * (DECADES - 0.2))


@pytest.mark.parametrize(("rule", "rate"), GOLDEN["fastai"].items())
def test_fact_21_fastai_on_the_golden_curve(rule: str, rate: float) -> None:
    assert suggestion(rule, RATES, LOSSES) == pytest.approx(rate, rel=1e-9)


def test_the_valley_counts_back_by_length_over_gaps() -> None:
    """The longest fall, 9 8 7 6 5 4, has six points and ends at 8; 8 − 6 = 2, and half-way from there is 2 + 2 + 1."""
    losses = np.array([9.0, 8, 9, 7, 9, 6, 9, 5, 4])
    assert RULES["valley"](np.arange(9.0), losses) == 5.0


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("count", [0, 1, 5, 6, 7])
def test_too_few_points_give_no_rate_instead_of_an_error(rule: str, count: int) -> None:
    rates = np.geomspace(1e-3, 1.0, count) if count else np.zeros(0)
    found = suggestion(rule, rates, np.linspace(1.0, 0.0, count))
    assert found is None or found > 0


@pytest.mark.parametrize("rule", RULES)
def test_a_flat_curve_gives_some_rate_as_fastai_does(rule: str) -> None:
    assert suggestion(rule, RATES, np.ones(100)) > 0  # type: ignore[operator]


def test_an_unknown_rule_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'hill'.*valley, slide, minimum, steep"):
        suggestion("hill", RATES, LOSSES)
