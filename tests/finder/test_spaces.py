"""Where trials stand: grids in the middles of cells, draws even on the scale asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from lrlab.finder.spaces import SPACES, draw, grid, rates_at, values_of_second

MOMENTUM, BATCH = SPACES["momentum"], SPACES["batch_size"]


def test_a_grid_of_nine_has_three_rates_two_decades_apart() -> None:
    trials = grid(MOMENTUM, 3)
    np.testing.assert_allclose(trials.rates, [1e-3, 0.1, 10.0] * 3)
    # 1 − β even in its logarithm from 1 to 0.01: the middles of three cells are 10^(−1/3), 10^(−1), 10^(−5/3)
    np.testing.assert_allclose(1 - trials.seconds[::3], [10 ** (-1 / 3), 0.1, 10 ** (-5 / 3)])


def test_a_grid_on_a_plain_scale_has_no_rate_below_a_sixth_of_the_range() -> None:
    rates = grid(MOMENTUM, 3, "uniform").rates[:3]
    np.testing.assert_allclose(rates, [100 / 6, 50, 500 / 6], rtol=1e-4)


def test_batch_sizes_are_powers_of_two() -> None:
    assert set(draw(BATCH, 500).seconds) == {4, 8, 16, 32, 64, 128}
    np.testing.assert_array_equal(np.unique(grid(BATCH, 3).seconds), [8, 32, 128])
    np.testing.assert_array_equal(values_of_second(BATCH, 6), [4, 8, 16, 32, 64, 128])


@pytest.mark.parametrize(("spacing", "cdf"), [
    ("log", lambda rate: np.log(rate / 1e-4) / np.log(1e6)),
    ("uniform", lambda rate: (rate - 1e-4) / (100 - 1e-4)),
])  # fmt: skip
def test_draws_are_even_on_their_scale(spacing, cdf) -> None:
    assert kstest(draw(MOMENTUM, 2000, spacing, seed=1).rates, cdf).pvalue > 0.01


def test_momentum_is_drawn_evenly_in_the_log_of_one_minus_beta() -> None:
    seconds = draw(MOMENTUM, 2000, seed=2).seconds
    assert kstest(-np.log10(1 - seconds) / 2, "uniform").pvalue > 0.01
    assert (seconds >= 0).all()
    assert (seconds <= 0.99).all()


def test_a_longer_search_with_the_same_seed_begins_with_the_same_trials() -> None:
    short, long = draw(BATCH, 5, seed=3), draw(BATCH, 9, seed=3)
    np.testing.assert_array_equal(short.rates, long.rates[:5])
    np.testing.assert_array_equal(short.seconds, long.seconds[:5])


@given(
    at=st.floats(0.0, 1.0),
    low=st.floats(1e-8, 1.0),
    factor=st.floats(1.5, 1e8),
    spacing=st.sampled_from(["log", "uniform"]),
)
def test_a_rate_stays_in_its_range(at, low, factor, spacing) -> None:
    rate = rates_at(low, low * factor, np.array([at]), spacing)[0]
    assert low * (1 - 1e-9) <= rate <= low * factor * (1 + 1e-9)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: grid(MOMENTUM, 0), "size is 0"),
        (lambda: draw(MOMENTUM, 0), "count is 0"),
        (lambda: draw(MOMENTUM, 3, seed=-1), "seed is -1"),
        (lambda: draw(MOMENTUM, 3, "geometric"), "spacing is 'geometric'; it must be one of log, uniform"),
        (lambda: rates_at(0.0, 1.0, np.array([0.5]), "log"), "low is 0.0 and high is 1.0"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()
