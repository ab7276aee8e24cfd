"""Several sweeps as the bytes that the small pictures read. The format is described in `multiples.py`.

A small picture needs no more than it can show: of a path only those states are sent between which it can be drawn
straight and evenly, to within a part of a pixel. How large that part is depends on how much there is to send.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.outcomes import Ending, Outcome
from lrlab.descent.run import Descent
from lrlab.ui.multiples.ground import Ground, ground, placed, window
from lrlab.ui.multiples.thinning import bends, kept
from lrlab.ui.player.payload import LIMIT, OPTIONS, REGIMES, block

MOST_STEPS = 254
REACH = 31.0
"""How far from the middle of its picture a run is followed, in halves of the picture; beyond, it is gone."""
NEVER = 255
"""Stands for the step of arrival where a run never settles."""
UNIT, ORIGIN = 1024, 32768
"""Places are told in whole numbers: so many to half a picture, around the number of the middle."""

_FINEST, _COARSEST = 0.002, 0.1

Array = NDArray[np.float64]
Sweep = tuple[Descent, Sequence[Ending]]


def pack(sweeps: Sequence[Sweep]) -> bytes:
    """Sweeps over the same rates and steps, one a picture, and how their runs end, in at most 64 KB."""
    rates, steps = _shared(sweeps)
    paths = np.concatenate([_paths(descent) for descent, _ in sweeps])
    bent = bends(paths)
    grounds = [ground(descent.surface) for descent, _ in sweeps]
    tolerance = _FINEST
    while tolerance <= _COARSEST:
        payload = _packed(sweeps, rates, steps, grounds, paths, kept(bent, steps + 1, tolerance))
        if len(payload) <= LIMIT - OPTIONS:
            return payload
        tolerance *= 1.5
    raise ValueError(
        f"{len(sweeps)} sweeps of {len(rates)} rates and {steps} steps make {len(payload):,} bytes; at most "
        f"{LIMIT - OPTIONS:,} are allowed."
    )


def _shared(sweeps: Sequence[Sweep]) -> tuple[Array, int]:
    """The rates (R,) and the number of steps that all sweeps must have in common."""
    if not sweeps:
        raise ValueError("sweeps is empty; there must be at least one.")
    rates = sweeps[0][0].rates
    steps = rates.shape[1]
    if steps > MOST_STEPS:
        raise ValueError(f"the sweeps have {steps} steps; at most {MOST_STEPS} can be told.")
    for descent, endings in sweeps:
        if descent.rates.shape != rates.shape or not (descent.rates == rates[:, :1]).all():
            raise ValueError(
                f"the sweep on {descent.surface.name} has rates or steps of its own; all sweeps must share theirs."
            )
        if len(endings) != len(rates):
            raise ValueError(f"{descent.surface.name} has {len(endings)} endings for {len(rates)} runs.")
    return rates[:, 0], steps


def _paths(descent: Descent) -> Array:
    """Every state as a place (R, steps + 1, 2); a run that is gone for good stays at the place it went to."""
    surface, points = descent.surface, descent.points
    if surface.dimension == 1:
        points = np.stack([points[..., 0], descent.losses], axis=-1)
    with np.errstate(all="ignore"):
        places = placed(points, window(surface))
        far = np.abs(places).max(axis=-1, keepdims=True) / REACH
        places /= np.maximum(far, 1.0)
    near = far[..., 0] <= 1.0  # and False where there is no number
    for place, is_near in zip(places, near, strict=True):
        last = int(np.flatnonzero(is_near)[-1])
        gone = last + 1 if last + 1 < len(place) and np.isfinite(place[last + 1]).all() else last
        place[gone:] = place[gone]
    return places


def _packed(
    sweeps: Sequence[Sweep],
    rates: Array,
    steps: int,
    grounds: Sequence[Ground],
    paths: Array,
    keep: NDArray[np.bool_],
) -> bytes:
    endings = [ending for _, ended in sweeps for ending in ended]
    settled = [NEVER if ending.settled_at is None else ending.settled_at for ending in endings]
    arrays: dict[str, NDArray[Any]] = {
        "places": np.round(paths[keep] * UNIT + ORIGIN).astype("<u2"),
        "contours": np.concatenate([line for each in grounds for line in each.lines]),
        "reliefs": np.stack([each.relief for each in grounds]),
        "moments": np.nonzero(keep)[1].astype(np.uint8),
        "counts": keep.sum(axis=1).astype(np.uint8),
        "ends": np.array([list(Outcome).index(ending.outcome) for ending in endings], dtype=np.uint8),
        "settled": np.array(settled, dtype=np.uint8),
    }
    header = {
        "steps": steps,
        "runs": [[f"{rate:g}", float(rate)] for rate in rates],
        "outcomes": [[REGIMES[outcome], outcome.value] for outcome in Outcome],
        "panels": [
            {
                "name": descent.surface.name,
                "title": descent.surface.title,
                "minima": each.minima,
                "lines": [len(line) for line in each.lines],
            }
            for (descent, _), each in zip(sweeps, grounds, strict=True)
        ],
        # What the player's scripts look for in a sweep, at rest here.
        **{"endings": {}, "dimension": 2, "view": [-1, 1, -1, 1], "start": [], "home": []},
        "arrays": [
            [name, f"{array.dtype.kind}{array.dtype.itemsize}", array.size] for name, array in arrays.items()
        ],
    }
    return block(header) + b"".join(_padded(array.tobytes()) for array in arrays.values())


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
