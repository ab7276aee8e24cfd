"""Rules for what changed from one step to the next."""

import numpy as np

from lrlab.diagnosis import changes
from lrlab.diagnosis.curves import Array, Curve, fall_in_errors
from lrlab.diagnosis.finding import Finding
from lrlab.diagnosis.symptoms import Symptom


def jumped_with_the_rate(curve: Curve, rates: Array | None) -> Finding | None:
    """A jump of the rate that the loss answers to."""
    step = None if rates is None else changes.rate_jump(rates)
    found = None if step is None else changes.change_at(curve.losses, step)
    if rates is None or step is None or found is None or found.contrast < 2.0 or abs(found.size) < 0.1:
        return None
    return Finding(
        Symptom.SUDDEN_CHANGE,
        found.contrast >= 2.2 and found.overlap < 0.35,
        f"At step {step} the rate went from {rates[step - 1]:.3g} to {rates[step]:.3g}, and the loss from about"
        f" {found.before * curve.scale:.3g} to {found.after * curve.scale:.3g}: {found.contrast:.2g} times as far as"
        " it strayed before.",
        step,
    )


def slowed_with_the_rate(curve: Curve, rates: Array | None) -> Finding | None:
    """A cut of the rate in the middle of a fall, which all but ends there."""
    step = None if rates is None else changes.rate_jump(rates)
    if rates is None or step is None or rates[step] > rates[step - 1] / 3.0:
        return None
    found = changes.slowing_at(curve.losses, step)
    if found is None or found.share < 0.02 or found.clearness < 3.0 or found.after > 0.35 * found.expected:
        return None
    return Finding(
        Symptom.SUDDEN_CHANGE,
        found.share >= 0.03 and found.clearness >= 4.0 and found.after <= 0.2 * found.expected,
        f"At step {step} the rate went from {rates[step - 1]:.3g} to {rates[step]:.3g}, in the middle of a fall: the"
        f" loss had been going down by {found.before * curve.scale:.3g} a step, and since then by"
        f" {max(found.after, 0.0) * curve.scale:.2g}.",
        step,
    )


def jumped(curve: Curve) -> Finding | None:
    """A level that rises from one step to the next and stays there."""
    found = changes.jump_up(curve.losses)
    if found is None or found.contrast < 2.4 or found.overlap > 0.3 or found.size < 0.25:
        return None
    rise = (found.after - found.before) / curve.range
    usual_so_far = np.percentile(curve.losses[found.at // 8 : found.at], 80)
    if rise < 0.03 or (found.after < usual_so_far and found.contrast < 8.0):
        return None
    # A curve that strays by factors (size against contrast) makes such a rise by chance more often.
    enough = 2.8 if found.size < 0.7 * found.contrast else 4.0
    certain = found.contrast >= enough and found.overlap <= 0.2 and found.size >= 0.35 and rise >= 0.05
    return Finding(
        Symptom.SUDDEN_CHANGE,
        certain,
        f"At step {found.at} the level went from about {found.before * curve.scale:.3g} to"
        f" {found.after * curve.scale:.3g} and stayed: {found.contrast:.2g} times as far as it strayed before.",
        found.at,
    )


def dropped(curve: Curve) -> Finding | None:
    """A noise floor that gives way to a lower and calmer one: what follows when the rate is cut."""
    backwards = changes.jump_up(curve.losses[::-1])
    if backwards is None or not curve.has_floor or backwards.contrast < 1.5 or backwards.overlap > 0.3:
        return None
    at, wide = curve.n - backwards.at, max(10, curve.n // 6)
    early, late = curve.losses[max(0, at - wide) : at], curve.losses[at + (curve.n - at) // 3 :]
    before, after = float(np.median(early)), float(np.median(late))
    jitter, calmer = (float(np.subtract(*np.percentile(part, [95, 5]))) for part in (early, late))
    settled_before = at >= 1.5 * wide and np.median(early[: wide // 2]) <= 1.5 * np.median(
        early[-wide // 2 :]
    )
    falling = fall_in_errors(early) > 2.5 or before - after < 0.015 * curve.range
    if (
        not settled_before
        or falling
        or jitter < 0.25 * before
        or calmer > 0.6 * jitter
        or before < 3.0 * after
    ):
        return None
    return Finding(
        Symptom.SUDDEN_CHANGE,
        bool(jitter >= 0.3 * before and calmer <= 0.5 * jitter and before >= 4.0 * after),
        f"Until about step {at} the loss jittered by {jitter * curve.scale:.3g} about {before * curve.scale:.3g}; after"
        f" that it fell to {after * curve.scale:.3g}, with a jitter of {calmer * curve.scale:.3g}.",
        at,
    )
