"""The update rules are PyTorch's, and the catalogue says what they are called and where their numbers may lie."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.descent import OPTIMIZERS, descend
from lrlab.descent.optimizers import RANGES, named
from lrlab.descent.surface import Surface, scaled
from lrlab.descent.surfaces import SURFACES, bowl, bowl_1d

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "optimizers.json").read_text(encoding="utf-8"))
RULES = {
    "SGD": ("sgd", {}),
    "SGD(momentum=0.9)": ("momentum", {"momentum": 0.9}),
    "SGD(momentum=0.9,dampening=0.9)": ("momentum", {"momentum": 0.9, "dampening": 0.9}),
    "SGD(momentum=0.9,nesterov)": ("nesterov", {"momentum": 0.9}),
    "SGD(momentum=0.9,weight_decay=0.1)": ("momentum", {"momentum": 0.9, "weight_decay": 0.1}),
    "RMSprop": ("rmsprop", {}),
    "RMSprop(alpha=0.9)": ("rmsprop", {"alpha": 0.9}),
    "RMSprop(centered)": ("rmsprop", {"centered": True}),
    "Adagrad": ("adagrad", {}),
    "Adadelta(lr=1)": ("adadelta", {}),
    "Adam": ("adam", {}),
    "Adam(amsgrad)": ("adam", {"amsgrad": True}),
    "AdamW(weight_decay=0.01)": ("adamw", {"weight_decay": 0.01}),
    "Adam(weight_decay=0.01)": ("adam", {"weight_decay": 0.01}),
    "NAdam": ("nadam", {}),
}
TERRAIN = {"quadratic": bowl(curvatures=(1.0, 10.0)), "rosenbrock": SURFACES["rosenbrock"]}
RUNS = [(terrain, rule) for terrain in TERRAIN for rule in RULES]


def rate_of(terrain: str, rule: str) -> float:
    return 1.0 if rule == "Adadelta(lr=1)" else GOLDEN[terrain]["lr"]


def walk(terrain: str, rule: str, start: object, steps: int) -> np.ndarray:
    optimizer, coefficients = RULES[rule]
    return descend(
        TERRAIN[terrain], optimizer, rate_of(terrain, rule), start=start, steps=steps, **coefficients
    ).points


@pytest.mark.parametrize(("terrain", "rule"), RUNS)
def test_points_are_pytorchs_to_a_billionth(terrain: str, rule: str):
    """All hundred steps can be asked for: the test below shows that no run here is chaotic before that."""
    points = walk(terrain, rule, GOLDEN[terrain]["x0"], 100)[0]
    for step, expected in GOLDEN[terrain]["after_step"][rule].items():
        np.testing.assert_allclose(points[int(step)], expected, rtol=1e-9, atol=0.0, err_msg=f"step {step}")


def nudged(terrain: str, rule: str, steps: int) -> np.ndarray:
    """How far, relative to the point, starts that differ in the last digit are apart after each step."""
    start = np.array(GOLDEN[terrain]["x0"])
    starts = start * (1.0 + np.array([[0.0, 0.0], [9e-16, 0.0], [0.0, 9e-16], [-9e-16, 9e-16]]))
    points = walk(terrain, rule, starts, steps)
    return np.abs(points[1:] / points[0] - 1.0).max(axis=(0, 2))


@pytest.mark.parametrize(("terrain", "rule"), RUNS)
def test_a_nudge_in_the_last_digit_stays_below_a_billionth_for_a_hundred_steps(terrain: str, rule: str):
    assert nudged(terrain, rule, 100).max() < 2e-10


@pytest.mark.parametrize(("rule", "lost_by"), [("RMSprop(alpha=0.9)", 300), ("Adadelta(lr=1)", 300)])
def test_where_agreement_must_stop(rule: str, lost_by: int):
    """On Rosenbrock these two come to hop between the walls of the valley around step 200. Each hop multiplies a
    difference, so that a last digit becomes a millionth: past here another order of additions is another path, and
    no library can be pinned to another."""
    assert nudged("rosenbrock", rule, lost_by).max() > 1e-9


@pytest.mark.parametrize(
    ("optimizer", "coefficients", "loss"),
    [
        ("sgd", {}, 3.801889007),
        ("momentum", {"momentum": 0.9}, 0.1430672965),
        ("nesterov", {"momentum": 0.9}, 0.2956554962),
        ("rmsprop", {}, 4.380651022),
        ("adagrad", {}, 19.12135721),
        ("adam", {}, 7.131100801),
        ("adamw", {"weight_decay": 0.01}, 7.088421846),
    ],
)
def test_fact_34_losses_on_rosenbrock_after_100_steps(
    optimizer: str, coefficients: dict[str, float], loss: float
):
    run = descend("rosenbrock", optimizer, 1e-3, start=(-1.2, 1.0), steps=100, **coefficients)
    assert run.losses[0, -1] == pytest.approx(loss, rel=1e-9)


@pytest.mark.parametrize("rate", [1e-3, 0.1, 7.0])
def test_fact_06_adams_first_step_is_the_rate_in_every_coordinate(rate: float):
    run = descend("himmelblau", "adam", rate, steps=1, eps=0.0)
    np.testing.assert_allclose(np.abs(run.points[0, 1] - run.points[0, 0]), rate, rtol=1e-14)


@pytest.mark.parametrize(("optimizer", "times"), [("rmsprop", 10.0), ("adagrad", 1.0), ("nadam", 1.0564)])
def test_first_steps_of_the_other_adaptive_rules(optimizer: str, times: float):
    """RMSprop divides by √.01 of the gradient; Adagrad by the gradient; NAdam looks ahead on top of Adam."""
    run = descend("himmelblau", optimizer, 0.01, steps=1)
    np.testing.assert_allclose(np.abs(run.points[0, 1] - run.points[0, 0]), times * 0.01, rtol=1e-4)


def test_fact_06_adam_without_bias_correction_would_start_at_3_16_times_the_rate():
    """The uncorrected averages after one gradient g are (1 − β₁)g and (1 − β₂)g²: the rule's state holds them."""
    rule = OPTIMIZERS["adam"]
    settings = rule.complete({})
    gradient = np.array([3.0, -0.5])
    _, (mean, square, *_) = rule.update(
        gradient, rule.init(gradient, **settings), 1.0, 0, gradient, **settings
    )
    np.testing.assert_allclose(np.abs(mean / np.sqrt(square)), 0.1 / math.sqrt(0.001), rtol=1e-12)
    assert 0.1 / math.sqrt(0.001) == pytest.approx(3.16, abs=0.005)


