"""What is costly about a task is worked out once: remembered by its numbers, whoever has them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

from lrlab.grading.variants import Variant

Ts = TypeVarTuple("Ts")
T = TypeVar("T")
_KEPT = 128


@dataclass(frozen=True)
class _Case:
    key: tuple[object, ...]
    variant: Variant = field(compare=False)


def once_a_case(work: Callable[[Variant, *Ts], T]) -> Callable[[Variant, *Ts], T]:
    """Remember the last results of a function of a task; tasks with the same file and numbers are the same case.

    What else the function takes must be hashable.
    """

    @lru_cache(maxsize=_KEPT)
    def by_case(case: _Case, *others: Any) -> T:
        return work(case.variant, *others)

    @wraps(work)
    def remembered(variant: Variant, *others: *Ts) -> T:
        exercise = variant.exercise
        return by_case(_Case((exercise.slug, exercise.version, *variant.numbers.items()), variant), *others)

    return remembered
