"""Formulae about noisy logs: by hand, against closed forms; and what a reader of the lines must be able to see."""

from pathlib import Path

import numpy as np
import pytest

from lrlab.grading import load_track, variant
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.log_formulas import kicked_loss

COURSE = Path(__file__).parents[2] / "exercises"

CASES = [
    ("kicked_loss", {"rate": 0.1, "kick": 2.0, "step": 0, "seed": 7}, 4.5),
    # without kicks x is halved at every step: ½·(3/4)² after two
    ("kicked_loss", {"rate": 0.5, "kick": 0.0, "step": 2, "seed": 7}, 0.28125),
    ("mean_noisy_loss", {"rate": 0.5, "start": 4, "step": 0}, 8.0),
    # x → 4/2 − ξ/2: half of 4 + ¼
    ("mean_noisy_loss", {"rate": 0.5, "start": 4, "step": 1}, 2.125),
    # for ever: α/(2(2 − α)), fact 13 with λ = σ = 1
    ("mean_noisy_loss", {"rate": 0.5, "start": 4, "step": 200}, 1 / 6),
    ("lower_at", {"first": 0.3, "second": 0.02, "start": 4, "step": 20}, "first"),
    ("lower_at", {"first": 0.3, "second": 0.02, "start": 4, "step": 500}, "second"),
    ("lower_at", {"first": 0.02, "second": 0.3, "start": 4, "step": 500}, "first"),
    ("heading", {"rate": 0.9, "curvature": 2}, "down"),
    ("heading", {"rate": 1.1, "curvature": 2}, "up"),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_a_formula_by_hand(name, arguments, expected):
    result = FORMULAS[name].compute(**arguments)
    assert result == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-9))


@pytest.mark.parametrize("step", [3, 40])
def test_the_kicked_run_has_the_mean_of_its_closed_form(step):
    rate, kick = 0.1, 0.8
    share = (1 - rate) ** (2 * step)
    mean = (9 * share + kick**2 * (1 - share) / (1 - (1 - rate) ** 2)) / 2
    assert np.mean([kicked_loss(rate, kick, step, seed) for seed in range(300)]) == pytest.approx(
        mean, rel=0.06
    )


def losses(task):
    """The losses that a variant's prompt prints."""
    rows = [line.split() for line in task.prompt.splitlines()]
    return np.array([float(row[1]) for row in rows if len(row) == 2 and row[0].isdigit()])


@pytest.mark.parametrize("slug", ["diagnose/some-lines-rise", "diagnose/jitter-or-crawl"])
def test_the_printed_lines_show_what_the_right_answer_says(slug):
    exercise = load_track(COURSE).exercises[slug]
    for seed in range(12):
        task = variant(exercise, seed)
        truth, printed = task.numbers["way" if slug.endswith("rise") else "verdict"], losses(task)
        rises = int((np.diff(printed) > 0).sum())
        if slug.endswith("rise"):
            assert rises >= 2
            assert (printed[-3:].mean() < 0.6 * printed[:3].mean()) == (truth == "down")
            assert (printed[-3:].mean() > 1.8 * printed[:3].mean()) == (truth == "up")
        else:
            assert (rises >= 2) == (truth == "converged")
            assert (rises == 0) == (truth == "crawling")