@pytest.mark.parametrize("surface", [SURFACES["bowl"], SURFACES["rosenbrock"]])
def test_fact_06_scaling_the_loss_leaves_adams_path_alone(surface: Surface):
    plain = descend(surface, "adam", 0.01, steps=100, eps=0.0)
    thousandfold = descend(scaled(surface, 1000.0), "adam", 0.01, steps=100, eps=0.0)
    np.testing.assert_allclose(thousandfold.points, plain.points, rtol=1e-9)


def test_fact_06_scaling_the_loss_takes_descents_factor_from_point_99_to_minus_9():
    for scale, factor in ((1.0, 0.99), (1000.0, -9.0)):
        run = descend(scaled(bowl_1d(1.0), scale), "sgd", 0.01, start=1.0, steps=1)
        assert run.points[0, 1, 0] == pytest.approx(factor, rel=1e-12)


def test_fact_06_too_large_for_adam_wanders_and_never_blows_up():
    """½x² from 5 at a rate of 100: to −95, then about |x| ≈ 30 for thirty steps, never beyond the first swing."""
    x = descend(bowl_1d(1.0), "adam", 100.0, start=5.0, steps=2000).points[0, :, 0]
    assert x[1] == pytest.approx(-95.0, abs=1e-5)
    assert np.abs(x[1:31]).mean() == pytest.approx(30.0, abs=3.0)
    assert np.abs(x).max() == pytest.approx(95.0, abs=1e-5)


def test_fact_06_adam_hovers_where_the_preconditioned_sharpness_is_about_38_over_the_rate():
    x = descend(bowl_1d(1.0), "adam", 1.0, start=1.0, steps=8000).points[0, :-1, 0]
    square, sharpness = 0.0, []
    for step, gradient in enumerate(x.tolist()):  # v̂ by hand; on this surface the gradient is x and λ is 1
        square = 0.999 * square + 0.001 * gradient**2
        sharpness.append(1.0 / (math.sqrt(square / (1.0 - 0.999 ** (step + 1))) + 1e-8))
    assert np.mean(sharpness[3000:]) == pytest.approx(38.0, rel=0.15)


def test_rmsprop_comes_to_hop_where_its_preconditioned_sharpness_is_exactly_two_over_the_rate():
    x = descend(bowl_1d(1.0), "rmsprop", 0.1, start=1.0, steps=4000).points[0, -2:, 0]
    np.testing.assert_allclose(
        np.abs(x), 0.05, rtol=1e-6
    )  # g/√v is 1 on a two-cycle: hops of the rate, ± half of it
    assert x[0] * x[1] < 0.0


