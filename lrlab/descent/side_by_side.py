"""Runs of different rules on one surface as one sweep, for whatever draws or measures a sweep."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from lrlab.descent.run import Descent


def side_by_side(runs: Sequence[Descent]) -> Descent:
    """Return several sweeps on one surface, of as many steps, as one sweep with one clock.

    Args:
        runs: at least one; all on the same surface and of the same number of steps.

    Returns:
        A `Descent` with the rows of all; its `optimizer` names every rule, and it has no coefficients of its own.

    Raises:
        ValueError: for no runs, different surfaces or different numbers of steps.

    Source: none; a matter of bookkeeping.

    >>> from lrlab.descent import descend
    >>> both = side_by_side([descend("bowl", name, 0.1, steps=5) for name in ("sgd", "adam")])
    >>> both.points.shape, both.optimizer
    ((2, 6, 2), 'sgd, adam')
    """
    if not runs or any(run.surface is not runs[0].surface for run in runs):
        raise ValueError(f"there are {len(runs)} runs; give at least one, all on the same surface.")
    steps = {run.rates.shape[1] for run in runs}
    if len(steps) > 1:
        raise ValueError(f"the runs have {sorted(steps)} steps; they must have the same number.")
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(run, name) for run in runs])
        for name in ("rates", "points", "losses", "lengths")
    }
    for array in joined.values():
        array.flags.writeable = False
    return replace(
        runs[0],
        optimizer=", ".join(run.optimizer for run in runs),
        coefficients=MappingProxyType({}),
        **joined,
    )
