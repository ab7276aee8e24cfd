"""Logs as other programs write them, read by eye first; and that no text whatever raises anything but a refusal."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.diagnosis import Symptom, diagnose
from lrlab.diagnosis.logs import MOST_BYTES, MOST_POINTS, Refusal, read, thin

SAMPLES = Path(__file__).with_name("samples")

# What stands in the files: unit, the loss's name, its first place and first value, how many; then validation and rate.
READ = {
    "decimal_comma.csv": ("step", ("loss", 1, 0.91, 4), None, ("lr", 0.1)),
    "died.jsonl": ("step", ("train/loss", 100, 2.31, 5), None, ("train/lr", 0.5)),
    "fastai.txt": ("epoch", ("train_loss", 0, 0.701991, 4), ("valid_loss", 0.521044), None),
    "keras_console.txt": ("epoch", ("loss", 1, 2.2288, 10), ("val_loss", 2.9812), ("learning_rate", 0.01)),
    "keras_csvlogger.csv": (
        "epoch",
        ("loss", 0, 2.2287909984588623, 10),
        ("val_loss", 2.981172561645508),
        ("learning_rate", 0.009999999776482582),
    ),
    "keras_history.json": (
        "line",
        ("loss", 0, 2.2287909984588623, 10),
        ("val_loss", 2.981172561645508),
        ("learning_rate", 0.009999999776482582),
    ),
    "lightning_metrics.csv": (
        "step",
        ("train_loss_step", 3, 2.28889799118042, 12),
        ("val_loss", 1.765371322631836),
        ("lr-SGD", 0.02),
    ),
    "nanogpt.txt": ("step", ("loss", 0, 4.2663, 5), ("val loss", 4.2823), None),
    "pytorch_example.txt": ("line", ("Loss", 0, 2.28255, 8), ("test Average loss", 0.5203), None),
    "sklearn_mlp.txt": ("step", ("loss", 1, 2.30940721, 4), None, None),
    "tensorboard.csv": ("step", ("loss", 9, 2.1432571411132812, 6), None, None),
    "trainer_state.json": (
        "step",
        ("loss", 5, 3.621349334716797, 12),
        ("eval_loss", 2.072579860687256),
        ("learning_rate", 0.04666666666666667),
    ),
    "transformers_console.txt": (
        "epoch",
        ("loss", 0.5, 3.621, 12),
        ("eval_loss", 2.073),
        ("learning_rate", 0.04667),
    ),
    "xgboost.txt": ("step", ("train-rmse", 0, 1.83921, 4), ("eval-rmse", 1.90211), None),
}


def test_every_sample_is_in_the_table():
    assert {path.name for path in SAMPLES.iterdir()} == set(READ)


@pytest.mark.parametrize("name", READ)
def test_a_log_of_another_program_is_read(name):
    unit, (loss, at, first, count), validation, rate = READ[name]
    log = read((SAMPLES / name).read_bytes())
    assert log.unit == unit
    assert (log.loss.name, log.loss.at[0], log.loss.values[0]) == (loss, at, first)
    assert len(log.loss.at) == len(log.loss.values) == count
    assert (log.validation and (log.validation.name, log.validation.values[0])) == validation
    assert (log.rate and (log.rate.name, log.rate.values[0])) == rate


def test_a_log_that_died_says_so_and_at_which_line_it_was_not_understood():
    log = read((SAMPLES / "died.jsonl").read_bytes())
    assert math.isnan(log.loss.values[-1])
    assert diagnose(log.main.values, log.rates()).symptom is Symptom.DIED
    assert [(each.line, each.text) for each in log.not_understood] == [(5, "not json")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("epoch 3 loss 0.42\nepoch 4 loss 0.4", [0.42, 0.4]),
        ("loss: 1e3\nloss: inf\nloss: nan", [1000.0, math.inf, math.nan]),
        ("loss\n0.5\n0.25\n", [0.5, 0.25]),
        ("0.5\n0.25\n0.125", [0.5, 0.25, 0.125]),
        ("step\tloss\n1\t2.5\n2\t2.25", [2.5, 2.25]),
    ],
)
def test_plain_lines_and_tables(text, values):
    np.testing.assert_array_equal(read(text).loss.values, values)


def test_the_rate_in_force_is_the_last_one_before_each_point():
    text = "step,loss,lr\n1,0.9,0.1\n2,0.8,\n3,0.7,0.01\n4,0.6,\n"
    np.testing.assert_array_equal(read(text).rates(), [0.1, 0.1, 0.01, 0.01])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("  \n \n", "empty"),
        ("hello\nworld", "No loss was found"),
        ("step,accuracy\n1,0.5\n2,0.6", "No loss was found"),
        (b"x" * (MOST_BYTES + 1), "5 MB"),
        ("\n".join(["loss 1"] * (MOST_POINTS + 1)), "100,001 points"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, words):
    with pytest.raises(Refusal, match=words):
        read(text)


@given(st.one_of(st.text(max_size=400), st.binary(max_size=400)))
def test_no_text_whatever_raises_anything_but_a_refusal(text):
    try:
        log = read(text)
    except Refusal:
        return
    assert len(log.main.at) == len(log.main.values) > 0
    assert log.misread >= len(log.not_understood)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(NUMBERS, min_size=3, max_size=40), st.sampled_from([",", "\t", ";"]))
def test_every_table_comes_back_as_it_was_written(values, divider):
    rows = "\n".join(f"{step}{divider}{value!r}" for step, value in enumerate(values))
    log = read(f"step{divider}loss\n{rows}\n")
    np.testing.assert_array_equal(log.loss.values, values)
    np.testing.assert_array_equal(log.loss.at, range(len(values)))


@given(st.lists(NUMBERS, min_size=1, max_size=3000), st.integers(8, 200))
def test_thinning_keeps_both_ends_the_highest_and_the_lowest(values, most):
    kept = thin(values, most)
    assert len(kept) <= max(most, 1)
    assert (kept[0], kept[-1]) == (0, len(values) - 1)
    assert (np.diff(kept) > 0).all()
    assert max(values) == max(values[place] for place in kept)
    assert min(values) == min(values[place] for place in kept)


@pytest.mark.parametrize(
    "text",
    [
        "loss: 1.5 " * 450_000,
        "a " * 2_000_000,
        "loss" + " " * 4_000_000 + "x",
        "[" * 100_000,
    ],
)
def test_one_endless_line_is_answered_at_once(text):
    # A reading that grows with the square of a line would take minutes here, and everybody would wait.
    with pytest.raises(Refusal):
        read(text)


def test_a_line_too_long_is_named_and_the_others_are_read():
    log = read("epoch 1 loss 0.5\nepoch 2 loss 0.4 " + "x 1.5 " * 1000 + "\nepoch 3 loss 0.3")
    assert log.main.values.tolist() == [0.5, 0.3]
    assert [each.line for each in log.not_understood] == [2]
    assert "longer than 4,000 letters" in log.not_understood[0].why
