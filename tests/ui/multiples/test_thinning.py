"""Few states stand for many: between those that are kept, even motion is never far from those that are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrlab.ui.multiples.thinning import bends, kept


def drawn_from(path, keep):
    """The path as the browser draws it: straight and even between the kept states."""
    steps = np.arange(len(path))
    return np.stack([np.interp(steps, steps[keep], path[keep, axis]) for axis in (0, 1)], axis=-1)


@given(
    states=st.integers(2, 70),
    data=st.data(),
    tolerance=st.floats(0.001, 0.5),
)
def test_no_dropped_state_is_further_off_than_the_tolerance(states, data, tolerance):
    paths = data.draw(arrays(np.float64, (3, states, 2), elements=st.floats(-31, 31)))
    keep = kept(bends(paths), states, tolerance)
    assert keep.shape == (3, states)
    assert keep[:, [0, -1]].all()
    for path, mine in zip(paths, keep, strict=True):
        assert np.abs(drawn_from(path, mine) - path).max() <= tolerance + 1e-9


@pytest.mark.parametrize("states", [2, 3, 4, 5, 9, 100, 151, 255])
def test_of_even_motion_only_the_ends_are_kept(states):
    path = np.linspace([-1.0, 0.5], [1.0, -0.25], states)[None]
    keep = kept(bends(path), states, 2e-9)
    assert np.abs(drawn_from(path[0], keep[0]) - path[0]).max() <= 2e-9
    assert keep.sum() <= 2 + states.bit_length()


def test_a_zigzag_keeps_every_state():
    path = np.stack([np.linspace(0, 1, 33), np.tile([0.5, -0.5], 17)[:33]], axis=-1)[None]
    assert kept(bends(path), 33, 0.01).all()


def test_a_larger_tolerance_never_keeps_more():
    path = np.random.default_rng(0).normal(size=(4, 100, 2)).cumsum(axis=1)
    bent = bends(path)
    counts = [kept(bent, 100, tolerance).sum() for tolerance in (0.01, 0.1, 1.0, 10.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
