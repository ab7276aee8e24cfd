"""A prediction is held against the walk it was made for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from lrlab.descent import Descent
from lrlab.descent.outcomes import endings
from lrlab.grading import answers, templates, verdicts, walks
from lrlab.grading.evidence import Walked
from lrlab.grading.forms import OneOf
from lrlab.grading.kinds.doors import name_of
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.options import strangers, try_all, twice
from lrlab.grading.kinds.rate import OUTCOMES
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import fill, unknown
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Label, Quantity, Text, Walk

OBSERVATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"outcome": OUTCOMES, "first_step": ("short", "lands", "nearer", "further")}
)
"""What can be observed of a walk, and the words for it: how it ends, or where its first step leads."""
LANDED = 0.005
"""Closer to the minimum than this part of the starting distance is on it."""


class Forecast(BaseModel):
    """One of several predictions, and what must happen for it to come true."""

    model_config = STRICT

    name: Label
    text: Text
    when: tuple[str, ...] = Field(min_length=1)
    """The things observed that make this prediction right."""


class PredictTask(BaseModel):
    """Say what a walk will do before it is run."""

    model_config = STRICT

    kind: Literal["predict"]
    walk: Walk
    rate: Quantity
    steps: Quantity
    observe: Literal["outcome", "first_step"]
    """What is compared with the prediction: how the walk ends, or where the first step lands."""
    options: tuple[Forecast, ...] = Field(min_length=2, max_length=8)


def offers(task: PredictTask, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    """The predictions with a learner's numbers in them."""
    return tuple(Offer(option.name, fill(option.text, numbers)) for option in task.options)


def read(task: PredictTask, variant: Variant, text: str) -> str | answers.Refusal:
    """An answer is the name of one of the predictions on offer."""
    return answers.read_option(text, [option.name for option in variant.options])


def walk(task: PredictTask, variant: Variant) -> Descent:
    """The walk that the prediction is about."""
    steps = walks.whole(task.steps, variant.numbers)
    return walks.run(task.walk, variant.numbers, [walks.number(task.rate, variant.numbers)], steps)


def observed(task: PredictTask, run: Descent) -> tuple[str, str]:
    """What happened: the word that predictions are compared with, and a sentence."""
    if task.observe == "first_step":
        return _first_step(run)
    ending = endings(run)[0]
    return name_of(ending), ending.sentence


def right_option(task: PredictTask, variant: Variant) -> str | None:
    """The prediction that comes true for this learner; None where none on offer does."""
    word, _ = observed(task, walk(task, variant))
    return next((option.name for option in task.options if word in option.when), None)


def judge(task: PredictTask, variant: Variant, chosen: str) -> verdicts.Verdict:
    """Run the walk and compare."""
    run = walk(task, variant)
    word, sentence = observed(task, run)
    truth = next((option.name for option in task.options if word in option.when), "")
    evidence = {
        "rate": float(run.rates[0, 0]),
        "steps": run.rates.shape[1],
        "finite_states": int(run.lengths[0]),
    }
    if chosen == truth:
        return verdicts.passed(word, f"As you predicted. {sentence}", evidence)
    mistake = verdicts.known(variant, choices=[(chosen, truth)])
    return verdicts.failed(variant, chosen, mistake, word, sentence, evidence)


def form(task: PredictTask, variant: Variant) -> OneOf:
    """One of the predictions is picked, and then the walk is run."""
    return OneOf(variant.options, runs=True)


def shown(task: PredictTask, variant: Variant, chosen: str) -> Walked:
    """The walk that the prediction was about."""
    run = walk(task, variant)
    return Walked(run, endings(run), ("the run",))


def solve(task: PredictTask, variant: Variant) -> str | None:
    """The prediction that comes true."""
    return right_option(task, variant)


def prove(task: PredictTask, drawn: Variant) -> Examined:
    """Make every prediction."""
    return try_all(drawn, right_option(task, drawn), judge)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Names that do not fit, and things observed that no word stands for."""
    task = sheet.task
    names = [option.name for option in task.options]
    yield from twice(names, "task.options")
    meanings = Counter(word for option in task.options for word in option.when)
    for place, option in enumerate(task.options):
        for word in option.when:
            if word not in OBSERVATIONS[task.observe]:
                yield f"task.options.{place}.when", unknown(task.observe, word, OBSERVATIONS[task.observe])
            elif meanings[word] > 1:
                yield f"task.options.{place}.when", f"{word!r} stands under {meanings[word]} options"
    yield from strangers(sheet, names)


def try_one_step(task: PredictTask, variant: Variant) -> None:
    """Raise ValueError where the walk does not work out for a learner's numbers."""
    walks.whole(task.steps, variant.numbers)
    walks.run(task.walk, variant.numbers, walks.number(task.rate, variant.numbers), 1)


def _first_step(run: Descent) -> tuple[str, str]:
    start, there = run.points[0, 0], run.points[0, 1]
    minima = np.array(run.surface.minima)
    minimum = minima[np.argmin(np.linalg.norm(minima - start, axis=1))]
    before, after = (float(np.linalg.norm(point - minimum)) for point in (start, there))
    across = float((start - minimum) @ (there - minimum)) < 0.0
    word = "short" if not across else "nearer" if after < before else "further"
    if after <= LANDED * before:
        word = "lands"
    side = "on the other side" if across else "on the same side"
    far, near = templates.shown(before), templates.shown(after)
    return word, f"The first step leads from a distance of {far} to one of {near}, {side} of the minimum."


KIND = Kind(
    task=PredictTask,
    read=read,
    write=str,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("option", "truth"),
    shown=shown,
    offers=offers,
    complaints=complaints,
    steps=lambda task: [Cost("task.steps", task.steps)],
    trial=try_one_step,
)
