"""Where journeys lead: minima, passes, hill tops and flat ground, each told with its numbers."""

import pytest

from lrlab.descent.arrivals import Arrival, account
from lrlab.descent.automatic import travel

CASES = [
    # surface, method, start, settings → arrival, and what the sentence must say
    ("bowl", "newton", None, {}, Arrival.DOWNHILL, "arrives after 1 step and 3 evaluations, at (0, 0)."),
    ("rosenbrock", "newton", None, {}, Arrival.ROSE, "rose twice, up to 1412 from 24.2 at the start"),
    ("saddle", "newton", None, {}, Arrival.ELSEWHERE, "it is a pass, with curvatures −1 and 1"),
    ("saddle", "newton_armijo", None, {}, Arrival.ELSEWHERE, "it is a pass"),
    ("himmelblau", "newton", None, {}, Arrival.ELSEWHERE, "it is the top of a hill"),
    ("plateau", "newton", None, {}, Arrival.ELSEWHERE, "it is flat ground"),
    ("ripples", "armijo", None, {}, Arrival.DOWNHILL, "a minimum, though not the lowest"),
    (
        "bowl",
        "fixed",
        None,
        {"rate": 0.001},
        Arrival.SHORT,
        "has not arrived after 100 steps and 100 evaluations",
    ),
    ("rosenbrock", "fixed", None, {"rate": 0.1}, Arrival.LOST, "a number overflows at step"),
    ("bowl", "fixed", None, {"rate": 0.5}, Arrival.LOST, "has not arrived"),
    (
        "bowl_1d",
        "armijo",
        None,
        {"first": 100.0, "shrink": 0.99},
        Arrival.SHORT,
        "cannot go on after 0 steps",
    ),
    (
        "bowl_1d",
        "exact",
        3.0,
        {},
        Arrival.DOWNHILL,
        "Exact line search: arrives after 1 step and 2 evaluations, at (0).",
    ),
]


@pytest.mark.parametrize(("surface", "method", "start", "settings", "arrival", "says"), CASES)
def test_what_became_of_a_journey_and_why(surface, method, start, settings, arrival, says):
    told = account(travel(surface, method, start, **settings))
    assert told.arrival is arrival
    assert says in told.sentence


def test_fact_35_newton_on_rosenbrock_arrives_at_step_five_for_fifteen_evaluations():
    # Five steps, each one gradient and one Hessian; a Hessian of two coordinates counts as two gradients.
    told = account(travel("rosenbrock", "newton"))
    assert (told.settled_at, told.evaluations, told.rises) == (5, 15, 2)
    assert told.highest == pytest.approx(1411.845, abs=0.01)


def test_newton_climbs_where_the_ground_curves_down():
    # On (y² − 1)²/4 at y = .3: f' = −.273, f'' = −.73, so y goes to .3 − .27397/.73 … = −.07397, and the loss rises.
    journey = travel("saddle", "newton", (0.0, 0.3), steps=1)
    assert journey.points[1, 1] == pytest.approx(0.3 - 0.273 / 0.73, rel=1e-12)
    assert journey.losses[1] > journey.losses[0]


def test_a_journey_that_never_began_is_judged_where_it_stands():
    assert account(travel("saddle", "newton", (0.0, 0.0))).arrival is Arrival.ELSEWHERE
    assert account(travel("saddle", "newton", (0.0, 1.0))).settled_at == 0


def test_a_tolerance_outside_its_range_is_refused():
    with pytest.raises(ValueError, match=r"tolerance is 1\.5"):
        account(travel("bowl", "newton"), tolerance=1.5)
