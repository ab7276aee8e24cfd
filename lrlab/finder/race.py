"""A race of optimizers on one surface under a stated contract: same start, same steps, same trials for each.

With one rate to try everybody walks at that rate, which is a contract too, and an unfair one: a rate is not the same
thing to different rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import Descent, descend
from lrlab.descent.outcomes import Ending, endings
from lrlab.descent.side_by_side import side_by_side
from lrlab.descent.surface import Surface

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Entry:
    """One optimizer of a race: a walk at each of T rates, and which of them it enters with.

    `trials` holds the walks; `losses` (T,) are their last losses, inf where a walk was lost; `settled` (T,) is the step
    from which each stays near a minimum, steps + 1 where it never does. `best` is the index of the rate entered, and
    `run` and `ending` that walk alone.
    """

    optimizer: str
    trials: Descent
    losses: Array
    settled: NDArray[np.int64]
    best: int
    run: Descent
    ending: Ending

    @property
    def rate(self) -> float:
        """The rate entered."""
        return float(self.run.rates[0, 0])


@dataclass(frozen=True, eq=False)
class Race:
    """All entries, in the order they were named, and their places: `order` holds indices, the winner first."""

    surface: Surface
    steps: int
    rates: Array
    entries: tuple[Entry, ...]
    order: tuple[int, ...]

    @property
    def descent(self) -> Descent:
        """The runs entered as one sweep with one clock, for whatever draws a sweep; its `optimizer` names all."""
        return side_by_side([entry.run for entry in self.entries])


def race(
    surface: str | Surface,
    optimizers: Sequence[str],
    rates: ArrayLike,
    steps: int = 100,
    start: ArrayLike | None = None,
    tolerance: float = 0.01,
) -> Race:
    """Let every optimizer try the same rates, enter its best, and rank them.

    Best is the rate that settles first, ties by the lower last loss; where none settles, the lowest last loss. The
    entries are ranked in the same way.

    Args:
        surface: a catalogue name or a record.
        optimizers: catalogue names, at least one.
        rates: those that each may try, at least one, finite and at least 0.
        steps: of every walk, at least 1.
        start: as for `descend`.
        tolerance: a fraction of the starting distance, in (0, 1); see `outcomes.settled_at`.

    Returns:
        Race.

    Raises:
        ValueError: for an unknown name, or a value outside its range.

    Source: on equal tuning budgets, Choi et al. 2019 (1910.05446).

    >>> tuned = race("bowl", ["sgd", "adam"], [0.01, 0.03, 0.1, 0.3], steps=50)
    >>> [entry.rate for entry in tuned.entries], tuned.order
    ([0.3, 0.3], (0, 1))
    """
    tried = np.atleast_1d(np.asarray(rates, dtype=np.float64))
    if not len(optimizers):
        raise ValueError("optimizers is empty; a race needs at least one.")
    entries = tuple(_entry(surface, name, tried, steps, start, tolerance) for name in optimizers)
    ranks = [_rank(entry.settled, entry.losses, entry.best) for entry in entries]
    return Race(
        surface=entries[0].run.surface,
        steps=steps,
        rates=tried,
        entries=entries,
        order=tuple(sorted(range(len(entries)), key=ranks.__getitem__)),
    )


def _rank(settled: NDArray[np.int64], losses: Array, row: int) -> tuple[int, float]:
    return int(settled[row]), float(losses[row])


def _entry(
    surface: str | Surface,
    optimizer: str,
    rates: Array,
    steps: int,
    start: ArrayLike | None,
    tolerance: float,
) -> Entry:
    trials = descend(surface, optimizer, rates, start=start, steps=steps)
    told = endings(trials, tolerance)
    never = steps + 1
    settled = np.array([never if end.settled_at is None else end.settled_at for end in told], dtype=np.int64)
    last = trials.losses[:, -1]
    losses = np.where(np.isfinite(last), last, np.inf)
    best = min(range(len(rates)), key=lambda row: _rank(settled, losses, row))
    for array in (losses, settled):
        array.flags.writeable = False  # a race is remembered and shared
    run = descend(surface, optimizer, rates[best], start=start, steps=steps)
    return Entry(optimizer, trials, losses, settled, best, run, told[best])
