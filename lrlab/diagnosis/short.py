"""Rules for three to seven points, which show little more than whether they rise, fall or alternate."""

import numpy as np

from lrlab.diagnosis.curves import Curve
from lrlab.diagnosis.finding import Finding
from lrlab.diagnosis.symptoms import Symptom

POINTS = 8
"""From this many points on a curve has a tail, and the other rules apply."""


def few_points(curve: Curve) -> Finding | None:
    """Every move up, every move down, or every move against the one before."""
    if curve.n >= POINTS:
        return None
    y, moves = curve.losses, np.diff(curve.losses)
    first, last = y[0] * curve.scale, y[-1] * curve.scale
    went = f"from {first:.4g} to {last:.4g} in {curve.n - 1} steps"
    if (moves > 0.0).all():
        grown = curve.has_floor and y[-1] >= 1.25 * y[0]
        return Finding(Symptom.DIVERGING, bool(grown), f"The loss rose at every step, {went}.", 0)
    if (moves < 0.0).all():
        gained = 1.0 - y[-1] / y[0] if curve.has_floor else np.nan
        if gained <= 0.05 and moves[-1] <= 0.5 * moves[0]:
            evidence = (
                f"The loss fell at every step, but only by {gained:.2%} in all, and without slowing down."
            )
            return Finding(Symptom.CREEPING, True, evidence)
        return Finding(Symptom.HEALTHY, bool(gained >= 0.2), f"The loss fell at every step, {went}.")
    against = (moves[1:] * moves[:-1] < 0.0).all()
    size = float(np.median(np.abs(moves)))
    if curve.n < 4 or not against or not curve.has_floor or size < 0.3 * float(y.mean()):
        return None
    calmer = np.abs(moves[-2:]).mean() < 0.6 * np.abs(moves[:2]).mean() and y[-2:].mean() < 0.6 * y[:2].mean()
    return Finding(
        Symptom.OSCILLATING if calmer else Symptom.BOUNCING,
        True,
        f"Every move goes against the one before, by {size * curve.scale:.3g} where the level is"
        f" {y.mean() * curve.scale:.3g}.",
    )
