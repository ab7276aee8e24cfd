"""Noisy steps spent by schedules: against the exact recursion of mean and variance, and the facts they teach."""

import numpy as np
import pytest

from lrlab.finder.spending import START, WAYS, best_possible, spend
from lrlab.schedules import constant, cosine

STEPS = 200


def exact(schedule, steps=STEPS, noise=1.0):
    """E ½x² after the steps: the mean is multiplied by 1 − α, the variance by its square, and α²σ² is added."""
    mean, variance = START, 0.0
    for rate in schedule(np.arange(steps)).tolist():
        mean *= 1.0 - rate
        variance = (1.0 - rate) ** 2 * variance + rate**2 * noise**2
    return 0.5 * (mean**2 + variance)


FACT_18 = {
    "constant, 0.5": 0.175,
    "constant, 0.1": 0.0263,
    "constant, 0.02": 0.0090,
    "cosine, 0.5 to 0": 0.0091,
    "steps, 0.5, 0.05, 0.005": 0.0072,
    "exponential, 0.5 · 0.98^t": 0.0048,
    "1/(t + 1)": 0.0025,
}


def test_fact_18_what_each_way_leaves_of_200_noisy_steps() -> None:
    """The fact's numbers are simulated; the exact ones are within five per cent of them, and ours of the exact."""
    assert list(WAYS) == list(FACT_18)
    expected = np.array([exact(schedule) for schedule in WAYS.values()])
    np.testing.assert_allclose(expected, list(FACT_18.values()), rtol=0.05)
    np.testing.assert_allclose(spend(list(WAYS.values()), STEPS, seeds=3000).ends, expected, rtol=0.1)


def test_fact_18_the_statisticians_optimum_is_reached_and_cosine_is_no_magic() -> None:
    ends = {name: exact(schedule) for name, schedule in WAYS.items()}
    assert ends["1/(t + 1)"] == pytest.approx(best_possible(STEPS), rel=1e-9)
    assert min(ends, key=ends.__getitem__) == "1/(t + 1)"
    assert ends["cosine, 0.5 to 0"] > ends["constant, 0.02"]


@pytest.mark.parametrize("rate", [0.02, 0.1])
def test_fact_18_without_noise_decay_only_slows(rate) -> None:
    spent = spend([constant(rate), cosine(rate, 0.0, STEPS)], STEPS, noise=0.0)
    assert spent.seeds == 1
    assert spent.ends[0] == pytest.approx(0.5 * (START * (1 - rate) ** STEPS) ** 2, rel=1e-9)
    assert spent.ends[1] > 50 * spent.ends[0]


def test_all_schedules_meet_the_same_draws() -> None:
    spent = spend([constant(0.3), constant(0.3)], 50, seeds=7)
    np.testing.assert_array_equal(spent.losses[0], spent.losses[1])
    assert not spent.losses.flags.writeable


def test_no_schedule_is_refused() -> None:
    with pytest.raises(ValueError, match="schedules is empty"):
        spend([], 10)
    with pytest.raises(ValueError, match="steps is 0"):
        best_possible(0)
