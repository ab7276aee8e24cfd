"""What is costly about a task is worked out once: remembered by its numbers, whoever has them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import TypeVar

from lrlab.grading.variants import Variant

T = TypeVar("T")
_KEPT = 64


@dataclass(frozen=True)
class _Case:
    key: tuple[object, ...]
    variant: Variant = field(compare=False)


def once_a_case(work: Callable[[Variant], T]) -> Callable[[Variant], T]:
    """Remember the last results of a function of a task; tasks with the same file and numbers are the same case."""

    @lru_cache(maxsize=_KEPT)
    def by_case(case: _Case) -> T:
        return work(case.variant)

    @wraps(work)
    def remembered(variant: Variant) -> T:
        exercise = variant.exercise
        return by_case(_Case((exercise.slug, exercise.version, *variant.numbers.items()), variant))

    return remembered
