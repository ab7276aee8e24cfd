"""Other libraries' rules against what the libraries printed themselves, and what their forms make of a new rate."""

import math

import numpy as np
import pytest

from lrlab.descent import OPTIMIZERS, descend
from lrlab.descent.conventions import (
    CONVENTIONS,
    KERAS,
    LIBRARIES,
    OPTAX,
    SKLEARN,
    TORCH,
    Recorded,
    first_stride,
)
from lrlab.descent.dialects import ADAM_EPS_BEFORE, ADAM_UNCORRECTED, MOMENTUM_INSIDE, NESTEROV_INSIDE
from lrlab.descent.quadratics import bowl_1d
from lrlab.descent.surfaces import SURFACES


def convention(name, library):
    return next(row for row in CONVENTIONS if (row.name, row.library) == (name, library))


# One step from x = 1 on ½x² at rate .1, as torch 2.13.0, Keras 3.15.1 and optax 0.2.8 printed it, to the digits kept.
PRINTED = [
    ("rmsprop", TORCH, 1e-7, 5e-9),
    ("rmsprop", KERAS, 0.68377, 5e-6),
    ("rmsprop", OPTAX, 0.68377, 5e-6),
    ("adagrad", TORCH, 0.9, 1e-9),
    ("adagrad", KERAS, 0.9046537, 1e-7),
    ("adagrad", OPTAX, 0.9046537, 1e-7),
    ("nadam", TORCH, 0.8943548, 5e-8),
    ("nadam", KERAS, 0.8937212, 1e-7),
    ("nadam", OPTAX, 0.8526316, 5e-8),
    ("adamw", TORCH, 0.899, 1e-8),
    ("adamw", OPTAX, 0.89999, 1e-8),
]


@pytest.mark.parametrize(("name", "library", "landed", "digits"), PRINTED)
def test_fact_31_one_step_lands_where_the_library_landed(name, library, landed, digits):
    row = convention(name, library)
    run = descend(bowl_1d(1.0), row.rule, 0.1, start=1.0, steps=1, **row.coefficients)
    assert run.points[0, 1, 0] == pytest.approx(landed, abs=digits)


def test_fact_31_rmsprop_starts_with_ten_rates_in_pytorch_and_3_16_in_keras():
    assert first_stride(convention("rmsprop", TORCH)) == pytest.approx(10.0, rel=1e-6)
    assert first_stride(convention("rmsprop", KERAS)) == pytest.approx(math.sqrt(10.0), rel=1e-6)


def test_fact_31_adagrad_starts_from_nothing_in_pytorch_and_from_a_tenth_elsewhere():
    """With g = .1 the sum is .01 or .11: strides of 1 and √(.01/.11) rates."""
    assert first_stride(convention("adagrad", TORCH), gradient=0.1) == pytest.approx(1.0, rel=1e-8)
    for library in (KERAS, OPTAX):
        stride = first_stride(convention("adagrad", library), gradient=0.1)
        assert stride == pytest.approx(math.sqrt(0.01 / 0.11), rel=1e-6)


def test_where_epsilon_stands_decides_the_stride_of_a_small_gradient():
    """g = 1e-6: under the root, √(1e-13 + 1e-7) is all ε; outside it, 1e-7 + 1e-8 is nearly all gradient."""
    assert first_stride(convention("rmsprop", TORCH), gradient=1e-6) == pytest.approx(1 / 0.11, rel=1e-6)
    inside = 1e-6 / math.sqrt(0.1 * 1e-12 + 1e-7)
    assert first_stride(convention("rmsprop", KERAS), gradient=1e-6) == pytest.approx(inside, rel=1e-9)


def test_what_is_recorded_is_what_our_rules_do():
    recorded = [row for row in CONVENTIONS if row.recorded]
    assert len(recorded) >= 15
    for row in recorded:
        assert first_stride(row) == pytest.approx(row.recorded.stride, rel=2e-5), (row.name, row.library)


def test_a_recorded_stride_is_counted_in_rates():
    assert Recorded(rate=0.1, landed=0.6).stride == pytest.approx(4.0)


# x6 … x10 on ½x² from 1, β = .9, rate .1 for five steps and .01 afterwards, as Keras and scikit-learn have it.
INSIDE = [-0.2592324, -0.46370524, -0.64309374, -0.79811245, -0.92964817]
SLOWED = np.array([[0.1] * 5 + [0.01] * 5])


def test_fact_32_the_velocity_with_the_rate_inside_keeps_its_old_pace():
    x = descend(bowl_1d(1.0), MOMENTUM_INSIDE, SLOWED, start=1.0, steps=10).points[0, :, 0]
    np.testing.assert_allclose(x[1:6], [0.9, 0.72, 0.486, 0.2268, -0.02916], rtol=1e-12)
    np.testing.assert_allclose(x[6:], INSIDE, rtol=1e-7)


