"""A claim that can be measured: who made it, what number decides it here, and between which bounds it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from lrlab.finder.range_test import checked_seeds

Array = NDArray[np.float64]

HELD = 0.8
"""A claim is confirmed where it holds with at least this share of the seeds."""


@dataclass(frozen=True)
class Claim:
    """What somebody says, and how it is put to the test.

    `page` is where it is shown. `statement` and `source` say what is claimed, and where; `setting` on what it is tried
    here. `number` names what `measure` returns for one seed, and the claim holds where that lies in [`low`, `high`].
    """

    slug: str
    page: str
    statement: str
    source: str
    setting: str
    number: str
    measure: Callable[[int], float]
    low: float = -inf
    high: float = inf

    @property
    def criterion(self) -> str:
        """The bounds in words.

        >>> Claim("a", "", "", "", "", "", float, low=0.5).criterion
        'at least 0.5'
        """
        if self.low == -inf:
            return f"at most {self.high:g}"
        return f"at least {self.low:g}" if self.high == inf else f"from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, eq=False)
class Verdict:
    """What came out for a claim: a number for each seed, (S,), NaN where there was none; and how many hold."""

    claim: Claim
    values: Array
    held: int

    @property
    def confirmed(self) -> bool:
        """Whether the claim holds with at least four seeds in five."""
        return self.held >= HELD * len(self.values)

    @property
    def came_out(self) -> str:
        """The median over the seeds, and their range."""
        known = self.values[np.isfinite(self.values)]
        if not len(known):
            return "no number at all"
        middle, least, most = (_short(value) for value in (np.median(known), known.min(), known.max()))
        return middle if least == most else f"{middle} ({least} to {most})"


def _short(value: float) -> str:
    """Three digits, and no exponent below a million."""
    return f"{float(f'{value:.3g}'):,.0f}" if 1000.0 <= abs(value) < 1e6 else f"{value:.3g}"


def judged(claim: Claim, values: Sequence[float]) -> Verdict:
    """Return the verdict that the numbers of all seeds come to.

    Args:
        claim: what is claimed.
        values: one number for each seed, at least one; NaN and inf count as not holding.

    Returns:
        Verdict.

    Raises:
        ValueError: where there is no number.

    >>> judged(Claim("a", "", "", "", "", "", float, low=0.5), [0.4, 0.6, 0.7, 0.8, 0.9]).confirmed
    True
    """
    array = np.array(values, dtype=np.float64)
    if array.ndim != 1 or not len(array):
        raise ValueError(f"values is {values!r}; give at least one number.")
    with np.errstate(invalid="ignore"):
        held = int(((array >= claim.low) & (array <= claim.high) & np.isfinite(array)).sum())
    array.flags.writeable = False
    return Verdict(claim, array, held)


def checked(claim: Claim, seeds: Sequence[int]) -> Verdict:
    """Measure a claim with every seed and return its verdict.

    Args:
        claim: what is claimed.
        seeds: at least one, each at least 0.

    Returns:
        Verdict.

    Raises:
        ValueError: for no seed, or one below 0.
    """
    return judged(claim, [float(claim.measure(seed)) for seed in checked_seeds(seeds)])
