"""Random against grid and log against uniform draws, on curves drawn by hand and on real trainings: fact 38."""

import numpy as np
import pytest

from lrlab.finder.chances import chance_of_a_hit, median_of_best, random_beats_grid
from lrlab.finder.response import WORST, ResponseCurve, response_curve, response_surface
from lrlab.finder.spaces import SPACES
from lrlab.training import fit, load

VALLEY = ResponseCurve(np.array([1e-6, 1e-3, 1.0]), np.array([3.0, 0.0, 3.0]))
"""A loss that is the distance to 0.001 in decades."""


def test_fact_38_random_beats_the_grid_three_times_in_four_when_only_the_rate_matters() -> None:
    """Softmax on the digits, 181 trainings: the share came out as .74 in the notes, and here."""
    curve = response_curve(load("digits"), "linear")
    assert random_beats_grid(curve) == pytest.approx(0.74, abs=0.03)


def test_fact_38_on_a_symmetric_valley_it_is_a_matter_of_counting() -> None:
    """1 − ∫(1 − 2d)⁹ over the distance d of the best rate to the grid, with the ends of the range: 0.687."""
    assert random_beats_grid(VALLEY, decades=3.0, repeats=40_000) == pytest.approx(0.687, abs=0.01)


def test_fact_38_uniform_draws_miss_the_decades_that_count() -> None:
    """Nine draws from 1e-5 to 1e5, 200 updates: the notes have a median best loss of .135 by log, 550 uniformly."""
    curve = response_curve(load("digits"), "linear", low=1e-5, high=1e5, count=201, steps=200)
    by_log = median_of_best(curve, 1e-5, 1e5, 9, "log")
    uniformly = median_of_best(curve, 1e-5, 1e5, 9, "uniform")
    assert by_log == pytest.approx(0.135, rel=0.15)
    assert uniformly == pytest.approx(550, rel=0.3)


def test_fact_38_sixty_draws_reach_the_best_twentieth_with_95_percent() -> None:
    assert chance_of_a_hit(0.05, 60) == pytest.approx(0.954, abs=0.0005)
    draws = np.random.default_rng(0).random((20_000, 60))
    assert (draws.min(axis=1) < 0.05).mean() == pytest.approx(chance_of_a_hit(0.05, 60), abs=0.005)


@pytest.mark.parametrize(
    ("share", "trials", "expected"), [(0.5, 1, 0.5), (0.5, 2, 0.75), (1.0, 1, 1.0), (0.3, 0, 0.0)]
)
def test_chances_by_hand(share, trials, expected) -> None:
    assert chance_of_a_hit(share, trials) == expected


def test_the_median_of_the_best_by_counting() -> None:
    """One draw, even over 6 decades around the minimum, is a distance evenly spread up to 3: median 1.5."""
    assert median_of_best(VALLEY, 1e-6, 1.0, 1, "log", repeats=20_000) == pytest.approx(1.5, abs=0.03)
    # A uniform draw lies above 1/2 half of the time, and 1/2 is 2.7 decades above the minimum.
    uniform = median_of_best(VALLEY, 1e-6, 1.0, 1, "uniform", repeats=20_000)
    assert uniform == pytest.approx(np.log10(500), abs=0.02)


def test_the_curve_is_what_single_trainings_say() -> None:
    data = load("wine")
    curve = response_curve(data, "linear", low=1e-3, high=10.0, count=5, steps=20)
    training = fit(data, "linear", "sgd", np.logspace(-3, 1, 5), 32, steps=20)
    np.testing.assert_allclose(curve.losses, training.validation_losses[:, -1])
    np.testing.assert_allclose(curve.at(curve.rates), curve.losses)
    between = curve.at(np.sqrt(curve.rates[0] * curve.rates[1]))
    assert between == pytest.approx(curve.losses[:2].mean())


def test_a_loss_that_is_no_number_is_worse_than_any_other() -> None:
    curve = response_curve(load("diabetes"), "linear", low=0.01, high=1e6, count=9, steps=300)
    assert curve.losses[-1] == WORST
    assert np.isfinite(curve.losses).all()


@pytest.mark.parametrize(("name", "rows"), [("momentum", 4), ("batch_size", 6)])
def test_the_surface_is_what_single_trainings_say(name, rows) -> None:
    data, space = load("wine"), SPACES[name]
    surface = response_surface(data, "linear", space, columns=5, rows=rows, steps=15)
    assert surface.losses.shape == (rows, 5)
    settings = {"momentum": float(surface.seconds[2])} if name == "momentum" else {}
    size = 64 if name == "momentum" else int(surface.seconds[2])
    training = fit(data, "linear", space.optimizer, surface.rates, size, steps=15, **settings)
    first, last = training.validation_losses[:, 0], training.validation_losses[:, -1]
    np.testing.assert_allclose(surface.losses[2], np.where(last <= first, last, np.inf))


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: random_beats_grid(VALLEY, decades=9.0), "decades is 9.0; the curve spans 6"),
        (lambda: random_beats_grid(VALLEY, size=0), "size is 0"),
        (lambda: median_of_best(VALLEY, 1e-9, 1.0, 3, "log"), "low is 1e-09 and high is 1.0"),
        (lambda: chance_of_a_hit(1.5, 3), "share is 1.5"),
        (lambda: chance_of_a_hit(0.5, -1), "trials is -1"),
        (lambda: response_curve(load("wine"), "linear", count=1), "count is 1"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()
