"""Clear runs of every symptom, fresh from their seeds: at least 95 of 100 are named right."""

from collections import Counter

import pytest

from benchmarks.clinic import BETWEEN, between
from benchmarks.diagnosis import SPECIMENS, verdicts
from lrlab.diagnosis import Symptom

RUNS = 60
SEED = 10_000


@pytest.mark.slow
@pytest.mark.parametrize("symptom", SPECIMENS, ids=lambda symptom: symptom.value)
def test_at_least_95_of_100_clear_runs_are_named_right(symptom):
    counts = Counter()
    for specimen in SPECIMENS[symptom]:
        counts += verdicts(specimen, RUNS, SEED)
    assert counts[symptom] >= 0.95 * counts.total(), counts


def test_every_symptom_but_not_sure_has_specimens():
    assert set(SPECIMENS) == set(Symptom) - {Symptom.NOT_SURE}


@pytest.mark.parametrize("way", BETWEEN)
def test_on_the_way_from_one_symptom_to_another_it_is_not_sure_and_never_names_a_third(way):
    rows = between(way, steps=9, runs=6)
    assert rows[0][0] == 6
    assert rows[-1][2] == 6
    assert max(unsure for _, unsure, _, _ in rows) >= 3
    assert not any(third for _, _, _, third in rows)
    assert not any(first and second for first, _, second, _ in rows)
