"""What kinds with options share: names that differ, mistakes that name one of them, and a proof that tries them all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lrlab.grading.kinds.kind import Complaint, Examined
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import unknown
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Verdict


def twice(names: Iterable[str], field: str, what: str = "options") -> Iterator[Complaint]:
    """Complain about names that stand more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield field, f"{name!r} is the name of {count} {what}; names must differ"


def strangers(sheet: Sheet[Any], names: Sequence[str]) -> Iterator[Complaint]:
    """Complain about mistakes that name an option which is not there."""
    for place, mistake in enumerate(sheet.mistakes):
        for condition in ("option", "truth"):
            said = getattr(mistake, condition)
            if said is not None and said not in names:
                yield f"mistakes.{place}.{condition}", unknown("option", said, names)


def try_all(
    drawn: Variant, right: str | None, judge: Callable[[Any, Variant, str], Verdict], *, answered: bool = True
) -> Examined:
    """Choose every option: the right one alone must pass, and where `answered` something is said to each wrong one."""
    names = [offer.name for offer in drawn.options]
    if right not in names:
        said = f"cannot be solved: what comes true is {right!r}, which is not on offer"
        return Examined((("task.options", said),))
    complaints, heard = [], set()
    for name in names:
        verdict = judge(drawn.task, drawn, name)
        if verdict.mistake is not None:
            heard.add(verdict.mistake)
        if verdict.passed != (name == right):
            said = f"{name!r} {'passes' if verdict.passed else 'fails'} where {right!r} is right"
            complaints.append(("task.options", said))
        elif answered and not verdict.passed and verdict.mistake is None:
            complaints.append(("mistakes", f"nothing is said to {name!r} where {right!r} is right"))
    return Examined(tuple(complaints), frozenset(heard))
