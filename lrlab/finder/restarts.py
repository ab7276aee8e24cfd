"""A restart on two wells: which rate carries a run that has settled out of its well, and where it ends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import SURFACES, Descent, descend
from lrlab.schedules import Schedule, cosine, join
from lrlab.training.arguments import whole

Array = NDArray[np.float64]

WELLS = ("sharp", "flat")
"""The minima of the surface, in its order."""
STARTS = {"sharp": (-2.4, 0.24), "flat": (3.5, 0.8)}
FIRST = {"sharp": 0.02, "flat": 0.3}
"""Rates that each well can hold, so that the first half of a run settles in it."""
STEPS = 200


@dataclass(frozen=True, eq=False)
class Restarts:
    """R runs that settled in one well and were restarted with R rates, with D draws of the noise each.

    `run` is the descent of the first draw, a row for each rate. `ended` (R, 2) is the share of all draws that ended in
    each of `WELLS`; what is missing to 1 ended in neither.
    """

    well: str
    peaks: Array
    noise: float
    draws: int
    run: Descent
    ended: Array


def restarted(well: str, peak: float, steps: int = STEPS) -> Schedule:
    """Return two cosine falls of equal length: the first settles in a well, the second begins at another rate.

    >>> restarted("sharp", 0.3)([0, 100]).tolist()
    [0.02, 0.3]
    """
    half = steps // 2
    return join((cosine(FIRST[well], 0.0, half), cosine(peak, 0.0, steps - half)), at=(half,))


def restart(
    well: str, peaks: tuple[float, ...], noise: float = 0.0, draws: int = 100, steps: int = STEPS
) -> Restarts:
    """Let a run settle in a well of `two_wells`, restart it with many rates, and see where each ends.

    Args:
        well: "sharp" or "flat", where it settles first.
        peaks: rates at the restart, each > 0; at least one.
        noise: standard deviation of the gradient's noise, ≥ 0; without it one draw is all there is.
        draws: of the noise, ≥ 1.
        steps: of the whole run, at least 4; the restart is in the middle.

    Returns:
        Restarts.

    Raises:
        ValueError: for another well, no rate, or an argument outside its range.

    Source: Loshchilov and Hutter 2017 (SGDR); the surface is the lab's own.

    >>> restart("sharp", (0.02, 0.3)).ended.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    if well not in WELLS:
        raise ValueError(f"well is {well!r}; it must be one of {', '.join(WELLS)}.")
    if not peaks:
        raise ValueError("peaks is empty; it must hold at least one rate.")
    steps = whole("steps", steps, at_least=4)
    draws = whole("draws", draws, at_least=1) if noise else 1
    paths = np.stack([restarted(well, peak, steps)(np.arange(steps)) for peak in peaks])
    runs = descend(
        "two_wells",
        "sgd",
        np.tile(paths, (draws, 1)),
        start=STARTS[well],
        steps=steps,
        noise=noise,
        seed=np.repeat(np.arange(draws), len(peaks)).tolist(),
    )
    ended = where(runs.points[:, -1]).reshape(draws, len(peaks), len(WELLS)).mean(axis=0)
    ended.flags.writeable = False
    shown = descend("two_wells", "sgd", paths, start=STARTS[well], steps=steps, noise=noise, seed=0)
    return Restarts(well, np.array(peaks), float(noise), draws, shown, ended)


def where(points: Array) -> NDArray[np.bool_]:
    """Return for each point (n, 2) whether it lies in each of the wells (n, 2): nearer than one to its bottom.

    >>> where(np.array([[-2.0, 0.1], [2.2, 0.0], [0.0, 0.0]])).tolist()
    [[True, False], [False, True], [False, False]]
    """
    bottoms = np.array(SURFACES["two_wells"].minima)
    inside: NDArray[np.bool_] = np.linalg.norm(points[:, None, :] - bottoms[None], axis=2) < 1.0
    return inside
