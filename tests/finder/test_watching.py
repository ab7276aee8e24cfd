"""Reduce-on-plateau on a real training: the rates are those that the losses call for, and training is training."""

import numpy as np
import pytest

from lrlab.finder.scheduled import train_schedules
from lrlab.finder.watching import watch
from lrlab.schedules.plateau import follow, reduce_on_plateau
from lrlab.training import fit, load

STATES = tuple(reduce_on_plateau(0.5, 0.5, patience=1, convention=name) for name in ("pytorch", "keras"))


def test_each_row_is_the_plateau_following_its_own_losses() -> None:
    found = watch(load("iris"), "hidden", "sgd", STATES, 16, epochs=25)
    for row, state in enumerate(STATES):
        np.testing.assert_array_equal(found.rates[row], follow(state, found.losses[row])[:-1])
        falls = [epoch for epoch in range(1, 25) if found.rates[row, epoch] < found.rates[row, epoch - 1]]
        assert found.cuts(row) == falls
    assert found.cuts(0)
    assert found.cuts(1)[0] <= found.cuts(0)[0]


def test_a_patient_plateau_trains_as_a_constant_rate_does() -> None:
    patient = reduce_on_plateau(0.2, patience=100)
    found = watch(load("iris"), "linear", "sgd", (patient,), 16, epochs=4)
    np.testing.assert_array_equal(
        found.training.losses, fit(load("iris"), "linear", "sgd", 0.2, 16, epochs=4).losses
    )


def test_looks_at_even_intervals_do_not_change_the_training() -> None:
    rates = np.linspace(0.3, 0.0, 40)[None] * [[1.0], [0.5]]
    looked = train_schedules(load("iris"), "hidden", "momentum", rates, 16, looks=7)
    plain = fit(load("iris"), "hidden", "momentum", rates, 16, steps=40)
    np.testing.assert_array_equal(looked.losses, plain.losses)
    assert len(looked.measured_at) == 8
    assert looked.measured_at[-1] == 40
    np.testing.assert_allclose(looked.validation_losses[:, -1], plain.validation_losses[:, -1])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="plateaus is empty"):
        watch(load("iris"), "linear", "sgd", (), 16, epochs=3)
    with pytest.raises(ValueError, match="looks is 41"):
        train_schedules(load("iris"), "linear", "sgd", np.full((1, 40), 0.1), 16, looks=41)