def test_fact_32_nesterov_differs_in_the_same_way():
    x = descend(bowl_1d(1.0), NESTEROV_INSIDE, SLOWED, start=1.0, steps=10).points[0, :, 0]
    assert x[6] == pytest.approx(-0.27276735, rel=1e-7)


@pytest.mark.parametrize(
    ("inside", "outside"), [(MOMENTUM_INSIDE, "momentum"), (NESTEROV_INSIDE, "nesterov")]
)
def test_fact_32_while_the_rate_stays_both_forms_walk_one_path(inside, outside):
    one = descend("rosenbrock", inside, 1e-3, steps=100).points
    other = descend("rosenbrock", outside, 1e-3, steps=100).points
    np.testing.assert_allclose(one, other, rtol=1e-9)


def test_adams_short_form_is_adam_with_another_epsilon():
    """Keras's ε is divided by √(1 − β₂ᵗ) in the paper's form: without ε the two are one."""
    one = descend("himmelblau", ADAM_EPS_BEFORE, 0.01, steps=60, eps=0.0).points
    other = descend("himmelblau", "adam", 0.01, steps=60, eps=0.0).points
    np.testing.assert_allclose(one, other, rtol=1e-9)
    small = first_stride(convention("adam", KERAS), gradient=1e-6)
    assert small == pytest.approx(1e-6 / (1e-6 + 1e-7 / math.sqrt(0.001)), rel=1e-6)


def test_adam_uncorrected_is_adam_times_its_two_corrections():
    run = descend("himmelblau", ADAM_UNCORRECTED, 0.01, steps=1, eps=0.0)
    stride = np.abs(run.points[0, 1] - run.points[0, 0])
    np.testing.assert_allclose(stride, 0.01 * 0.1 / math.sqrt(0.001), rtol=1e-12)


def test_the_table_is_in_the_catalogues_order_and_asks_no_library_twice():
    names = [row.name for row in CONVENTIONS]
    assert list(dict.fromkeys(names)) == list(OPTIMIZERS)
    assert len({(row.name, row.library) for row in CONVENTIONS}) == len(CONVENTIONS)
    assert {row.library for row in CONVENTIONS} == set(LIBRARIES)
    for name in OPTIMIZERS:
        assert convention(name, TORCH).default_rate == OPTIMIZERS[name].default_rate
        assert convention(name, OPTAX).default_rate is None


def test_scikit_learns_defaults_are_the_installed_ones():
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier()
    assert convention("adam", SKLEARN).default_rate == network.learning_rate_init
    assert convention("adam", SKLEARN).coefficients["eps"] == network.epsilon
    assert NESTEROV_INSIDE.defaults["momentum"] == network.momentum


@pytest.mark.parametrize("rule", [MOMENTUM_INSIDE, ADAM_EPS_BEFORE, ADAM_UNCORRECTED])
def test_a_dialect_reads_its_gradient_and_parameters_without_touching_them(rule):
    gradient, parameters = np.array([1.0, -2.0]), np.array([3.0, 4.0])
    gradient.flags.writeable = parameters.flags.writeable = False
    state = rule.init(parameters, **rule.defaults)
    for step in range(3):
        _, state = rule.update(gradient, state, 0.1, step, parameters, **rule.defaults)


def test_a_gradient_must_be_above_zero():
    with pytest.raises(ValueError, match=r"gradient is 0\.0; it must be above 0"):
        first_stride(CONVENTIONS[0], gradient=0.0)


def test_scikit_learns_network_takes_the_steps_of_its_row():
    """MLPClassifier's own optimizer objects, asked for three updates of a known gradient."""
    from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

    surface = SURFACES["bowl"]
    for name, theirs in (
        ("adam", lambda: AdamOptimizer([np.zeros(2)], learning_rate_init=0.1)),
        ("momentum", lambda: SGDOptimizer([np.zeros(2)], learning_rate_init=0.1, nesterov=False)),
        ("nesterov", lambda: SGDOptimizer([np.zeros(2)], learning_rate_init=0.1, nesterov=True)),
    ):
        row, optimizer, point = convention(name, SKLEARN), theirs(), np.array([1.0, -2.0])
        run = descend(surface, row.rule, 0.1, start=point, steps=3, **row.coefficients)
        for step in range(3):
            optimizer.update_params([point], [surface.gradient(point)])
            np.testing.assert_allclose(point, run.points[0, step + 1], rtol=1e-12)
