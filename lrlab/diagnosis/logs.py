"""A student's own training log: text in any usual format, read into a loss, a validation loss and a rate.

Nothing is stored, nothing is evaluated, and no text raises anything but a `Refusal`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.diagnosis.log_formats import Misread, Record, records
from lrlab.diagnosis.log_names import Role, preference, role

MOST_BYTES = 5_000_000
MOST_POINTS = 100_000
MOST_MISREAD = 100

Array = NDArray[np.float64]


class Refusal(ValueError):  # noqa: N818 - a refusal is an answer, not a fault
    """A log that cannot be read, in a sentence that says why and what to do."""


@dataclass(frozen=True)
class Series:
    """One curve of a log: its name there, where its points stand, and their values (n,)."""

    name: str
    at: Array
    values: Array


@dataclass(frozen=True)
class Log:
    """What was read: the format it was taken for, its curves over `unit` ("step", "epoch" or "line"), and the rest.

    `misread` counts the lines that were not understood; `not_understood` holds the first hundred of them. `unused`
    are names of numbers that are neither a loss nor a rate.
    """

    format: str
    unit: str
    loss: Series | None
    validation: Series | None
    rate: Series | None
    not_understood: tuple[Misread, ...]
    misread: int
    unused: tuple[str, ...]

    @property
    def main(self) -> Series:
        """The curve to diagnose: the loss, or the validation loss where there is no other."""
        series = self.loss or self.validation
        assert series is not None  # noqa: S101 - read() refuses a log with neither
        return series

    def rates(self) -> Array | None:
        """Return the rate in force at each point of the main curve, or None where the log has no rates there."""
        if self.rate is None:
            return None
        place = np.searchsorted(self.rate.at, self.main.at, side="right") - 1
        return self.rate.values[np.maximum(place, 0)]


def read(text: str | bytes) -> Log:
    """Return a training log's curves.

    Known: Keras's CSVLogger and History, Lightning's metrics.csv, Hugging Face's trainer_state.json, TensorBoard's CSV,
    JSON lines, tables with a header (commas, tabs, semicolons, blanks), bare columns of numbers, and lines of words
    such as `epoch 3 - loss: 0.42`.

    Args:
        text: at most 5 MB, with at most 100,000 points.

    Returns:
        A Log with a loss or a validation loss, or both.

    Raises:
        Refusal: for a text that is empty, too large, or has no loss in it.

    Source: the formats' own writers; samples of each are kept with the tests.

    >>> log = read("epoch 1 - loss: 0.5\\nepoch 2 - loss: 0.42")
    >>> log.unit, log.loss.at.tolist(), log.loss.values.tolist()
    ('epoch', [1.0, 2.0], [0.5, 0.42])
    """
    text = _decoded(text)
    if not text.strip():
        raise Refusal(
            "The log is empty. Paste the lines that your training printed, or upload its CSV or JSON file."
        )
    reading = records(text)
    by_role = _by_role(reading.records)
    chosen = {kind: _preferred(by_role[kind]) for kind in (Role.LOSS, Role.VALIDATION, Role.RATE)}
    longest = max((len(rows) for _, rows in chosen.values()), default=0)
    if longest > MOST_POINTS:
        raise Refusal(
            f"The log has {longest:,} points; at most {MOST_POINTS:,} are read. Keep every tenth line and try again."
        )
    if not chosen[Role.LOSS][1] and not chosen[Role.VALIDATION][1]:
        raise Refusal(
            f"No loss was found. The text was read as {reading.title}. A log needs lines such as"
            " `epoch 3 loss 0.42`, or a table with a column named loss."
        )
    unit, curves = _placed(reading.records, chosen)
    used = {name for name, _ in chosen.values()}
    return Log(
        format=reading.title,
        unit=unit,
        loss=curves.get(Role.LOSS),
        validation=curves.get(Role.VALIDATION),
        rate=curves.get(Role.RATE),
        not_understood=tuple(reading.misread[:MOST_MISREAD]),
        misread=len(reading.misread),
        unused=_unused(reading.records, used),
    )


def thin(values: ArrayLike, most: int = 2000) -> NDArray[np.int64]:
    """Return which points of a curve to draw so that no peak and no valley is lost.

    The curve is cut into equal stretches; of each, its lowest, its highest and its first lost (non-finite) point stay.
    The first and last point stay too.

    Args:
        values: (n,).
        most: points to keep at most, ≥ 8.

    Returns:
        int64 (m,), rising, m ≤ most; all of them where n ≤ most.

    Raises:
        ValueError: for fewer than 8 points to keep.

    Source: the min–max decimation of oscilloscopes.

    >>> thin([0.0] * 50 + [9.0] + [0.0] * 49, most=8).tolist()
    [0, 50, 51, 99]
    """
    if most < 8:
        raise ValueError(f"most is {most}; it must be 8 or more.")
    y = np.asarray(values, dtype=np.float64)
    if len(y) <= most:
        return np.arange(len(y))
    keep = {0, len(y) - 1}
    for stretch in np.array_split(np.arange(len(y)), (most - 2) // 3):
        part = y[stretch]
        finite = np.isfinite(part)
        if not finite.all():
            keep.add(int(stretch[np.argmin(finite)]))
        if finite.any() and np.ptp(part[finite]) > 0.0:
            keep.add(int(stretch[np.argmin(np.where(finite, part, np.inf))]))
            keep.add(int(stretch[np.argmax(np.where(finite, part, -np.inf))]))
    return np.array(sorted(keep), dtype=np.int64)


Rows = list[tuple[int, float]]


def _decoded(text: str | bytes) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        raise Refusal(
            f"The log is {size / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. Keep the columns of step,"
            " loss and rate, or every tenth line, and try again."
        )
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.decode("utf-16", "replace").removeprefix("\ufeff")
    return text.decode("utf-8-sig", "replace")


def _by_role(rows: Sequence[Record]) -> dict[Role, dict[str, Rows]]:
    """Return (record number, value) of every name, grouped by what the name stands for."""
    found: dict[Role, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    for i, record in enumerate(rows):
        for name, value in record.values.items():
            meaning = _meaning(name)
            if meaning is not None:
                found[meaning][name].append((i, value))
    return found


def _meaning(name: str) -> Role | None:
    return role(name) or (role(name.split()[-1]) if name.split() else None)


def _preferred(named: dict[str, Rows]) -> tuple[str, Rows]:
    """Return the name with the most points; of several, the plainest, then the first."""
    if not named:
        return "", []
    most = max(len(rows) for rows in named.values())
    name = min((name for name in named if 2 * len(named[name]) > most), key=preference)
    return name, named[name]


def _placed(rows: Sequence[Record], chosen: dict[Role, tuple[str, Rows]]) -> tuple[str, dict[Role, Series]]:
    """Return the curves over steps, or over epochs, or, where neither rises from point to point, over lines."""
    curves = {kind: pair for kind, pair in chosen.items() if pair[1]}
    for kind in (Role.STEP, Role.EPOCH):
        places = [_place(record, kind) for record in rows]
        main = next(curves[key][1] for key in (Role.LOSS, Role.VALIDATION) if key in curves)
        at = [places[i] for i, _ in main]
        if all(place is not None for place in at) and _rises([place for place in at if place is not None]):
            series = {key: _series(name, found, places) for key, (name, found) in curves.items()}
            return kind.value, {key: one for key, one in series.items() if one is not None}
    by_line: list[float | None] = [float(i) for i in range(len(rows))]
    placed = {key: _series(name, found, by_line) for key, (name, found) in curves.items()}
    return "line", {key: one for key, one in placed.items() if one is not None}


def _place(record: Record, kind: Role) -> float | None:
    """Return where a record stands, by the last of its names of that kind (a line's own word comes last)."""
    found = [value for name, value in record.values.items() if _meaning(name) is kind]
    return found[-1] if found and np.isfinite(found[-1]) else None


def _rises(at: Sequence[float]) -> bool:
    return all(late > early for early, late in pairwise(at))


def _series(name: str, rows: Rows, places: Sequence[float | None]) -> Series | None:
    """Return one curve in order of place; a place that comes twice keeps its last value."""
    at = {place: value for i, value in rows if (place := places[i]) is not None}
    if not at:
        return None
    order = sorted(at)
    return Series(name, np.array(order), np.array([at[place] for place in order]))


def _unused(rows: Sequence[Record], used: set[str]) -> tuple[str, ...]:
    names = dict.fromkeys(name for record in rows for name in record.values)
    return tuple(
        name for name in names if name not in used and _meaning(name) not in (Role.STEP, Role.EPOCH)
    )[:50]
