"""One-cycle on a real network: at one peak beside its rivals, with its momentum, and after equal tuning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lrlab.descent.paced import paced_momentum
from lrlab.finder.contest import Entrant
from lrlab.finder.range_test import checked_seeds
from lrlab.schedules import Schedule, constant, cosine, one_cycle
from lrlab.schedules.join import one_cycle_momentum
from lrlab.training import Data, Model, Training, fit
from lrlab.training.arguments import Progress, steps_of
from lrlab.training.batches import Place

Array = NDArray[np.float64]

BETA = 0.9

ENTRANTS = (
    Entrant("One-cycle", "momentum", "one_cycle"),
    Entrant("Cosine", "momentum", "cosine"),
    Entrant("Constant", "momentum"),
)
"""One-cycle against its rivals, all with momentum 0.9 and all tuned; the first is compared with each other."""

RIVALS: Mapping[str, str] = MappingProxyType(
    {
        "constant": "constant rate",
        "cosine": "cosine to 0",
        "one_cycle": "one-cycle, β fixed",
        "paced": "one-cycle, β cycled",
    }
)
"""Four ways to train at one peak, in words."""


@dataclass(frozen=True, eq=False)
class Cycled:
    """The four of `RIVALS` at one peak: `trainings` have a row for each, one training a seed; `momenta` (4, steps)."""

    peak: float
    momenta: Array
    trainings: tuple[Training, ...]

    @property
    def losses(self) -> Array:
        """Validation losses, the mean over seeds, (4, M); NaN from where a seed was lost."""
        losses: Array = np.mean([training.validation_losses for training in self.trainings], axis=0)
        return losses


def schedules(peak: float, steps: int) -> Mapping[str, Schedule]:
    """Return the rate of each rival over a training of so many updates.

    >>> {name: round(float(schedule(29)), 2) for name, schedule in schedules(1.0, 100).items()}
    {'constant': 1.0, 'cosine': 0.81, 'one_cycle': 1.0, 'paced': 1.0}
    """
    cycle = one_cycle(peak, steps)
    return {
        "constant": constant(peak),
        "cosine": cosine(peak, 0.0, steps),
        "one_cycle": cycle,
        "paced": cycle,
    }


def cycle(
    data: Data,
    model: str | Model,
    peak: float,
    batch_size: int,
    *,
    epochs: int,
    seeds: Sequence[int] = (0, 1, 2),
    progress: Progress | None = None,
) -> Cycled:
    """Train with a constant rate, a cosine, a one-cycle, and a one-cycle whose momentum goes the other way.

    Args:
        data: what to learn from.
        model: a name in `MODELS`, or a record.
        peak: the highest rate of all four, > 0.
        batch_size: rows of one update, at least 1.
        epochs: passes over the data, at least 1; every schedule ends with the last update.
        seeds: at least one.
        progress: called after each seed with those done and to do.

    Returns:
        Cycled.

    Raises:
        ValueError: for an argument outside its range.

    Source: Smith and Topin 2018 (super-convergence), Smith 2018 (momentum low where the rate is high).

    >>> from lrlab.training import load
    >>> cycle(load("iris"), "linear", 0.1, 16, epochs=3, seeds=[0]).losses.shape
    (4, 4)
    """
    steps = steps_of(len(data.x_train), min(batch_size, len(data.x_train)), Place(), epochs, None)
    chosen, t = schedules(peak, steps), np.arange(steps)
    rates = np.stack([schedule(t) for schedule in chosen.values()])
    momenta = np.full_like(rates, BETA)
    momenta[-1] = one_cycle_momentum(chosen["paced"])(t)
    momenta.flags.writeable = False
    trainings = []
    checked = checked_seeds(seeds)
    for number, seed in enumerate(checked, start=1):
        rule = paced_momentum(momenta)
        trainings.append(fit(data, model, rule, rates, batch_size, steps=steps, seed=seed))
        if progress is not None:
            progress(number, len(checked))
    return Cycled(float(peak), momenta, tuple(trainings))
