"""A race: everyone starts at one place, takes as many steps, and tries the same rates."""

import numpy as np
import pytest

from lrlab.descent import SURFACES, descend
from lrlab.finder.race import race

RATES = (0.01, 0.03, 0.1, 0.3, 1.0)
NAMES = ("sgd", "momentum", "nesterov", "adam")


@pytest.fixture(scope="module")
def tuned():
    return race("ravine", NAMES, RATES, steps=150)


def test_everyone_keeps_to_the_contract(tuned):
    start = SURFACES["ravine"].start
    for name, entry in zip(NAMES, tuned.entries, strict=True):
        assert entry.optimizer == name
        assert entry.trials.points.shape == (5, 151, 2)
        assert entry.run.points.shape == (1, 151, 2)
        assert tuple(entry.run.points[0, 0]) == start
        assert entry.trials.rates[:, 0].tolist() == list(RATES)


def test_the_rate_entered_settles_first_of_all_that_were_tried(tuned):
    """Counted here from the points: the last step outside a hundredth of the starting distance."""
    for entry in tuned.entries:
        distances = np.hypot(*np.moveaxis(entry.trials.points, -1, 0))
        near = distances <= 0.01 * distances[:, :1]
        steps = [next((t for t in range(151) if row[t:].all()), 151) for row in near]
        assert entry.rate == RATES[int(np.argmin(steps))] or min(steps) == 151
        assert entry.settled.tolist() == steps
        assert entry.run.losses[0].tolist() == entry.trials.losses[entry.best].tolist()


def test_on_the_ravine_momentum_is_ahead_of_plain_descent(tuned):
    places = [NAMES[index] for index in tuned.order]
    assert places.index("momentum") < places.index("sgd")


def test_all_runs_make_one_sweep_for_the_player(tuned):
    sweep = tuned.descent
    assert sweep.optimizer == "sgd, momentum, nesterov, adam"
    for row, entry in enumerate(tuned.entries):
        assert sweep.rates[row].tolist() == [entry.rate] * 150
        assert sweep.points[row].tolist() == entry.run.points[0].tolist()
        assert sweep.losses[row].tolist() == entry.run.losses[0].tolist()
        assert sweep.lengths[row] == entry.run.lengths[0]


def test_at_one_rate_the_race_is_another():
    """At α = .1 the walls of the ravine (λ = 25) throw plain descent and Nesterov out; Adam does not notice."""
    same = race("ravine", NAMES, 0.1, steps=150)
    assert [entry.rate for entry in same.entries] == [0.1] * 4
    outcomes = {entry.optimizer: entry.ending.outcome.name for entry in same.entries}
    assert (outcomes["sgd"], outcomes["nesterov"]) == ("DIVERGED", "DIVERGED")
    assert outcomes["momentum"] != "DIVERGED"
    assert outcomes["adam"] != "DIVERGED"


def test_where_nobody_settles_the_lower_loss_wins():
    short = race("rosenbrock", ("sgd", "adam"), (1e-3, 3e-3), steps=20)
    assert all((entry.settled == 21).all() for entry in short.entries)
    losses = [entry.losses[entry.best] for entry in short.entries]
    assert short.order[0] == int(np.argmin(losses))


def test_a_lost_walk_counts_as_an_infinite_loss():
    lost = race("rosenbrock", ("sgd",), (1e-3, 1.0), steps=30)
    assert lost.entries[0].losses[1] == np.inf
    assert lost.entries[0].rate == 1e-3
    assert descend("rosenbrock", "sgd", 1.0, steps=30).lengths[0] < 31


def test_a_race_needs_somebody():
    with pytest.raises(ValueError, match="optimizers is empty"):
        race("bowl", (), RATES)
