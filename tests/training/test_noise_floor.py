"""Noise floors on real least squares: the golden excess losses, the ratio of rate and batch, the formula."""

import json
from pathlib import Path

import numpy as np
import pytest

from lrlab.training import load
from lrlab.training.noise_floor import noise_floors

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "training_facts.json").read_text(encoding="utf-8")
)["noise_floor_diabetes"]


@pytest.fixture(scope="module")
def found():
    return noise_floors(load("diabetes"), [0.0025, 0.005, 0.01, 0.02, 0.04], [1, 4, 16, 64])


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['rate']} at {case['batch_size']}")
def test_fact_14_started_at_the_minimum_the_floors_are_the_same(found, case) -> None:
    row, column = found.batch_sizes.index(case["batch_size"]), found.rates.tolist().index(case["rate"])
    assert found.floors[row, column] == pytest.approx(case["excess_loss"], rel=0.35)


def test_fact_14_equal_rate_over_batch_gives_equal_floors(found) -> None:
    """Four times the rate at four times the batch, all over the table: no drift, and no pair far apart."""
    pairs = found.floors[1:, 2:] / found.floors[:-1, :-2]
    assert np.exp(np.log(pairs).mean()) == pytest.approx(1.0, abs=0.15)
    assert pairs.min() > 0.6
    assert pairs.max() < 1.6


def test_the_formula_needs_nothing_but_the_gradients_at_the_minimum(found) -> None:
    """tr Σ is the mean of the squared residuals times the squared rows; small rates settle where it says."""
    data = load("diabetes")
    x = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    residuals = x @ np.linalg.lstsq(x, data.y_train, rcond=None)[0] - data.y_train
    assert found.trace == pytest.approx(np.mean(residuals**2 * (x**2).sum(axis=1)))
    np.testing.assert_allclose(found.predicted[1], found.rates * found.trace / 16)
    ratios = found.floors / found.predicted
    assert np.exp(np.log(ratios).mean()) == pytest.approx(1.0, abs=0.25)


def test_it_starts_at_the_minimum_and_can_only_rise(found) -> None:
    for updates, excess in zip(found.updates, found.excess, strict=True):
        assert updates[0] == 0
        np.testing.assert_allclose(excess[:, 0], 0.0, atol=1e-12)
        assert (excess > -1e-12).all()
        assert (excess[:, -1] > 1e-6).all()


def test_a_rate_that_explodes_has_no_floor() -> None:
    found = noise_floors(load("diabetes"), [0.01, 3.0], [16])
    assert np.isfinite(found.floors[0, 0])
    assert np.isnan(found.floors[0, 1])


def test_progress_counts_the_updates_of_all_trainings() -> None:
    told: list[tuple[int, int]] = []
    noise_floors(load("diabetes"), [0.01], [2, 64], progress=lambda made, of: told.append((made, of)))
    assert told == sorted(told)
    assert told[-1] == (9000, 9000)


@pytest.mark.parametrize(
    ("name", "rates", "sizes", "complaint"),
    [
        ("iris", [0.1], [4], "data is Iris, with classes"),
        ("diabetes", [-0.1], [4], "rates runs from -0.1"),
        ("diabetes", [0.1], [0], "batch_size is 0"),
        ("diabetes", [0.1], [], "batch_sizes is empty"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(name, rates, sizes, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        noise_floors(load(name), rates, sizes)
