"""Every schedule against the library that has the same shape, step for step."""

import json
from pathlib import Path

import numpy as np
import pytest

from lrlab import schedules as s
from lrlab.schedules.join import one_cycle_momentum

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "schedules.json").read_text())
PYTORCH = GOLDEN["pytorch"]
SPOT = GOLDEN["spot"]

SAME_AS_PYTORCH = {
    "StepLR(step_size=30,gamma=0.1)": s.step_decay(0.1, every=30, factor=0.1),
    "MultiStepLR([30,80],0.1)": s.milestones(0.1, at=(30, 80), factor=0.1),
    "ConstantLR(factor=1/3,total_iters=5)": s.join((s.constant(0.1 / 3), s.constant(0.1)), at=(5,)),
    "LinearLR(start=1/3,end=1,total_iters=5)": s.linear(0.1 / 3, 0.1, 5),
    "LinearLR(start=0.01,end=1,total_iters=10)": s.linear(0.001, 0.1, 10),
    "ExponentialLR(0.95)": s.exponential(0.1, 0.95),
    "PolynomialLR(100,1)": s.polynomial(0.1, 100),
    "PolynomialLR(100,2)": s.polynomial(0.1, 100, power=2.0),
    "CosineAnnealingWarmRestarts(10,2,1e-3)": s.cosine_restarts(0.1, 0.001, first=10, growth=2),
    "CyclicLR(0.01,0.1,20,triangular)": s.triangular(0.01, 0.1, half_cycle=20),
    "OneCycleLR(1.0,T=100,cos)": s.one_cycle(1.0, 100),
    "OneCycleLR(1.0,T=100,linear)": s.one_cycle(1.0, 100, shape="linear"),
    "OneCycleLR(1.0,T=100,linear,three_phase)": s.one_cycle(1.0, 100, shape="linear", phases=3),
    "OneCycleLR(1.0,T=25,cos)": s.one_cycle(1.0, 25),
}


@pytest.mark.parametrize("name", SAME_AS_PYTORCH)
def test_same_as_pytorch_at_every_step(name):
    expected = np.array(PYTORCH[name]["lr"])
    rates = SAME_AS_PYTORCH[name](np.arange(len(expected)))
    np.testing.assert_allclose(rates, expected, rtol=1e-12, atol=1e-18)


def test_cosine_is_pytorch_up_to_its_end_and_then_holds():
    expected = np.array(PYTORCH["CosineAnnealingLR(100,1e-3)"]["lr"])
    rates = s.cosine(0.1, 0.001, 100)(np.arange(len(expected)))
    np.testing.assert_allclose(rates[:101], expected[:101], rtol=1e-12)
    assert expected[200] == pytest.approx(0.1)
    assert set(rates[100:].tolist()) == {0.001}


def test_a_warm_up_without_asking_is_the_usual_pytorch_sequence():
    expected = np.array(PYTORCH["SequentialLR(LinearLR(0.1,1,10),CosineAnnealingLR(90),[10])"]["lr"])
    rates = s.warmup(10, s.cosine(0.1, 0.0, 90))(np.arange(101))
    np.testing.assert_allclose(rates, expected[:101], rtol=1e-12, atol=1e-16)


def test_one_cycle_peaks_where_pytorch_does_and_does_not_bounce():
    cycle = s.one_cycle(1.0, 100)
    assert int(np.argmax(cycle(np.arange(100)))) == 29
    assert cycle(100) == cycle(99) == pytest.approx(4e-6)
    straight = s.one_cycle(1.0, 100, shape="linear")
    assert straight(100) == pytest.approx(4e-6)


def test_one_cycle_passes_a_peak_between_two_steps():
    rates = s.one_cycle(1.0, 25)(np.arange(25))
    assert rates.max() == pytest.approx(0.997987155049, rel=1e-11)


