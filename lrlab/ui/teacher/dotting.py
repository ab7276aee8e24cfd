"""A class's rates on one curve: the dots, worked out once for everyone who looks at them."""

from collections.abc import Iterator, Sequence

from lrlab.charts.classes import Dot
from lrlab.classroom.insight.beliefs import Pick
from lrlab.grading import Variant
from lrlab.ui import asked, long_work, remembered
from lrlab.ui.asked import Given
from lrlab.ui.long_work import Progress
from lrlab.ui.teacher import spread

_ONE = 1
"""The seed of the task whose numbers the curve of a class is drawn with."""


def reference(slug: str) -> Variant:
    """The task whose curve stands for all of them."""
    return remembered.task(slug, _ONE)


def given(picks: Sequence[Pick]) -> list[Given]:
    """Answers on record with their tasks; those that the course cannot ask again are left out."""
    return list(_given(picks, lambda so_far, all_of_it: None))


def moved(slug: str, picks: Sequence[Pick]) -> tuple[Dot, ...]:
    """Everyone's rates on the curve of the reference; finding each student's door takes a while."""
    onto = reference(slug)
    return long_work.done(
        "class dots",
        (slug, onto.exercise.version, tuple(map(_key, picks))),
        "Finding each student's door",
        lambda tell: spread.dots(onto, _given(picks, tell)),
    )


def _given(picks: Sequence[Pick], tell: Progress) -> Iterator[Given]:
    for place, pick in enumerate(picks):
        tell(place, len(picks))
        task = asked.again(pick.task)
        if task is not None:
            yield Given(task, pick.answer, pick.passed, pick.outcome)


def _key(pick: Pick) -> tuple[object, ...]:
    numbers = tuple(sorted(pick.task.parameters.items()))
    return pick.task.seed, numbers, pick.answer, pick.passed, pick.outcome
