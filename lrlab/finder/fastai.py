"""fastai's four suggestion rules as they are, faults included, to set beside the lab's own."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rule = Callable[[Array, Array], float | None]


def suggestion(rule: str, rates: Array, losses: Array) -> float | None:
    """Return what fastai suggests for a curve, after trimming it as fastai does: a tenth in front, five points behind.

    Args:
        rule: one of `RULES`.
        rates: ascending, shape (n,).
        losses: smoothed in whatever way (fastai's own average has a β of .98), shape (n,).

    Returns:
        A rate, or None where too few points are left.

    Raises:
        ValueError: for another rule.

    Source: fastai 2.8.6, callback/schedule.py.

    >>> round(suggestion("minimum", np.geomspace(1e-3, 1, 20), np.linspace(1, 0, 20)), 6)
    0.016238
    """
    if rule not in RULES:
        raise ValueError(f"rule is {rule!r}; it must be one of {', '.join(RULES)}.")
    kept = slice(len(rates) // 10, -5)
    return RULES[rule](rates[kept], losses[kept])


def _valley(rates: Array, losses: Array) -> float | None:
    """About the middle of the longest strictly falling subsequence, counted back from its last point."""
    if len(losses) < 2:
        return None
    longest = np.ones(
        len(losses), dtype=np.int64
    )  # length of the longest such subsequence ending at each point
    for i in range(1, len(losses)):
        longest[i] = 1 + max(longest[:i][losses[:i] > losses[i]], default=0)
    end = int(longest.argmax())
    start = end - int(longest[end])  # its length, not its first point: it may have gaps
    third = (end - start) / 3
    return float(rates[start + int(third) + int(third / 2)])


def _slide(rates: Array, losses: Array, window: int = 15, threshold: float = 0.005) -> float | None:
    """Slide a window from the right until the slope at both its ends is the same."""
    if len(losses) <= window:
        return None
    slopes = np.gradient(losses)
    left = len(losses) - 1 - window
    rate = rates[left]
    while left >= 0 and abs(slopes[left + window] - slopes[left]) > threshold:
        rate = rates[left]
        left -= 1
    return float(rate)


def _minimum(rates: Array, losses: Array) -> float | None:
    """A tenth of the rate with the lowest loss."""
    return float(rates[losses.argmin()] / 10) if len(losses) else None


def _steep(rates: Array, losses: Array) -> float | None:
    """Where the loss falls fastest to the next point, on a log axis."""
    if len(losses) < 2:
        return None
    return float(rates[(np.diff(losses) / np.diff(np.log(rates))).argmin()])


RULES: Mapping[str, Rule] = MappingProxyType(
    {"valley": _valley, "slide": _slide, "minimum": _minimum, "steep": _steep}
)
