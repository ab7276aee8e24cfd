"""Formulae about trainings, by hand; and the log in which the larger batch must be plain to see."""

from pathlib import Path

import numpy as np
import pytest

from lrlab.grading import load_track, variant
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.trial_formulas import noisy_loss

COURSE = Path(__file__).parents[2] / "exercises"

CASES = [
    ("square_root_rate", {"rate": 0.1, "batch_size": 32, "to": 128}, 0.2),
    ("square_root_rate", {"rate": 0.1, "batch_size": 64, "to": 16}, 0.05),
    ("linear_rate", {"rate": 0.1, "batch_size": 32, "to": 128}, 0.4),
    ("linear_rate", {"rate": 0.8, "batch_size": 256, "to": 32}, 0.1),
    ("noisy_loss", {"batch_size": 4, "step": 0, "seed": 1}, 4.5),
    ("other_batch", {"batch_size": 4}, 64),
    ("other_batch", {"batch_size": 100}, 4),
    ("larger_number", {"first": 4, "second": 64}, 64),
    ("larger_of_two", {"first": 4, "second": 64}, "second"),
    ("larger_of_two", {"first": 64, "second": 4}, "first"),
    # 10⁻⁶ … 1 are six decades
    ("log_share", {"low": 1e-6, "high": 1, "start": 1e-3, "end": 1e-2}, 1 / 6),
    ("uniform_share", {"low": 0, "high": 1, "start": 1e-3, "end": 1e-2}, 0.009),
    ("chance_of_a_hit", {"share": 0.05, "trials": 60}, 0.954),
    ("trials_of_a_grid", {"side": 3, "settings": 4}, 81),
    # 27 for one update, 9 for three, 3 for nine, one for 27: 27 + 9·2 + 3·6 + 1·18, anew 4·27
    ("halving_bill", {"trials": 27, "first": 1, "keep": 3, "rounds": 4}, 81),
    ("halving_bill_anew", {"trials": 27, "first": 1, "keep": 3, "rounds": 4}, 108),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_a_formula_by_hand(name, arguments, expected) -> None:
    result = FORMULAS[name].compute(**arguments)
    assert result == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-3))


@pytest.mark.parametrize("batch_size", [4.0, 64.0])
def test_the_noisy_log_settles_at_the_floor_of_its_batch(batch_size) -> None:
    """ασ²/(2(2 − αλ)) with α = .1, λ = 1 and σ² = 16/B."""
    tails = [noisy_loss(batch_size, step, seed) for seed in range(100) for step in range(100, 200, 5)]
    assert np.mean(tails) == pytest.approx(0.1 * 16 / batch_size / 3.8, rel=0.1)


def test_whoever_reads_the_log_can_tell_the_larger_batch() -> None:
    """On two hundred learners' logs the column of the larger batch is lower on average, by a factor of two at least."""
    exercise = load_track(COURSE).exercises["batch-size/which-batch-was-larger"]
    for seed in range(200):
        numbers = variant(exercise, seed).numbers
        means = {
            run: np.mean([numbers[f"{column}{row}"] for row in range(9)])
            for run, column in (("first", "a"), ("second", "b"))
        }
        calmer = min(means, key=means.__getitem__)
        assert calmer == numbers["right"]
        assert max(means.values()) > 2 * min(means.values())
