"""Of a path with evenly timed states, those that are enough to draw it: between two of them it moves evenly."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def bends(paths: Array) -> list[Array]:
    """How far each path (paths, states, 2) strays from even motion within spans of time, halved again and again.

    One array (paths, spans) for every length of a span, the longest first: the larger of the two coordinates'
    distances, of the state that is furthest off. The last span is filled up with the last state.
    """
    states = paths.shape[1]
    whole = _whole(states)
    padded = np.concatenate([paths, np.repeat(paths[:, -1:], whole + 1 - states, axis=1)], axis=1)
    found = []
    for span in _halved(whole):
        corners = padded[:, ::span]
        share = np.arange(1, span)[:, None] / span
        even = corners[:, :-1, None] + np.diff(corners, axis=1)[:, :, None] * share
        inside = padded[:, :-1].reshape(len(paths), -1, span, 2)[:, :, 1:]
        found.append(np.abs(inside - even).max(axis=(2, 3)))
    return found


def kept(bent: Sequence[Array], states: int, tolerance: float) -> NDArray[np.bool_]:
    """Which states to keep, (paths, states), so that even motion between them is within `tolerance` of the others.

    `bent` is what `bends` returned for paths of so many states. First and last are always kept.
    """
    whole = _whole(states)
    keep = np.zeros((len(bent[0]), whole + 1), dtype=bool)
    keep[:, [0, states - 1]] = True
    rough = np.ones((len(keep), 1), dtype=bool)
    for span, furthest in zip(_halved(whole), bent, strict=True):
        # Half of it: where the last span is cut off at the last state, both of its ends can be off.
        rough = rough & (furthest > 0.5 * tolerance)
        keep[:, span // 2 :: span] |= rough
        rough = np.repeat(rough, 2, axis=1)
    return keep[:, :states]


def _whole(states: int) -> int:
    """The smallest power of two, from 2 on, that reaches the last state."""
    return 1 << max(1, (states - 2).bit_length())


def _halved(whole: int) -> list[int]:
    return [whole >> k for k in range(whole.bit_length() - 1)]
