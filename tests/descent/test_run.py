"""descend: what it accepts, what it returns, and that a sweep is its runs and nothing else."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.descent import OPTIMIZERS, SURFACES, Descent, descend
from lrlab.descent.surfaces import bowl, bowl_1d

finite = st.floats(-5.0, 5.0, allow_nan=False)


def same(first: np.ndarray, second: np.ndarray) -> bool:
    return np.array_equal(first, second, equal_nan=True)


def test_shapes_are_those_of_the_vocabulary():
    run = descend("himmelblau", "adam", np.geomspace(1e-3, 1.0, 7), steps=12)
    assert run.rates.shape == (7, 12)
    assert run.points.shape == (7, 13, 2)
    assert run.losses.shape == (7, 13)
    assert run.lengths.tolist() == [13] * 7
    assert run.optimizer == "adam"
    assert run.coefficients["beta1"] == 0.9


def test_losses_are_those_of_the_points_and_the_first_point_is_the_start():
    run = descend("beale", "momentum", [1e-4, 1e-3], start=(0.5, -1.0), steps=40)
    assert run.points[:, 0].tolist() == [[0.5, -1.0]] * 2
    np.testing.assert_allclose(run.losses, SURFACES["beale"].value(run.points), rtol=1e-12)


def test_each_rate_takes_its_point_to_the_next():
    """points[t + 1] = points[t] − rates[t]·gradient(points[t]), by the surface's own gradient."""
    run = descend("himmelblau", "sgd", np.linspace(0.001, 0.02, 30)[None], steps=30)
    gradients = SURFACES["himmelblau"].gradient(run.points[0, :-1])
    np.testing.assert_allclose(
        np.diff(run.points[0], axis=0), -run.rates[0][:, None] * gradients, rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("surface", sorted(SURFACES))
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_a_sweep_equals_its_single_runs_bit_for_bit(surface: str, optimizer: str):
    rates = np.geomspace(1e-4, 2.0, 11)
    sweep = descend(surface, optimizer, rates, steps=60, noise=0.1, seed=3)
    for number in (0, 4, 10):
        single = descend(surface, optimizer, rates[number], steps=60, noise=0.1, seed=3)
        assert same(sweep.points[number], single.points[0])
        assert same(sweep.losses[number], single.losses[0])
        assert sweep.lengths[number] == single.lengths[0]


def test_a_rate_that_stays_equals_a_schedule_that_says_it_every_step():
    rates = np.array([0.01, 0.2, 0.5])
    stays = descend("bowl", "adam", rates, steps=50)
    told = descend("bowl", "adam", np.repeat(rates[:, None], 50, axis=1), steps=50)
    assert same(stays.points, told.points)


@given(start=st.tuples(finite, finite), factor=st.floats(0.1, 10.0), rate=st.floats(0.0, 0.6))
@settings(max_examples=60)
def test_on_a_quadratic_a_run_is_linear_in_its_start(start: tuple[float, float], factor: float, rate: float):
    for optimizer in ("sgd", "momentum", "nesterov"):
        plain = descend("ravine", optimizer, rate, start=start, steps=20).points[0]
        larger = descend("ravine", optimizer, rate, start=np.multiply(start, factor), steps=20).points[0]
        size = np.abs(plain).max(initial=1e-300)
        np.testing.assert_allclose(larger, factor * plain, rtol=1e-9, atol=1e-11 * factor * size)


@given(start=st.tuples(finite, finite), rate=st.floats(0.0, 0.6), steps=st.integers(1, 30))
@settings(max_examples=60)
def test_fact_01_each_step_multiplies_the_error_by_one_minus_the_product(
    start: tuple[float, float], rate: float, steps: int
):
    end = descend(bowl((1.0, 4.5)), "sgd", rate, start=start, steps=steps).points[0, -1]
    exact = np.multiply(start, [(1.0 - rate) ** steps, (1.0 - 4.5 * rate) ** steps])
    np.testing.assert_allclose(end, exact, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize(
    ("product", "after_one", "after_two"),
    [(0.5, 0.5, 0.25), (1.0, 0.0, 0.0), (1.5, -0.5, 0.25), (2.0, -1.0, 1.0)],
)
def test_fact_01_the_four_ways_to_step(product: float, after_one: float, after_two: float):
    x = descend(bowl_1d(1.0), "sgd", product, start=1.0, steps=2).points[0, :, 0]
    assert x.tolist() == [1.0, after_one, after_two]


def test_fact_01_two_is_a_cycle_for_ever_and_2_1_takes_145_steps_to_grow_a_million_times():
    x = descend(bowl_1d(1.0), "sgd", [2.0, 2.1], start=1.0, steps=1000).points[:, :, 0]
    assert np.abs(x[0]).tolist() == [1.0] * 1001
    assert int(np.argmax(np.abs(x[1]) >= 1e6)) == 145


def test_fact_10_the_default_bowl_does_what_the_sandbox_says_at_its_four_rates():
    run = descend("bowl", "sgd", [0.001, 0.05, 0.3, 0.5], start=(4.0, 3.0), steps=5000)
    x, y = run.points[:, :40, 0], run.points[:, :40, 1]
    np.testing.assert_allclose(x[1, 1:] / x[1, :-1], 0.95, rtol=1e-12)
    np.testing.assert_allclose(y[1, 1:] / y[1, :-1], 0.775, rtol=1e-12)
    np.testing.assert_allclose(y[2, 1:] / y[2, :-1], -0.35, rtol=1e-9)
    np.testing.assert_allclose(y[3, 1:] / y[3, :-1], -1.25, rtol=1e-12)
    far = np.linalg.norm(run.points[0], axis=1) > 0.01 * 5.0
    assert far[:4000].all()
    assert not far[-1]


def test_fact_09_googles_exercise():
    """Tolerance .55 % of the start: rate .1 takes 81 steps, 1 takes 6, 1.6 takes 1, and 4 never gets there."""
    x = np.abs(descend("bowl_1d", "sgd", [0.1, 1.0, 1.6, 4.0], start=1.0, steps=100).points[:, :, 0])
    inside = x <= 0.0055
    assert inside[:3].argmax(axis=1).tolist() == [81, 6, 1]
    assert not inside[3].any()


def test_fact_12_in_two_wells_the_rate_decides_which_minimum_holds():
    run = descend("two_wells", "sgd", [0.02, 0.06, 0.3], steps=1000)
    sharp, flat = (np.linalg.norm(run.points - minimum, axis=-1) for minimum in SURFACES["two_wells"].minima)
    assert sharp[0, -1] < 1e-9
    assert sharp[1].max() < 1.0
    assert sharp[1, -100:].min() > 0.1
    assert flat[2, -1] < 1e-9


@pytest.mark.parametrize("rate", [0.02, 0.06, 0.3])
def test_fact_12_does_not_hang_on_the_start(rate: float):
    angles, radii = np.linspace(0.0, 2.0 * np.pi, 40), np.linspace(0.05, 0.5, 40)
    starts = np.stack([-2.0 + radii * np.cos(angles), radii * np.sin(angles)], axis=-1)
    ends = descend("two_wells", "sgd", rate, start=starts, steps=1000).points[:, -50:]
    sharp, flat = (np.linalg.norm(ends - minimum, axis=-1) for minimum in SURFACES["two_wells"].minima)
    happened = {
        0.02: sharp.max() < 1e-6,
        0.06: sharp.max() < 1.5 and sharp.max(axis=1).min() > 0.1,
        0.3: flat.max() < 1e-6,
    }
    assert happened[rate]


def test_fact_32_the_velocity_with_the_rate_outside_feels_a_new_rate_at_once():
    rates = np.array([[0.1] * 5 + [0.01] * 5])
    heavy = descend(bowl_1d(1.0), "momentum", rates, start=1.0, steps=10).points[0, :, 0]
    expected = [
        0.9,
        0.72,
        0.486,
        0.2268,
        -0.02916,
        -0.0519048,
        -0.071856072,
        -0.089093656,
        -0.10371655,
        -0.11583998,
    ]
    np.testing.assert_allclose(heavy[1:], expected, rtol=1e-6)
    nesterov = descend(bowl_1d(1.0), "nesterov", rates, start=1.0, steps=10).points[0, :, 0]
    assert nesterov[6] == pytest.approx(-0.1196119, rel=1e-6)


def test_in_one_dimension_y_stays_where_it_is_whatever_the_rule():
    for optimizer in OPTIMIZERS:
        coefficients = {"weight_decay": 0.1}
        run = descend("bowl_1d", optimizer, 0.1, start=(3.0, 2.0), steps=20, noise=1.0, **coefficients)
        assert run.points[0, :, 1].tolist() == [2.0] * 21
        assert run.points[0, 1, 0] != 3.0


def test_a_run_that_overflows_is_kept_up_to_its_first_lost_state_and_is_nan_after_it():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = descend("rosenbrock", "sgd", [1e-3, 0.1], steps=100)
    length = int(run.lengths[1])
    assert run.lengths[0] == 101
    assert 2 < length < 20
    assert np.isfinite(run.points[1, :length]).all()
    assert np.isfinite(run.losses[1, :length]).all()
    assert not (np.isfinite(run.losses[1, length]) and np.isfinite(run.points[1, length]).all())
    assert np.isnan(run.points[1, length + 1 :]).all()
    assert np.isnan(run.losses[1, length + 1 :]).all()
    np.testing.assert_allclose(run.points[1, 1], [20.36, 9.8], rtol=1e-14)  # −1.2 + 21.56 and 1 + 8.8


def test_a_loss_that_overflows_ends_the_run_though_the_point_is_finite():
    run = descend("bowl_1d", "sgd", 16.0, start=1.0, steps=1000)
    length = int(run.lengths[0])
    assert np.isfinite(run.points[0, length, 0])
    assert np.isinf(run.losses[0, length])
    assert abs(run.points[0, length, 0]) > 1e154
    assert np.isnan(run.points[0, length + 1, 0])


def test_positions_are_never_clipped():
    x = descend("bowl_1d", "sgd", 4.0, start=1.0, steps=50).points[0, :, 0]
    np.testing.assert_allclose(x, (-1.5) ** np.arange(51), rtol=1e-12)


def test_noise_is_the_same_for_every_rate_and_follows_the_seed():
    """At a flat spot all that moves a run is the noise: strides over the rate are the draws themselves."""
    flat = bowl((1e-300, 1e-300))
    run = descend(flat, "sgd", [0.1, 0.7], steps=4000, noise=2.0, seed=5)
    draws = -np.diff(run.points, axis=1) / run.rates[..., None]
    np.testing.assert_allclose(draws[0], draws[1], rtol=1e-9, atol=1e-9)
    assert draws[0].std() == pytest.approx(2.0, rel=0.05)
    assert abs(draws[0].mean()) < 0.1
    again = descend(flat, "sgd", [0.1, 0.7], steps=4000, noise=2.0, seed=5)
    other = descend(flat, "sgd", [0.1, 0.7], steps=4000, noise=2.0, seed=6)
    assert same(run.points, again.points)
    assert not same(run.points, other.points)


def test_several_starts_go_in_one_pass():
    starts = [(0.0, 0.0), (-1.0, 2.0), (5.0, 5.0)]
    together = descend("himmelblau", "sgd", 0.005, start=starts, steps=30)
    for number, start in enumerate(starts):
        assert same(
            together.points[number], descend("himmelblau", "sgd", 0.005, start=start, steps=30).points[0]
        )


def test_a_descent_cannot_be_written_into():
    run = descend("bowl", "sgd", 0.1, steps=3)
    for array in (run.rates, run.points, run.losses, run.lengths):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_records_serve_as_well_as_names():
    by_record = descend(SURFACES["bowl"], OPTIMIZERS["nesterov"], 0.1)
    assert isinstance(by_record, Descent)
    assert same(by_record.points, descend("bowl", "nesterov", 0.1).points)


def test_a_rate_of_zero_stands_still():
    run = descend("rosenbrock", "adam", 0.0, steps=5)
    assert run.points[0].tolist() == [[-1.2, 1.0]] * 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"surface": "hill"}, "surface is 'hill'; it must be one of bowl"),
        ({"surface": ["bowl"]}, r"surface is \['bowl'\]; it must be one of bowl"),
        ({"optimizer": None}, "optimizer is None; it must be one of sgd"),
        ({"optimizer": "magic"}, "optimizer is 'magic'; it must be one of sgd"),
        ({"rates": -0.1}, "rates holds -0.1; every rate must be finite and at least 0"),
        ({"rates": [0.1, np.nan]}, "rates holds nan"),
        ({"rates": np.inf}, "rates holds inf"),
        ({"rates": []}, r"rates has shape \(0,\)"),
        (
            {"rates": np.ones((2, 7))},
            r"rates has shape \(2, 7\); it must be one rate, \(R,\) or \(R, steps\)",
        ),
        ({"rates": "fast"}, "rates is 'fast'; it must be a number"),
        ({"rates": 10**400}, "it must be a number"),
        ({"steps": 0}, "steps is 0; it must be a whole number of at least 1"),
        ({"steps": 2.5}, "steps is 2.5"),
        ({"seed": -1}, "seed is -1; it must be a whole number of at least 0"),
        ({"noise": -1.0}, "noise is -1.0; it must be finite and at least 0"),
        ({"noise": np.nan}, "noise is nan"),
        ({"noise": None}, "noise is None"),
        ({"start": (1.0,)}, r"start is \(1.0,\); it must be \(x, y\)"),
        ({"start": (np.nan, 1.0)}, "start is"),
        ({"start": "here"}, "start is 'here'"),
        ({"start": (1e300, 0.0)}, "the loss there is too large for a number"),
        ({"start": np.ones((3, 2)), "rates": [0.1, 0.2]}, "there are 2 rates and 3 starts"),
        ({"momentum": 0.5}, "sgd has no coefficient 'momentum'"),
        ({"weight_decay": -1.0}, "weight_decay is -1.0"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(arguments: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        descend(**{"surface": "bowl", "optimizer": "sgd", "rates": 0.1, "steps": 10, **arguments})


def test_runs_with_seeds_of_their_own_are_single_runs_bit_for_bit():
    seeds = [3, 8, 3]
    together = descend("bowl", "momentum", [0.1, 0.1, 0.2], steps=30, noise=0.5, seed=seeds)
    assert together.seed == (3, 8, 3)
    for row, (rate, seed) in enumerate(zip([0.1, 0.1, 0.2], seeds, strict=True)):
        single = descend("bowl", "momentum", rate, steps=30, noise=0.5, seed=seed)
        np.testing.assert_array_equal(together.points[row], single.points[0])


def test_one_rate_and_many_seeds_make_as_many_runs():
    run = descend("bowl_1d", "sgd", 0.1, steps=5, noise=1.0, seed=range(4))
    assert run.points.shape == (4, 6, 2)
    assert len({float(x) for x in run.points[:, -1, 0]}) == 4
    with pytest.raises(ValueError, match="there are 2 rates and 1 starts and 3 seeds"):
        descend("bowl_1d", "sgd", [0.1, 0.2], steps=5, noise=1.0, seed=[1, 2, 3])
    with pytest.raises(ValueError, match="seed is empty"):
        descend("bowl_1d", "sgd", 0.1, steps=5, seed=[])
