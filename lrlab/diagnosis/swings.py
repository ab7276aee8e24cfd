"""How a curve goes up and down on its way: how far, how regularly, and whether the swings get smaller."""

import numpy as np

from lrlab.diagnosis.curves import Array, Curve, view

WINDOW = 512
"""Longer stretches are not searched for a period: a swing that takes longer is not the rate's."""

CHANCE = (
    (12, 0.97),
    (14, 0.92),
    (16, 0.88),
    (20, 0.76),
    (25, 0.68),
    (32, 0.58),
    (40, 0.49),
    (64, 0.35),
    (100, 0.23),
)
"""By length of a stretch: the share that some period explains of pure noise in 99 of 100 draws."""


def largest_rise(curve: Curve) -> float:
    """Return the largest rise above the lowest point so far, as a share of the progress made."""
    lowest = np.minimum.accumulate(curve.losses)
    rise = float((curve.losses - lowest).max())
    return rise / curve.progress if curve.progress > 1e-12 else np.inf


def regularity(losses: Array) -> tuple[float, float]:
    """Return the share of the ups and downs that one period explains, and that period in steps.

    Looked for in the whole run, its first half and its first quarter, since swings that die out are lost among what
    follows; in ratios and in differences. A stretch in which noise alone could explain as much does not count.
    """
    best = (0.0, 0.0)
    for length in sorted({len(losses), len(losses) // 2, len(losses) // 4}):
        if length >= 12:
            part = losses[: min(length, WINDOW)]
            found = max(_strongest_period(view(part)), _strongest_period(part))
            if found[0] > by_chance(len(part)):
                best = max(best, found)
    return best


def by_chance(length: int) -> float:
    """Return the share of the ups and downs of pure noise that its strongest period reaches in 1 of 100 draws."""
    lengths, shares = np.array(CHANCE).T
    return float(np.interp(np.log(length), np.log(lengths), shares))


def _strongest_period(values: Array) -> tuple[float, float]:
    n = len(values)
    t = np.linspace(-1.0, 1.0, n)
    residual = values - np.polynomial.polynomial.polyval(t, np.polynomial.polynomial.polyfit(t, values, 2))
    power = np.abs(np.fft.rfft(residual))[1:] ** 2
    total = float(power.sum())
    if total <= (1e-9 * float(np.abs(values).max())) ** 2 * n:
        return (0.0, 0.0)
    nearby = np.convolve(power, [1.0, 1.0, 1.0], mode="same")
    nearby[:2] = 0.0
    k = int(np.argmax(nearby))
    return (float(nearby[k]) / total, n / (k + 1))


def alternation(losses: Array) -> float:
    """Return the share of inner points at which the curve turns: 1 for up, down, up, down; ⅔ for noise."""
    moves = np.sign(np.diff(losses))
    return float((moves[1:] * moves[:-1] < 0).mean()) if len(moves) > 1 else 0.0
