"""The lag of an average: fact 22's golden curve through the record that the picture draws."""

import numpy as np
import pytest

from lrlab.finder.lag import lag
from lrlab.finder.range_test import record

RATES = 1e-7 * (10 / 1e-7) ** (np.arange(100) / 99)
DECADES = np.log10(RATES)
LOSSES = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5))) + np.exp(4 * (DECADES - 0.2))


def test_fact_22_the_average_moves_both_landmarks_and_the_centred_curve_neither() -> None:
    found = lag(record(RATES, [LOSSES], (0,)), (0.0, 0.9, 0.98))
    assert found is not None
    assert (found.centred.lowest, found.centred.steepest) == (75, 56)
    assert found.moved(0) == (0.0, 0.0)  # an average without memory is the curve
    assert found.moved(1) == pytest.approx((0.65, 0.40), abs=0.01)
    assert found.moved(2) == pytest.approx((1.05, 0.65), abs=0.01)


def test_the_curve_ends_where_the_first_seed_stopped_and_is_the_mean_of_all() -> None:
    second = LOSSES + 0.2
    second[70:] = np.nan
    found = lag(record(RATES, [LOSSES, second], (0, 1)), (0.5,))
    assert found is not None
    assert len(found.rates) == len(found.raw) == 70
    np.testing.assert_allclose(found.raw, LOSSES[:70] + 0.1)


def test_an_explosion_is_cut_off_before_it_is_smoothed() -> None:
    losses = np.where(np.arange(100) < 80, 2.0 - 0.01 * np.arange(100), 1e9)
    found = lag(record(RATES, [losses], (0,)), (0.9,))
    assert found is not None
    assert found.raw.max() == pytest.approx(4.0)


def test_a_test_that_ended_at_once_has_nothing_to_smooth() -> None:
    losses = np.full(100, np.nan)
    losses[:7] = 1.0
    assert lag(record(RATES, [losses], (0,)), (0.9,)) is None


def test_a_beta_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"beta is 1.0; it must lie in \[0, 1\)"):
        lag(record(RATES, [LOSSES], (0,)), (1.0,))
