"""The rate as a function of the step, as an exercise file or an answer may write it: a shape and its numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from lrlab import schedules
from lrlab.grading.templates import unknown
from lrlab.grading.walks import Numbers, number
from lrlab.grading.words import Quantity, one_of
from lrlab.schedules import Schedule


@dataclass(frozen=True)
class Parameter:
    """A number that a shape has: what it is, and its bounds. `rate` says that it is a rate, within the task's own."""

    text: str
    low: float = 0.0
    high: float = 1.0
    rate: bool = False


@dataclass(frozen=True)
class Outline:
    """A shape: its title, its parameters by name, and how it is made over a number of steps."""

    title: str
    parameters: Mapping[str, Parameter]
    make: Callable[..., Schedule]


_RATE = Parameter("rate at the start", rate=True)
_END = Parameter("rate at the end", rate=True)

SHAPES: Mapping[str, Outline] = MappingProxyType(
    {
        "constant": Outline("Constant", {"rate": _RATE}, lambda steps, rate: schedules.constant(rate)),
        "step": Outline(
            "Step decay",
            {
                "rate": _RATE,
                "drops": Parameter("number of equal stretches", 2, 20),
                "factor": Parameter("factor at each drop", 0.01, 1.0),
            },
            lambda steps, rate, drops, factor: schedules.step_decay(
                rate, max(1, round(steps / drops)), factor
            ),
        ),
        "exponential": Outline(
            "Exponential",
            {"rate": _RATE, "decay": Parameter("factor at every step", 0.5, 1.0)},
            lambda steps, rate, decay: schedules.exponential(rate, decay),
        ),
        "linear": Outline(
            "Linear",
            {"rate": _RATE, "end": _END},
            lambda steps, rate, end: schedules.linear(rate, end, steps),
        ),
        "cosine": Outline(
            "Cosine",
            {"rate": _RATE, "end": _END},
            lambda steps, rate, end: schedules.cosine(rate, end, steps),
        ),
        "inverse_time": Outline(
            "1/t",
            {"rate": _RATE, "decay": Parameter("decay a step", 0.0001, 10.0)},
            lambda steps, rate, decay: schedules.inverse_time(rate, decay),
        ),
        "warmup_cosine": Outline(
            "Warm-up, then cosine",
            {
                "rate": Parameter("rate at the peak", rate=True),
                "warmup": Parameter("part of the steps", 0.01, 0.9),
            },
            lambda steps, rate, warmup: _warmed_up(steps, rate, warmup),
        ),
    }
)


def _warmed_up(steps: int, rate: float, part: float) -> Schedule:
    first = min(max(1, round(part * steps)), steps - 1)
    return schedules.warmup(first, schedules.cosine(rate, 0.0, steps - first))


ShapeName = Annotated[str, *one_of("shape", SHAPES)]


class Plan(BaseModel):
    """A shape by its name; its other fields are the numbers of that shape."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, use_attribute_docstrings=True)
    __pydantic_extra__: dict[str, Quantity] = Field(init=False)

    shape: ShapeName
    """The name of the shape."""

    def model_post_init(self, context: object, /) -> None:
        """Refuse a parameter that the shape has not, and one that is missing."""
        asked, given = SHAPES[self.shape].parameters, self.model_extra or {}
        for name in given:
            if name not in asked:
                raise ValueError(unknown(f"parameter of {self.shape}", name, asked))
        for name in asked:
            if name not in given:
                raise ValueError(f"{name} is missing; {self.shape} needs {', '.join(asked)}")


def rates_of(plan: Plan, numbers: Numbers, steps: int) -> NDArray[np.float64]:
    """The rate of every update, (steps,)."""
    given = {name: number(quantity, numbers) for name, quantity in (plan.model_extra or {}).items()}
    return rates(plan.shape, given, steps)


def rates(shape: str, given: Mapping[str, float], steps: int) -> NDArray[np.float64]:
    """The rate of every update of a shape with its numbers, (steps,)."""
    return np.asarray(SHAPES[shape].make(steps, **given)(np.arange(steps)), dtype=np.float64)
