"""A number is right within the tolerance of its file."""

import math
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from lrlab.grading import answers, verdicts
from lrlab.grading.forms import Typed
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.solving import examples, unheard
from lrlab.grading.spec import Tolerance
from lrlab.grading.templates import shown
from lrlab.grading.variants import Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import number
from lrlab.grading.words import STRICT, Line, Quantity


class NumberTask(BaseModel):
    """Type a number."""

    model_config = STRICT

    kind: Literal["number"]
    answer: Quantity
    """The right number, as a number or as the name of a parameter or value."""
    tolerance: Tolerance
    unit: Line | None = None
    """What the number counts, shown beside the field."""


def read(task: NumberTask, variant: Variant, text: str) -> float | answers.Refusal:
    """Any finite number is an answer."""
    return answers.read(text)


def judge(task: NumberTask, variant: Variant, answer: float) -> Verdict:
    """Compare with the right number; a wrong one is told which way it is off, and how far if it is far."""
    right = number(task.answer, variant.numbers)
    evidence = {"answer": answer}
    if verdicts.is_near(answer, right, task.tolerance):
        exactly = f"{shown(answer)} is close enough; more exactly it is {shown(right)}."
        message = f"{shown(answer)} is right." if shown(answer) == shown(right) else exactly
        return verdicts.passed("right", message, {**evidence, "right": right})
    direction = "too low" if answer < right else "too high"
    mistake = verdicts.known(variant, numbers=[answer], tolerance=task.tolerance)
    message = "" if mistake else f"{shown(answer)} is {direction}{_how_far(answer, right)}."
    return verdicts.failed(variant, answer, mistake, direction, message, evidence)


def _how_far(answer: float, right: float) -> str:
    """In factors of ten only: anything finer would give the answer away."""
    if answer * right <= 0.0:
        return ""
    tens = abs(math.log10(answer / right))
    if tens < 0.7:
        return ""
    return f", by about {round(tens)} factors of ten" if tens >= 1.5 else ", by about a factor of ten"


def form(task: NumberTask, variant: Variant) -> Typed:
    """A number is typed."""
    return Typed("Your answer", task.unit)


def solve(task: NumberTask, variant: Variant) -> float:
    """The right number."""
    return number(task.answer, variant.numbers)


def prove(task: NumberTask, drawn: Variant) -> Examined:
    """Type the right number in three ways, and whatever is known to be wrong."""
    return Examined(tuple(_complaints(task, drawn)))


def _complaints(task: NumberTask, drawn: Variant) -> Iterator[Complaint]:
    right = number(task.answer, drawn.numbers)
    for written, words in (
        (repr(right), "in full"),
        (shown(right), "to four digits"),
        (f"{right:.3g}", "to three"),
    ):
        typed = answers.read(written)
        if isinstance(typed, answers.Refusal) or not judge(task, drawn, typed).passed:
            yield "task.answer", f"cannot be solved: the right number fails when it is written {words}"
            break
    wrong = [answer for mistake in drawn.exercise.sheet.mistakes for answer in examples(mistake, drawn)]
    yield from unheard(drawn.exercise, {judge(task, drawn, answer).mistake or "" for answer in wrong})


KIND = Kind(
    task=NumberTask,
    read=read,
    write=answers.write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("value", "above", "below"),
    every_variant=True,
)
