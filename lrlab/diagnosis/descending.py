"""Rules for a loss that goes down, or would like to: flat stretches, crawls, and what is left at the end."""

from dataclasses import dataclass

import numpy as np

from lrlab.diagnosis.curves import Curve, fall_in_errors
from lrlab.diagnosis.finding import Finding
from lrlab.diagnosis.symptoms import Symptom


def plateau(curve: Curve) -> Finding | None:
    """A stretch without movement: at the beginning, in the middle, or where it has stopped too high."""
    stretch = flat_stretch(curve)
    if stretch is not None:
        return Finding(
            Symptom.PLATEAU,
            stretch.moved <= 0.075 and stretch.left >= 0.3,
            f"From step {stretch.first} to {stretch.last} the loss moved by {stretch.moved:.1%} of its whole fall, and"
            f" after that it fell by {stretch.left:.0%} of it.",
            stretch.first,
        )
    if curve.second_half >= 0.62 and curve.trend >= 3.0:
        return Finding(
            Symptom.PLATEAU,
            curve.second_half >= 0.7 and curve.trend >= 4.0,
            f"The fall gathers speed: the second half of the steps made {curve.second_half:.0%} of it.",
        )
    if curve.has_floor and curve.gained < 0.7 and curve.second_half < 0.05 and curve.swing_of_progress < 0.05:
        return Finding(
            Symptom.PLATEAU,
            curve.gained < 0.3,
            f"The loss has stopped moving at {1 - curve.gained:.0%} of where it began.",
        )
    return None


@dataclass(frozen=True)
class Stretch:
    """A quarter of the run without movement: its steps, how far it moved and how much fall was left, as shares."""

    first: int
    last: int
    moved: float
    left: float


def flat_stretch(curve: Curve) -> Stretch | None:
    """Return the flattest quarter of the run that is followed by a fall, or None."""
    b, wide = curve.blocks, len(curve.blocks) // 4
    fall = float(b.max() - b[-1])
    if curve.n < 32 or fall <= 0.0:
        return None
    best: Stretch | None = None
    for i in range(len(b) - wide):
        moved = float(np.ptp(b[i : i + wide])) / fall
        left = float(b[i + wide - 1] - b[-1]) / fall
        if moved <= 0.1 and left >= 0.25 and left >= 4.0 * moved and (best is None or moved < best.moved):
            first, last = (curve.n * k // len(b) for k in (i, i + wide))
            best = Stretch(first, last, moved, left)
    return best


def creeping(curve: Curve) -> Finding | None:
    """A fall that hardly bends, or that needs hundreds of steps to halve the loss."""
    sure = fall_in_errors(curve.losses)
    if sure < 3.0 or curve.progress <= 0.0:
        return None
    half = (
        int(np.argmax(curve.losses < curve.start / 2.0))
        if curve.has_floor and curve.gained > 0.5
        else curve.n
    )
    if half >= 200 and 0.15 * curve.n <= half < curve.n:
        return Finding(
            Symptom.CREEPING,
            half >= 0.17 * curve.n,
            f"The loss took {half} of {curve.n - 1} steps to halve; a good rate takes a few dozen.",
        )
    bend = straightness(curve)
    if bend < 0.22:
        return None
    pace = np.log(curve.start / curve.end) / (curve.n - 1) if curve.has_floor and curve.end > 0.0 else 0.0
    if pace >= 0.02 or (np.isnan(curve.gained) and curve.n < 25):
        return None
    share = f" ({1.0 - curve.end / curve.start:.2%})" if curve.has_floor else ""
    return Finding(
        Symptom.CREEPING,
        bool((bend >= 0.33 or (bend >= 0.28 and curve.gained < 0.2)) and sure >= 4.0 and pace < 0.012),
        f"The loss fell from {curve.start * curve.scale:.4g} to {curve.end * curve.scale:.4g}{share} in {curve.n - 1}"
        " steps, and nearly in a straight line: the second half of the steps"
        f" made {bend:.0%} of the fall.",
    )


def straightness(curve: Curve) -> float:
    """Return the second half's part of the fall with the jitter smoothed away, or 0 where most of it came at once."""
    b = curve.blocks
    few = max(1, len(b) * 3 // 20)
    first, last = float(np.median(b[:few])), float(np.median(b[-few:]))
    middle = float(np.median(b[len(b) // 2 - (few + 1) // 2 : len(b) // 2 + (few + 1) // 2]))
    at_once = curve.start - first > 0.4 * (curve.start - last)
    return 0.0 if at_once or first - last <= 1e-12 else (middle - last) / (first - last)


def settled(curve: Curve) -> Finding | None:
    """A fall that has slowed down: healthy where it goes on or is calm, a noise floor where only jitter is left."""
    if curve.progress <= 0.0 or (curve.has_floor and curve.gained < 0.1):
        return None
    jitter, of_level = curve.swing_of_progress, curve.swing_of_level
    fell = f"from {curve.start * curve.scale:.3g} to {curve.end * curve.scale:.3g}"
    ratio = curve.late_fall / max(curve.swing, 1e-15)
    falling = curve.trend >= 4.5 and ratio >= 0.4
    if falling or jitter < 0.01 or (jitter < 0.02 and not of_level >= 0.25):
        return Finding(
            Symptom.HEALTHY,
            jitter < 0.3,
            f"The loss fell {fell}, the second half of the steps made {curve.second_half:.1%} of it, and the swings at"
            f" the end are {jitter:.1%} of the way it came.",
        )
    visible = jitter >= 0.03 or (jitter >= 0.015 and of_level >= 0.3)
    flat = -0.6 < ratio < 0.3 or (curve.trend < 3.2 and ratio > -1.0)
    return Finding(
        Symptom.NOISE_FLOOR if flat else Symptom.HEALTHY,
        bool(visible and flat and not of_level < 0.1 and not curve.gained < 0.25),
        f"The loss fell {fell}, and in the last third it jitters by {curve.swing * curve.scale:.3g} while its trend"
        f" moves it by {abs(curve.late_fall) * curve.scale:.3g} {'down' if curve.late_fall > 0 else 'up'}.",
    )
