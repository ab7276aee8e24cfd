"""How a curve goes up and down on its way: how far, how regularly, and whether the swings get smaller."""

import numpy as np

from lrlab.diagnosis.curves import Array, Curve, view

WINDOW = 512
"""Longer stretches are not searched for a period: a swing that takes longer is not the rate's."""


def largest_rise(curve: Curve) -> float:
    """Return the largest rise above the lowest point so far, as a share of the progress made."""
    lowest = np.minimum.accumulate(curve.losses)
    rise = float((curve.losses - lowest).max())
    return rise / curve.progress if curve.progress > 1e-12 else np.inf


def regularity(losses: Array) -> tuple[float, float]:
    """Return the share of the ups and downs that one period explains, and that period in steps.

    Looked for in the whole run, its first half and its first quarter, since swings that die out are lost among what
    follows; in ratios and in differences. Random noise has no period: its share is about ½ in 20 points, ¼ in 200.
    """
    best = (0.0, 0.0)
    for length in sorted({len(losses), len(losses) // 2, len(losses) // 4}):
        if length >= 12:
            part = losses[: min(length, WINDOW)]
            best = max(best, _strongest_period(view(part)), _strongest_period(part))
    return best


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
