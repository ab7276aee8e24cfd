"""Patients to whom something happened: a schedule that jumps, data that break; and some whom nothing ails.

The ranges say what counts as clear. They were chosen by looking at the runs and their cures, not at what a diagnosis
makes of them.
"""

import numpy as np

from lrlab.diagnosis.clinic.case import (
    Case,
    Subject,
    in_other_units,
    scrambled,
    trained,
    trained_on,
    with_a_hole,
)
from lrlab.diagnosis.clinic.draws import (
    BREAST,
    BREAST_NET,
    IRIS,
    IRIS_NET,
    MOONS,
    MOONS_NET,
    SOUND,
    WINE,
    WINE_NET,
    Random,
    fresh_seed,
    log_uniform,
    pick,
)
from lrlab.diagnosis.symptoms import Symptom
from lrlab.training import Data, load

JUMPS = {
    IRIS_NET: (0.05, 0.2, 10.0, 30.0),
    MOONS_NET: (0.2, 0.5, 15.0, 30.0),
    BREAST_NET: (0.03, 0.1, 25.0, 50.0),
}
"""By subject: good rates, from and to, and rates too large, from and to."""


def raised_in_mid_run(rng: Random) -> Case:
    """A good rate is replaced by one that throws the network about."""
    subject, (low, high, wild_low, wild_high) = pick(rng, JUMPS)
    good, wild, seed = log_uniform(rng, low, high), log_uniform(rng, wild_low, wild_high), fresh_seed(rng)
    return _jump(rng, subject, good, wild, seed, rng.uniform(0.35, 0.65))


CUTS = {
    WINE: (0.01, 0.05),
    WINE_NET: (0.01, 0.03),
    IRIS_NET: (0.02, 0.05),
    BREAST: (0.002, 0.01),
    BREAST_NET: (0.002, 0.005),
}
"""By subject: rates that are still making progress a fifth of the way on."""


def cut_too_early(rng: Random) -> Case:
    """A good rate is divided by fifty or more while the loss is still falling fast."""
    subject, (low, high) = pick(rng, CUTS)
    good, seed = log_uniform(rng, low, high), fresh_seed(rng)
    return _jump(rng, subject, good, log_uniform(rng, good / 200, good / 50), seed, rng.uniform(0.12, 0.25))


def _jump(rng: Random, subject: Subject, good: float, other: float, seed: int, share: float) -> Case:
    n = int(rng.integers(36, 61))
    at = round(share * n)
    ill, cured = trained(subject, np.where(np.arange(n) < at, good, other), np.full(n, good), seed)
    words = f"The rate stays at {good:g}; at epoch {at} it no longer jumps to {other:g}."
    return Case(subject.told, Symptom.SUDDEN_CHANGE, "with_rate", ill, cured, words, at)


def labels_from_then_on(rng: Random) -> Case:
    """From some epoch on many training labels belong to other rows."""
    subject, (low, high) = pick(rng, SOUND)
    later = scrambled(load(subject.data), rng.uniform(0.3, 0.7), fresh_seed(rng))
    return _fault(
        rng, subject, log_uniform(rng, low, high), later, Symptom.SUDDEN_CHANGE, "their own labels again"
    )


def units_from_then_on(rng: Random) -> Case:
    """From some epoch on some features come in other units."""
    subject = (WINE, BREAST, MOONS_NET)[int(rng.integers(3))]
    later = in_other_units(load(subject.data), 0.4, 100.0, fresh_seed(rng))
    rate = log_uniform(rng, *((0.2, 0.5) if subject is MOONS_NET else SOUND[subject]))
    return _fault(rng, subject, rate, later, Symptom.SUDDEN_CHANGE, "the units of the rest")


def a_value_is_missing(rng: Random) -> Case:
    """A calm run meets a row with a missing value."""
    subject, (low, high) = pick(rng, SOUND)
    later = with_a_hole(load(subject.data), fresh_seed(rng))
    return _fault(
        rng, subject, log_uniform(rng, low, high), later, Symptom.DIED, "no missing value among them"
    )


def _fault(rng: Random, subject: Subject, rate: float, later: Data, symptom: Symptom, repaired: str) -> Case:
    n = int(rng.integers(30, 61))
    at = round(n * rng.uniform(0.35, 0.7))
    ill, cured = trained_on(subject, later, rate, n, at, fresh_seed(rng))
    words = f"The rate is still {rate:g}; the rows that came after epoch {at} have {repaired}."
    return Case(subject.told, symptom, "without_rate", ill, cured, words, at + 1)


NOISY = {IRIS: (0.1, 0.5), BREAST: (0.05, 0.2), MOONS: (0.1, 0.5), WINE: (0.03, 0.1)}
"""By subject: good rates for models too small to learn wrong labels by heart."""


def noisy_labels(rng: Random) -> Case:
    """Many training labels are wrong from the start, and those of the validation rows are right."""
    subject, (low, high) = pick(rng, NOISY)
    rate, n = log_uniform(rng, low, high), int(rng.integers(30, 61))
    wrong = scrambled(load(subject.data), rng.uniform(0.35, 0.55), fresh_seed(rng))
    ill, cured = trained_on(subject, wrong, rate, n, 0, fresh_seed(rng))
    words = f"The rate is still {rate:g}; every training row has its own label again."
    return Case(subject.told, Symptom.PLATEAU, "training_above", ill, cured, words)


def sound_training(rng: Random) -> Case:
    """A good rate and good data."""
    subject, (low, high) = pick(rng, SOUND)
    rate, seed, n = log_uniform(rng, low, high), fresh_seed(rng), int(rng.integers(40, 61))
    run, _ = trained(subject, np.full(n, rate), np.full(n, rate), seed)
    return Case(
        subject.told, Symptom.HEALTHY, "bends", run, run, f"There was nothing to cure; the rate was {rate:g}."
    )
