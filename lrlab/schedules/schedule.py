"""What a schedule is: a function of the step that remembers its name and its numbers, for pictures and for code."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Schedule:
    """The rate as a function of the step.

    `form` is the closed form on steps as float64 (n,); `holds_from` is the first step from which the value no longer
    changes (inf where that never happens). A schedule made of others has them in `parts`: part k + 1 takes over at
    step `at[k]` and counts from its own step 0. A value in `parameters` may itself be a schedule.
    """

    name: str
    parameters: Mapping[str, Any] = field(hash=False)
    form: Callable[[Array], Array] = field(repr=False, compare=False)
    holds_from: float = math.inf
    parts: tuple["Schedule", ...] = ()
    at: tuple[float, ...] = ()

    @overload
    def __call__(self, step: int) -> np.float64: ...

    @overload
    def __call__(self, step: ArrayLike) -> Array: ...

    def __call__(self, step: ArrayLike) -> np.float64 | Array:
        """Return the rate that the update of this step uses.

        Args:
            step: 0, 1, 2, …: an int, or an int array of any shape.

        Returns:
            float64 of the same shape. Past the end of the schedule, its last value.

        Raises:
            ValueError: for a step that is negative or not an int.

        >>> from lrlab.schedules import step_decay
        >>> step_decay(0.01, every=30, factor=0.1)([29, 30]).tolist()
        [0.01, 0.001]
        """
        steps = np.asarray(step)
        if steps.size and steps.dtype.kind not in "iu":
            raise ValueError(f"step is {step!r}; it must be a whole number, 0 or more, or an array of them.")
        if steps.size and steps.min() < 0:
            raise ValueError(f"step is {int(steps.min())}; it must be 0 or more.")
        rates: Array = self.form(steps.ravel().astype(np.float64)).reshape(steps.shape)
        return rates[()]
