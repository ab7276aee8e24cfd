"""A choice is right or it is not; every wrong one has something said to it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, Field

from lrlab.grading import answers, quantities, verdicts
from lrlab.grading.forms import OneOf
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.options import strangers, try_all, twice
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import fill, unknown
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Label, Pointer, Text


class Option(BaseModel):
    """One of several answers."""

    model_config = STRICT

    name: Label
    """Kept with the attempt; never renamed."""
    text: Text


class ChoiceTask(BaseModel):
    """Choose one of several answers."""

    model_config = STRICT

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)
    correct: Annotated[str, AfterValidator(Pointer)]
    """The name of an option, or of a value that gives one."""
    shuffle: bool = True
    """Whether each learner sees the answers in an order of their own."""


def offers(task: ChoiceTask, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    """The options with a learner's numbers in them, in an order of their own."""
    offered = [Offer(option.name, fill(option.text, numbers)) for option in task.options]
    if task.shuffle:
        keys = generator.random(len(offered))
        offered = [offered[place] for place in np.argsort(keys, kind="stable")]
    return tuple(offered)


def read(task: ChoiceTask, variant: Variant, text: str) -> str | answers.Refusal:
    """An answer is the name of one of the options."""
    return answers.read_option(text, [option.name for option in variant.options])


def right_option(task: ChoiceTask, variant: Variant) -> str:
    """The option that is right for this learner."""
    if any(option.name == task.correct for option in variant.options):
        return task.correct
    return str(variant.numbers[task.correct])


def judge(task: ChoiceTask, variant: Variant, chosen: str) -> Verdict:
    """Compare with the right option."""
    truth = right_option(task, variant)
    if chosen == truth:
        return verdicts.passed("right", "That is right.", {})
    mistake = verdicts.known(variant, choices=[(chosen, truth)])
    message = "" if mistake else "That is not it. Look at the first hint and read the question once more."
    return verdicts.failed(variant, chosen, mistake, "wrong", message, {})


def form(task: ChoiceTask, variant: Variant) -> OneOf:
    """One of the options is picked."""
    return OneOf(variant.options)


def solve(task: ChoiceTask, variant: Variant) -> str:
    """The option that is right."""
    return right_option(task, variant)


def prove(task: ChoiceTask, drawn: Variant) -> Examined:
    """Choose every option."""
    return try_all(drawn, right_option(task, drawn), judge)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Names that do not fit."""
    names = [option.name for option in sheet.task.options]
    yield from twice(names, "task.options")
    words = quantities.words(sheet)
    if sheet.task.correct not in names and sheet.task.correct not in words:
        yield "task.correct", unknown("option", sheet.task.correct, [*names, *words])
    yield from strangers(sheet, names)


KIND = Kind(
    task=ChoiceTask,
    read=read,
    write=str,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("option", "truth"),
    offers=offers,
    complaints=complaints,
)
