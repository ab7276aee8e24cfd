"""Clear runs of every symptom, fresh from their seeds: at least 95 of 100 are named right."""

from collections import Counter

import pytest

from benchmarks.diagnosis import SPECIMENS, verdicts
from lrlab.diagnosis import Symptom

RUNS = 60
SEED = 10_000


@pytest.mark.parametrize("symptom", SPECIMENS, ids=lambda symptom: symptom.value)
def test_at_least_95_of_100_clear_runs_are_named_right(symptom):
    counts = Counter()
    for specimen in SPECIMENS[symptom]:
        counts += verdicts(specimen, RUNS, SEED)
    assert counts[symptom] >= 0.95 * counts.total(), counts


def test_every_symptom_but_not_sure_has_specimens():
    assert set(SPECIMENS) == set(Symptom) - {Symptom.NOT_SURE}
