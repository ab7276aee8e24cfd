"""The code to take away: run in plain Python always, in the libraries where they are, else against what was run."""

import importlib.util
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab import schedules as s
from lrlab.schedules.export import TARGETS, code, plateau_code
from lrlab.schedules.plateau import follow, reduce_on_plateau
from tests.schedules.emitted import CASES, GOLDEN, RUNNERS, STEPS, run
from tests.schedules.test_properties import SHAPES, few
from tests.schedules.test_properties import STEPS as STEPS_UP_TO_A_MILLION

KEPT = json.loads(GOLDEN.read_text())
LIBRARIES = ("pytorch", "keras", "optax")
MODULES = {"pytorch": "torch", "keras": "keras", "optax": "optax"}

each_case = pytest.mark.parametrize("name", CASES)


def last_step(name, target):
    """OneCycleLR is made for its own steps; past them it bounces, and then refuses."""
    schedule = CASES[name]
    own = target == "pytorch" and schedule.name == "one_cycle"
    return schedule.parameters["steps"] if own else STEPS[-1] + 1


def assert_same(name, target, rates):
    steps = np.array([t for t in STEPS if t < last_step(name, target)])
    curve = CASES[name](steps)
    exact = {"rtol": 1e-9, "atol": 1e-16} if target in ("python", "pytorch") else {"rtol": 3e-6, "atol": 2e-8}
    np.testing.assert_allclose(np.array(rates[: len(steps)], dtype=float), curve, **exact)


@each_case
def test_plain_python_gives_the_curve_on_the_screen(name):
    assert_same(name, "python", RUNNERS["python"](code(CASES[name], "python")))


@pytest.mark.parametrize("name", SHAPES)
@few
@given(data=st.data())
def test_plain_python_for_any_parameters(name, data):
    schedule, steps = data.draw(SHAPES[name]), data.draw(STEPS_UP_TO_A_MILLION)
    rate = run(code(schedule, "python"))["rate"]
    np.testing.assert_allclose([rate(int(t)) for t in steps], schedule(steps), rtol=1e-9, atol=1e-300)


@each_case
def test_plain_python_a_million_steps_on(name):
    rate = run(code(CASES[name], "python"))["rate"]
    assert rate(10**6) == pytest.approx(float(CASES[name](10**6)), rel=1e-9, abs=1e-300)


@each_case
@pytest.mark.parametrize("target", LIBRARIES)
def test_what_was_run_in_the_library_is_what_is_written_today(name, target):
    kept = KEPT["cases"][name][target]
    assert kept["code"] == code(CASES[name], target), f"run {KEPT['made by']} again"
    assert_same(name, target, kept["rates"])


@each_case
@pytest.mark.parametrize("target", LIBRARIES)
def test_run_in_the_library(name, target):
    if importlib.util.find_spec(MODULES[target]) is None:
        pytest.skip("the values that were run before stand in: pip install -r requirements-frameworks.txt")
    assert_same(name, target, RUNNERS[target](code(CASES[name], target)))


def test_every_constructor_is_exported():
    assert {schedule.name for schedule in CASES.values()} == set(s.__all__) - {"Schedule"}
    assert KEPT["steps"] == STEPS


@each_case
@pytest.mark.parametrize("target", TARGETS)
def test_the_text_is_a_program_without_trailing_blanks(name, target):
    text = code(CASES[name], target)
    compile(text, "<exported>", "exec")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() and len(line) <= 120 for line in text.splitlines())


def test_another_target_is_refused():
    with pytest.raises(ValueError, match=r"^target is 'tensorflow'; it must be one of python, pytorch"):
        code(s.constant(0.1), "tensorflow")


LOSSES = [1.0, 0.5, *[0.5] * 8, 0.4, *[0.4] * 9]


def test_plateau_code_runs_in_pytorch():
    pytest.importorskip("torch")
    state = reduce_on_plateau(0.1, factor=0.5, patience=2, cooldown=1)
    names = run(plateau_code(state))
    rates = []
    for loss in LOSSES:
        rates.append(names["optimizer"].param_groups[0]["lr"])
        names["scheduler"].step(loss)
    assert rates == pytest.approx(follow(state, LOSSES)[:-1].tolist())


def test_plateau_code_runs_in_keras():
    pytest.importorskip("keras")
    import keras

    state = reduce_on_plateau(0.1, factor=0.5, patience=2, cooldown=1, convention="keras")
    names = run(plateau_code(state))
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=names["optimizer"], loss="mse")
    callback = names["callback"]
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(LOSSES):
        rates.append(float(model.optimizer.learning_rate))
        callback.on_epoch_end(epoch, {"loss": loss})
    assert rates == pytest.approx(follow(state, LOSSES)[:-1].tolist(), rel=1e-6)
