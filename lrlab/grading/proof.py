"""Every exercise proves itself: it can be solved, not by chance, and every known mistake is answered."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lrlab.grading.answers import Refusal
from lrlab.grading.drawing import variant
from lrlab.grading.judging import judge, read, write
from lrlab.grading.kinds.kind import Complaint, Examined
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.kinds.solving import unheard
from lrlab.grading.templates import fill
from lrlab.grading.track import Exercise, Fault
from lrlab.grading.variants import Variant

_TESTED_SEEDS = 25


@dataclass(frozen=True)
class Proof:
    """What was found on all variants.

    `doors` are the widths in decades, narrowest, median and widest; `guess` is the largest probability of passing
    blindly; `best` and `par` are medians of the best measure possible and of a good one. All four are None where
    they mean nothing. `solvable` says whether every variant has an answer that passes. The exercise is proved where
    there are no faults.
    """

    slug: str
    kind: str
    variants: int
    doors: tuple[float, float, float] | None
    guess: float | None
    best: float | None
    par: float | None
    solvable: bool
    faults: tuple[Fault, ...]


def prove(exercise: Exercise, seeds: int = 100) -> Proof:
    """Solve, fail and mistype an exercise on the variants of the seeds 0 to `seeds` − 1."""
    kind = KINDS[exercise.kind]
    found: dict[Complaint, list[int]] = {complaint: [] for complaint in _of_malformed(exercise)}
    examined: list[Examined] = []
    for seed in range(seeds):
        try:
            drawn = variant(exercise, seed)
            examined.append(kind.prove(drawn.task, drawn))
            complaints = [*examined[-1].complaints, *_of_solution(drawn)]
            if seed < _TESTED_SEEDS:
                complaints += _of_tests(drawn)
        except ValueError as reason:
            complaints = [("parameters", f"a learner's numbers do not work out: {reason}")]
        for complaint in complaints:
            found.setdefault(complaint, []).append(seed)
    if not kind.every_variant:
        heard = {name for one in examined for name in one.heard}
        found.update((complaint, []) for complaint in unheard(exercise, heard))
    return _summary(exercise, seeds, examined, found)


def _summary(
    exercise: Exercise, seeds: int, examined: Sequence[Examined], found: dict[Complaint, list[int]]
) -> Proof:
    widths = [one.decades for one in examined if one.decades is not None]
    faults = (
        Fault(f"{exercise.slug}.toml", field, f"{reason}{_where(on, seeds)}")
        for (field, reason), on in found.items()
    )
    return Proof(
        slug=exercise.slug,
        kind=exercise.kind,
        variants=seeds,
        doors=(min(widths), statistics.median(widths), max(widths)) if widths else None,
        guess=max((one.guess for one in examined if one.guess is not None), default=None),
        best=_median([one.best for one in examined if one.best is not None]),
        par=_median([one.par for one in examined if one.par is not None]),
        solvable=len(examined) == seeds and not any("cannot be solved" in reason for _, reason in found),
        faults=tuple(faults),
    )


def _median(numbers: Sequence[float]) -> float | None:
    return statistics.median(numbers) if numbers else None


def _where(seeds: list[int], tried: int) -> str:
    return f" (on {len(seeds)} of {tried} variants, first on seed {seeds[0]})" if seeds else ""


def _of_solution(drawn: Variant) -> Iterator[Complaint]:
    """The answer that the kind's own solver finds must pass, and be read back from its canonical text."""
    answer = KINDS[drawn.exercise.kind].solve(drawn.task, drawn)
    if answer is None:
        return  # the kind has said why
    written = write(drawn, answer)
    if read(drawn, written) != answer:
        yield "task", f"the answer {written!r} is not read back as it was written"
    elif not judge(drawn, answer).passed:
        yield "task", f"cannot be solved: the best answer found, {written!r}, does not pass"


def _of_tests(drawn: Variant) -> Iterator[Complaint]:
    for place, wrong in enumerate(drawn.exercise.sheet.self_test.wrong):
        tested = variant(drawn.exercise, drawn.seed, wrong.given) if wrong.given else drawn
        text = fill(wrong.answer, tested.numbers)
        answer = read(tested, KINDS[tested.exercise.kind].under_letters(tested.task, tested, text))
        field = f"self_test.wrong.{place}"
        if isinstance(answer, Refusal):
            yield f"{field}.answer", f"is refused as no answer: {answer.sentence}"
            continue
        verdict = judge(tested, answer)
        if verdict.passed:
            yield f"{field}.answer", "is meant to be wrong and passes"
        elif verdict.mistake != wrong.mistake:
            came = f"of {verdict.mistake!r}" if verdict.mistake else "of no known mistake"
            yield f"{field}.mistake", f"the message that comes back is {came}"


def _of_malformed(exercise: Exercise) -> Iterator[Complaint]:
    for place, text in enumerate(exercise.sheet.self_test.malformed):
        if not isinstance(read(variant(exercise, 0), text), Refusal):
            yield f"self_test.malformed.{place}", f"{text!r} is taken for an answer"
