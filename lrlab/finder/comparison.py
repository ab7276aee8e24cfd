"""Is one better than the other? A paired comparison over seeds, with a criterion stated before the answer."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LEVEL = 0.05
MARGIN = 0.02
FEWEST, MOST = 6, 16
"""With fewer than six pairs even six of six is chance too often; with sixteen there are 65,536 ways to flip."""


class Judgement(Enum):
    """What the pairs say about the first of the two."""

    BETTER = "better"
    WORSE = "worse"
    ALIKE = "not distinguishable"


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two rows of results with the same seeds, pair by pair.

    `differences` (S,) are first − second, so below 0 the first was ahead. `mean` is theirs, and `gap` its size as a
    share of the larger of the two mean losses. `chance` is how often coin flips would make a mean at least as far from
    0. `wins` counts the pairs where the first was ahead.
    """

    first: str
    second: str
    differences: Array
    mean: float
    gap: float
    chance: float
    wins: int
    judgement: Judgement
    sentence: str


def compare(
    first: ArrayLike,
    second: ArrayLike,
    names: tuple[str, str] = ("the first", "the second"),
    *,
    level: float = LEVEL,
    margin: float = MARGIN,
) -> Comparison:
    """Compare the losses of two methods on the same seeds by a sign-flip test.

    chance = share of the 2^S ways to flip the signs of d_s = a_s − b_s with |mean| ≥ |mean d|

    If the two were alike, each difference could as well have had the other sign. Where at most `level` of all flips
    reach as far as the differences did, and the mean difference is at least `margin` of the larger mean loss, the first
    is better or worse; otherwise the two are not distinguishable.

    Args:
        first: a loss for each of S seeds, 6 to 16 of them, each at least 0.
        second: the same seeds with the other method.
        names: what to call the two in the sentence.
        level: in (0, 1).
        margin: at least 0.

    Returns:
        Comparison.

    Raises:
        ValueError: for rows that do not pair, too few or too many pairs, or a value that is not finite.

    Source: Fisher 1935, The design of experiments, section 21 (the exact randomisation test for pairs).

    >>> compare([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7]).judgement, compare([1] * 6, [1] * 6).judgement
    (<Judgement.BETTER: 'better'>, <Judgement.ALIKE: 'not distinguishable'>)
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape or not FEWEST <= len(a) <= MOST:
        raise ValueError(
            f"first has shape {a.shape} and second {b.shape}; they must pair, with {FEWEST} to {MOST} losses each."
        )
    if not (np.isfinite(a) & np.isfinite(b) & (a >= 0) & (b >= 0)).all():
        raise ValueError(
            "first or second holds a loss that is negative or not finite; give lost trainings one."
        )
    if not (0.0 < level < 1.0 and 0.0 <= margin < np.inf):
        raise ValueError(f"level is {level!r} and margin {margin!r}; they must lie in (0, 1) and [0, inf).")
    differences = a - b
    mean, larger = float(differences.mean()), float(max(a.mean(), b.mean()))
    gap = abs(mean) / larger if larger else 0.0
    chance = _chance(differences)
    judgement = Judgement.ALIKE
    if chance <= level and gap >= margin:
        judgement = Judgement.BETTER if mean < 0.0 else Judgement.WORSE
    wins = int((differences < 0).sum())
    differences.flags.writeable = False
    evidence = (
        f"{names[0]} had the lower loss with {wins} of {len(a)} seeds, and {_by(mean, gap)}; coin flips "
        f"alone would reach that far in {chance:.2g} of all cases"
    )
    return Comparison(
        *names,
        differences=differences,
        mean=mean,
        gap=gap,
        chance=chance,
        wins=wins,
        judgement=judgement,
        sentence=_SENTENCES[judgement].format(
            first=names[0],
            second=names[1],
            evidence=evidence,
            why=f"that is more than {level:g}"
            if chance > level
            else f"a gap below {margin:.0%} is too small to matter",
        ),
    )


def _by(mean: float, gap: float) -> str:
    whose = "its mean loss" if mean < 0 else "the other's mean loss"
    return f"{whose} is {gap * 100:.1f} % lower" if mean else "both mean losses are the same"


_SENTENCES = {
    Judgement.BETTER: "Better: {evidence}.",
    Judgement.WORSE: "Worse: {evidence}.",
    Judgement.ALIKE: "Not distinguishable: {evidence}, and {why}.",
}


def _chance(differences: Array) -> float:
    count = len(differences)
    signs = 1.0 - 2.0 * (np.arange(2**count)[:, None] >> np.arange(count) & 1)
    reached = np.abs(signs @ differences)
    # The unflipped sum is one of the rows; rounding must not make it miss itself.
    return float((reached >= np.abs(differences.sum()) * (1.0 - 1e-12)).mean())
