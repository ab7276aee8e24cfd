"""Small exercise files to judge, prove and break."""

import pytest

from lrlab.grading.load import read_exercise
from lrlab.grading.starting import starter

ABOUT = """
title = "A test"
prompt = 'Descend with curvature {curvature}.'
explanation = "Because."
source = "A test"
points = 1
minutes = 1
hints = { direction = "Left.", bracket = "Between 0 and 1.", formula = "One." }
"""

RATE = (
    ABOUT
    + """
[parameters]
curvature = { low = 0.5, high = 2.0 }

[values]
limit = { formula = "largest_stable_rate", curvature = "curvature" }

[task]
kind = "rate"
budget = 10
tolerance = 0.01
slider = { low = 0.001, high = 100, start = 0.001 }
door = { from = 0.6, to = 0.7 }

[task.walk]
surface = "bowl_1d"
shape = { curvature = "curvature" }
start = [4, 0]

[[mistakes]]
name = "too-large"
above = "limit"
misconception = "limit-is-one-over-l"
message = "{answer} is above {limit}."

[[mistakes]]
name = "too-small"
below = "limit"
misconception = "smaller-is-safer"
message = "{answer} is too small."

[self_test]
malformed = ["", "fast"]

[[self_test.wrong]]
name = "far too large"
answer = "99"
mistake = "too-large"

[[self_test.wrong]]
name = "too large"
answer = "50"
mistake = "too-large"

[[self_test.wrong]]
name = "too small"
answer = "0.001"
mistake = "too-small"
"""
)

NUMBER = (
    ABOUT
    + """
[parameters]
curvature = { low = 2, high = 8 }

[values]
limit = { formula = "largest_stable_rate", curvature = "curvature" }
half = { formula = "inverse_curvature", curvature = "curvature" }
double = { formula = "scaled", value = "limit", factor = 2 }

[task]
kind = "number"
answer = "limit"
tolerance = { relative = 0.05 }

[[mistakes]]
name = "half"
value = "half"
misconception = "limit-is-one-over-l"
message = "{answer} is half of it."

[[mistakes]]
name = "high"
above = "double"
message = "That is far too high."

[self_test]
malformed = ["", "two"]

[[self_test.wrong]]
name = "half"
answer = "{half}"
mistake = "half"

[[self_test.wrong]]
name = "one over"
answer = "1/{curvature}"
mistake = "half"

[[self_test.wrong]]
name = "high"
answer = "100"
mistake = "high"
"""
)

CHOICE = (
    ABOUT
    + """
[parameters]
curvature = { choices = [0.5, 1.0] }
steps = { choices = [3, 50] }

[values]
truth = { formula = "arrival", rate = 0.5, curvature = "curvature", steps = "steps" }

[task]
kind = "choice"
correct = "truth"

[[task.options]]
name = "converged"
text = "It has arrived after {steps} steps."

[[task.options]]
name = "crawling"
text = "It is on its way."

[[task.options]]
name = "unclear"
text = "Nobody knows."

[[mistakes]]
name = "not-yet"
option = "converged"
misconception = "plateau-is-converged"
message = "Not yet."

[[mistakes]]
name = "long-since"
option = "crawling"
message = "It has arrived."

[[mistakes]]
name = "one-can-know"
option = "unclear"
message = "One can."

[self_test]
malformed = ["", "perhaps"]

[[self_test.wrong]]
name = "too early"
given = { steps = 3 }
answer = "converged"
mistake = "not-yet"

[[self_test.wrong]]
name = "too late"
given = { steps = 50 }
answer = "crawling"
mistake = "long-since"

[[self_test.wrong]]
name = "shrugs"
answer = "unclear"
mistake = "one-can-know"
"""
)

PREDICT = (
    ABOUT
    + """
[parameters]
curvature = 1.0
rate = { choices = [0.5, 1.5, 2.5] }

[task]
kind = "predict"
rate = "rate"
steps = 60
observe = "outcome"
walk = { surface = "bowl_1d", shape = { curvature = "curvature" } }

[[task.options]]
name = "glides"
text = "It glides."
when = ["converged"]

[[task.options]]
name = "zigzags"
text = "It zigzags."
when = ["overshot"]

[[task.options]]
name = "leaves"
text = "It leaves."
when = ["diverged"]

[[mistakes]]
name = "lost"
option = "leaves"
truth = "zigzags"
misconception = "overshoot-is-divergence"
message = "Crossing is not leaving."

[[mistakes]]
name = "too-wild"
option = "leaves"
message = "It stays."

[[mistakes]]
name = "too-calm"
option = "glides"
message = "It crosses."

[[mistakes]]
name = "no-zigzag"
option = "zigzags"
message = "It does not zigzag."

[self_test]
malformed = ["", "0.5"]

[[self_test.wrong]]
name = "takes overshooting for divergence"
given = { rate = 1.5 }
answer = "leaves"
mistake = "lost"

[[self_test.wrong]]
name = "too wild"
given = { rate = 0.5 }
answer = "leaves"
mistake = "too-wild"

[[self_test.wrong]]
name = "too calm"
given = { rate = 2.5 }
answer = "glides"
mistake = "too-calm"
"""
)

FILES = {"rate": RATE, "number": NUMBER, "choice": CHOICE, "predict": PREDICT}


@pytest.fixture(scope="session")
def files():
    """A valid file of each kind, as text."""
    return FILES


@pytest.fixture(scope="session")
def made():
    """An exercise from the file of a kind, with pieces of its text replaced."""

    def make(kind, *changes, slug="chapter/test"):
        text = FILES[kind]
        for old, new in changes:
            assert old in text, f"{old!r} is not in the file of the kind {kind}"
            text = text.replace(old, new)
        return read_exercise(text.encode(), slug, "page")

    return make


@pytest.fixture(scope="session")
def begun():
    """An exercise as `exercises new` begins it, with words for its TODOs and pieces of its text replaced."""

    def make(kind, *changes, slug="chapter/begun"):
        text = starter(kind).replace("TODO", "Here:")
        for old, new in changes:
            assert old in text, f"{old!r} is not in the starter of the kind {kind}"
            text = text.replace(old, new)
        return read_exercise(text.encode(), slug, "page")

    return make
