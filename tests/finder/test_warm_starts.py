"""A rate that a network dies of at once and bears after a warm-up; and the curvature that explains it."""

import numpy as np
import pytest
from scipy.sparse.linalg import LinearOperator, eigsh

from lrlab.finder import warm_starts
from lrlab.finder.warm_starts import BATCH_SIZE, DATA, MODEL, RAMP, RATE, after_a_ramp, try_warm_ups
from lrlab.training import fit, load
from lrlab.training.losses import targets_for
from lrlab.training.network import bind, loss_and_gradient, with_ones


@pytest.mark.slow
def test_without_a_warm_up_every_seed_is_lost_and_with_it_none() -> None:
    found = try_warm_ups(load(DATA), RATE)
    assert found.survived.shape == (8, len(warm_starts.LENGTHS))
    assert not found.survived[:, 0].any()
    assert found.survived[:, found.lengths.index(RAMP) :].all()
    assert found.shortest in (10, 15, 20)
    dead, alive = found.shown.losses[[0, found.lengths.index(RAMP)]]
    assert not dead[-1] < 1e6
    assert alive[-1] < 0.2 * alive[0]


@pytest.mark.slow
def test_the_curvature_at_the_start_forbids_the_rate_and_after_the_warm_up_allows_it() -> None:
    data = load(DATA)
    network = bind(MODEL, data)
    x, targets = with_ones(data.x_train), targets_for(data.y_train, network.loss, network.classes)

    def curvature(weights: np.ndarray) -> float:
        """The largest eigenvalue of the Hessian, by SciPy, from differences of gradients."""

        def times(direction: np.ndarray) -> np.ndarray:
            reach = 1e-4 / np.linalg.norm(direction)
            pair = np.stack([weights + reach * direction.ravel(), weights - reach * direction.ravel()])
            gradient = np.empty_like(pair)
            loss_and_gradient(network, network.views(pair), x, targets, network.views(gradient))
            return (gradient[0] - gradient[1]) / (2 * reach)

        operator = LinearOperator((weights.size, weights.size), matvec=times, dtype=np.float64)
        return float(
            eigsh(operator, k=1, which="LA", return_eigenvectors=False, tol=1e-3, v0=np.ones(weights.size))[0]
        )

    rates = after_a_ramp(RATE, RAMP)(np.arange(200))
    found = {
        steps: curvature(fit(data, MODEL, "sgd", rates[None, :steps], BATCH_SIZE, steps=steps).weights[0])
        for steps in (1, 20, 40)
    }
    assert found[1] == pytest.approx(6.6, abs=0.1)  # as the page says
    assert 2 / found[1] < 0.5 * RATE
    assert found[1] > found[20] > found[40]
    assert found[40] == pytest.approx(2.0, abs=0.4)  # as the page says
    assert 2 / found[40] > RATE


def test_a_row_that_overflows_has_not_survived_and_the_shortest_safe_length_is_said() -> None:
    found = try_warm_ups(load("iris"), 1e4, (0, 2), steps=20, seeds=[0])
    assert found.survived.tolist() == [[False, False]]
    assert found.shortest is None
    calm = try_warm_ups(load("iris"), 0.1, (0, 5), steps=20, seeds=[0, 1])
    assert calm.survived.all()
    assert calm.shortest == 0


def test_lengths_must_rise() -> None:
    with pytest.raises(ValueError, match="rising"):
        try_warm_ups(load("iris"), 0.1, (5, 0))
