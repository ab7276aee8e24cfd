"""Three optimizers that set out with the same first step, for every number an exercise may draw."""

from itertools import pairwise

import pytest

from lrlab.grading.formulas import FORMULAS


def compute(name, **arguments):
    return FORMULAS[name].compute(**arguments)


@pytest.mark.parametrize("start", [2, 3, 4, 5])
@pytest.mark.parametrize("product", [0.08, 0.1, 0.12])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_strides_tell_the_three_apart_with_every_number_that_may_be_drawn(order, product, start):
    """Same first step; then plain descent's shrink by the slope, the ball's grow, and Adam's stay within 3 %."""
    who = compute("raced_order", order=order).split("-")
    for place, name in enumerate(who, start=1):
        x = [
            compute("raced_position", order=order, place=place, start=start, product=product, step=step)
            for step in range(5)
        ]
        strides = [before - after for before, after in pairwise(x)]
        assert strides[0] == pytest.approx(product * start, rel=1e-6)
        growth = [later / earlier for earlier, later in pairwise(strides)]
        if name == "plain":
            assert growth == pytest.approx([1 - product] * 3)
        elif name == "ball":
            assert growth[0] > 1.5
            assert strides[1] > strides[0]
        else:
            assert growth == pytest.approx([1.0] * 3, abs=0.03)
