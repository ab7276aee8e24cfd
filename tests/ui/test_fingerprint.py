"""The name of a content: the same for the same, another for anything else."""

import copy
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.descent import SURFACES, descend
from lrlab.descent.quadratics import bowl_1d
from lrlab.ui.fingerprint import fingerprint

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
NESTED = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner)
)


@given(NESTED)
def test_a_copy_has_the_same_name(thing):
    assert fingerprint(copy.deepcopy(thing)) == fingerprint(thing)


@given(NESTED, NESTED)
def test_what_is_written_differently_has_another_name(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))


@dataclass(frozen=True)
class One:
    value: object


@dataclass(frozen=True)
class Other:
    value: object


def times(factor):
    return lambda x: factor * x


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        ("1", b"1"),
        (["ab", "c"], ["a", "bc"]),
        ([[1], 2], [1, [2]]),
        ((1, 2), [1, 2]),
        (One(1), Other(1)),
        (One(1), One(2)),
        (times(2.0), times(3.0)),
        (lambda x: x + 1, lambda x: x + 2),
        (partial(times, 2.0), partial(times, 3.0)),
        (np.arange(6.0), np.arange(6.0).reshape(2, 3)),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), np.array([1.0, np.nextafter(2.0, 3.0)])),
        (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"b": [1.0]})),
        (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [1]})),
        (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [2.0]})),
        (bowl_1d(1.0), bowl_1d(2.0)),
    ],
)
def test_what_is_told_apart(one, other):
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    "make",
    [
        lambda: times(2.0),
        lambda: MappingProxyType({"a": np.arange(3.0)}),
        lambda: {"b", "a", "c"},
        lambda: np.arange(12.0).reshape(3, 4).T,
        lambda: pd.DataFrame({"a": ["x", "y"], "b": [1.0, np.nan]}),
        lambda: descend("bowl", "sgd", [0.1, 0.2], steps=5),
        lambda: SURFACES["rosenbrock"],
    ],
)
def test_what_is_made_twice_has_one_name(make):
    assert fingerprint(make()) == fingerprint(make())


@pytest.mark.parametrize("thing", [object(), np.array([object()]), iter([1])])
def test_what_is_not_known_is_refused_rather_than_confused(thing):
    with pytest.raises(TypeError, match="has no fingerprint"):
        fingerprint(thing)
