"""A sweep as the bytes that the player in the browser reads. The format is described in `player.py`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.outcomes import Ending, Outcome
from lrlab.descent.run import Descent
from lrlab.ui.player import terrain

LIMIT = 64 * 1024
"""Bytes that may travel to the browser for one player."""

OPTIONS = 768
"""Bytes of them kept for how the payload is to be played; the rest is for the payload."""

# What `pack` writes besides the states: terrain, the fixed part of the header, and one row of it for each run.
_TERRAIN = 4 * terrain.VERTICES + terrain.RELIEF**2
_HEADER = 950
_ROW = 360

REGIMES: Mapping[Outcome, str] = {
    Outcome.MOVING: "small",
    Outcome.STUCK: "small",
    Outcome.CONVERGED: "right",
    Outcome.OVERSHOT: "right",
    Outcome.BOUNCING: "large",
    Outcome.DIVERGED: "large",
}
"""The regime whose colour and shape an ending gets; its word always stands beside them."""


def rates_that_fit(steps: int, *, gradients: bool = False, scheduled: bool = False) -> int:
    """How many runs of `steps` updates fit into one payload, at most 200; `scheduled` where the rate changes."""
    if steps < 1:
        raise ValueError(f"steps is {steps}; it must be at least 1.")
    room = LIMIT - OPTIONS - _TERRAIN - _HEADER
    state = 12 + 8 * gradients + 4 * scheduled
    return min(200, room // (_ROW + state * (steps + 1)))


def pack(
    descent: Descent,
    *,
    endings: Sequence[Ending] = (),
    labels: Sequence[str] | None = None,
    peaks: Sequence[float] | None = None,
    gradients: bool = False,
) -> bytes:
    """A sweep with its picture and its sentences as one payload of at most 64 KB.

    `endings` are one a run, or none where the player is not to say how runs end. `labels` name the runs; without
    them a run is named by its rate. `peaks` are the numbers that the slider shows where the rate changes from step to
    step; without them it is the first rate of each run. `gradients` adds the slope of every state, which the rule with
    the numbers put in needs; it holds for plain descent without noise only, so anything else is refused.
    """
    surface, count = descent.surface, len(descent.lengths)
    steps = descent.rates.shape[1]
    fixed = bool((descent.rates == descent.rates[:, :1]).all())
    _check(descent, {"endings": endings, "labels": labels, "peaks": peaks}, gradients, fixed)
    shown = [float(rate) for rate in (descent.rates[:, 0] if peaks is None else peaks)]
    names = labels or [f"{rate:g}" for rate in shown]
    arrays: dict[str, NDArray[Any]] = {
        "points": _floats(descent.points),
        "losses": _floats(descent.losses),
    }
    if not fixed:
        arrays["rates"] = _floats(descent.rates)
    if gradients:
        with np.errstate(all="ignore"):
            arrays["gradients"] = _floats(surface.gradient(descent.points))
    lines: list[int] = []
    if surface.dimension == 1:
        arrays["curve"] = terrain.curve(surface)
    else:
        drawn = terrain.terrain(surface)
        lines = [len(line) for line in drawn.lines]
        arrays["contours"] = np.concatenate([*drawn.lines, np.empty((0, 2), np.uint16)])
        arrays["relief"] = drawn.relief
    header = {
        "surface": surface.name,
        "title": surface.title,
        "dimension": surface.dimension,
        "view": [float(edge) for edge in surface.view],
        "minima": [[float(x), float(y)] for x, y in surface.minima],
        "floor": terrain.floor(surface),
        "home": [float(axis) for axis in surface.start],
        "start": [float(axis) for axis in descent.points[0, 0]],
        "steps": steps,
        "logarithmic": _spans_decades(descent),
        "endings": {outcome.name: [regime, outcome.value] for outcome, regime in REGIMES.items()}
        if endings
        else {},
        "runs": [
            [names[run], shown[run], int(descent.lengths[run])]
            + ([endings[run].outcome.name, endings[run].sentence] if endings else [])
            for run in range(count)
        ],
        "lines": lines,
        "arrays": [
            [name, f"{array.dtype.kind}{array.dtype.itemsize}", array.size] for name, array in arrays.items()
        ],
    }
    payload = block(header) + b"".join(_padded(array.tobytes()) for array in arrays.values())
    if len(payload) > LIMIT - OPTIONS:
        raise ValueError(
            f"{count} runs of {steps} steps make a payload of {len(payload):,} bytes; at most {LIMIT - OPTIONS:,} are "
            f"allowed, which {rates_that_fit(steps, gradients=gradients, scheduled=not fixed)} runs keep."
        )
    return payload


def block(record: Mapping[str, Any]) -> bytes:
    """A record as JSON with its length before it, padded to a multiple of four bytes."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return len(text).to_bytes(4, "little") + text


def header(payload: bytes) -> dict[str, Any]:
    """The record at the beginning of a payload."""
    record: dict[str, Any] = json.loads(payload[4 : 4 + int.from_bytes(payload[:4], "little")])
    return record


def _check(descent: Descent, named: Mapping[str, Sequence[Any] | None], gradients: bool, fixed: bool) -> None:
    count = len(descent.lengths)
    for name, given in named.items():
        if given and len(given) != count:
            raise ValueError(
                f"{name} has {len(given)} entries; it must have one for each of the {count} runs."
            )
    if not fixed and not (named["labels"] or named["peaks"]):
        raise ValueError("the rate changes from step to step, so the runs need labels or peaks.")
    if gradients and (descent.optimizer != "sgd" or descent.noise or any(descent.coefficients.values())):
        raise ValueError(
            f"gradients is True for {descent.optimizer} with noise {descent.noise:g}; "
            "the rule is shown for plain descent without noise only."
        )


def _spans_decades(descent: Descent) -> bool:
    """Whether the middle run of the sweep gains three decades of loss, which only a logarithmic axis shows."""
    floor = terrain.floor(descent.surface)
    above = np.maximum(descent.losses - floor, 0.0)
    with np.errstate(all="ignore"):
        gains = above[:, 0] / np.nanmin(above, axis=1)
    return bool(np.nanmedian(gains) > 1e3)


def _floats(values: NDArray[np.float64]) -> NDArray[np.float32]:
    # What overflows here is over 3e38; the player says so.
    with np.errstate(over="ignore"):
        return np.asarray(values, dtype="<f4")


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
