"""Usable ranges against least squares, where the loss of every rate can be had without the trainer."""

import numpy as np
import pytest

from lrlab.finder.usable import UsableRange, measure_usable
from lrlab.training import load

RATES = np.geomspace(1e-4, 10.0, 16)


@pytest.fixture(scope="module")
def usable() -> UsableRange:
    return measure_usable(load("diabetes"), "linear", "sgd", RATES, 10_000, epochs=40, seeds=(0,))


def full_batch_losses(rates, steps):
    """Full-batch descent on ½ mean squares from zero, written out; the validation loss after the last step."""
    data = load("diabetes")
    x = np.column_stack([data.x_train, np.ones(len(data.x_train))])
    v = np.column_stack([data.x_validation, np.ones(len(data.x_validation))])
    found = []
    for rate in rates:
        w = np.zeros(x.shape[1])
        for _ in range(steps):
            w = w - rate * x.T @ (x @ w - data.y_train) / len(x)
        found.append(0.5 * np.mean((v @ w - data.y_validation) ** 2))
    return np.array(found)


def test_losses_and_range_are_those_of_a_loop_by_hand(usable):
    with np.errstate(all="ignore"):
        by_hand = full_batch_losses(RATES, 40)
    untrained = 0.5 * np.mean(load("diabetes").y_validation ** 2)
    fine = by_hand <= untrained
    np.testing.assert_allclose(usable.losses[0, fine], by_hand[fine], rtol=1e-9)
    assert np.isinf(usable.losses[0, ~fine]).all()
    assert usable.best_rate == RATES[fine][by_hand[fine].argmin()]
    within = RATES[by_hand <= 1.1 * by_hand[fine].min()]
    assert (usable.low, usable.high) == (within.min(), within.max())


def test_a_rate_lost_with_one_seed_is_not_usable():
    """On two rates far beyond 2/L every seed is lost; nothing was learned there, and that is said."""
    lost = measure_usable(load("diabetes"), "linear", "sgd", [50.0, 100.0, 200.0], 64, epochs=3, seeds=(0, 1))
    assert not lost.learned
    assert lost.sentence == "At no rate from 50 to 200 did every seed end better than untrained."


def test_the_ends_of_what_was_tried_are_named_as_such():
    narrow = measure_usable(load("diabetes"), "linear", "sgd", [0.01, 0.02, 0.03], 32, epochs=20, seeds=(0,))
    assert "That is as far as was tried: lower and higher rates may do as well." in narrow.sentence


def test_a_stretch_ends_at_the_first_rate_that_is_not_as_good():
    """A good rate beyond a bad one does not belong to the stretch around the best."""
    from lrlab.descent import OPTIMIZERS
    from lrlab.finder.usable import _judged

    losses = np.array([[1.0, 3.0, 1.05, 1.0, 1.02, 9.0, 1.0]])
    told = _judged(OPTIMIZERS["sgd"], np.geomspace(1e-3, 1e3, 7), (0,), losses, 0.1)
    assert (told.first, told.best, told.last) == (0, 0, 0)
    told = _judged(OPTIMIZERS["sgd"], np.geomspace(1e-3, 1e3, 7), (0,), losses[:, 1:-1], 0.1)
    assert (told.first, told.best, told.last) == (1, 2, 3)


def test_progress_counts_all_seeds_and_ends_full():
    heard = []
    measure_usable(
        load("iris"), "linear", "adam", [0.01, 0.1, 1.0], 16, epochs=2, seeds=(0, 1),
        progress=lambda done, to_do: heard.append(done / to_do),
    )  # fmt: skip
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert any(0.4 < share < 0.6 for share in heard)


def test_the_record_is_read_only(usable):
    for array in (usable.rates, usable.losses, usable.means):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("rates", "options", "message"),
    [
        ([0.1, 0.2], {}, "three or more rates"),
        ([0.1, 0.3, 0.2], {}, "rising from above 0"),
        ([0.0, 0.1, 0.2], {}, "rising from above 0"),
        ([0.1, 0.2, 0.3], {"within": 0.0}, "within is 0.0"),
        ([0.1, 0.2, 0.3], {"seeds": ()}, "seeds is empty"),
    ],
)
def test_a_bad_argument_is_named(rates, options, message):
    with pytest.raises(ValueError, match=message):
        measure_usable(load("iris"), "linear", "sgd", rates, 16, epochs=1, **options)
