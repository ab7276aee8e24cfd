"""How runs end: the outcome, and the numbers in the sentence, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.descent import OPTIMIZERS, SURFACES, descend
from lrlab.descent.outcomes import Ending, Outcome, endings, settled_at
from lrlab.descent.surfaces import bowl, bowl_1d


def only(*arguments: object, tolerance: float = 0.01, **keywords: object) -> Ending:
    (ending,) = endings(descend(*arguments, **keywords), tolerance)
    return ending


def test_fact_09_google_s_counts_are_where_runs_settle():
    run = descend("bowl_1d", "sgd", [0.1, 1.0, 4.0, 1.6], steps=200)
    assert settled_at(run, tolerance=0.0055).tolist() == [81, 6, 201, 1]


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [
        (0.001, Outcome.MOVING),
        (0.05, Outcome.CONVERGED),
        (0.3, Outcome.OVERSHOT),
        (0.5, Outcome.DIVERGED),
    ],
)
def test_fact_10_the_four_rates_of_the_sandbox_on_the_default_bowl(rate: float, outcome: Outcome):
    assert only("bowl", "sgd", rate).outcome is outcome


def test_fact_10_at_a_thousandth_it_takes_thousands_of_steps_and_the_sentence_says_how_many():
    """From (−5, 3) the y part is gone by then: 5·.999ⁿ ≤ .01·√34 at n = 4450."""
    ending = only("bowl", "sgd", 0.001, start=(-5.0, 3.0))
    assert ending.forecast == 4450
    assert "It would settle at step 4,450." in ending.sentence
    assert "84.2 % of the starting distance is left" in ending.sentence
    assert int(settled_at(descend("bowl", "sgd", 0.001, start=(-5.0, 3.0), steps=5000))[0]) == 4450


@pytest.mark.parametrize(
    ("rate", "outcome", "minimum"),
    [(0.02, Outcome.CONVERGED, 0), (0.06, Outcome.BOUNCING, 0), (0.3, Outcome.OVERSHOT, 1)],
)
def test_fact_12_the_two_wells_end_as_the_rate_decides(rate: float, outcome: Outcome, minimum: int):
    ending = only("two_wells", "sgd", rate, steps=300)
    assert (ending.outcome, ending.minimum) == (outcome, minimum)
    if rate == 0.06:
        assert "αλ = 3.07 at that minimum, above the limit of 2" in ending.sentence


def test_fact_36_flying_through_the_target_is_not_settling():
    """x goes 1, −.1, .01, …: inside at 2 and out again at 4 when the schedule jumps; only what stays counts."""
    rates = np.array([[1.1, 1.1, 0.0, 61.0, 1.0, 0.0]])
    run = descend(bowl_1d(1.0), "sgd", rates, start=1.0, steps=6)
    np.testing.assert_allclose(run.points[0, :, 0], [1.0, -0.1, 0.01, 0.01, -0.6, 0.0, 0.0], atol=1e-12)
    assert settled_at(run, 0.02).tolist() == [5]
    left = descend(bowl_1d(1.0), "sgd", rates[:, :4], start=1.0, steps=4)
    assert settled_at(left, 0.02).tolist() == [5]
    assert endings(left, 0.02)[0].settled_at is None


def test_fact_36_ever_reached_passes_lucky_fly_throughs_on_himmelblau():
    random = np.random.default_rng(0)
    starts, rates = random.uniform(-5.0, 5.0, size=(2000, 2)), 10.0 ** random.uniform(-3.0, -1.0, size=2000)
    run = descend("himmelblau", "sgd", rates, start=starts, steps=100)
    arrows = run.points[:, :, None] - np.array(SURFACES["himmelblau"].minima)
    gaps = np.hypot(arrows[..., 0], arrows[..., 1]).min(axis=-1)
    reached = (gaps <= 0.05 * gaps[:, :1]).any(axis=1)
    lucky = reached & (settled_at(run, 0.05) > 100)
    assert 0.01 < lucky.mean() < 0.06


@given(seed=st.integers(0, 10_000), tolerance=st.sampled_from([0.3, 0.1, 0.01]))
@settings(max_examples=40, deadline=None)
def test_settled_at_is_what_a_walk_along_the_run_finds(seed: int, tolerance: float):
    random = np.random.default_rng(seed)
    starts = random.uniform(-4.0, 4.0, size=(5, 2))
    run = descend(
        "himmelblau", "momentum", 10.0 ** random.uniform(-4.0, -2.0, size=5), start=starts, steps=60
    )
    minima = np.array(SURFACES["himmelblau"].minima)
    for points, found in zip(run.points, settled_at(run, tolerance), strict=True):
        radius = tolerance * np.linalg.norm(points[0] - minima, axis=1).min()
        step = len(points)
        while step and np.linalg.norm(points[step - 1] - minima, axis=1).min() <= radius:
            step -= 1
        assert found == step


def passing(condition: float, steps: int, products: np.ndarray) -> np.ndarray:
    """Which αλ_max settle to 1 % in time from either end of the spectrum."""
    surface = bowl((1.0 / condition, 1.0))
    flat, steep = (
        settled_at(descend(surface, "sgd", products, start=start, steps=steps)) <= steps
        for start in ((1.0, 0.0), (0.0, 1.0))
    )
    return products[flat & steep]


@pytest.mark.parametrize(
    ("condition", "steps", "low", "high", "decades"),
    [(10.0, 50, 0.880, 1.912, 0.34), (1.0, 10, 0.369, 1.631, 0.65)],
)
def test_fact_37_the_door_of_a_task(condition: float, steps: int, low: float, high: float, decades: float):
    door = passing(condition, steps, np.linspace(0.0, 2.2, 22_001))
    assert (round(door.min(), 3), round(door.max(), 3)) == (low, high)
    assert np.log10(door.max() / door.min()) == pytest.approx(decades, abs=0.005)


def test_fact_37_a_task_no_rate_can_pass():
    assert passing(10.0, 20, np.linspace(0.0, 2.2, 22_001)).size == 0


CASES = [
    # one curvature: αλ is the rate
    (0.5, {}, Outcome.CONVERGED, ["from step 7 on", "αλ = 0.5: each step keeps 0.5 of the error"]),
    (1.0, {}, Outcome.CONVERGED, ["from step 1 on", "αλ = 1: one step takes the whole error away"]),
    (
        1.5,
        {},
        Outcome.OVERSHOT,
        ["crossed the minimum 6 times, first at step 1", "αλ = 1.5 lies between 1 and 2"],
    ),
    (1.5, {}, Outcome.OVERSHOT, ["lands on the other side with 0.5 of the error"]),
    (1.99, {}, Outcome.MOVING, ["36.6 % of the starting distance is left", "settle at step 459"]),
    (1.9999, {}, Outcome.BOUNCING, ["αλ = 1.9999: every step lands on the other side with 0.9999"]),
    (
        2.0,
        {},
        Outcome.BOUNCING,
        ["αλ = 2: every step lands as far out on the other side, 4 from", "for ever"],
    ),
    (
        2.0001,
        {},
        Outcome.BOUNCING,
        ["αλ = 2.0001", "1.0001 times as far out", "too slowly to show in 100 steps"],
    ),
    (
        2.1,
        {},
        Outcome.DIVERGED,
        ["13,781 times as far", "αλ = 2.1", "multiplies the error by 1.1", "takes 145 steps"],
    ),
    (2.31, {}, Outcome.DIVERGED, ["αλ = 2.31 at the start", "every step multiplies the error by 1.31"]),
    (
        100.0,
        {},
        Outcome.DIVERGED,
        ["ten times the starting distance at step 1", "overflowed at step 78", "by 99"],
    ),
    (0.0, {}, Outcome.MOVING, ["Nothing moves: the rate is 0 at every step."]),
    (
        0.001,
        {},
        Outcome.MOVING,
        ["90.5 % of the starting distance is left", "keeps 0.999", "settle at step 4,603"],
    ),
]


@pytest.mark.parametrize(("rate", "keywords", "outcome", "parts"), CASES)
def test_endings_in_one_dimension(
    rate: float, keywords: dict[str, object], outcome: Outcome, parts: list[str]
):
    ending = only(bowl_1d(1.0), "sgd", rate, start=4.0, **keywords)
    assert ending.outcome is outcome
    for part in parts:
        assert part in ending.sentence
    assert ending.product == pytest.approx(rate)


def test_growing_slowly_is_diverging_also_while_the_run_still_looks_fine():
    """y starts a billionth off the axis and grows by 1.25 a step, while x has long converged."""
    ending = only("bowl", "sgd", 0.5, start=(-5.0, 1e-9), steps=60)
    assert ending.outcome is Outcome.CONVERGED
    assert "It will not stay: αλ = 2.25 in the steepest direction" in ending.sentence
    assert only("bowl", "sgd", 0.5, start=(-5.0, 1e-9), steps=100).outcome is Outcome.DIVERGED


def test_a_direction_in_which_the_run_never_was_cannot_throw_it_out():
    ending = only("bowl", "sgd", 0.5, start=(-5.0, 0.0))
    assert ending.outcome is Outcome.CONVERGED
    assert "It will not stay" not in ending.sentence


@pytest.mark.parametrize(
    ("optimizer", "product", "outcome", "part"),
    [
        ("momentum", 2.31, Outcome.OVERSHOT, "with a limit of 3.8 that momentum 0.9 allows"),
        (
            "momentum",
            3.8,
            Outcome.BOUNCING,
            "with a limit of 3.8 that momentum 0.9 allows: the swing stays as wide",
        ),
        ("momentum", 4.0, Outcome.DIVERGED, "αλ = 4 at the start and everywhere, above the limit of 3.8"),
        ("nesterov", 1.3, Outcome.OVERSHOT, "with a limit of 1.36 that momentum 0.9 allows"),
        ("nesterov", 1.5, Outcome.DIVERGED, "αλ = 1.5 at the start and everywhere, above the limit of 1.36"),
    ],
)
def test_with_momentum_the_limit_is_its_own(optimizer: str, product: float, outcome: Outcome, part: str):
    ending = only(bowl_1d(1.0), optimizer, product, start=4.0, steps=200)
    assert ending.outcome is outcome
    assert part in ending.sentence


@pytest.mark.parametrize(
    "optimizer", [name for name in OPTIMIZERS if name not in ("sgd", "momentum", "nesterov")]
)
@pytest.mark.parametrize("surface", sorted(SURFACES))
def test_of_adaptive_rules_no_sentence_speaks_of_the_plain_product(optimizer: str, surface: str):
    for ending in endings(descend(surface, optimizer, np.geomspace(1e-4, 100.0, 13), steps=60)):
        assert "αλ" not in ending.sentence
        assert ending.outcome is not Outcome.DIVERGED or ending.end_distance > ending.start_distance


def test_too_large_for_adam_is_told_as_wandering():
    ending = only(bowl_1d(1.0), "adam", 100.0, start=5.0, steps=30)
    assert ending.outcome is Outcome.MOVING
    assert "On the way it was as far as 95 from it." in ending.sentence


@pytest.mark.parametrize(
    ("surface", "keywords", "outcome", "parts"),
    [
        (
            "plateau",
            {"rates": 0.1, "start": (5.9, 3.9)},
            Outcome.STUCK,
            ["gradient is 0.000188", "ground there is flat"],
        ),
        ("plateau", {"rates": 50.0}, Outcome.STUCK, ["The ground there is flat"]),
        ("plateau", {"rates": 0.001}, Outcome.MOVING, ["99.7 % of the starting distance is left"]),
        ("plateau", {"rates": 1.2}, Outcome.BOUNCING, ["turned back 25 times", "αλ = 2.13 at that minimum"]),
        (
            "saddle",
            {"rates": 0.1, "start": (1.0, 0.0)},
            Outcome.STUCK,
            ["curvature there is -1 in one direction"],
        ),
        (
            "saddle",
            {"rates": 0.1},
            Outcome.CONVERGED,
            ["at (0, 1)", "αλ = 0.2 at the minimum, below the limit of 2"],
        ),
        (
            "saddle",
            {"rates": 3.0},
            Outcome.DIVERGED,
            ["αλ = 3 at the start: locally every step multiplies", "by 2."],
        ),
        ("rosenbrock", {"rates": 0.01}, Outcome.DIVERGED, ["αλ = 15.1 at the start: locally", "by 14.1."]),
        (
            "rosenbrock",
            {"rates": 1e-3},
            Outcome.MOVING,
            ["the loss went from 24.2 to 3.8", "locally the limit is 2"],
        ),
        (
            "himmelblau",
            {"rates": 0.1},
            Outcome.DIVERGED,
            ["At the start the ground curves down", "at step 1 αλ was"],
        ),
        ("himmelblau", {"rates": 0.01}, Outcome.CONVERGED, ["at (3, 2)", "αλ = 0.823 at the minimum"]),
        ("ripples", {"rates": 0.1}, Outcome.CONVERGED, ["at (-1.81, 1.81), which is not the lowest"]),
        ("two_wells", {"rates": 1.0}, Outcome.DIVERGED, ["αλ = 2.14 where it is now: locally", "by 1.14."]),
        ("himmelblau", {"rates": 0.01, "weight_decay": 1.0}, Outcome.STUCK, ["Weight decay pulls as hard"]),
    ],
)
def test_endings_elsewhere_say_where_they_hold(
    surface: str, keywords: dict[str, object], outcome: Outcome, parts: list[str]
):
    ending = only(surface, "sgd", **keywords)
    assert ending.outcome is outcome
    for part in parts:
        assert part in ending.sentence


def test_a_forecast_by_pace_comes_near_what_then_happens():
    forecast = only("rosenbrock", "sgd", 1e-3).forecast
    happened = int(settled_at(descend("rosenbrock", "sgd", 1e-3, steps=20_000))[0])
    assert forecast == pytest.approx(happened, rel=0.3)


@pytest.mark.parametrize("rate", [0.003, 0.02, 0.2, 0.43])
def test_an_exact_forecast_is_what_happens(rate: float):
    forecast = only("bowl", "sgd", rate, steps=2).forecast
    assert forecast == int(settled_at(descend("bowl", "sgd", rate, steps=3000))[0])


def test_the_first_turn_and_the_lost_state_are_named_by_their_step():
    overshot, lost = endings(descend("bowl_1d", "sgd", [2.4, 400.0], steps=200))
    assert (overshot.outcome, overshot.first_turn) == (Outcome.OVERSHOT, 1)
    assert lost.lost_at is not None
    assert f"overflowed at step {lost.lost_at}" in lost.sentence


def test_noise_holds_a_run_above_the_floor_and_the_sentence_says_so():
    ending = only("bowl", "sgd", 0.1, noise=1.0, steps=400)
    assert ending.outcome is Outcome.BOUNCING
    assert ending.sentence.startswith("Hovering: over the last 100 steps it stayed between")
    assert "Gradient noise of 1 keeps it there" in ending.sentence
    assert only("bowl", "sgd", 0.001, noise=0.5).outcome is Outcome.MOVING
    assert only("bowl", "sgd", 0.5, noise=0.5).outcome is Outcome.DIVERGED


def test_a_run_that_starts_at_a_minimum_is_there():
    ending = only("bowl", "sgd", 0.1, start=(0.0, 0.0))
    assert (ending.outcome, ending.settled_at, ending.start_distance) == (Outcome.CONVERGED, 0, 0.0)
    assert "within 0.0721 of the minimum it started at" in ending.sentence


def test_a_schedule_is_judged_by_its_last_rate():
    falls = np.array([np.linspace(0.3, 0.0, 100)])
    ending = only("himmelblau", "sgd", falls * 0.05, steps=100)
    assert ending.outcome is Outcome.CONVERGED
    assert "With the last rate, 0, αλ = 0 at the minimum" in ending.sentence


def test_the_distance_in_one_dimension_is_along_x():
    ending = only("bowl_1d", "sgd", 1.6, start=(5.0, 7.0))
    assert (ending.start_distance, ending.end_distance) == (5.0, 0.0)


@pytest.mark.parametrize("steps", [1, 2, 7, 60])
@pytest.mark.parametrize("surface", sorted(SURFACES))
def test_every_run_gets_a_sentence_that_can_be_read(surface: str, steps: int):
    for optimizer in OPTIMIZERS:
        for noise in (0.0, 0.3):
            run = descend(
                surface, optimizer, [0.0, 1e-5, 1e-2, 0.3, 1.0, 3.0, 50.0, 1e4], steps=steps, noise=noise
            )
            for ending in endings(run):
                assert ending.sentence.endswith(".")
                assert ending.sentence[0].isupper()
                for word in ("nan", "None", "  ", "array", "!"):
                    assert word not in ending.sentence
                assert " inf " not in ending.sentence


@given(product=st.floats(0.01, 3.0), steps=st.integers(20, 200))
@settings(max_examples=150, deadline=None)
def test_in_one_dimension_the_outcome_follows_from_the_product(product: float, steps: int):
    ending = only(bowl_1d(1.0), "sgd", product, start=1.0, steps=steps)
    shrink = abs(1.0 - product)
    settles = shrink**steps <= 0.01 * (1.0 - 1e-9)
    allowed = {
        Outcome.CONVERGED: product <= 1.02 and settles,
        Outcome.OVERSHOT: 1.0 < product < 2.0 and settles,
        Outcome.MOVING: product < 2.0 and not settles,
        Outcome.BOUNCING: 0.9 <= shrink**steps <= 1.1 and product > 1.9,
        Outcome.DIVERGED: product > 2.0 and shrink**steps > 1.0,
        Outcome.STUCK: False,
    }
    assert allowed[ending.outcome]


@pytest.mark.parametrize("tolerance", [0.0, 1.0, -0.1, float("nan")])
def test_a_tolerance_is_a_fraction(tolerance: float):
    run = descend("bowl", "sgd", 0.1, steps=2)
    with pytest.raises(ValueError, match="tolerance is"):
        settled_at(run, tolerance)
    with pytest.raises(ValueError, match="tolerance is"):
        endings(run, tolerance)
