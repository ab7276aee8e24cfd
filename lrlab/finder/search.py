"""Searching by real trainings: a list of trials to the end, or many trials of which only the best go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrlab.finder.range_test import checked_seeds
from lrlab.finder.spaces import Space, Trials
from lrlab.training import Data, Model, Training, fit, resume
from lrlab.training.arguments import Progress, part_of, whole

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Search:
    """What a search tried, spent and found.

    `losses` (T,) are validation losses where each trial ended, inf where it was lost; `updates` (T,) what it was given.
    `rounds` counts the trials that began each round and the updates a trial had made when the round was over.
    `spent_at` and `best_so_far` (…,) tell after how many updates in all the best loss among the trials still in the
    race was which. `best` is the index of the trial chosen: the lowest loss among those that went furthest.
    """

    space: Space
    trials: Trials
    losses: Array
    updates: NDArray[np.int64]
    rounds: tuple[tuple[int, int], ...]
    spent_at: NDArray[np.int64]
    best_so_far: Array
    best: int

    @property
    def spent(self) -> int:
        """All updates made."""
        return int(self.updates.sum())

    @property
    def choice(self) -> tuple[float, float, float]:
        """The rate and second setting chosen, and the validation loss they reached."""
        return tuple(float(of[self.best]) for of in (self.trials.rates, self.trials.seconds, self.losses))  # type: ignore[return-value]


def train_all(
    data: Data,
    model: str | Model,
    space: Space,
    trials: Trials,
    steps: int,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Search:
    """Train every trial for as many updates, in order: how a grid or random draws are searched.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        space: what the second setting is, and what is not searched.
        trials: what to try.
        steps: updates of each, at least 1.
        seed: starting weights and batches, the same for all.
        progress: called now and then with the updates made and to make.

    Returns:
        Search.

    Raises:
        ValueError: for an argument outside its range.

    Source: Bergstra and Bengio 2012.

    >>> from lrlab.finder.spaces import SPACES, grid
    >>> from lrlab.training import load
    >>> space = SPACES["momentum"]
    >>> found = train_all(load("wine"), "linear", space, grid(space, 3), 20)
    >>> found.spent, found.choice[0]
    (180, 0.1)
    """
    steps, count = whole("steps", steps, at_least=1), len(trials.rates)
    losses = np.empty(count)
    made = 0
    for rows in _groups(trials):
        part = part_of(progress, made, count * steps)
        losses[rows] = _ends(_begin(data, model, space, trials, rows, steps, seed, part))
        made += steps * len(rows)
    return Search(
        space=space,
        trials=trials,
        losses=losses,
        updates=np.full(count, steps),
        rounds=((count, steps),),
        spent_at=steps * np.arange(1, count + 1),
        best_so_far=np.minimum.accumulate(losses),
        best=int(losses.argmin()),
    )


def halve(
    data: Data,
    model: str | Model,
    space: Space,
    trials: Trials,
    first: int,
    *,
    keep: int = 3,
    rounds: int = 4,
    seed: int = 0,
    progress: Progress | None = None,
) -> Search:
    """Give every trial a few updates, let one in `keep` go on for `keep` times as many, and so on.

    Round r trains T/keepʳ trials up to first·keepʳ updates each. Nobody starts anew: the survivors are resumed.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        space: what the second setting is, and what is not searched.
        trials: what to try.
        first: updates of the first round, at least 1.
        keep: one in so many goes on, at least 2.
        rounds: at least 1; the last that begins with a single trial ends the search.
        seed: starting weights and batches, the same for all.
        progress: called now and then with the updates made and to make.

    Returns:
        Search.

    Raises:
        ValueError: for an argument outside its range.

    Source: Jamieson and Talwalkar 2016, Non-stochastic best arm identification and hyperparameter optimization.

    >>> from lrlab.finder.spaces import SPACES, draw
    >>> from lrlab.training import load
    >>> space = SPACES["momentum"]
    >>> found = halve(load("wine"), "linear", space, draw(space, 9), 5, rounds=3)
    >>> found.rounds, found.spent
    (((9, 5), (3, 15), (1, 45)), 105)
    """
    plan = halving_plan(len(trials.rates), first, keep, rounds)
    starts = [0, *(total for _, total in plan)]
    in_all = sum(count * (total - before) for (count, total), before in zip(plan, starts, strict=False))
    losses = np.full(len(trials.rates), np.inf)
    updates = np.zeros(len(losses), dtype=np.int64)
    alive = np.arange(len(losses))
    running: list[tuple[NDArray[np.int64], Training | None]] = [(group, None) for group in _groups(trials)]
    made, spent_at, best_so_far = 0, [], []
    for (count, total), before in zip(plan, starts, strict=False):
        alive = alive[np.argsort(losses[alive], kind="stable")[:count]]
        following: list[tuple[NDArray[np.int64], Training | None]] = []
        for group, training in running:
            stays = np.isin(group, alive)
            if not stays.any():
                continue
            part, more, rows = part_of(progress, made, in_all), total - before, group[stays]
            if training is None:
                training = _begin(data, model, space, trials, rows, more, seed, part)
            else:
                going_on = np.flatnonzero(stays).tolist()
                training = resume(data, training, steps=more, rows=going_on, measure="ends", progress=part)
            following.append((rows, training))
            losses[rows] = _ends(training)
            updates[rows] = total
            made += more * len(rows)
        running = following
        spent_at.append(made)
        best_so_far.append(losses[alive].min())
    return Search(
        space=space,
        trials=trials,
        losses=losses,
        updates=updates,
        rounds=plan,
        spent_at=np.array(spent_at),
        best_so_far=np.array(best_so_far),
        best=int(alive[losses[alive].argmin()]),
    )


def halving_plan(count: int, first: int, keep: int = 3, rounds: int = 4) -> tuple[tuple[int, int], ...]:
    """Return how many trials begin each round of successive halving, and the updates each has made at its end.

    Args:
        count: trials, at least 1.
        first: updates of the first round, at least 1.
        keep: one in so many goes on, at least 2.
        rounds: at least 1.

    Returns:
        Pairs of trials and updates, one a round.

    Raises:
        ValueError: for a number outside its range.

    Source: Jamieson and Talwalkar 2016.

    >>> halving_plan(27, 12)
    ((27, 12), (9, 36), (3, 108), (1, 324))
    """
    count, first = whole("count", count, at_least=1), whole("first", first, at_least=1)
    keep, rounds = whole("keep", keep, at_least=2), whole("rounds", rounds, at_least=1)
    plan = [(max(count // keep**r, 1), first * keep**r) for r in range(rounds)]
    alone = next((r for r, (left, _) in enumerate(plan) if left == 1), rounds - 1)
    return tuple(plan[: alone + 1])


def retrained(
    data: Data,
    model: str | Model,
    searches: Sequence[Search],
    steps: int,
    seeds: Sequence[int],
    progress: Progress | None = None,
) -> Array:
    """Train what each search chose once more, for as many updates, with seeds that no search has seen.

    The lowest of many losses is low by luck as well; new seeds tell skill from luck.

    Args:
        data: what to learn from.
        model: as for the searches.
        searches: what to compare.
        steps: updates of each training, at least 1.
        seeds: at least one, each at least 0.
        progress: called after every training with the trainings done and to do.

    Returns:
        Validation losses, shape (searches, seeds), inf where a training was lost.

    Raises:
        ValueError: for an argument outside its range.

    Source: Cawley and Talbot 2010, on the optimism of the selected model.
    """
    seeds = checked_seeds(seeds)
    losses = np.empty((len(searches), len(seeds)))
    for row, search in enumerate(searches):
        alone = Trials(*(np.array([value]) for value in search.choice[:2]))
        for column, seed in enumerate(seeds):
            losses[row, column] = train_all(data, model, search.space, alone, steps, seed=seed).losses[0]
            if progress is not None:
                progress(row * len(seeds) + column + 1, losses.size)
    return losses


def _groups(trials: Trials) -> list[NDArray[np.int64]]:
    """The trials that share a second setting, and so can be trained in one stacked pass; in order of appearance."""
    _, firsts, which = np.unique(trials.seconds, return_index=True, return_inverse=True)
    return [np.flatnonzero(which == group) for group in np.argsort(firsts)]


def _begin(
    data: Data,
    model: str | Model,
    space: Space,
    trials: Trials,
    rows: NDArray[np.int64],
    steps: int,
    seed: int,
    progress: Progress | None,
) -> Training:
    second = float(trials.seconds[rows[0]])
    settings: dict[str, Any] = {"momentum": second} if space.name == "momentum" else {}
    size = space.batch_size or round(second)
    return fit(
        data,
        model,
        space.optimizer,
        trials.rates[rows],
        size,
        steps=steps,
        seed=seed,
        measure="ends",
        progress=progress,
        **settings,
    )


def _ends(training: Training) -> Array:
    """The last validation losses (R,), inf where a training was lost or is worse than untrained."""
    first, last = training.validation_losses[:, 0], training.validation_losses[:, -1]
    return np.where(last <= first, last, np.inf)
