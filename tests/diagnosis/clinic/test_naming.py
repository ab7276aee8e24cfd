"""From symptom, rates and validation loss to the cause."""

from collections import Counter

import numpy as np
import pytest

from lrlab.diagnosis.clinic import PATIENTS, Cause, cause_of

T = np.arange(200)
CALM = 0.2 + 2.0 * np.exp(-T / 25)
RATES = np.full(200, 0.1)


@pytest.mark.parametrize(
    ("losses", "rates", "validation", "cause"),
    [
        (CALM, RATES, None, Cause.NOTHING),
        (CALM, RATES, CALM + 0.1, Cause.NOTHING),
        (1.4 + 0.8 * np.exp(-T / 25), RATES, CALM, Cause.DATA),
        (0.3 * 1.05**T, RATES, None, Cause.TOO_LARGE),
        (np.where(T < 120, CALM, np.nan), RATES, None, Cause.DATA),
        (np.where(T < 120, 0.3 * 1.05**T, np.inf), RATES, None, Cause.TOO_LARGE),
        (CALM + 0.6 * (T >= 120), RATES, None, Cause.DATA),
        (CALM + 0.6 * (T >= 120), np.where(T < 120, 0.1, 1.0), None, Cause.SCHEDULE),
        (CALM + 0.6 * (T >= 120), np.where(T < 40, 0.2, 0.1), None, Cause.DATA),
        (np.full(200, np.nan), RATES, None, None),
        ([1.0, 0.9, 1.1, 1.0], [0.1] * 4, None, None),
    ],
)
def test_from_the_curve_to_the_cause(losses, rates, validation, cause):
    assert cause_of(losses, rates, validation) is cause


@pytest.mark.slow
@pytest.mark.parametrize("cause", Cause, ids=lambda cause: cause.value)
def test_at_least_95_of_100_patients_are_named_right(cause):
    counts = Counter()
    for number, maker in enumerate(PATIENTS[cause]):
        for seed in range(20):
            case = maker(np.random.default_rng((2026, number, seed)))
            counts[cause_of(case.ill.losses, case.ill.rates, case.ill.validation)] += 1
    assert counts[cause] >= 0.95 * counts.total(), counts
