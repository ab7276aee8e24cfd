"""From what was typed to a verdict, whatever the kind of the exercise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lrlab.descent import Descent
from lrlab.grading.answers import Refusal
from lrlab.grading.judges import choice, number, predict, rate
from lrlab.grading.judges.verdict import Verdict
from lrlab.grading.spec import PredictTask, RateTask
from lrlab.grading.variants import Variant

Answer = float | str


@dataclass(frozen=True)
class Judge:
    """How answers of one kind are read and judged."""

    read: Callable[[Any, Variant, str], Any]
    judge: Callable[[Any, Variant, Any], Verdict]


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "rate": Judge(rate.read, rate.judge),
        "number": Judge(number.read, number.judge),
        "choice": Judge(choice.read, choice.judge),
        "predict": Judge(predict.read, predict.judge),
    }
)


def read(variant: Variant, text: str) -> Answer | Refusal:
    """Make an answer of what was typed or chosen, or say why it is none; that costs no attempt."""
    answer: Answer | Refusal = JUDGES[variant.exercise.kind].read(variant.exercise.sheet.task, variant, text)
    return answer


def judge(variant: Variant, answer: Answer) -> Verdict:
    """Judge an answer, as `read` made it or still as text; raises ValueError for one that `read` refuses."""
    reading = read(variant, answer if isinstance(answer, str) else repr(float(answer)))
    if isinstance(reading, Refusal):
        raise ValueError(reading.sentence)
    return JUDGES[variant.exercise.kind].judge(variant.exercise.sheet.task, variant, reading)


def replay(variant: Variant, answer: Answer) -> Descent | None:
    """The walk that the verdict speaks of, for the player; None for kinds that are not judged by walking."""
    task = variant.exercise.sheet.task
    if isinstance(task, RateTask):
        reading = read(variant, str(answer))
        return None if isinstance(reading, Refusal) else rate.walk(task, variant, [float(reading)])
    return predict.walk(task, variant) if isinstance(task, PredictTask) else None
