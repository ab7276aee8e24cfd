"""Patients that are thrown about: rates beyond the limit, and rates that stir once there is nothing more to gain.

The ranges say what counts as clear. They were chosen by looking at the runs and their cures, not at what a diagnosis
makes of them.
"""

import math

import numpy as np

from lrlab.diagnosis.clinic.case import Case, Subject, logged_by_step, trained, walked
from lrlab.diagnosis.clinic.draws import (
    BOWL,
    DIABETES,
    IRIS_NET,
    MOONS_NET,
    STEEPEST,
    Random,
    fresh_seed,
    log_uniform,
    pick,
    start_of,
)
from lrlab.diagnosis.symptoms import Symptom
from lrlab.training import hidden, linear


def growing_walk(rng: Random) -> Case:
    """A descent beyond the limit of its bowl, logged until the loss has grown ten times or far more."""
    product, start, noise, seed = (
        rng.uniform(2.1, 2.8),
        start_of(rng),
        float(rng.choice([0.0, 1.0])),
        fresh_seed(rng),
    )
    rate = float(f"{product / STEEPEST:.3g}")
    grown = math.log(rng.uniform(20.0, 1e8))
    steps = max(12, math.ceil(grown / (2.0 * math.log(rate * STEEPEST - 1.0))))
    cure = float(f"{rate / 5:.2g}")
    ill, cured = (walked("bowl", np.full(steps, each), start, noise, seed) for each in (rate, cure))
    return Case(BOWL, Symptom.DIVERGING, "grows", ill, cured, f"The rate is {cure:g} instead of {rate:g}.")


def growing_training(rng: Random) -> Case:
    """Least squares at a rate that the data do not stand; with more epochs the numbers run out."""
    rate, seed, epochs = log_uniform(rng, 0.6, 2.0), fresh_seed(rng), int(rng.integers(12, 60))
    ill, cured = trained(DIABETES, np.full(epochs, rate), np.full(epochs, 0.03), seed)
    died = not np.isfinite(ill.losses).all()
    return Case(
        DIABETES.told,
        Symptom.DIED if died else Symptom.DIVERGING,
        "grows",
        ill,
        cured,
        f"The rate is 0.03 instead of {rate:g}.",
        int(np.argmin(np.isfinite(ill.losses))) if died else None,
    )


def jumping_batches(rng: Random) -> Case:
    """Adam far beyond its range: it cannot be thrown out, so it jumps about."""
    rate, seed, steps = log_uniform(rng, 0.4, 3.0), fresh_seed(rng), int(rng.integers(150, 350))
    ill, cured = logged_by_step("digits", hidden(32), "adam", (rate, 0.01), 32, steps, seed)
    told = "One hidden layer of 32 (tanh) on handwritten digits: Adam, the loss of every batch of 32."
    return Case(told, Symptom.BOUNCING, "swings", ill, cured, f"The rate is 0.01 instead of {rate:g}.")


JUMPY = {MOONS_NET: (25.0, 60.0, 1.0, 40), IRIS_NET: (25.0, 60.0, 0.3, 60)}


def jumping_training(rng: Random) -> Case:
    """A small network whose steps carry it back and forth across everything it could learn."""
    subject, (low, high, good, epochs) = pick(rng, JUMPY)
    rate, seed, n = log_uniform(rng, low, high), fresh_seed(rng), int(rng.integers(30, epochs + 1))
    ill, cured = trained(subject, np.full(n, rate), np.full(n, good), seed)
    return Case(
        subject.told, Symptom.BOUNCING, "swings", ill, cured, f"The rate is {good:g} instead of {rate:g}."
    )


FLOORS = {
    Subject("iris", linear(), 4): (2.5, 4.0),
    Subject("breast_cancer", linear(), 8): (2.0, 3.2),
    Subject("moons", hidden(16), 8): (1.1, 1.8),
}
"""By subject: rates that learn fast and then only stir."""
GAIN = 1.3
"""How many times lower a cut of the rate must bring the loss, if noise is to be called what keeps it up."""
KEPT = 0.3
"""The share of the way down that no later point may give back, or the run bounces rather than jitters."""


def restless_training(rng: Random) -> Case:
    """A training that went down at once and then jitters for the rest of the run."""
    subject, (low, high) = pick(rng, FLOORS)
    rate, seed, n = log_uniform(rng, low, high), fresh_seed(rng), int(rng.integers(30, 41))
    calm = float(f"{rate / 30:.2g}")
    ill, cured = trained(subject, np.full(n, rate), np.where(np.arange(n) < n // 2, rate, calm), seed)
    late, start = ill.losses[-(n // 3) :], ill.losses[0]
    level = np.median(late)
    if level < GAIN * cured.losses[-1] or late.max() - level > KEPT * (start - level):
        return restless_training(rng)
    return Case(
        subject.told,
        Symptom.NOISE_FLOOR,
        "jitter",
        ill,
        cured,
        f"From epoch {n // 2} on the rate is {calm:g} instead of {rate:g}.",
    )


def restless_walk(rng: Random) -> Case:
    """A descent with noise in its gradient, long since where it can get at this rate."""
    rate, start, seed, steps = (
        log_uniform(rng, 0.15, 0.3),
        start_of(rng),
        fresh_seed(rng),
        int(rng.integers(150, 400)),
    )
    level = rng.uniform(0.03, 0.08) * (start[0] ** 2 + STEEPEST * start[1] ** 2) / 2.0
    noise = math.sqrt(2.0 * level / sum(rate / (2.0 - rate * each) for each in (1.0, STEEPEST)))
    calm = float(f"{rate / 20:.2g}")
    ill = walked("bowl", np.full(steps, rate), start, noise, seed)
    cured = walked("bowl", np.where(np.arange(steps) < steps // 2, rate, calm), start, noise, seed)
    return Case(
        BOWL.replace("plain descent", "plain descent with noise in the gradient"),
        Symptom.NOISE_FLOOR,
        "jitter",
        ill,
        cured,
        f"From step {steps // 2} on the rate is {calm:g} instead of {rate:g}.",
    )
