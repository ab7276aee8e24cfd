"""Rules for a loss that grows or swings."""

import numpy as np

from lrlab.diagnosis import swings
from lrlab.diagnosis.curves import Curve
from lrlab.diagnosis.finding import Finding
from lrlab.diagnosis.symptoms import Symptom


def diverging(curve: Curve) -> Finding | None:
    """A loss that grows at the end: past all it was before, or steadily and far above its lowest."""
    y, lowest = curve.losses, float(curve.blocks.min())
    earlier, late = y[: -(curve.n // 3)], y[-(curve.n // 3) :]
    steady = float((np.diff(late) > 0.0).mean()) if len(late) > 1 else 0.0
    if curve.end <= lowest or (curve.trend > -2.5 and steady < 0.8):
        return None
    past = curve.end / float(np.percentile(earlier, 98)) if curve.has_floor and earlier.max() > 0 else 0.0
    factor = curve.end / lowest if lowest > 0.0 else np.inf
    if not curve.has_floor:
        factor = 1.0 + (curve.end - lowest) / max(curve.start - lowest, 1e-12)
    certain = past >= 1.5 or (steady >= 0.85 and factor >= 3.0)
    visible = curve.end - lowest >= 0.02 * curve.range
    if not certain and not (visible and (past >= 1.1 or (steady >= 0.8 and factor >= 1.3))):
        return None
    turn = int(np.argmin(y))
    growth = (
        (y[-1] / y[turn]) ** (1.0 / (curve.n - 1 - turn)) if y[turn] > 0.0 and turn < curve.n - 1 else np.nan
    )
    pace = f", by {growth:.3g} times a step" if np.isfinite(growth) else ""
    return Finding(
        Symptom.DIVERGING,
        certain,
        f"The loss has grown from {y[turn] * curve.scale:.3g} at step {turn} to {y[-1] * curve.scale:.3g} at step"
        f" {curve.n - 1}{pace}.",
        turn,
    )


def bouncing(curve: Curve) -> Finding | None:
    """Swings that are large against both the progress made and the level reached."""
    against_progress, against_level = curve.swing_of_progress, curve.swing_of_level
    if against_progress < 0.4:
        return None
    if np.isnan(against_level):
        regular = max(swings.alternation(curve.losses), swings.regularity(curve.losses)[0])
        against_level = 1.0 if regular >= 0.85 else 0.3
    if against_level < 0.25:
        return None
    progress = (
        f"{against_progress:.2g} times the progress made"
        if np.isfinite(against_progress)
        else "with no progress"
    )
    return Finding(
        Symptom.BOUNCING,
        against_progress >= 0.6 and against_level >= 0.45,
        f"In the last third the loss swings by {curve.swing * curve.scale:.3g} about a level of"
        f" {curve.level * curve.scale:.3g}, {progress}.",
    )


def oscillating(curve: Curve) -> Finding | None:
    """Regular swings, or one great overshoot at the beginning, on the way down to a calm end."""
    rise, calm = swings.largest_rise(curve), curve.swing_of_progress
    if calm > 0.2 or rise < 0.08 or (curve.has_floor and curve.gained < 0.3):
        return None
    share, period = swings.regularity(curve.losses)
    if share >= 0.6 and rise >= 2.5 * calm:
        return Finding(
            Symptom.OSCILLATING,
            share >= 0.75 or (share >= 0.62 and rise >= 5.0 * calm),
            f"It rose again by up to {rise:.0%} of the way it has come, with a period of about {period:.2g} steps that"
            f" explains {share:.0%} of the ups and downs; in the last third the swings are down to {calm:.1%}.",
        )
    peak = int(np.argmax(curve.losses))
    around = float(np.median(curve.losses[max(0, peak - 1) : peak + 2]))
    overshoot = (around - curve.losses[0]) / max(curve.progress, 1e-12)
    if overshoot < 0.2 or not 0 < peak < curve.n // 3:
        return None
    return Finding(
        Symptom.OSCILLATING,
        bool(overshoot >= 0.35 and calm <= 0.15),
        f"The loss first rose from {curve.losses[0] * curve.scale:.3g} to {curve.losses[peak] * curve.scale:.3g}"
        f" (step {peak}), and then fell to {curve.level * curve.scale:.3g}.",
        peak,
    )
