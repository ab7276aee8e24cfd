"""Formulae about rates that change, by hand; and what the page's exercises promise about them."""

import math
from pathlib import Path

import pytest

from lrlab.grading import load_track, variant
from lrlab.grading.formulas import FORMULAS

COURSE = Path(__file__).parents[2] / "exercises"

CASES = [
    # epochs 0 … 29 are the first stretch of thirty, 30 … 59 the second
    ("falls_until", {"every": 30, "step": 29}, 0),
    ("falls_until", {"every": 30, "step": 30}, 1),
    ("falls_until", {"every": 30, "step": 60}, 2),
    ("stepped_rate", {"rate": 0.01, "factor": 0.1, "falls": 2}, 1e-4),
    ("stepped_rate", {"rate": 0.2, "factor": 0.5, "falls": 3}, 0.025),
    # 0.95¹⁰ = 0.598737
    ("decay_left", {"decay": 0.95, "epochs": 10}, 0.598737),
    ("left_if_straight", {"decay": 0.95, "epochs": 10}, 50),
    ("part_gone", {"part": 0.6}, 40),
    ("part_gone_at_once", {"decay": 0.95}, 0.05),
    ("sum_of_rates", {"rate": 0.1, "decay": 0.9}, 1),
    # ½·(5·0.9²)² and ½·(5·0.9·0.95)², the straight fall over two steps being 0.1, 0.05
    ("clean_loss", {"rate": 0.1, "steps": 2}, 8.20125),
    ("clean_loss_falling", {"rate": 0.1, "steps": 2}, 9.1378125),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_a_formula_by_hand(name, arguments, expected) -> None:
    assert FORMULAS[name].compute(**arguments) == pytest.approx(expected, rel=1e-5)


def test_without_noise_the_falling_rate_ends_well_above_the_constant_one_for_every_learner() -> None:
    exercise = load_track(COURSE).exercises["schedules/no-noise-to-kill"]
    for seed in range(50):
        numbers = variant(exercise, seed).numbers
        # exp(−2·α·T) against exp(−α·T): the mean of a straight fall is half its start
        assert numbers["falling"] > 0.8 * math.exp(numbers["rate"] * numbers["steps"]) * numbers["flat"]
        assert numbers["falling"] > 5 * numbers["flat"]


def test_two_exercises_at_least_confront_the_belief_that_decay_always_helps() -> None:
    chapter = [e for slug, e in load_track(COURSE).exercises.items() if slug.startswith("schedules/")]
    tagged = [e for e in chapter if "decay-always-helps" in {m.misconception for m in e.sheet.mistakes}]
    assert len(tagged) >= 2
