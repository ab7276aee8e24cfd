"""How each kind is answered: a form whose text the reader takes, and which knows nothing of what is right."""

import pytest

from lrlab.grading import form, read, variant
from lrlab.grading.answers import Refusal
from lrlab.grading.forms import FORECAST, OneOf, Typed, came_true


def test_a_rate_is_typed_and_a_forecast_asked_where_the_file_wants_one(made):
    plain = form(variant(made("rate"), 0))
    assert plain == Typed("Your rate α", runs=True)
    asked = form(variant(made("rate", ("budget = 10", "budget = 10\npredict_first = true")), 0))
    assert asked.forecast == FORECAST
    assert read(variant(made("rate"), 0), plain.text("0,5")) == 0.5


def test_a_number_says_its_unit(made):
    assert form(variant(made("number"), 0)) == Typed("Your answer")
    unit = made("number", ('answer = "limit"', 'answer = "limit"\nunit = "steps"'))
    assert form(variant(unit, 0)) == Typed("Your answer", "steps")


@pytest.mark.parametrize(("kind", "runs"), [("choice", False), ("predict", True)])
def test_options_are_picked(made, kind, runs):
    drawn = variant(made(kind), 0)
    asked = form(drawn)
    assert asked == OneOf(drawn.options, runs=runs)
    assert read(drawn, asked.text(drawn.options[1].name)) == drawn.options[1].name
    assert isinstance(read(drawn, asked.text(None)), Refusal)


@pytest.mark.parametrize(
    ("said", "outcome", "true"),
    [
        ("converge", "converged", True),
        ("converge", "moving", True),
        ("converge", "overshot", False),
        ("overshoot", "overshot", True),
        ("overshoot", "bouncing", True),
        ("overshoot", "diverged", False),
        ("diverge", "diverged", True),
        ("diverge", "bouncing", False),
    ],
)
def test_a_forecast_is_held_against_the_outcome(said, outcome, true):
    assert came_true(said, outcome) is true
