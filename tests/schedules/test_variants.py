"""Fact 19: the same name is a different function in each library; every value here was run there."""

import json
from pathlib import Path

import numpy as np
import pytest

from lrlab.schedules import variants as v

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "schedules.json").read_text())
PYTORCH, SPOT = GOLDEN["pytorch"], GOLDEN["spot"]


@pytest.mark.parametrize("shape", ["cosine", "linear"])
def test_fact_19_one_cycle_pytorch(shape):
    expected = PYTORCH[f"OneCycleLR(1.0,T=100,{shape[:3] if shape == 'cosine' else shape})"]["lr"]
    np.testing.assert_allclose(v.one_cycle_pytorch(np.arange(100), shape), expected, rtol=1e-11, atol=1e-17)


@pytest.mark.parametrize(("shape", "value"), [("cosine", 0.000507464715), ("linear", -0.014281657143)])
def test_fact_19_one_cycle_pytorch_bounces_and_goes_negative_at_its_end(shape, value):
    rates = v.one_cycle_pytorch(np.array([100, 101]), shape)
    assert rates[0] == pytest.approx(value, rel=1e-9)
    assert np.isnan(rates[1])


SAME = [
    (lambda t: v.one_cycle_optax(t), "optax cosine_onecycle_schedule(100, 1)", 3e-4),
    (lambda t: v.one_cycle_optax(t, "linear"), "optax linear_onecycle_schedule(100, 1)", 1e-6),
    (v.warmup_keras, "Keras CosineDecay(0, 100, warmup_target=0.1, warmup_steps=10)", 3e-4),
    (v.warmup_optax, "optax warmup_cosine_decay_schedule(0, 0.1, 10, 100)", 1e-6),
    (v.step_after_the_boundary, "Keras PiecewiseConstantDecay boundaries=[30, 80]", 1e-6),
    (v.warmup_timm, "timm CosineLRScheduler(100, warmup_t=10, warmup_lr_init=1e-4)", 1e-6),
]


@pytest.mark.parametrize(("rates", "name", "rounding"), SAME)
def test_fact_19_values_run_in_the_libraries(rates, name, rounding):
    for t, value in SPOT[name].items():
        assert rates(np.array([int(t)]))[0] == pytest.approx(value, rel=rounding, abs=1e-12)


def test_fact_19_peaks_and_ends():
    t = np.arange(101)
    peaks = {
        f.__name__: int(np.argmax(f(t))) for f in (v.one_cycle_pytorch, v.one_cycle_optax, v.one_cycle_fastai)
    }
    assert peaks == {"one_cycle_pytorch": 29, "one_cycle_optax": 30, "one_cycle_fastai": 25}
    assert v.one_cycle_pytorch(t)[99] == pytest.approx(1 / 2.5e5)
    assert v.one_cycle_fastai(t)[100] == pytest.approx(1e-5)


def test_fact_19_cosine_past_its_end():
    expected = np.array(PYTORCH["CosineAnnealingLR(100,1e-3)"]["lr"])
    rescaled = 0.001 + 0.99 * v.cosine_pytorch(np.arange(len(expected)))
    np.testing.assert_allclose(rescaled, expected, rtol=1e-9)
    assert v.cosine_held(np.array([100, 150, 200])).tolist() == [0.0, 0.0, 0.0]


def test_fact_19_warmup_pytorch():
    expected = PYTORCH["SequentialLR(LinearLR(0.1,1,10),CosineAnnealingLR(90),[10])"]["lr"]
    np.testing.assert_allclose(v.warmup_pytorch(np.arange(102)), expected, rtol=1e-9, atol=1e-15)


def test_fact_19_warm_up_is_inside_or_outside_and_its_first_update_may_be_wasted():
    assert v.warmup_optax(np.array([100]))[0] == 0.0 < v.warmup_keras(np.array([100]))[0]
    assert v.warmup_optax(np.array([0]))[0] == v.warmup_keras(np.array([0]))[0] == 0.0
    assert v.warmup_timm(np.arange(100)).max() < 0.1


def test_fact_19_the_boundary_step():
    assert PYTORCH["MultiStepLR([30,80],0.1)"]["lr"][30] == pytest.approx(0.01)
    assert v.step_at_the_boundary(np.array([29, 30])).tolist() == pytest.approx([0.1, 0.01])
    assert v.step_after_the_boundary(np.array([30, 31])).tolist() == pytest.approx([0.1, 0.01])


@pytest.mark.parametrize("difference", v.DIFFERENCES.values(), ids=lambda d: d.name)
def test_every_difference_can_be_drawn_and_is_one(difference):
    t = np.arange(difference.steps)
    rates = [variant.rates(t) for variant in difference.variants]
    assert all(row.shape == t.shape and np.isfinite(row[:100]).all() for row in rates)
    assert not np.allclose(rates[0], rates[1], equal_nan=True)
    assert difference.sentence.endswith(".")
    assert all(variant.source for variant in difference.variants)


@pytest.mark.parametrize(
    ("name", "first", "widest"),
    # A straight rise over 29 steps and one over 30 differ at once, and PyTorch's straight fall is furthest from
    # optax's at its second corner, 85. The cosine parts one step past its end. The rest are named by the libraries.
    [
        ("one_cycle_straight", 1, 85),
        ("cosine", 101, 199),
        ("warmup", 0, 55),
        ("boundary", 30, 30),
        ("plateau", 4, 4),
    ],
)
def test_fact_19_where_the_libraries_part(name, first, widest):
    assert v.parting(v.DIFFERENCES[name]) == (first, widest)