@given(
    shape=st.sampled_from([(4,), (4, 3), (4, 2, 3), (4, 1)]),
    name=st.sampled_from(sorted(OPTIMIZERS)),
    seed=st.integers(0, 100),
)
def test_rules_work_on_any_shape_and_treat_each_entry_alone(shape: tuple[int, ...], name: str, seed: int):
    """Weights (R, …) with rates (R, 1, …) move entry by entry as single numbers would."""
    random, rule = np.random.default_rng(seed), OPTIMIZERS[name]
    settings = rule.complete({"weight_decay": 0.1})
    rates = np.array([0.1, 0.01, 1.0, 0.3]).reshape(4, *[1] * (len(shape) - 1))
    weights, gradients = random.normal(size=shape), random.normal(size=(3, *shape))

    def final(weights: np.ndarray, gradients: np.ndarray, rate: object) -> np.ndarray:
        state = rule.init(weights, **settings)
        for step, gradient in enumerate(gradients):
            stride, state = rule.update(gradient, state, rate, step, weights, **settings)
            weights = weights - stride
        return weights

    together = final(weights, gradients, rates)
    for index in np.ndindex(shape):
        alone = final(
            np.array([weights[index]]),
            gradients[(slice(None), *index)][:, None],
            float(rates[index[0]].item()),
        )
        assert together[index] == alone[0]


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_a_rule_reads_its_gradient_and_parameters_without_touching_them(name: str):
    rule = OPTIMIZERS[name]
    settings = rule.complete({"weight_decay": 0.1})
    gradient, parameters = np.array([1.0, -2.0]), np.array([3.0, 4.0])
    gradient.flags.writeable = parameters.flags.writeable = False
    state = rule.init(parameters, **settings)
    for step in range(3):
        _, state = rule.update(gradient, state, 0.1, step, parameters, **settings)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_single_precision_stays_single(name: str):
    rule = OPTIMIZERS[name]
    settings = rule.complete({})
    weights = np.ones(3, dtype=np.float32)
    stride, _ = rule.update(weights, rule.init(weights, **settings), 0.1, 0, weights, **settings)
    assert stride.dtype == np.float32


def test_centered_rmsprop_survives_a_gradient_that_never_changes():
    """The variance of a constant rounds to a hair below zero now and then, whose root would be NaN."""
    rule = OPTIMIZERS["rmsprop"]
    settings = rule.complete({"centered": True, "alpha": 0.5})
    weights, gradient = np.zeros(1000), np.linspace(0.1, 10.0, 1000)
    state = rule.init(weights, **settings)
    for step in range(80):
        stride, state = rule.update(gradient, state, 0.1, step, weights, **settings)
        assert np.isfinite(stride).all()


def test_the_catalogue_has_nine_and_tells_each_ones_story():
    assert list(OPTIMIZERS) == [
        "sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adadelta", "adam", "adamw", "nadam",
    ]  # fmt: skip
    for name, rule in OPTIMIZERS.items():
        assert rule.name == name
        assert rule.title
        assert rule.formula
        assert rule.limit
        assert rule.convention.endswith(".")
        assert "PyTorch 2.13" in rule.source
        assert set(rule.defaults) <= set(RANGES)
        assert all(RANGES[coefficient].allows(value) for coefficient, value in rule.defaults.items())


@pytest.mark.parametrize(
    ("name", "rate", "defaults"),
    [
        ("sgd", 1e-3, {"weight_decay": 0.0}),
        ("rmsprop", 1e-2, {"alpha": 0.99, "eps": 1e-8}),
        ("adagrad", 1e-2, {"eps": 1e-10, "initial_accumulator_value": 0.0}),
        ("adadelta", 1.0, {"rho": 0.9, "eps": 1e-6}),
        ("adam", 1e-3, {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0}),
        ("adamw", 1e-3, {"weight_decay": 0.01}),
        ("nadam", 2e-3, {"momentum_decay": 0.004}),
    ],
)
def test_defaults_are_pytorchs(name: str, rate: float, defaults: dict[str, float]):
    assert OPTIMIZERS[name].default_rate == rate
    assert {key: OPTIMIZERS[name].defaults[key] for key in defaults} == defaults


@pytest.mark.parametrize(
    ("name", "coefficients", "message"),
    [
        ("sgd", {"momentum": 0.9}, "sgd has no coefficient 'momentum'; it knows weight_decay"),
        ("adam", {"rho": 0.9}, "adam has no coefficient 'rho'"),
        ("momentum", {"momentum": 1.0}, r"momentum is 1.0; it must lie in \[0, 1\)"),
        ("momentum", {"dampening": 1.5}, r"dampening is 1.5; it must lie in \[0, 1\]"),
        ("adam", {"beta2": -0.1}, r"beta2 is -0.1; it must lie in \[0, 1\)"),
        ("adam", {"eps": math.nan}, "eps is nan"),
        ("adam", {"weight_decay": math.inf}, r"weight_decay is inf; it must lie in \[0, inf\)"),
        ("adam", {"eps": 10**400}, "it must lie in"),
        ("adam", {"beta1": "0.9"}, "beta1 is '0.9'"),
        ("adam", {"amsgrad": 0.5}, "amsgrad is 0.5; it must lie in {False, True}"),
    ],
)
def test_a_bad_coefficient_is_named_with_its_range(name: str, coefficients: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        OPTIMIZERS[name].complete(coefficients)


def test_an_optimizer_is_found_by_name_or_taken_as_it_is():
    assert named("adam") is OPTIMIZERS["adam"]
    assert named(OPTIMIZERS["adam"]) is OPTIMIZERS["adam"]
    with pytest.raises(ValueError, match="optimizer is 'magic'; it must be one of sgd, momentum"):
        named("magic")
