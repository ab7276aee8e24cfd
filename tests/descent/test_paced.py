"""Momentum that changes from step to step: the plain heavy ball where it stays, and by hand where it does not."""

import numpy as np
import pytest

from lrlab.descent import descend
from lrlab.descent.paced import paced_momentum
from lrlab.descent.quadratics import bowl_1d
from lrlab.training import fit, load


def test_a_momentum_that_stays_is_the_heavy_ball() -> None:
    rates = np.linspace(0.1, 0.01, 40)[None].repeat(3, axis=0) * [[1.0], [0.5], [2.0]]
    paced = descend("ravine", paced_momentum(np.full((3, 40), 0.9)), rates, steps=40)
    plain = descend("ravine", "momentum", rates, steps=40, momentum=0.9)
    np.testing.assert_allclose(paced.points, plain.points, rtol=1e-12)


def test_three_steps_by_hand() -> None:
    """½x² from 1 at rate 0.1 with β = 0, 0.5, 0.9: v = 1, x = .9; v = 1.4, x = .76; v = 2.02, x = .558."""
    run = descend(bowl_1d(1.0), paced_momentum([0.0, 0.5, 0.9]), 0.1, start=1.0, steps=3)
    np.testing.assert_allclose(run.points[0, :, 0], [1.0, 0.9, 0.76, 0.558], rtol=1e-12)


def test_every_training_of_a_pass_has_its_own_momentum() -> None:
    data, steps = load("iris"), 12
    betas = np.array([[0.0], [0.5], [0.9]]).repeat(steps, axis=1)
    together = fit(data, "linear", paced_momentum(betas), [0.1, 0.1, 0.1], 16, steps=steps)
    for row, beta in enumerate((0.0, 0.5, 0.9)):
        alone = fit(data, "linear", "momentum", 0.1, 16, steps=steps, momentum=beta)
        np.testing.assert_allclose(together.losses[row], alone.losses[0], rtol=1e-10)


@pytest.mark.parametrize(
    ("momenta", "said"), [([0.5, 1.0], "holds 1.0"), ([-0.1], "holds -0.1"), ([], "shape")]
)
def test_momenta_outside_their_range_are_refused(momenta, said) -> None:
    with pytest.raises(ValueError, match=said):
        paced_momentum(momenta)
