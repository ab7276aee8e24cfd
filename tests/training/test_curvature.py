"""Curvature of linear models: fact 11, closed forms, and the cliff at 2/L for squares."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from lrlab.training import fit, linear, load
from lrlab.training.curvature import condition_number, largest_curvature, largest_stable_rate
from lrlab.training.data import Data

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "training_facts.json").read_text(encoding="utf-8")
)


def all_rows(data: Data) -> np.ndarray:
    return np.vstack([data.x_train, data.x_validation])


@pytest.mark.parametrize(("name", "rates"), GOLDEN["largest_stable_rate_logistic"].items())
def test_fact_11_units_set_the_largest_rate(name: str, rates: dict[str, float]) -> None:
    """All rows, a bias column, and logistic loss: ¼·λmax; for several classes, one against the rest."""
    x = all_rows(load(name, standardise=False))
    spread = np.where(np.ptp(x, axis=0) > 0, x.std(axis=0), 1.0)
    standardised = (x - x.mean(axis=0)) / spread
    assert largest_stable_rate(x, "logistic") == pytest.approx(rates["raw"], rel=0.01)
    assert largest_stable_rate(standardised, "logistic") == pytest.approx(rates["standardised"], rel=0.005)


@pytest.mark.parametrize(("name", "rates"), GOLDEN["largest_stable_rate_logistic"].items())
def test_fact_11_holds_on_the_training_rows_within_three_percent(name: str, rates: dict[str, float]) -> None:
    raw, standardised = load(name, standardise=False).x_train, load(name).x_train
    assert largest_stable_rate(raw, "logistic") == pytest.approx(rates["raw"], rel=0.03)
    assert largest_stable_rate(standardised, "logistic") == pytest.approx(rates["standardised"], rel=0.03)


def test_fact_11_standardising_breast_cancer_gains_a_factor_of_125_000() -> None:
    x = all_rows(load("breast_cancer", standardise=False))
    gain = largest_stable_rate((x - x.mean(axis=0)) / x.std(axis=0), "logistic") / largest_stable_rate(
        x, "logistic"
    )
    assert gain == pytest.approx(125_000, rel=0.01)


@pytest.mark.parametrize(("loss", "factor"), [("squares", 1.0), ("logistic", 0.25), ("softmax", 0.5)])
def test_curvature_of_two_orthogonal_columns(loss: str, factor: float) -> None:
    x = np.array([[2.0, 1.0], [2.0, -1.0], [-2.0, 1.0], [-2.0, -1.0]])  # eigenvalues 4, 1, and 1 for the bias
    assert largest_curvature(x, loss) == pytest.approx(4.0 * factor)
    assert largest_stable_rate(x, loss) == pytest.approx(0.5 / factor)
    assert condition_number(x) == pytest.approx(4.0)


def test_a_flat_direction_has_an_infinite_condition_number() -> None:
    assert condition_number([[1.0, 0.0], [-1.0, 0.0], [2.0, 0.0]]) == math.inf
    assert condition_number(np.eye(3)[:2]) == math.inf  # fewer rows than directions


def test_squares_fall_off_a_cliff_at_two_over_l() -> None:
    data = load("diabetes")
    limit = largest_stable_rate(data.x_train, "squares")
    training = fit(data, linear(), "sgd", [0.99 * limit, 1.01 * limit], 10**6, steps=2000, measure="never")
    inside, outside = training.losses
    assert (np.diff(inside) <= 0).all()
    assert outside[-1] > 1e6


@pytest.mark.parametrize("function", [largest_curvature, largest_stable_rate])
def test_an_unknown_loss_is_refused(function: object) -> None:
    with pytest.raises(ValueError, match=r"'hinge'.*squares, logistic, softmax"):
        function([[1.0]], "hinge")  # type: ignore[operator]


@pytest.mark.parametrize("x", [[1.0, 2.0], [[np.inf]], np.zeros((0, 2))])
def test_features_must_be_a_finite_table(x: object) -> None:
    with pytest.raises(ValueError, match="all finite"):
        condition_number(x)  # type: ignore[arg-type]
