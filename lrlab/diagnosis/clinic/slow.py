"""Patients that get nowhere: rates far too small, and flat ground.

The ranges say what counts as clear. They were chosen by looking at the runs and their cures, not at what a diagnosis
makes of them.
"""

import math

import numpy as np

from lrlab.diagnosis.clinic.case import Case, Subject, logged_by_step, trained, walked
from lrlab.diagnosis.clinic.draws import (
    BOWL,
    BREAST_NET,
    DIABETES,
    IRIS_NET,
    MOONS_NET,
    WINE,
    WINE_NET,
    Random,
    fresh_seed,
    log_uniform,
    pick,
    start_of,
)
from lrlab.diagnosis.symptoms import Symptom
from lrlab.training import hidden, linear

TIMID = {
    WINE: (2e-4, 1e-3, 0.1, 40),
    WINE_NET: (2e-4, 1e-3, 0.05, 40),
    IRIS_NET: (3e-4, 2e-3, 0.1, 60),
    MOONS_NET: (2e-4, 8e-4, 0.3, 40),
    BREAST_NET: (5e-5, 2e-4, 0.03, 30),
    DIABETES: (5e-5, 3e-4, 0.01, 40),
}
"""By subject: rates far too small, from and to; a good rate; epochs."""


def timid_training(rng: Random) -> Case:
    """A training at a rate thirty times too small or worse."""
    subject, (low, high, good, epochs) = pick(rng, TIMID)
    rate, seed, n = log_uniform(rng, low, high), fresh_seed(rng), int(rng.integers(20, epochs + 1))
    ill, cured = trained(subject, np.full(n, rate), np.full(n, good), seed)
    return Case(
        subject.told, Symptom.CREEPING, "straight", ill, cured, f"The rate is {good:g} instead of {rate:g}."
    )


def timid_batches(rng: Random) -> Case:
    """A log of mini-batches at a rate that is a hundred times too small."""
    rate, seed, steps = log_uniform(rng, 3e-4, 1.5e-3), fresh_seed(rng), int(rng.integers(150, 350))
    ill, cured = logged_by_step("digits", linear(), "sgd", (rate, 0.2), 64, steps, seed)
    told = "Linear model on handwritten digits: plain mini-batch descent, the loss of every batch of 64."
    return Case(told, Symptom.CREEPING, "straight", ill, cured, f"The rate is 0.2 instead of {rate:g}.")


def timid_walk(rng: Random) -> Case:
    """A descent in a bowl whose last step is about as long as its first."""
    steps, start, seed = int(rng.integers(60, 300)), start_of(rng), fresh_seed(rng)
    rate = log_uniform(rng, 0.01, 0.1) / steps
    ill, cured = (walked("bowl", np.full(steps, each), start, 0.0, seed) for each in (rate, 0.1))
    return Case(BOWL, Symptom.CREEPING, "straight", ill, cured, f"The rate is 0.1 instead of {rate:.2g}.")


def flat_walk(rng: Random) -> Case:
    """A start far out on flat ground around a dent, crossed at last."""
    angle, away = rng.uniform(0.0, 2.0 * math.pi), rng.uniform(3.9, 4.4)
    start = (away * math.cos(angle), away * math.sin(angle))
    rate, seed = log_uniform(rng, 0.05, 0.3), fresh_seed(rng)
    steps = 128
    while (long := walked("plateau", np.full(steps, rate), start, 0.0, seed).losses)[-1] > 0.5 * long[0]:
        steps *= 2
    steps = round(int(np.argmax(long < 0.5 * long[0])) * rng.uniform(1.2, 1.6))
    ill, cured = (walked("plateau", np.full(steps, rate), start, 0.0, seed, beta) for beta in (0.0, 0.9))
    told = "A point on flat ground around a dent: plain descent, a line in the log after every step."
    words = f"The rate is still {rate:g}, with momentum of 0.9."
    return Case(told, Symptom.PLATEAU, "flat_then_falls", ill, cured, words)


FLAT = {
    "wine": (0.02, 0.05, 1e-3, 1e-2),
    "iris": (0.06, 0.12, 1e-4, 2e-3),
    "breast_cancer": (0.01, 0.025, 1e-5, 3e-4),
    "moons": (0.04, 0.08, 1e-4, 2e-3),
}
"""By data set: rates from and to, and the size of the starting weights from and to."""


def flat_network(rng: Random) -> Case:
    """A network whose weights all start next to zero, where its slope is next to zero too."""
    data, (low, high, small, large) = list(FLAT.items())[int(rng.integers(len(FLAT)))]
    subject = Subject(data, hidden(16, scale=log_uniform(rng, small, large)))
    rate, seed, most = log_uniform(rng, low, high), fresh_seed(rng), 90
    ill, cured = trained(subject, np.full(most, rate), np.full(most, 10.0 * rate), seed)
    crossed = ill.losses < 0.5 * ill.losses[0]
    if not 15 <= (at := int(np.argmax(crossed))) <= most / 1.2:
        return flat_network(rng)
    n = min(most, round(at * rng.uniform(1.2, 1.5)))
    words = f"The rate is {10.0 * rate:g} instead of {rate:g}."
    told = f"{subject.told} Its weights start close to zero."
    return Case(told, Symptom.PLATEAU, "flat_then_falls", ill.until(n), cured.until(n), words)
