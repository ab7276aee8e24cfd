"""Is Adam needed? Optimizers trained on real data after the same tuning budget, and compared seed by seed.

The validation rows are split in two. Rates are chosen on one half, with seeds of their own; what counts is the loss on
the other half, with seeds that no choice has seen. All rates of a seed are trained in one stacked pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.finder.comparison import Comparison, compare
from lrlab.finder.range_test import checked_seeds
from lrlab.finder.usable import kept_losses
from lrlab.schedules import constant, cosine, one_cycle
from lrlab.training import Data, Model, fit
from lrlab.training.arguments import Progress, steps_of
from lrlab.training.batches import Place

Array = NDArray[np.float64]

TRIED = np.geomspace(1e-4, 10 ** (2 / 3), 15)
TUNING_SEEDS = (0, 1, 2)
SEEDS = tuple(range(100, 110))

SCHEDULES: Mapping[str, Callable[[float, int], Any]] = MappingProxyType(
    {
        "constant": lambda rate, steps: constant(rate),
        "cosine": lambda rate, steps: cosine(rate, 0.0, steps),
        "one_cycle": one_cycle,
    }
)
"""What an entrant may do with its rate over a training of so many updates."""


@dataclass(frozen=True)
class Entrant:
    """A way to train: an optimizer, what its rate does, and the rate itself where it is not to be tuned."""

    title: str
    optimizer: str
    schedule: str = "constant"
    rate: float | None = None


ENTRANTS = (
    Entrant("SGD, momentum .9, cosine, tuned", "momentum", "cosine"),
    Entrant("Adam, cosine, tuned", "adam", "cosine"),
    Entrant("Adam, constant, tuned", "adam"),
    Entrant("Adam at its default .001", "adam", rate=1e-3),
)
"""Momentum with a schedule against three Adams; the second Adam has a schedule too, so that only the rule differs."""


@dataclass(frozen=True, eq=False)
class Contest:
    """E entrants, T rates tried by each that is tuned, S seeds of the comparison.

    `tuning` (E, T) are mean losses on the half for tuning, inf where a seed was lost and NaN where nothing was tried.
    `chosen` (E,) are the rates that went on. `losses` and `scores` (E, S) are those on the other half after the last
    update; a training that was lost counts as one that never began.
    """

    entrants: tuple[Entrant, ...]
    rates: Array
    tuning: Array
    chosen: Array
    losses: Array
    scores: Array
    tuning_seeds: tuple[int, ...]
    seeds: tuple[int, ...]

    @property
    def trials(self) -> int:
        """How many trainings each tuned entrant had to choose its rate."""
        return len(self.rates) * len(self.tuning_seeds)

    def against(self, other: int) -> Comparison:
        """Compare the losses of the first entrant with those of another."""
        names = (self.entrants[0].title, self.entrants[other].title)
        return compare(self.losses[0], self.losses[other], names)


def halves(data: Data) -> tuple[Data, Data]:
    """Return the same data with every other validation row, and with the rest of them."""
    return tuple(  # type: ignore[return-value]
        replace(data, x_validation=data.x_validation[part::2], y_validation=data.y_validation[part::2])
        for part in (0, 1)
    )


def hold(
    data: Data,
    model: str | Model,
    batch_size: int,
    *,
    epochs: int,
    entrants: Sequence[Entrant] = ENTRANTS,
    rates: ArrayLike = TRIED,
    tuning_seeds: Sequence[int] = TUNING_SEEDS,
    seeds: Sequence[int] = SEEDS,
    progress: Progress | None = None,
) -> Contest:
    """Tune every entrant with the same number of trials, then train it with fresh seeds and keep what it reaches.

    Args:
        data: what to learn from; its validation rows are split in two.
        model: a name in `MODELS`, or a `Model`.
        batch_size: rows of one update, at least 1.
        epochs: passes over the data, at least 1; schedules end with the last update.
        entrants: at least two.
        rates: those that everyone may try, at least two, each above 0.
        tuning_seeds: at least one.
        seeds: of the comparison, 6 to 16, none of them a tuning seed.
        progress: called after each training pass with those done and to do.

    Returns:
        Contest.

    Raises:
        ValueError: for an argument outside its range.

    Source: on equal tuning budgets, Choi et al. 2019 (1910.05446) and Sivaprasad et al. 2020 (1910.11758).

    >>> from lrlab.training import load
    >>> contest = hold(load("iris"), "linear", 16, epochs=2, tuning_seeds=[0], seeds=range(1, 7))
    >>> contest.trials, contest.losses.shape
    (15, (4, 6))
    """
    tried = np.asarray(rates, dtype=np.float64)
    if tried.ndim != 1 or len(tried) < 2 or not ((tried > 0) & np.isfinite(tried)).all():
        raise ValueError(f"rates is {rates!r}; it must be two or more finite rates above 0.")
    if len(entrants) < 2:
        raise ValueError(f"entrants has {len(entrants)}; a contest needs at least two.")
    tuning_seeds, seeds = checked_seeds(tuning_seeds), checked_seeds(seeds)
    if set(tuning_seeds) & set(seeds):
        raise ValueError(f"seeds is {seeds}; none may be among the tuning seeds {tuning_seeds}.")
    tuned_on, judged_on = halves(data)
    steps = steps_of(len(data.x_train), min(batch_size, len(data.x_train)), Place(), epochs, None)
    tuned = [entrant.rate is None for entrant in entrants]
    to_do, done = sum(tuned) * len(tuning_seeds) + len(entrants) * len(seeds), 0
    tuning = np.full((len(entrants), len(tried)), np.nan)
    chosen = np.array([entrant.rate or np.nan for entrant in entrants])
    losses, scores = np.empty((2, len(entrants), len(seeds)))

    def train(on: Data, entrant: Entrant, rates: Sequence[float], seed: int) -> Any:
        nonlocal done
        paths = np.stack([SCHEDULES[entrant.schedule](rate, steps)(np.arange(steps)) for rate in rates])
        settings: dict[str, Any] = {"steps": steps, "seed": seed, "measure": "ends"}
        training = fit(on, model, entrant.optimizer, paths, batch_size, **settings)
        done += 1
        if progress is not None:
            progress(done, to_do)
        return training

    for row, entrant in enumerate(entrants):
        if tuned[row]:
            passes = [kept_losses(train(tuned_on, entrant, tried.tolist(), seed)) for seed in tuning_seeds]
            tuning[row] = np.mean(passes, axis=0)
            chosen[row] = tried[int(tuning[row].argmin())]
        for column, seed in enumerate(seeds):
            training = train(judged_on, entrant, [float(chosen[row])], seed)
            last = -1 if np.isfinite(kept_losses(training)[0]) else 0
            losses[row, column] = training.validation_losses[0, last]
            scores[row, column] = training.validation_scores[0, last]
    tried = tried.copy()
    for array in (tried, tuning, chosen, losses, scores):
        array.flags.writeable = False  # a contest is remembered and shared
    return Contest(tuple(entrants), tried, tuning, chosen, losses, scores, tuning_seeds, seeds)
