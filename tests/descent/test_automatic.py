"""Methods that choose their own step: their numbers are those of independent implementations and of SciPy itself."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from lrlab.descent import SURFACES, descend
from lrlab.descent.automatic import travel
from lrlab.descent.journey import Finish
from lrlab.descent.methods import METHODS, named
from lrlab.descent.surface import Surface
from lrlab.descent.surfaces import bowl, bowl_1d

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "step_size_methods.json").read_text(encoding="utf-8")
)
ROSENBROCK, QUADRATIC = GOLDEN["rosenbrock"], GOLDEN["quadratic"]
TERRAIN = {"rosenbrock": SURFACES["rosenbrock"], "quadratic": bowl((1.0, 10.0))}
FIRST = {"rosenbrock": 1e-3, "quadratic": 0.1}
KNOWN = [
    (terrain, method, what, int(step))
    for terrain in TERRAIN
    for method in METHODS
    for what, numbers in GOLDEN[terrain].get(method, {}).items()
    for step in numbers
]


def gone(terrain: str, method: str, steps: int = 1000):
    settings = {"rate": FIRST[terrain]} if "rate" in METHODS[method].defaults else {}
    return travel(TERRAIN[terrain], method, GOLDEN[terrain]["start"], steps=steps, tolerance=0.0, **settings)


@pytest.mark.parametrize(("terrain", "method", "what", "step"), KNOWN)
def test_fact_35_every_number_that_is_known_comes_out(terrain, method, what, step):
    journey = gone(terrain, method, steps=step)
    found = journey.rates[step - 1] if what == "rates" else getattr(journey, what)[step]
    printed = GOLDEN[terrain][method][what][str(step)]
    for number, text in zip(np.atleast_1d(found), np.atleast_1d(printed), strict=True):
        unit = 10.0 ** Decimal(str(text)).as_tuple().exponent  # of the last digit that is known
        assert abs(float(number) - float(text)) <= unit * 1.000001


def test_the_ground_under_them_is_the_same():
    surface, start = TERRAIN["rosenbrock"], ROSENBROCK["start"]
    assert surface.value(start) == pytest.approx(ROSENBROCK["loss"], rel=1e-12)
    np.testing.assert_allclose(surface.gradient(start), ROSENBROCK["gradient"], rtol=1e-12)
    np.testing.assert_allclose(surface.hessian(start), ROSENBROCK["hessian"], rtol=1e-12)


def test_fact_35_newton_overshoots_to_a_loss_of_1412_and_is_exact_six_steps_later():
    losses = gone("rosenbrock", "newton").losses
    assert losses[0] == pytest.approx(ROSENBROCK["loss"], rel=1e-12)
    assert losses[2] == pytest.approx(1411.8452, abs=1e-3)
    assert losses[2] > 58 * losses[0]
    assert losses[8] == 0.0


def test_fact_35_newton_with_backtracking_is_there_by_step_22_and_never_rises():
    losses = gone("rosenbrock", "newton_armijo").losses
    assert losses[22] < 1e-25
    assert (np.diff(losses) <= 0.0).all()


@pytest.mark.parametrize("method", ["bfgs", "lbfgs"])
def test_fact_35_scipys_counts_are_scipys(method):
    journey = travel("rosenbrock", method, steps=1000)
    assert len(journey.rates) == ROSENBROCK["scipy"][method]["iterations"]
    assert journey.values[-1] == journey.gradients[-1] == ROSENBROCK["scipy"][method]["evaluations"]
    assert journey.hessians[-1] == 0


@pytest.mark.parametrize(("method", "theirs"), [("bfgs", "BFGS"), ("lbfgs", "L-BFGS-B")])
@pytest.mark.parametrize("name", SURFACES)
def test_the_quasi_newton_paths_are_scipys_on_every_surface(name, method, theirs):
    surface = SURFACES[name]
    across = surface.dimension
    path = []

    def whole(x):
        return np.append(x, surface.start[across:])

    with np.errstate(all="ignore"):
        result = optimize.minimize(
            lambda x: float(surface.value(whole(x))),
            np.array(surface.start)[:across],
            jac=lambda x: surface.gradient(whole(x))[:across],
            method=theirs,
            callback=lambda xk: path.append(xk.copy()),
        )
    journey = travel(name, method, steps=15_000)
    np.testing.assert_array_equal(journey.points[1:, :across], np.reshape(path, (-1, across)))
    assert journey.values[-1] == result.nfev
    assert journey.gradients[-1] == result.njev


def test_fact_35_on_a_quadratic_in_two_dimensions_barzilai_borwein_is_exact_at_step_three():
    for method in ("bb1", "bb2"):
        assert gone("quadratic", method, steps=6).losses[3] < 1e-25


@pytest.mark.parametrize("method", ["polyak", "bb1", "bb2"])
def test_where_agreement_must_stop(method):
    """On Rosenbrock these three have no memory of going down: a last digit of the start decides where they are after
    a hundred steps, so that beyond the first dozen no other program can be asked for the same numbers."""
    start = np.array(ROSENBROCK["start"])
    one = travel("rosenbrock", method, start, steps=100, tolerance=0.0)
    other = travel("rosenbrock", method, start * (1.0 + 2.3e-16), steps=100, tolerance=0.0)
    assert np.abs(one.losses[10] / other.losses[10] - 1.0) < 1e-6
    assert np.abs(one.losses[100] / other.losses[100] - 1.0) > 0.01


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("rate", [0.001, 0.05])
def test_the_fixed_rate_is_plain_descent(name, rate):
    run = descend(name, "sgd", rate, steps=30)
    journey = travel(name, "fixed", steps=30, tolerance=0.0, rate=rate)
    taken = min(len(journey.rates), int(run.lengths[0]) - 1)
    np.testing.assert_array_equal(journey.points[: taken + 1], run.points[0, : taken + 1])
    assert journey.gradients.tolist() == list(range(len(journey.rates) + 1))


@pytest.mark.parametrize("method", ["armijo", "newton_armijo"])
@pytest.mark.parametrize("name", SURFACES)
def test_every_backtracked_step_meets_armijos_condition_and_the_one_before_it_does_not(name, method):
    surface = SURFACES[name]
    across = surface.dimension
    journey = travel(name, method, steps=40)
    for here, there, rate in zip(journey.points[:-1], journey.points[1:], journey.rates, strict=True):
        slope = surface.gradient(here)[:across]
        direction = (there - here)[:across] / rate
        promised = 1e-4 * float(slope @ direction)
        assert promised < 0.0
        assert surface.value(there) <= surface.value(here) + rate * promised + 1e-12
        if rate < 1.0 and surface.value(here) > 1e-9:
            longer = here.copy()
            longer[:across] += 2.0 * rate * direction
            assert surface.value(longer) > surface.value(here) + 2.0 * rate * promised


curvatures = st.floats(0.1, 50.0)
coordinates = st.floats(-5.0, 5.0).filter(lambda value: abs(value) > 0.05)


@given(curvatures, curvatures, coordinates, coordinates)
def test_an_exact_line_search_leaves_no_slope_along_its_line(a, b, x, y):
    surface = bowl((a, b))
    journey = travel(surface, "exact", (x, y), steps=1)
    here, there = journey.points[0], journey.points[-1]
    before, after = surface.gradient(here), surface.gradient(there)
    assert abs(before @ after) <= 1e-9 * (before @ before)
    lowest, highest = 1.0 / max(a, b), 1.0 / min(a, b)
    assert lowest * (1 - 1e-9) <= journey.rates[0] <= highest * (1 + 1e-9)


@given(curvatures, curvatures, coordinates, coordinates)
def test_newton_lands_on_the_minimum_of_any_quadratic_in_one_step(a, b, x, y):
    journey = travel(bowl((a, b)), "newton", (x, y), tolerance=1e-9)
    assert len(journey.rates) == 1
    np.testing.assert_allclose(journey.points[-1], 0.0, atol=1e-12)


@given(curvatures, coordinates)
def test_polyak_halves_the_distance_on_a_parabola(a, x):
    # f − f* = λx²/2 and ‖g‖² = λ²x², so the rate is 1/(2λ) and the factor 1 − αλ is one half.
    journey = travel(bowl_1d(a), "polyak", x, steps=3, tolerance=0.0)
    np.testing.assert_allclose(journey.rates, 0.5 / a, rtol=1e-12)
    np.testing.assert_allclose(journey.points[:, 0], [x, x / 2, x / 4, x / 8], rtol=1e-12)


@given(curvatures, coordinates, st.floats(1e-3, 1e-1))
def test_barzilai_borwein_knows_the_curvature_of_a_parabola_after_one_step(a, x, share):
    for method in ("bb1", "bb2"):
        journey = travel(bowl_1d(a), method, x, steps=2, tolerance=0.0, rate=share / a)
        assert journey.rates[1] == pytest.approx(1.0 / a, rel=1e-9)


@given(curvatures, curvatures, coordinates, coordinates)
def test_the_short_barzilai_borwein_step_is_never_the_longer_one(a, b, x, y):
    surface = bowl((a, b))
    first = 0.1 / max(a, b)
    long = travel(surface, "bb1", (x, y), steps=2, rate=first, tolerance=0.0).rates[1]
    short = travel(surface, "bb2", (x, y), steps=2, rate=first, tolerance=0.0).rates[1]
    assert 1.0 / max(a, b) * (1 - 1e-9) <= short <= long * (1 + 1e-9)
    assert long <= 1.0 / min(a, b) * (1 + 1e-9)


# Values, gradients and Hessians after the first two steps, counted by hand from the formulae.
BILLS = {
    "fixed": [(0, 0, 0), (0, 1, 0), (0, 2, 0)],
    "exact": [(0, 0, 0), (0, 2, 0), (0, 4, 0)],
    "bb1": [(0, 0, 0), (0, 1, 0), (0, 2, 0)],
    "bb2": [(0, 0, 0), (0, 1, 0), (0, 2, 0)],
    "polyak": [(0, 0, 0), (1, 1, 0), (2, 2, 0)],
}


@pytest.mark.parametrize("method", BILLS)
def test_the_bill_is_what_the_formula_asks_for(method):
    journey = travel("bowl", method, steps=2)
    bill = list(
        zip(journey.values.tolist(), journey.gradients.tolist(), journey.hessians.tolist(), strict=True)
    )
    assert bill == BILLS[method]


def test_the_bill_of_a_backtracking_step_counts_every_trial():
    # On the parabola with λ = 0.625 the first trial, a = 1, passes: the start's value and one trial.
    assert travel("bowl_1d", "armijo", steps=1).values.tolist() == [0, 2]
    # On Rosenbrock the first step is 2⁻¹⁰: the start's value and eleven trials.
    assert travel("rosenbrock", "armijo", steps=1).values.tolist() == [0, 12]


def test_a_hessian_counts_as_one_gradient_per_coordinate():
    assert travel("bowl", "newton").evaluations.tolist() == [0, 1 + 2]
    assert travel("bowl_1d", "newton").evaluations.tolist() == [0, 1 + 1]


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("method", METHODS)
def test_every_journey_is_a_whole_record(name, method):
    if not METHODS[method].suits(SURFACES[name]):
        with pytest.raises(ValueError, match="which is for quadratics"):
            travel(name, method)
        return
    journey = travel(name, method, steps=60)
    taken = len(journey.rates)
    assert taken <= 60
    assert journey.points.shape == (taken + 1, 2)
    for row in (journey.losses, journey.values, journey.gradients, journey.hessians, journey.evaluations):
        assert row.shape == (taken + 1,)
    assert (np.diff(journey.evaluations) >= 0).all()
    np.testing.assert_array_equal(journey.losses, SURFACES[name].value(journey.points))
    assert (journey.finish is Finish.BUDGET) == (taken == 60)
    with pytest.raises(ValueError, match="read-only"):
        journey.points[0] = 0.0


def test_a_stride_as_long_as_plain_descents_has_plain_descents_rate():
    journey = travel("rosenbrock", "polyak", steps=8)
    np.testing.assert_allclose(journey.plain_rates, journey.rates, rtol=1e-9)
    newton = travel("bowl", "newton")  # (−5, 3) to (0, 0) against a slope of (−5, 13.5)
    assert newton.plain_rates[0] == pytest.approx(np.hypot(5, 3) / np.hypot(5, 13.5), rel=1e-12)


def test_a_run_that_overflows_is_kept_up_to_there():
    journey = travel("rosenbrock", "fixed", steps=100, rate=0.1)
    assert journey.finish is Finish.LOST
    assert np.isfinite(journey.losses[:-1]).all()
    assert not np.isfinite(journey.losses[-1])


def test_a_start_at_the_minimum_takes_no_step():
    for method in METHODS:
        journey = travel("bowl", method, (0.0, 0.0))
        assert len(journey.rates) == 0
        assert journey.finish is Finish.VANISHED


def flat_along_y() -> Surface:
    """x²/2 as a surface of two coordinates: its Hessian has no inverse anywhere."""
    return replace(bowl_1d(1.0), dimension=2, curvatures=None)


def test_newton_without_an_inverse_stops_and_says_so_and_backtracking_takes_the_gradient():
    surface = flat_along_y()
    journey = travel(surface, "newton", (2.0, 1.0))
    assert (journey.finish, len(journey.rates)) == (Finish.SINGULAR, 0)
    assert travel(surface, "newton_armijo", (2.0, 1.0)).points[-1].tolist() == [0.0, 1.0]


def test_a_line_search_that_finds_nothing_stops_and_says_so():
    # With λ = 0.625 a step must be below 2(1 − c)/λ = 3.2; from 100, a hundred cuts of 1 % only come down to 36.
    journey = travel("bowl_1d", "armijo", first=100.0, shrink=0.99)
    assert journey.finish is Finish.NO_STEP


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"surface": "hill"}, "surface is 'hill'"),
        ({"method": "newtn"}, "method is 'newtn'; it must be one of fixed, armijo"),
        ({"method": "exact", "surface": "beale"}, "beale is not one"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": 2.5}, "steps is 2.5"),
        ({"tolerance": -1.0}, "tolerance is -1.0"),
        ({"tolerance": float("nan")}, "tolerance is nan"),
        ({"start": (1.0, float("inf"))}, r"start is \(1.0, inf\)"),
        ({"start": (1.0, 2.0, 3.0)}, "start is"),
        ({"start": "here"}, "start is 'here'"),
        ({"start": (1e200, 1e200), "surface": "rosenbrock"}, "too large for a number"),
        ({"rate": 0.1}, "'rate' is not a setting of newton; it has none"),
        ({"method": "fixed", "rate": 0.0}, r"rate is 0.0; it must lie in \(0, inf\)"),
        ({"method": "armijo", "shrink": 1.0}, r"shrink is 1.0; it must lie in \(0, 1\)"),
        ({"method": "armijo", "sufficient": float("nan")}, "sufficient is nan"),
    ],
)
def test_a_bad_argument_shows_itself_and_what_is_allowed(arguments, says):
    with pytest.raises(ValueError, match=says):
        travel(**{"surface": "bowl", "method": "newton", **arguments})


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_the_catalogue_says_what_a_student_needs(method):
    assert named(method.name) is method
    assert "a_t" in method.formula or "p_t" in method.formula or "a" in method.formula
    for sentence in (method.convention, method.asks):
        assert sentence.endswith(".")
    assert any(sign.isdigit() for sign in method.source)
