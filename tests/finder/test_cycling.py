"""One-cycle on the digits: the peak it bears, the momentum that goes with it, and the verdict after equal tuning."""

import numpy as np
import pytest

from lrlab.finder.comparison import Judgement
from lrlab.finder.contest import hold
from lrlab.finder.cycling import ENTRANTS, RIVALS, cycle
from lrlab.training import hidden, load


def test_the_four_rivals_differ_in_what_they_say_they_differ() -> None:
    found = cycle(load("iris"), "linear", 0.2, 16, epochs=12, seeds=[0])
    rates, steps = found.trainings[0].rates, found.momenta.shape[1]
    assert list(RIVALS) == ["constant", "cosine", "one_cycle", "paced"]
    assert (rates[0] == 0.2).all()
    assert rates[1, 0] == 0.2 > rates[1, -1]
    np.testing.assert_array_equal(rates[2], rates[3])
    assert (found.momenta[:3] == 0.9).all()
    # PyTorch's OneCycleLR: 0.95 at both ends, 0.85 at the peak, which is where the rate is highest
    peak = int(0.3 * steps) - 1
    assert abs(int(rates[3].argmax()) - peak) <= 1
    assert abs(int(found.momenta[3].argmin()) - peak) <= 1
    assert found.momenta[3, [0, -1]].tolist() == pytest.approx([0.95, 0.95])


@pytest.mark.slow
def test_fact_20_one_cycle_bears_a_higher_peak() -> None:
    """At 0.13 the constant rate is broken; one-cycle is not, with its momentum still less."""
    losses = cycle(load("digits"), hidden(32, "relu"), 0.13, 32, epochs=10).losses[:, -1]
    assert losses[0] > 4 * losses[2]
    assert losses[3] <= 1.05 * losses[2]
    assert losses[3] < 0.25


@pytest.mark.slow
def test_fact_20_super_convergence_is_not_confirmed_on_digits() -> None:
    held = hold(
        load("digits"),
        hidden(32, "relu"),
        32,
        epochs=20,
        entrants=ENTRANTS,
        rates=np.geomspace(0.01, 0.64, 13),
        tuning_seeds=(0, 1),
    )
    for other in (1, 2):
        assert held.against(other).judgement is Judgement.ALIKE
    assert held.chosen[0] > held.chosen[2]  # it does bear, and choose, a higher peak than a constant rate
