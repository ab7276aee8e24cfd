"""Smith's ramp: what is trained, and both readings on scores made for them."""

import numpy as np
import pytest

from lrlab.finder.linear_ramp import _read, linear_ramp
from lrlab.training import fit, load

RATES = np.linspace(0.1, 4.0, 40)


def test_the_training_is_one_training_with_a_rate_for_every_update() -> None:
    data = load("iris")
    ramp = linear_ramp(
        data, "hidden", "momentum", 0.4, steps=80, looks=20, batch_size=16, seeds=(3,), momentum=0.5
    )
    rates = 0.4 * np.arange(1, 81) / 80
    whole = fit(data, "hidden", "momentum", rates[None], 16, steps=80, seed=3, momentum=0.5)
    np.testing.assert_allclose(ramp.rates, rates[3::4])
    assert ramp.scores[0, -1] == whole.validation_scores[0, -1]
    # After five looks, twenty updates: a training that ends there has the same score.
    short = fit(data, "hidden", "momentum", rates[None, :20], 16, steps=20, seed=3, momentum=0.5)
    assert ramp.scores[0, 4] == short.validation_scores[0, -1]
    assert ramp.at_start[0] == whole.validation_scores[0, 0]


def read(scores: np.ndarray, start: float = 0.1):
    return _read(RATES, np.atleast_2d(scores), np.array([start]), (0,), "accuracy")


def test_the_bounds_of_a_score_that_rises_stays_and_falls() -> None:
    """Level to 1, up to .9 at 2, level to 3, then down: a tenth of the rise is at 1.1, 95 % are lost past 3."""
    found = read(np.interp(RATES, [1.0, 2.0, 3.0, 4.0], [0.1, 0.9, 0.9, 0.1]))
    assert found.low == pytest.approx(1.1, abs=0.15)
    assert found.high == pytest.approx(3.1, abs=0.15)
    assert "beyond, it falls" in found.sentence


def test_a_score_that_does_not_fall_says_so() -> None:
    found = read(np.interp(RATES, [0.0, 2.0], [0.1, 0.9]))
    assert found.high == pytest.approx(4.0)
    assert "ramp further to see it fall" in found.sentence


def test_a_rise_that_is_over_at_the_first_look_says_why() -> None:
    found = read(np.full(40, 0.9))
    assert found.low == pytest.approx(0.1)
    assert "already, at the first look" in found.sentence


@pytest.mark.parametrize("scores", [np.full(40, 0.12), np.full(40, np.nan), np.full(40, -1e9)])
def test_nothing_learned_gives_no_bounds(scores: np.ndarray) -> None:
    found = read(scores)
    assert found.low is None
    assert found.high is None
    assert found.sentence == "The accuracy never rises up to 4: try another end for the ramp."


def test_a_lost_training_ends_the_curve() -> None:
    scores = np.interp(RATES, [0.0, 2.0], [0.1, 0.9])
    scores[30:] = np.nan
    found = read(scores)
    assert len(found.smoothed) == 30
    assert found.high == pytest.approx(RATES[29])
    assert "beyond, it falls" in found.sentence


def test_least_squares_beyond_its_limit_is_lost_and_a_target_has_r_squared() -> None:
    ramp = linear_ramp(load("diabetes"), "linear", "sgd", 30.0, steps=80, looks=20)
    assert ramp.high is None
    assert ramp.sentence.startswith("The R² never rises")


def test_progress_ends_with_all_of_it() -> None:
    told: list[tuple[int, int]] = []
    linear_ramp(
        load("iris"),
        "linear",
        steps=16,
        looks=8,
        seeds=(0, 1),
        progress=lambda done, of: told.append((done, of)),
    )
    assert told[-1] == (32, 32)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"high": 0.0}, "high is 0.0"),
        ({"high": np.inf}, "high is inf"),
        ({"looks": 7}, "looks is 7; it must be a whole number of at least 8"),
        ({"steps": 10}, "steps is 10; it must be a whole number of at least 40"),
        ({"seeds": ()}, "seeds is empty"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes: dict, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        linear_ramp(load("iris"), "linear", **changes)
