"""Reduce on plateau, by both conventions."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.schedules.plateau import CONVENTIONS, follow, reduce_on_plateau

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "schedules.json").read_text())["plateau"]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_fact_19_when_the_rate_falls_on_a_constant_loss(convention):
    state = reduce_on_plateau(0.1, factor=0.5, patience=3, cooldown=2, convention=convention)
    rates = follow(state, np.ones(21))
    falls = np.flatnonzero(np.diff(rates) < 0.0) + 1  # epochs counted from 1, as the libraries do
    assert falls.tolist() == GOLDEN[convention]
    assert rates[-1] == pytest.approx(0.1 * 0.5 ** len(falls))


def test_fact_19_pytorch_waits_one_epoch_more_than_keras():
    waits = {
        convention: int(
            np.argmax(follow(reduce_on_plateau(1.0, patience=5, convention=convention), np.ones(30)) < 1.0)
        )
        for convention in CONVENTIONS
    }
    assert waits == {"pytorch": 7, "keras": 6}


def test_an_improvement_starts_the_wait_anew():
    losses = [1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5]
    assert follow(reduce_on_plateau(1.0, patience=3), losses).tolist() == [1.0] * 8


@pytest.mark.parametrize(
    ("convention", "losses", "cuts"),
    [
        ("pytorch", [100.0, 99.995, 99.995], 1),  # half a ten-thousandth of the best is no improvement
        ("keras", [100.0, 99.995, 99.99], 0),  # but it is more than the amount 1e-4
        ("keras", [1e-4, 5e-5, 1e-5], 2),  # halving a tiny loss is not
        ("pytorch", [1e-4, 5e-5, 1e-5], 0),
    ],
)
def test_better_is_a_share_in_pytorch_and_an_amount_in_keras(convention, losses, cuts):
    rates = follow(reduce_on_plateau(1.0, factor=0.5, patience=1, convention=convention), losses)
    assert rates[-1] == 0.5**cuts


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_nan_is_no_improvement(convention):
    rates = follow(reduce_on_plateau(1.0, patience=2, convention=convention), [1.0, *[math.nan] * 6])
    assert rates[-1] < 1.0


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_never_below_the_lowest(convention):
    state = reduce_on_plateau(1.0, factor=0.1, patience=0, lowest=0.05, convention=convention)
    assert follow(state, np.ones(20))[-1] == 0.05


@given(
    st.lists(st.floats(allow_nan=True), max_size=40),
    st.integers(0, 5),
    st.integers(0, 5),
    st.sampled_from(sorted(CONVENTIONS)),
)
def test_the_rate_never_rises_and_cuts_keep_their_distance(losses, patience, cooldown, convention):
    state = reduce_on_plateau(1.0, factor=0.5, patience=patience, cooldown=cooldown, convention=convention)
    rates = follow(state, losses)
    assert rates.shape == (len(losses) + 1,)
    assert (np.diff(rates) <= 0.0).all()
    cuts = np.flatnonzero(np.diff(rates))
    assert (np.diff(cuts) >= max(patience, 1)).all()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"rate": 0.0}, "rate"),
        ({"rate": 0.1, "factor": 1.5}, "factor"),
        ({"rate": 0.1, "patience": -1}, "patience"),
        ({"rate": 0.1, "cooldown": 0.5}, "cooldown"),
        ({"rate": 0.1, "threshold": math.nan}, "threshold"),
        ({"rate": 0.1, "lowest": -1e-9}, "lowest"),
        ({"rate": 0.1, "convention": "optax"}, "convention"),
    ],
)
def test_a_parameter_outside_its_range_is_named(arguments, name):
    with pytest.raises(ValueError, match=rf"^{name} is .+; it must"):
        reduce_on_plateau(**arguments)
