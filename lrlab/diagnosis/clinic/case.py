"""A run that was made ill on purpose, and the same run cured: how the clinic gets its patients."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrlab.descent import descend
from lrlab.diagnosis.symptoms import Symptom
from lrlab.training import Training, fit, load, resume
from lrlab.training.data import Data
from lrlab.training.models import Model

Array = NDArray[np.float64]
Unit = Literal["step", "epoch"]


@dataclass(frozen=True, eq=False)
class Course:
    """What a log of a run holds: a loss per point (n,), the rate in force there (n,), and the validation loss or None.

    Points are steps or epochs, as `unit` says. Losses are as computed: they may be NaN or inf at the end.
    """

    unit: Unit
    losses: Array
    rates: Array
    validation: Array | None = None

    def until(self, last: int) -> "Course":
        """The same log up to point `last`."""
        n = last + 1
        validation = None if self.validation is None else self.validation[:n]
        return Course(self.unit, self.losses[:n], self.rates[:n], validation)


@dataclass(frozen=True, eq=False)
class Case:
    """One patient: what is told about it, its symptom, the decisive evidence by name, and its cure.

    `at` is the point of the log at which something happened, where something did.
    """

    told: str
    symptom: Symptom
    evidence: str
    ill: Course
    cured: Course
    cure: str
    at: int | None = None


@dataclass(frozen=True)
class Subject:
    """A model on a data set, trained by plain mini-batch descent and logged once an epoch."""

    data: str
    model: Model
    batch_size: int = 32

    @property
    def told(self) -> str:
        """The set-up in a sentence."""
        return (
            f"{self.model.title} on {load(self.data).title.lower()}: plain mini-batch descent, batches of"
            f" {self.batch_size}, a line in the log after every epoch."
        )

    @property
    def per_epoch(self) -> int:
        """How many updates an epoch has."""
        return max(len(load(self.data).x_train) // self.batch_size, 1)


def trained(subject: Subject, ill: ArrayLike, cured: ArrayLike, seed: int) -> tuple[Course, Course]:
    """Return the logs of two trainings that differ by their rates alone.

    `ill` and `cured` (epochs,) hold a rate for every epoch. Point k of a log is measured after k epochs, and the rate
    beside it is that of the epoch to come.
    """
    rates = np.array([ill, cured], dtype=np.float64)
    steps = np.repeat(rates, subject.per_epoch, axis=1)
    epochs = rates.shape[1]
    run = fit(load(subject.data), subject.model, "sgd", steps, subject.batch_size, epochs=epochs, seed=seed)
    return _by_epoch(run, 0, rates[0]), _by_epoch(run, 1, rates[1])


def trained_on(
    subject: Subject, data: Data, rate: float, epochs: int, at: int, seed: int
) -> tuple[Course, Course]:
    """Return the logs of a training whose data are exchanged after `at` epochs, and of one that keeps its own.

    The rate is one and the same all the way. With `at` 0 the data are other ones from the start.
    """
    own, rates = load(subject.data), np.full(epochs, rate)

    def train(data: Data, epochs: int) -> Training:
        return fit(data, subject.model, "sgd", rate, subject.batch_size, epochs=epochs, seed=seed)

    cured = train(own, epochs)
    ill = train(data, epochs) if at == 0 else resume(data, train(own, at), epochs=epochs - at)
    return _by_epoch(ill, 0, rates), _by_epoch(cured, 0, rates)


def _by_epoch(run: Training, row: int, rates: Array) -> Course:
    return Course("epoch", run.train_losses[row], np.append(rates, rates[-1]), run.validation_losses[row])


def logged_by_step(
    data: str,
    model: Model,
    optimizer: str,
    rates: tuple[float, float],
    batch_size: int,
    steps: int,
    seed: int,
) -> tuple[Course, Course]:
    """Return the logs of two trainings, each at one rate, with a line for every mini-batch."""
    run = fit(load(data), model, optimizer, rates, batch_size, steps=steps, seed=seed, measure="never")
    ill, cured = (Course("step", run.losses[row], np.full(steps, rate)) for row, rate in enumerate(rates))
    return ill, cured


def walked(
    surface: str, rates: Array, start: tuple[float, float], noise: float, seed: int, momentum: float = 0.0
) -> Course:
    """Return the log of a descent on one of the surfaces with a rate for every update."""
    rule = {"optimizer": "momentum", "momentum": momentum} if momentum else {"optimizer": "sgd"}
    run = descend(surface, rates=rates[None], start=start, steps=len(rates), noise=noise, seed=seed, **rule)
    return Course("step", run.losses[0], np.append(rates, rates[-1]))


def scrambled(data: Data, share: float, seed: int) -> Data:
    """Return the same rows with a share of the training labels dealt out anew among them."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(data.y_train))[: round(share * len(data.y_train))]
    labels = data.y_train.copy()
    labels[rows] = labels[rng.permutation(rows)]
    return replace(data, y_train=labels)


def in_other_units(data: Data, share: float, factor: float, seed: int) -> Data:
    """Return the same rows with a share of the training features multiplied by a factor."""
    rng = np.random.default_rng(seed)
    count = data.x_train.shape[1]
    columns = rng.permutation(count)[: max(1, round(share * count))]
    x = data.x_train.copy()
    x[:, columns] *= factor
    return replace(data, x_train=x)


def with_a_hole(data: Data, seed: int) -> Data:
    """Return the same rows with one value of one training row missing, as NaN."""
    rng = np.random.default_rng(seed)
    x = data.x_train.copy()
    x[rng.integers(len(x)), rng.integers(x.shape[1])] = np.nan
    return replace(data, x_train=x)
