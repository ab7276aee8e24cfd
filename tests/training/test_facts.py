"""Facts about training that the pages state: the cliff that is none, the edge of stability, the noise floor."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.linalg import LinearOperator, eigsh

from lrlab.training import Data, Model, fit, hidden, linear, load
from lrlab.training.curvature import largest_curvature
from lrlab.training.losses import targets_for
from lrlab.training.network import bind, loss_and_gradient, with_ones

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "training_facts.json").read_text(encoding="utf-8")
)
FULL = 10**6


def all_rows_standardised(name: str) -> Data:
    """Every row of a set as training rows, on one scale: what the facts were computed on."""
    raw = load(name, standardise=False)
    x = np.vstack([raw.x_train, raw.x_validation])
    y = np.concatenate([raw.y_train, raw.y_validation])
    spread = np.where(np.ptp(x, axis=0) > 0, x.std(axis=0), 1.0)
    return replace(raw, x_train=(x - x.mean(axis=0)) / spread, y_train=y)


def sharpness(data: Data, model: Model, weights: np.ndarray) -> float:
    """The largest eigenvalue of the loss's Hessian, from gradient differences and SciPy's Lanczos iteration."""
    network = bind(model, data)
    x, targets = with_ones(data.x_train), targets_for(data.y_train, network.loss, network.classes)

    def hessian_times(direction: np.ndarray) -> np.ndarray:
        reach = 1e-4 / np.linalg.norm(direction)
        pair = np.stack([weights + reach * direction.ravel(), weights - reach * direction.ravel()])
        gradient = np.empty_like(pair)
        loss_and_gradient(network, network.views(pair), x, targets, network.views(gradient))
        return (gradient[0] - gradient[1]) / (2 * reach)

    operator = LinearOperator((weights.size, weights.size), matvec=hessian_times, dtype=np.float64)
    start = np.ones(weights.size)
    return float(eigsh(operator, k=1, which="LA", return_eigenvectors=False, tol=1e-4, v0=start)[0])


def test_fact_07_two_over_l_is_no_cliff_for_logistic_loss() -> None:
    golden = GOLDEN["logistic_full_batch"]
    data = all_rows_standardised("breast_cancer")
    curvature = largest_curvature(data.x_train, "logistic")
    assert curvature == pytest.approx(golden["curvature_bound"], abs=0.005)
    rates = np.array(golden["rates_times_curvature"]) / curvature
    training = fit(data, linear(), "sgd", rates, FULL, steps=300, measure="ends")
    np.testing.assert_allclose(training.losses[:, -1], golden["losses_after_300_steps"], atol=6e-5)
    np.testing.assert_array_equal((np.diff(training.losses) > 0).sum(axis=1), golden["rises"])
    assert training.losses.max() == pytest.approx(golden["peak"], abs=0.005)
    np.testing.assert_allclose(training.train_losses[:, -1], training.losses[:, -1], rtol=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("loss", "rate", "low", "high"), [("squares", 0.8, 0.95, 1.1), ("softmax", 0.3, 0.0, 0.1)]
)
def test_fact_08_sharpness_hovers_at_the_edge_of_stability(
    loss: str, rate: float, low: float, high: float
) -> None:
    """With squared error it rises to 2/rate and stays, while the loss still falls; with cross-entropy it fades."""
    digits = all_rows_standardised("digits")
    data = replace(digits, x_train=digits.x_train[:500], y_train=digits.y_train[:500])
    model = hidden(32, "tanh", loss, scale=0.3)
    trainings = {n: fit(data, model, "sgd", rate, FULL, steps=n, measure="never") for n in (1, 2000, 3000)}
    edges = {n: sharpness(data, model, training.weights[0]) * rate / 2 for n, training in trainings.items()}
    assert edges[1] < 0.75
    assert low < edges[2000] < high
    assert low < edges[3000] < high
    losses = trainings[3000].losses[0]
    assert losses[-1] < 0.06 * losses[0]
    rises = (np.diff(losses) > 0).sum()
    assert rises > 1000 if loss == "squares" else rises == 0


@pytest.mark.slow
def test_fact_14_the_noise_floor_goes_as_rate_over_batch() -> None:
    """Rows drawn with replacement, as the formula wants it; four runs, mean excess after the transient."""
    data = load("diabetes")
    a = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    best = np.linalg.lstsq(a, data.y_train, rcond=None)[1][0] / (2 * len(a))
    floors = []
    for case in GOLDEN["noise_floor_diabetes"]:
        steps = round(12_000 / case["batch_size"])
        runs = [
            fit(
                data,
                linear(),
                "sgd",
                case["rate"],
                case["batch_size"],
                steps=steps,
                seed=s,
                sampling="independent",
            )
            for s in range(4)
        ]
        floors.append(
            np.mean([run.train_losses[0, len(run.measured_at) // 3 :].mean() for run in runs]) - best
        )
        assert floors[-1] == pytest.approx(case["excess_loss"], rel=0.2)
    assert floors[0] == pytest.approx(floors[1], rel=0.15)
    assert floors[2] == pytest.approx(floors[3], rel=0.15)
    assert floors[0] == pytest.approx(2 * floors[2], rel=0.15)


def test_shuffling_makes_the_floor_lower_than_the_formula() -> None:
    data = load("diabetes")
    shuffled, independent = (
        fit(data, linear(), "sgd", 0.01, 1, epochs=30, sampling=sampling).train_losses[0, 10:].mean()  # type: ignore[arg-type]
        for sampling in ("shuffled", "independent")
    )
    assert shuffled < independent
