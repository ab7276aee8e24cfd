"""Did something change suddenly? A step in the level, a spike that came and went, or a jump of the rate that shows."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from lrlab.diagnosis.curves import Array, view

FINE = 600
"""Longer curves are searched on blocks: a change that lasts shows there, and the search stays quick."""


@dataclass(frozen=True)
class Change:
    """A change between step `at` − 1 and step `at`: levels before and after, in the losses' own units.

    `contrast` is the change as a multiple of the usual deviation before it, in the view (ratio or difference) used;
    `size` is the change in that view; `overlap` the share of the rest of the run that lies where the run was before.
    """

    at: int
    before: float
    after: float
    contrast: float
    size: float
    overlap: float


def jump_up(losses: Array) -> Change | None:
    """Return the largest lasting rise of the level from one step to the next, or None for a curve without one."""
    fine = max(1, -(-len(losses) // FINE))
    y = losses if fine == 1 else _thin(losses, fine)
    n = len(y)
    width = max(8, n // 8)
    if n < width + 12:
        return None
    z = view(y)
    size, contrast, over = _rises(z, width)
    k = int(np.argmax(size * over))
    if size[k] <= 0.0 or over[k] == 0.0:
        return None
    at = _locate(losses, (k + width) * fine, fine)
    return Change(
        at=at,
        before=float(np.median(losses[max(0, at - width * fine) : at])),
        after=float(np.median(losses[at : at + width * fine])),
        contrast=float(contrast[k]),
        size=float(size[k]),
        overlap=1.0 - float((z[k + width :] > _bar(z, k, width)).mean()),
    )


def _rises(z: Array, width: int) -> tuple[Array, Array, Array]:
    """Return, for every step from `width` on, how far the level after it lies above where the stretch before headed.

    The size of the rise (0 where there is none, or where the curve does nothing but rise from there on), its multiple
    of the usual deviation before, and the share of the stretch after that lies above nearly all of the stretch before.
    """
    last = len(z) - max(6, width // 2)
    before = sliding_window_view(z, width)[: last - width]
    after = sliding_window_view(np.append(z, np.full(width, np.nan)), width)[width:last]
    half = width // 2
    early, late = np.median(before[:, :half], axis=1), np.median(before[:, -half:], axis=1)
    slope = np.maximum((late - early) / (width - half), 0.0)
    points = (~np.isnan(after)).sum(axis=1)
    size = np.nanmedian(after, axis=1) - (late + slope * (half + points) / 2.0)
    bar = np.percentile(before, 95, axis=1) + slope * points
    over = (after > bar[:, None]).sum(axis=1) / points
    usual = np.percentile(np.abs(before - np.median(before, axis=1)[:, None]), 80, axis=1)
    contrast = size / np.maximum(np.maximum(usual, 0.02 * np.ptp(z)), 1e-12)
    rising = np.append(np.cumsum((np.diff(z) > 0.0)[::-1])[::-1], 0)[width:last]
    grows = rising > 0.8 * (len(z) - 1 - np.arange(width, last))
    return np.where(grows, 0.0, np.maximum(size, 0.0)), contrast, over


def _bar(z: Array, k: int, width: int) -> float:
    """Return what nearly all of the `width` points from k on lie below, if their rise went on."""
    before, half = z[k : k + width], width // 2
    slope = max(float(np.median(before[-half:]) - np.median(before[:half])) / (width - half), 0.0)
    return float(np.percentile(before, 95)) + slope * min(width, len(z) - k - width)


def _thin(losses: Array, fine: int) -> Array:
    blocks: Array = np.median(losses[: len(losses) // fine * fine].reshape(-1, fine), axis=1)
    return blocks


def _locate(losses: Array, near: int, fine: int) -> int:
    """Return the step of the steepest single rise within a block of `near`."""
    low, high = max(1, near - fine - 2), min(len(losses), near + fine + 3)
    return low + int(np.argmax(np.diff(losses[low - 1 : high])))


def rate_jump(rates: Array) -> int | None:
    """Return the step at which the rate jumped most, by half again or more, in a schedule that is smooth around it."""
    if len(rates) < 3 or not (np.isfinite(rates).all() and (rates > 0.0).all()):
        return None
    moves = np.abs(np.diff(np.log(rates)))
    k = int(np.argmax(moves))
    around = np.delete(moves[max(0, k - 3) : k + 4], min(k, 3))
    return k + 1 if moves[k] >= np.log(1.5) and moves[k] >= 4.0 * around.max(initial=0.0) else None


def change_at(losses: Array, step: int) -> Change | None:
    """Return how the level differs before and after a given step, or None where there are too few points to say.

    Before is the stretch of up to an eighth of the run that ends there. After is as long, later by half its length,
    so that the curve has had time to follow. What counts is the difference beyond the trend of before.
    """
    n = len(losses)
    width = min(max(5, n // 8), step, 2 * (n - step) // 3)
    if width < 4:
        return None
    z = view(losses)
    before, after = z[step - width : step], z[step + width // 2 : step + width // 2 + width]
    t = np.arange(width) - (width - 1) / 2.0
    slope = float(t @ before / (t @ t))
    heading = float(np.median(before)) + slope * (1.5 * width)
    settled = float(np.median(before)) + slope * width / 2.0
    level = float(np.median(after))
    low, high = min(heading, settled), max(heading, settled)
    size = level - high if level > high else level - low if level < low else 0.0
    residual = before - before.mean() - slope * t
    usual = float(np.percentile(np.abs(residual), 80))
    rest = z[step + width // 2 :]
    bar = high + 2.0 * usual if size > 0.0 else low - 2.0 * usual
    return Change(
        at=step,
        before=float(np.median(losses[step - width : step])),
        after=float(np.median(losses[step + width // 2 : step + width // 2 + width])),
        contrast=abs(size) / max(usual, 0.02 * float(np.ptp(z)), 1e-12),
        size=size,
        overlap=float((rest < bar).mean() if size > 0.0 else (rest > bar).mean()),
    )


@dataclass(frozen=True)
class Slowing:
    """How a fall went on past a step: its pace before, the pace that was to be expected, and the pace it had, a step.

    `share` is the fall of the stretch before as a share of the whole curve's, `clearness` its multiple of the jitter.
    """

    before: float
    expected: float
    after: float
    share: float
    clearness: float


def slowing_at(losses: Array, step: int) -> Slowing | None:
    """Return how the pace of a fall changed at a step, or None where there are too few points or no fall.

    The expected pace is that of the stretch before, slowed as much again as it had slowed from the one before that.
    """
    width = min(step // 2, max(2, len(losses) // 10), len(losses) - 1 - step)
    if width < 2:
        return None
    spots = [step - 2 * width, step - width, step, step + width]
    reach = width // 4
    levels = [float(np.median(losses[max(0, spot - reach) : spot + reach + 1])) for spot in spots]
    earlier, before, after = -np.diff(levels) / width
    whole = float(losses[:step].max() - losses.min())
    if before <= 0.0 or whole <= 0.0:
        return None
    stretch = losses[step - width : step + 1]
    jitter = float(np.diff(stretch).clip(0.0).sum()) / max(1.0, width / 4.0)
    slowed = min(1.0, before / earlier) if earlier > 0.0 else 1.0
    return Slowing(
        before=float(before),
        expected=float(before * slowed),
        after=float(after),
        share=float(before * width / whole),
        clearness=float(before * width / max(jitter, 1e-12 * whole)),
    )
