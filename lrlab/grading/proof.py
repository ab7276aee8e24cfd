"""Every exercise proves itself: it can be solved, not by chance, and every known mistake is answered."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lrlab.descent.outcomes import endings, settled_at
from lrlab.grading.answers import Refusal
from lrlab.grading.doors import Door, door
from lrlab.grading.judges import choice, predict, rate
from lrlab.grading.judges.verdict import NEARBY, known_number
from lrlab.grading.judging import judge, read
from lrlab.grading.spec import ChoiceTask, Mistake, NumberTask, PredictTask, RateTask
from lrlab.grading.templates import fill, shown
from lrlab.grading.track import Exercise, Fault
from lrlab.grading.variants import Variant, variant
from lrlab.grading.walks import number

MOST_GUESSED = 0.35
MOST_GUESSED_HARD = 0.15
_TRIED_RATES = 60
_TESTED_SEEDS = 25

Complaint = tuple[str, str]


@dataclass(frozen=True)
class Proof:
    """What was found on all variants.

    `doors` are the widths in decades, narrowest, median and widest; `guess` is the largest probability of passing
    blindly; `par` the median of the fewest steps possible. All three are None where no rate is asked for. The
    exercise is proved where there are no faults.
    """

    slug: str
    kind: str
    variants: int
    doors: tuple[float, float, float] | None
    guess: float | None
    par: float | None
    faults: tuple[Fault, ...]


def prove(exercise: Exercise, seeds: int = 100) -> Proof:
    """Solve, fail and mistype an exercise on the variants of the seeds 0 to `seeds` − 1."""
    task = exercise.sheet.task
    found: dict[Complaint, list[int]] = {complaint: [] for complaint in _of_malformed(exercise)}
    doors: list[Door] = []
    heard: set[str] = set()
    for seed in range(seeds):
        try:
            drawn = variant(exercise, seed)
            if isinstance(task, RateTask):
                doors.append(door(task, drawn))
                complaints = list(_of_rate(task, drawn, doors[-1]))
            elif isinstance(task, NumberTask):
                complaints = list(_of_number(task, drawn))
            else:
                complaints = list(_of_options(task, drawn, heard))
            if seed < _TESTED_SEEDS:
                complaints += _of_tests(drawn)
        except ValueError as reason:
            complaints = [("parameters", f"a learner's numbers do not work out: {reason}")]
        for complaint in complaints:
            found.setdefault(complaint, []).append(seed)
    if isinstance(task, ChoiceTask | PredictTask):
        found.update((complaint, []) for complaint in _unheard(exercise, heard))
    return _summary(exercise, seeds, doors, found)


def _summary(exercise: Exercise, seeds: int, doors: list[Door], found: dict[Complaint, list[int]]) -> Proof:
    widths = [one.decades for one in doors]
    bests = [one.best_steps for one in doors if one.best_steps is not None]
    faults = (
        Fault(f"{exercise.slug}.toml", field, f"{reason}{_where(on, seeds)}")
        for (field, reason), on in found.items()
    )
    return Proof(
        slug=exercise.slug,
        kind=exercise.kind,
        variants=seeds,
        doors=(min(widths), statistics.median(widths), max(widths)) if widths else None,
        guess=max(one.guess for one in doors) if doors else None,
        par=statistics.median(bests) if bests else None,
        faults=tuple(faults),
    )


def _where(seeds: list[int], tried: int) -> str:
    return f" (on {len(seeds)} of {tried} variants, first on seed {seeds[0]})" if seeds else ""


def _of_rate(task: RateTask, drawn: Variant, found: Door) -> Iterator[Complaint]:
    if found.best_steps is None or not found.openings:
        yield "task.budget", "cannot be solved: no rate on the slider settles in time"
        return
    claim = task.door
    if not claim.least <= found.decades <= claim.most:
        side = "narrower" if found.decades < claim.least else "wider"
        yield "task.door", f"the door is {side} than the {claim.least:g} to {claim.most:g} decades claimed"
    most = MOST_GUESSED_HARD if drawn.exercise.sheet.hard else MOST_GUESSED
    if found.guess > most:
        yield "task.slider", f"blind guessing passes with a probability above {most:g}"
    yield from _of_sweep(task, drawn)


def _of_sweep(task: RateTask, drawn: Variant) -> Iterator[Complaint]:
    """Walk with the untouched rate, with rates that should make each mistake, and with rates from the whole slider."""
    mistakes = drawn.exercise.sheet.mistakes
    examples = [value for mistake in mistakes for value in _examples(mistake, drawn) if value > 0.0]
    slider = np.geomspace(task.slider.low, task.slider.high, _TRIED_RATES)
    rates = [task.slider.start, *examples, *slider.tolist()]
    run = rate.walk(task, drawn, rates)
    passing = settled_at(run, task.tolerance) <= number(task.budget, drawn.numbers)
    if passing[0]:
        yield "task.slider.start", "passes untouched"
    outcomes: Sequence[str | None] = [None] * len(rates)
    if any(mistake.outcome for mistake in mistakes):
        outcomes = [rate.name_of(ending) for ending in endings(run, task.tolerance)]
    heard = {
        known.name
        for value, outcome, passes in zip(rates, outcomes, passing, strict=True)
        if not passes and (known := known_number(drawn, value, outcome, NEARBY))
    }
    yield from _unheard(drawn.exercise, heard)


def _of_number(task: NumberTask, drawn: Variant) -> Iterator[Complaint]:
    right = number(task.answer, drawn.numbers)
    for written, words in (
        (repr(right), "in full"),
        (shown(right), "to four digits"),
        (f"{right:.3g}", "to three"),
    ):
        if not judge(drawn, written).passed:
            yield "task.answer", f"cannot be solved: the right number fails when it is written {words}"
            break
    examples = [answer for mistake in drawn.exercise.sheet.mistakes for answer in _examples(mistake, drawn)]
    yield from _unheard(drawn.exercise, {judge(drawn, answer).mistake or "" for answer in examples})


def _examples(mistake: Mistake, drawn: Variant) -> Iterator[float]:
    """Numbers that a mistake should know: its value, or some beside each bound and between the two."""
    if mistake.value is not None:
        yield number(mistake.value, drawn.numbers)
    bounds = [number(bound, drawn.numbers) for bound in (mistake.above, mistake.below) if bound is not None]
    for bound in bounds:
        yield from (bound * part for part in (0.5, 0.9, 1.1, 2.0))
    if bounds:
        yield sum(bounds) / len(bounds)


def _of_options(task: ChoiceTask | PredictTask, drawn: Variant, heard: set[str]) -> Iterator[Complaint]:
    if isinstance(task, ChoiceTask):
        right: str | None = choice.right_option(task, drawn)
    else:
        right = predict.right_option(task, drawn)
    names = [offer.name for offer in drawn.options]
    if right not in names:
        yield "task.options", f"cannot be solved: what comes true is {right!r}, which is not on offer"
        return
    for name in names:
        verdict = judge(drawn, name)
        if verdict.mistake is not None:
            heard.add(verdict.mistake)
        if verdict.passed != (name == right):
            yield (
                "task.options",
                f"{name!r} {'passes' if verdict.passed else 'fails'} where {right!r} is right",
            )
        elif not verdict.passed and verdict.mistake is None:
            yield "mistakes", f"nothing is said to {name!r} where {right!r} is right"


def _unheard(exercise: Exercise, heard: set[str]) -> Iterator[Complaint]:
    for place, mistake in enumerate(exercise.sheet.mistakes):
        if mistake.name not in heard:
            yield f"mistakes.{place}", f"no answer brings the message of {mistake.name!r}"


def _of_tests(drawn: Variant) -> Iterator[Complaint]:
    for place, wrong in enumerate(drawn.exercise.sheet.self_test.wrong):
        tested = variant(drawn.exercise, drawn.seed, wrong.given) if wrong.given else drawn
        answer = read(tested, fill(wrong.answer, tested.numbers))
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
