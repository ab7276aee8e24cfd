"""Limits, best rates and step counts: against the facts, against matrices, and against runs."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.descent import SURFACES, descend, stability
from lrlab.descent.surfaces import bowl, bowl_1d


def grows(optimizer: str, rate: float, curvature: float, **coefficients: float) -> bool:
    """Whether a real run ends further out than it began, or overflows."""
    run = descend(bowl_1d(curvature), optimizer, rate, start=1.0, steps=4000, **coefficients)
    return run.lengths[0] <= 4000 or abs(run.points[0, -1, 0]) > 1.0


@pytest.mark.parametrize(
    ("optimizer", "coefficients", "limit"),
    [
        ("sgd", {}, 0.2),
        ("momentum", {"momentum": 0.9}, 0.38),
        ("nesterov", {"momentum": 0.9}, 0.135714),
        ("momentum", {"momentum": 0.9, "dampening": 0.9}, 3.8),
        ("momentum", {"momentum": 0.5}, 0.3),
        ("nesterov", {"momentum": 0.5}, 0.15),
        ("sgd", {"weight_decay": 10.0}, 0.1),
    ],
)
def test_limits_at_curvature_ten_are_the_published_ones_and_those_of_real_runs(
    optimizer: str, coefficients: dict[str, float], limit: float
):
    assert stability.limit(optimizer, 10.0, **coefficients) == pytest.approx(limit, rel=1e-5)
    assert not grows(optimizer, 0.995 * limit, 10.0, **coefficients)
    assert grows(optimizer, 1.005 * limit, 10.0, **coefficients)


def test_fact_02_descent_is_stable_below_two_over_the_largest_curvature():
    assert stability.limit("sgd", 4.5) == pytest.approx(2.0 / 4.5)
    run = descend(bowl((1.0, 4.5)), "sgd", [0.444, 0.445], start=(1.0, 1.0), steps=3000)
    assert np.abs(run.points[0, -1]).max() < 1e-2
    assert np.abs(run.points[1, -1]).max() > 1e2


@pytest.mark.parametrize("curvatures", [(1.0, 4.5), (0.5, 25.0), (1.0, 1.0), (2.0, 3.0, 7.0)])
def test_fact_02_best_rate_and_its_factor(curvatures: tuple[float, ...]):
    """No rate on a fine grid shrinks the worst direction faster, and the factor is (κ − 1)/(κ + 1)."""
    best = stability.best_rate(curvatures)
    condition = max(curvatures) / min(curvatures)
    worst = max(abs(stability.factor(best, curvature)) for curvature in curvatures)
    assert worst == pytest.approx((condition - 1.0) / (condition + 1.0), abs=1e-12)
    grid = np.linspace(0.0, 2.0 / max(curvatures), 2001)
    assert np.abs(1.0 - np.outer(grid, curvatures)).max(axis=1).min() >= worst - 1e-12


@given(
    rate=st.floats(0.0, 0.0799),
    x=st.floats(-6.0, 6.0),
    y=st.floats(-4.0, 4.0),
)
def test_fact_02_the_guaranteed_decrease_is_kept(rate: float, x: float, y: float):
    """On the ravine (L = 25): the loss falls by ½α(2 − αL)‖g‖² or more."""
    run = descend("ravine", "sgd", rate, start=(x, y), steps=1)
    norm = float(np.linalg.norm(SURFACES["ravine"].gradient((x, y))))
    fall = run.losses[0, 0] - run.losses[0, 1]
    assert fall >= stability.guaranteed_decrease(rate, 25.0, norm) - 1e-9 * (1.0 + run.losses[0, 0])


def test_fact_02_one_over_l_guarantees_most_but_is_not_the_limit_and_not_the_best():
    rates = np.linspace(0.0, 2.0, 201)
    guarantees = [stability.guaranteed_decrease(rate, 1.0, 1.0) for rate in rates]
    assert rates[int(np.argmax(guarantees))] == pytest.approx(1.0)
    assert stability.guaranteed_decrease(2.0, 1.0, 1.0) == 0.0
    assert stability.best_rate((0.1, 1.0)) > 1.0


@pytest.mark.parametrize(
    ("condition", "descent", "heavy_ball"), [(10.0, 69, 27), (100.0, 691, 95), (1000.0, 6908, 321)]
)
def test_fact_03_steps_to_a_millionth_at_the_best_rate(condition: float, descent: int, heavy_ball: int):
    curvatures = (1.0, condition)
    best = stability.best_heavy_ball(curvatures)
    assert stability.steps_to("sgd", stability.best_rate(curvatures), curvatures, 1e-6) == descent
    assert stability.steps_to("momentum", best.rate, curvatures, 1e-6, momentum=best.momentum) == heavy_ball


@pytest.mark.parametrize(
    ("optimizer", "rate", "coefficients"),
    [
        ("sgd", 0.3, {}),
        ("sgd", 0.44, {}),
        ("momentum", 0.1, {"momentum": 0.9}),
        ("momentum", 0.4, {"momentum": 0.3}),
        ("momentum", 0.5, {"momentum": 0.6, "dampening": 0.6}),
        ("nesterov", 0.1, {"momentum": 0.8}),
        ("nesterov", 1.0 / 4.5, {"momentum": 0.5}),
    ],
)
@pytest.mark.parametrize("tolerance", [0.1, 0.01, 1e-8])
def test_steps_to_counts_what_a_run_takes(
    optimizer: str, rate: float, coefficients: dict[str, float], tolerance: float
):
    run = descend(bowl((1.0, 4.5)), optimizer, rate, start=(1.0, 1.0), steps=2000, **coefficients)
    outside = (np.abs(run.points[0]) > tolerance).any(axis=1)
    expected = 2000 - int(outside[::-1].argmax()) + 1
    assert stability.steps_to(optimizer, rate, (1.0, 4.5), tolerance, **coefficients) == expected


def test_steps_to_is_none_where_nothing_shrinks():
    assert stability.steps_to("sgd", 2.0, (1.0,), 0.01) is None
    assert stability.steps_to("sgd", 0.0, (1.0,), 0.01) is None
    assert stability.steps_to("nesterov", 1.4, (1.0,), 0.01, momentum=0.9) is None
    assert stability.steps_to("sgd", 1.0, (1.0,), 0.01) == 1


def test_fact_04_heavy_ball_is_stable_to_3_8_and_its_best_is_polyaks():
    assert stability.limit("momentum", 1.0, momentum=0.9) == pytest.approx(3.8, rel=1e-12)
    best = stability.best_heavy_ball((1.0, 100.0))
    assert best.rate == pytest.approx((2.0 / 11.0) ** 2, rel=1e-12)
    assert best.momentum == pytest.approx((9.0 / 11.0) ** 2, rel=1e-12)
    assert best.factor == pytest.approx(9.0 / 11.0, rel=1e-12)


def test_fact_04_no_heavy_ball_on_a_grid_is_faster_than_polyaks():
    curvatures, best = (1.0, 25.0), stability.best_heavy_ball((1.0, 25.0))
    for momentum in np.linspace(0.0, 0.95, 20):
        for rate in np.linspace(0.01, 0.15, 30):
            worst = max(
                stability.growth("momentum", rate, curvature, momentum=momentum) for curvature in curvatures
            )
            assert worst >= best.factor - 1e-9


def test_fact_04_an_under_damped_heavy_ball_shrinks_by_the_root_of_beta():
    """√.9 a step, not 2√.9: measured on the envelope of a run over three hundred steps."""
    assert stability.growth("momentum", 0.5, 1.0, momentum=0.9) == pytest.approx(math.sqrt(0.9), rel=1e-12)
    x = np.abs(descend(bowl_1d(1.0), "momentum", 0.5, start=1.0, steps=400, momentum=0.9).points[0, :, 0])
    measured = (x[350:400].max() / x[50:100].max()) ** (1.0 / 300.0)
    assert measured == pytest.approx(math.sqrt(0.9), rel=1e-3)


def test_fact_05_nesterov_is_stable_on_less_than_plain_descent():
    assert stability.limit("nesterov", 1.0, momentum=0.9) == pytest.approx(3.8 / 2.8, rel=1e-12)
    assert round(stability.limit("nesterov", 1.0, momentum=0.9), 3) == 1.357
    assert stability.limit("nesterov", 1.0) < stability.limit("sgd", 1.0) < stability.limit("momentum", 1.0)


def test_fact_05_momentum_written_as_an_average_is_stable_to_38():
    assert stability.limit("adam", 1.0) == pytest.approx(38.0, rel=1e-12)
    assert stability.limit("momentum", 1.0, momentum=0.9, dampening=0.9) == pytest.approx(38.0, rel=1e-12)


def test_nadam_comes_to_hop_at_the_limit_its_warming_beta_gives():
    """After a thousand steps μ = .9(1 − ½·.96⁴) = .518, and a frozen NAdam is stable to 3.8/(1.9 − 1.8μ) = 3.93."""
    x = descend(bowl_1d(1.0), "nadam", 1.0, start=1.0, steps=1000).points[0, :, 0]
    square = 0.0
    for gradient in x.tolist():
        square = 0.999 * square + 0.001 * gradient**2
    sharpness = 1.0 / math.sqrt(square / (1.0 - 0.999 ** len(x)))
    assert sharpness == pytest.approx(3.93, rel=0.02)
    assert stability.limit("nadam", 1.0) == pytest.approx(3.8 / (1.9 - 1.8 * 0.45007), rel=1e-4)


def test_adamws_decay_takes_from_the_limit():
    """One step of a frozen AdamW as a matrix on (x, m): its largest eigenvalue reaches one at the limit."""
    curvature, decay, beta = 2.0, 0.5, 0.9
    rate = stability.limit("adamw", curvature, weight_decay=decay)
    matrix = np.array(
        [
            [1.0 - rate * decay - rate * (1.0 - beta) * curvature, -rate * beta],
            [(1.0 - beta) * curvature, beta],
        ]
    )
    assert np.abs(np.linalg.eigvals(matrix)).max() == pytest.approx(1.0, rel=1e-9)


@given(
    optimizer=st.sampled_from(["sgd", "momentum", "nesterov"]),
    rate=st.floats(0.0, 5.0),
    curvature=st.floats(-1.0, 5.0),
    momentum=st.floats(0.0, 0.99),
)
@settings(max_examples=200)
def test_growth_is_the_spectral_radius_of_the_rules_own_step(
    optimizer: str, rate: float, curvature: float, momentum: float
):
    a = rate * curvature
    matrix = {
        "sgd": [[1.0 - a]],
        "momentum": [[1.0 - a, -rate * momentum], [curvature, momentum]],
        "nesterov": [[1.0 - a * (1.0 + momentum), -rate * momentum**2], [curvature, momentum]],
    }[optimizer]
    coefficients = {} if optimizer == "sgd" else {"momentum": momentum}
    expected = np.abs(np.linalg.eigvals(np.array(matrix))).max()
    # At a double root the eigenvalue itself is only good to the root of the machine's precision.
    assert stability.growth(optimizer, rate, curvature, **coefficients) == pytest.approx(
        expected, rel=1e-6, abs=1e-6
    )


def test_sharpness_is_the_largest_eigenvalue_of_the_hessian():
    surface = SURFACES["himmelblau"]
    points = np.random.default_rng(1).uniform(-5.0, 5.0, size=(50, 2))
    expected = np.linalg.eigvalsh(surface.hessian(points))[:, 1]
    np.testing.assert_allclose(stability.sharpness(surface, points), expected, rtol=1e-10)
    assert stability.sharpness(SURFACES["bowl_1d"], (3.0, 4.0)) == 0.625


def test_sharpness_of_rosenbrock_at_its_start_and_at_its_minimum():
    surface = SURFACES["rosenbrock"]
    assert stability.sharpness(surface, (-1.2, 1.0)) == pytest.approx(1506.36698, rel=1e-8)
    assert stability.sharpness(surface, (1.0, 1.0)) == pytest.approx(1001.60064, rel=1e-8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stability.limit("sgd", 0.0), "curvature is 0.0; it must be above 0"),
        (lambda: stability.limit("sgd", -1.0), "curvature is -1.0"),
        (lambda: stability.limit("magic", 1.0), "optimizer is 'magic'"),
        (lambda: stability.limit("momentum", 1.0, momentum=2.0), "momentum is 2.0"),
        (lambda: stability.growth("adam", 0.1, 1.0), "only sgd, momentum, nesterov have one factor"),
        (lambda: stability.best_rate(()), "curvatures is empty"),
        (lambda: stability.best_rate((1.0, -1.0)), "curvatures is -1.0"),
        (lambda: stability.steps_to("sgd", 0.1, (1.0,), 1.0), r"tolerance is 1.0; it must lie in \(0, 1\)"),
        (lambda: stability.factor(math.nan, 1.0), "rate is nan"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call: object, message: str):
    with pytest.raises(ValueError, match=message):
        call()
