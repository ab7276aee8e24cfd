"""Whether the diagnosis names the cause of the clinic's patients, and whether it guesses where nobody could know.

    python benchmarks/clinic.py [patients per cause, 100 by default]

First the confusion table: a row a cause, a column what it was taken for, on fresh seeded patients. Then runs on the way
from one symptom to another, in steps: at both ends the symptom should be named, in between one of the two or "not
sure", and never a third. The way across the limit of stability is left out: just below it the loss of a parabola creeps
exactly as it does at a small rate, and no reader of the loss alone could tell the two apart.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from lrlab.diagnosis import Symptom, diagnose
from lrlab.diagnosis.clinic import PATIENTS, Cause, cause_of, mystery

FIRST_SEED = 500_000
Walk = Callable[[float, np.random.Generator], np.ndarray]


def named(cause, patients, first_seed=FIRST_SEED):
    """How often each cause (or None, not sure) is named on patients who suffer from one cause."""
    counts = Counter()
    for seed in range(first_seed, first_seed + patients):
        one = mystery(seed, cause)
        counts[cause_of(one.losses, one.rates, one.validation)] += 1
    return counts


def parabola(rate, rng, steps=200, noise=0.0, directions=8):
    """Losses of the mean of ½x² under noisy descent from 5."""
    x, losses = np.full(directions, 5.0), np.empty(steps)
    for t in range(steps):
        losses[t] = 0.5 * np.mean(x * x)
        x = x - rate * (x + noise * rng.normal(size=directions))
    return losses


def small_to_good(share, rng):
    """From a rate that gains a tenth of the loss to one that gains all of it."""
    return parabola(3e-4 * 100.0**share, rng, noise=0.01)


def floor_to_bouncing(share, rng):
    """From noise that keeps a twentieth of the loss to noise that keeps all of it."""
    level = 0.05 * 24.0**share * 12.5
    rate = 1.0
    return parabola(rate, rng, noise=np.sqrt(2.0 * level * (2.0 - rate) / rate))


def calm_to_restless(share, rng):
    """From jitter that nobody sees to a floor in plain sight."""
    t = np.arange(200)
    return 0.2 + 2.0 * np.exp(-t / 15) + rng.normal(size=200) * 0.002 * 50.0**share


BETWEEN: Mapping[str, tuple[Walk, Symptom, Symptom]] = {
    "rate too small … good": (small_to_good, Symptom.CREEPING, Symptom.HEALTHY),
    "noise floor … bouncing": (floor_to_bouncing, Symptom.NOISE_FLOOR, Symptom.BOUNCING),
    "healthy … noise floor": (calm_to_restless, Symptom.HEALTHY, Symptom.NOISE_FLOOR),
}
"""By name: runs from one symptom to another, and the two."""


def between(name, steps=9, runs=25):
    """Along one way: how often the first symptom, not sure, the second, or any other was named, step by step."""
    walk, first, second = BETWEEN[name]
    rows = []
    for place, share in enumerate(np.linspace(0.0, 1.0, steps)):
        found = [diagnose(walk(share, np.random.default_rng((place, seed)))).symptom for seed in range(runs)]
        counts = Counter(found)
        kept = [counts[first], counts[Symptom.NOT_SURE], counts[second]]
        rows.append((*kept, runs - sum(kept)))
    return rows


def main():
    """Print both tables."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    columns = [*Cause, None]
    print(" " * 14 + "".join(f"{cause.value if cause else 'not sure':>13s}" for cause in columns))
    for cause in PATIENTS:
        counts = named(cause, patients)
        print(f"{cause.value:14s}" + "".join(f"{counts[other] or '·':>13}" for other in columns))
    for name in BETWEEN:
        _, first, second = BETWEEN[name]
        print(f"\n{name}\n  {first.value:>14s}  not sure  {second.value:>14s}  another")
        for one, unsure, other, third in between(name):
            print(f"  {one:14d}  {unsure:8d}  {other:14d}  {third:7d}")


if __name__ == "__main__":
    main()
