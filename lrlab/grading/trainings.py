"""Real trainings in an exercise file: what is trained, and what every rate of a grid reaches, trained once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, Field

from lrlab.descent import OPTIMIZERS
from lrlab.finder import RangeTest, range_test
from lrlab.grading import quantities
from lrlab.grading.kinds.kind import Complaint
from lrlab.grading.spec import MOST_STEPS, Sheet, Span
from lrlab.grading.templates import unknown
from lrlab.grading.walks import Numbers, number, whole
from lrlab.grading.words import STRICT, Name, OptimizerName, Pointer, Quantity, one_of
from lrlab.training import DATA_SETS, MODELS, fit, load
from lrlab.training.models import named
from lrlab.training.network import bind

MOST_RUNS = 50
MOST_WORK = 4e9
"""Multiplications of rows with weights in one sweep of a grid; about two seconds."""

ModelName = Annotated[str, *one_of("model", MODELS)]


class Grid(Span):
    """The rates that are trained beforehand, evenly spread over the decades."""

    count: int = Field(ge=5, le=MOST_RUNS)
    """How many there are."""


class Lesson(BaseModel):
    """What is trained, on what, by which rule and for how long."""

    model_config = STRICT

    data: Annotated[str, AfterValidator(Pointer)]
    """The name of a data set, or of a parameter that is one."""
    model: ModelName = "linear"
    optimizer: OptimizerName = "sgd"
    coefficients: dict[Name, Quantity] = {}
    batch_size: Quantity
    """Rows of one update."""
    epochs: Quantity
    """Passes over the training rows."""
    seed: Quantity = 0.0
    """Decides the starting weights and the batches."""
    grid: Grid


class Setup(NamedTuple):
    """A lesson with a learner's own numbers in it."""

    data: str
    model: str
    optimizer: str
    coefficients: tuple[tuple[str, float], ...]
    batch_size: int
    epochs: int
    seed: int
    low: float
    high: float
    runs: int


@dataclass(frozen=True, eq=False)
class Sweep:
    """The validation loss that each rate of the grid ends with; infinite where a training broke down."""

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]

    @property
    def best_rate(self) -> float:
        """The rate with the lowest loss."""
        return float(self.rates[self.losses.argmin()])

    @property
    def best(self) -> float:
        """The lowest loss."""
        return float(self.losses.min())

    def passing(self, bar: float) -> float:
        """The part of the grid that ends no higher than a bar."""
        return float(np.mean(self.losses <= bar))

    def decades(self, bar: float) -> float:
        """How many decades of the grid end no higher than a bar, each rate standing for its share of the grid."""
        span = float(np.log10(self.rates[-1] / self.rates[0]))
        return float(np.sum(self.losses <= bar)) * span / (len(self.rates) - 1)


def setup(lesson: Lesson, numbers: Numbers, batch_size: Quantity | None = None) -> Setup:
    """Put a learner's own numbers into a lesson, or another batch size."""
    coefficients = ((name, number(given, numbers)) for name, given in lesson.coefficients.items())
    return Setup(
        str(numbers.get(lesson.data, lesson.data)),
        lesson.model,
        lesson.optimizer,
        tuple(coefficients),
        whole(lesson.batch_size if batch_size is None else batch_size, numbers),
        whole(lesson.epochs, numbers),
        whole(lesson.seed, numbers),
        lesson.grid.low,
        lesson.grid.high,
        lesson.grid.count,
    )


@lru_cache(maxsize=64)
def sweep(setup: Setup) -> Sweep:
    """Train with every rate of the grid."""
    rates = np.geomspace(setup.low, setup.high, setup.runs)
    return Sweep(rates, _losses(setup, rates))


@lru_cache(maxsize=512)
def loss(setup: Setup, rate: float) -> float:
    """The validation loss that one rate ends with."""
    return float(_losses(setup, np.array([rate]))[0])


def _losses(setup: Setup, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    settings: dict[str, Any] = {"epochs": setup.epochs, "seed": setup.seed, **dict(setup.coefficients)}
    training = fit(
        load(setup.data), setup.model, setup.optimizer, rates, setup.batch_size, measure="ends", **settings
    )
    losses = training.validation_losses[:, -1]
    return np.where(np.isfinite(losses), losses, np.inf)


@lru_cache(maxsize=64)
def ramp(setup: Setup, steps: int) -> RangeTest:
    """A range test of the same lesson, from 1e-7 to 10."""
    settings: dict[str, Any] = {
        "batch_size": setup.batch_size,
        "seeds": (setup.seed,),
        **dict(setup.coefficients),
    }
    return range_test(load(setup.data), setup.model, setup.optimizer, steps=steps, **settings)


def complaints(sheet: Sheet[Any], lesson: Lesson, field: str = "task.lesson") -> Iterator[Complaint]:
    """What a model cannot see of a lesson: the data set, the coefficients, and what a sweep would cost."""
    given = sheet.parameters.get(lesson.data, lesson.data)
    names = [str(name) for name in getattr(given, "choices", (given,))]
    for name in names:
        if name not in DATA_SETS:
            yield f"{field}.data", unknown("data set", name, DATA_SETS)
    for name in lesson.coefficients:
        defaults = OPTIMIZERS[lesson.optimizer].defaults
        if name not in defaults:
            yield (
                f"{field}.coefficients.{name}",
                unknown(f"coefficient of {lesson.optimizer}", name, defaults),
            )
    if all(name in DATA_SETS for name in names):
        yield from _costs(sheet, lesson, names, field)


def _costs(sheet: Sheet[Any], lesson: Lesson, names: list[str], field: str) -> Iterator[Complaint]:
    limits: Mapping[str, Quantity] = {
        "batch_size": lesson.batch_size,
        "epochs": lesson.epochs,
        "seed": lesson.seed,
    }
    bounds = {name: quantities.bounds(sheet, quantity) for name, quantity in limits.items()}
    for name, found in bounds.items():
        if found is None:
            yield (
                f"{field}.{name}",
                "must be a number or a parameter, so that its largest value is known beforehand",
            )
            return
        if found[0] < (name != "seed"):
            yield f"{field}.{name}", f"can be {found[0]:g}; at least {int(name != 'seed')} is needed"
            return
    smallest, most = bounds["batch_size"], bounds["epochs"]
    if smallest is None or most is None:
        return
    for name in names:
        data = load(name)
        rows = len(data.x_train)
        updates = most[1] * max(1, rows // smallest[0])
        if updates > MOST_STEPS:
            yield (
                f"{field}.epochs",
                f"can make {updates:.0f} updates on {name}; at most {MOST_STEPS} are allowed",
            )
            return
        work = most[1] * rows * lesson.grid.count * bind(named(lesson.model), data).parameters
        if work > MOST_WORK:
            yield (
                field,
                f"a grid on {name} would take {work / MOST_WORK * 2:.1f} s or so; at most 2 s are allowed",
            )
            return