@pytest.mark.parametrize(
    ("name", "cycle"),
    [
        ("OneCycleLR(1.0,T=100,cos)", s.one_cycle(1.0, 100)),
        ("OneCycleLR(1.0,T=100,linear)", s.one_cycle(1.0, 100, shape="linear")),
        ("OneCycleLR(1.0,T=100,linear,three_phase)", s.one_cycle(1.0, 100, shape="linear", phases=3)),
        ("OneCycleLR(1.0,T=25,cos)", s.one_cycle(1.0, 25)),
    ],
)
def test_the_momentum_of_one_cycle(name, cycle):
    expected = np.array(PYTORCH[name]["momentum"])
    momentum = one_cycle_momentum(cycle)
    np.testing.assert_allclose(momentum(np.arange(len(expected))), expected, rtol=1e-12)
    assert momentum(10**6) == 0.95


def test_only_a_one_cycle_has_this_momentum():
    with pytest.raises(ValueError, match="made by one_cycle"):
        one_cycle_momentum(s.constant(0.1))


@pytest.mark.parametrize("t", [1, 4000, 16000])
def test_inverse_sqrt_is_noam_counted_from_zero(t):
    peak = (512 * 4000) ** -0.5
    expected = SPOT["Noam d_model=512 warmup=4000 (steps from 1)"][str(t)]
    assert s.inverse_sqrt(peak, warmup=4000)(t - 1) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("t", [9, 10, 11, 40, 90])
def test_inverse_sqrt_is_one_step_ahead_of_transformers(t):
    expected = SPOT["transformers inverse_sqrt peak=0.1 warmup=10"][str(t)]
    assert s.inverse_sqrt(0.1, warmup=10)(t - 1) == pytest.approx(expected, abs=5e-11)


def test_warmup_stable_decay_is_transformers_after_the_ramp():
    schedule = s.warmup_stable_decay(0.1, warmup=10, stable=70, decay=20)
    for t, rate in SPOT["transformers wsd linear peak=0.1 warmup=10 stable=70 decay=20"].items():
        assert schedule(int(t)) == pytest.approx(rate, rel=1e-12)
    assert schedule(0) == pytest.approx(0.01)
    assert schedule(100) == 0.0


@pytest.mark.parametrize(
    ("schedule", "name", "float32"),
    [
        (s.polynomial(0.1, 100, end=1e-4), "Keras PolynomialDecay(0.1, 100)", 1e-6),
        (s.exponential(0.1, 0.5 ** (1 / 10)), "Keras ExponentialDecay(0.1, 10, 0.5)", 1e-6),
        (s.inverse_time(0.1, 0.05), "Keras InverseTimeDecay(0.1, 10, 0.5)", 1e-6),
    ],
)
def test_same_as_keras(schedule, name, float32):
    for t, rate in SPOT[name].items():
        assert schedule(int(t)) == pytest.approx(rate, rel=float32)


@pytest.mark.parametrize(
    ("schedule", "t", "rate"),
    [
        (s.step_decay(0.01, every=30, factor=0.1), [0, 29, 30, 60], [0.01, 0.01, 0.001, 0.0001]),
        (s.inverse_time(1.0, 0.25), [0, 4, 12], [1.0, 0.5, 0.25]),
        (s.linear(0.0, 0.8, 4), [0, 1, 2, 3, 4, 9], [0.0, 0.2, 0.4, 0.6, 0.8, 0.8]),
        (s.cosine(1.0, 0.0, 3), [0, 1, 2, 3], [1.0, 0.75, 0.25, 0.0]),
        (
            s.cosine_restarts(1.0, 0.0, first=3),
            [0, 1, 2, 3, 4, 5, 6],
            [1.0, 0.75, 0.25, 1.0, 0.75, 0.25, 1.0],
        ),
        (s.warmup(2, s.constant(0.4), first=0.0), [0, 1, 2, 3], [0.0, 0.2, 0.4, 0.4]),
        (
            s.join((s.linear(0.0, 3.0, 3), s.linear(8.0, 2.0, 3)), at=(1.5,)),
            [0, 1, 2, 3],
            [0.0, 1.0, 7.0, 5.0],
        ),
    ],
)
def test_values_by_hand(schedule, t, rate):
    np.testing.assert_allclose(schedule(np.array(t)), rate, rtol=1e-12, atol=1e-15)


def test_about_sixty_percent_is_left_after_ten_epochs_at_95():
    assert s.exponential(1.0, 0.95)(10) == pytest.approx(0.598736939, rel=1e-8)
