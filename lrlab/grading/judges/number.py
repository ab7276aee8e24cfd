"""A number is right within the tolerance of its file."""

import math

from lrlab.grading import answers
from lrlab.grading.judges import verdict
from lrlab.grading.spec import NumberTask
from lrlab.grading.templates import shown
from lrlab.grading.variants import Variant
from lrlab.grading.walks import number


def read(task: NumberTask, variant: Variant, text: str) -> float | answers.Refusal:
    """Any finite number is an answer."""
    return answers.read(text)


def judge(task: NumberTask, variant: Variant, answer: float) -> verdict.Verdict:
    """Compare with the right number; a wrong one is told which way it is off, and how far if it is far."""
    right = number(task.answer, variant.numbers)
    evidence = {"answer": answer}
    if verdict.is_near(answer, right, task.tolerance):
        exactly = f"{shown(answer)} is close enough; more exactly it is {shown(right)}."
        message = f"{shown(answer)} is right." if shown(answer) == shown(right) else exactly
        return verdict.passed("right", message, {**evidence, "right": right})
    direction = "too low" if answer < right else "too high"
    mistake = verdict.known_number(variant, answer, None, task.tolerance)
    message = "" if mistake else f"{shown(answer)} is {direction}{_how_far(answer, right)}."
    return verdict.failed(variant, answer, mistake, direction, message, evidence)


def _how_far(answer: float, right: float) -> str:
    """In factors of ten only: anything finer would give the answer away."""
    if answer * right <= 0.0:
        return ""
    tens = abs(math.log10(answer / right))
    if tens < 0.7:
        return ""
    return f", by about {round(tens)} factors of ten" if tens >= 1.5 else ", by about a factor of ten"
