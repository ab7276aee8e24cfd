"""What the validation loss adds: it shows faults of the data, and learning by heart, that no rate explains."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from lrlab.diagnosis.curves import Array, medians

ABOVE = 0.1
"""How far the training loss must come to lie above the validation loss, as a share of where it began."""
TURNED = 0.1
"""How far the validation loss must climb from its lowest, as a share of its way down to there."""
FEWEST = 8


class Sight(Enum):
    """What do the two losses show together?"""

    TRAINING_ABOVE = "training_above"
    BY_HEART = "by_heart"


@dataclass(frozen=True)
class HeldBack:
    """What was seen, the numbers that decided, what to make of it, and the place of the turn where there is one."""

    sight: Sight
    evidence: str
    advice: str
    at: float | None = None


_ADVICE = {
    Sight.TRAINING_ABOVE: "That is hardly the rate. Look at the training labels first. Dropout and augmentation, which"
    " make training rows harder than validation rows, look alike.",
    Sight.BY_HEART: "That is not the rate: the model learns the training rows by heart. Stop at the turn, or use more"
    " data, a smaller model or weight decay.",
}


def held_back(
    at: ArrayLike, losses: ArrayLike, validation_at: ArrayLike, validation: ArrayLike
) -> HeldBack | None:
    """Return what the validation loss tells beyond the training loss, or None where it only follows.

    Args:
        at: where the training losses stand, (n,), rising.
        losses: (n,).
        validation_at: where the validation losses stand, (m,), rising, in the same unit.
        validation: (m,).

    Returns:
        A HeldBack, or None; None too for fewer than eight finite points of either.

    Raises:
        ValueError: for places and losses of different lengths.

    Source: Prechelt 1998 (early stopping) for the turn; Zhang et al. 2017 for training on wrong labels. The shares are
    measured: see benchmarks/diagnosis.py.

    >>> held_back(range(20), [1.0] * 20, range(20), [0.9**t for t in range(20)]).sight.value
    'training_above'
    """
    x, y = _finite(at, losses)
    x_held, held = _finite(validation_at, validation)
    if min(len(y), len(held)) < FEWEST or min(y.min(), held.min()) < 0.0:
        return None
    tail, tail_held = y[-(len(y) // 3) :], held[-(len(held) // 3) :]
    late, late_held = float(np.median(tail)), float(np.median(tail_held))
    start = max(float(y[0]), float(held[0]))
    opened = late - late_held - max(float(y[0] - held[0]), 0.0)
    apart = float(np.percentile(tail, 10)) > float(np.percentile(tail_held, 90))
    if opened >= ABOVE * start and late >= 1.2 * late_held and apart:
        evidence = (
            f"In the last third the training loss is {late:.3g} and the validation loss {late_held:.3g}."
        )
        return HeldBack(Sight.TRAINING_ABOVE, evidence, _ADVICE[Sight.TRAINING_ABOVE])
    return _turn(x, y, x_held, held)


def _turn(x: Array, y: Array, x_held: Array, held: Array) -> HeldBack | None:
    """A validation loss that climbs from its lowest on while the training loss still falls."""
    blocks = medians(held, 20)
    low, way = int(np.argmin(blocks)), float(held[0] - blocks.min())
    climb = float(blocks[-max(1, len(blocks) // 5) :].mean() - blocks[low])
    if low >= 0.8 * len(blocks) or way <= 0.0 or climb < TURNED * way or climb < 0.1 * blocks[low]:
        return None
    rising = np.diff(blocks[low:])
    place = float(x_held[int(np.argmin(held))])
    before, after = y[x <= place], y[-max(1, len(y) // 10) :]
    if rising.mean() < 0.5 * rising.std() or not len(before) or np.median(after) >= np.median(before[-5:]):
        return None
    evidence = (
        f"The validation loss is lowest at {place:g} ({held.min():.3g}) and ends at {held[-1]:.3g}, while the"
        f" training loss goes on down to {float(np.median(after)):.3g}."
    )
    return HeldBack(Sight.BY_HEART, evidence, _ADVICE[Sight.BY_HEART], place)


def _finite(at: ArrayLike, values: ArrayLike) -> tuple[Array, Array]:
    x, y = np.asarray(at, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(
            f"places have shape {x.shape} and losses {y.shape}; both must be one row of one length."
        )
    kept = np.isfinite(y)
    return x[kept], y[kept]
