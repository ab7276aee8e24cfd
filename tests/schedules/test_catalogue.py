"""The words beside the schedules."""

import numpy as np
import pytest

from lrlab import schedules as s
from lrlab.schedules.catalogue import KINDS


def test_every_constructor_has_its_words():
    assert set(KINDS) == set(s.__all__) - {"Schedule", "join"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_an_example_can_be_drawn_over_a_hundred_steps(kind):
    rates = kind.example(np.arange(101))
    assert rates.max() == pytest.approx(0.1)
    assert kind.purpose.endswith(".")
    assert kind.formula.count("{") == kind.formula.count("}")


def test_what_the_exponential_leaves():
    rates = KINDS["exponential"].example(np.array([10, 100])) / 0.1
    assert rates.tolist() == pytest.approx([0.599, 0.00592], rel=1e-3)
