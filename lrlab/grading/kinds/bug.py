"""A short program, or a few sentences, of which one line is wrong: pick it."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from lrlab.grading import answers, verdicts
from lrlab.grading.forms import Lines
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.options import strangers, try_all, twice
from lrlab.grading.kinds.solving import guessed
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import fill
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Label, Text, TextLine


class Flaw(BaseModel):
    """One line that can be wrong, and what is wrong with it."""

    model_config = STRICT

    name: Label
    """What kind of mistake it is; never renamed."""
    line: int = Field(ge=1)
    """Which line it replaces, counted from 1."""
    text: TextLine
    """The line as it stands when it is wrong; may hold named numbers."""
    reply: Text
    """What is said to whoever has found it."""


class BugTask(BaseModel):
    """Find the line that is wrong."""

    model_config = STRICT

    kind: Literal["bug"]
    lines: tuple[TextLine, ...] = Field(min_length=3, max_length=20)
    """The lines as they should be, in order; may hold named numbers."""
    code: bool = True
    """Whether the lines are a program, drawn with a fixed width, or sentences."""
    flaws: tuple[Flaw, ...] = Field(min_length=1, max_length=8)
    """What can be wrong; each learner sees one of them."""


def offers(task: BugTask, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    """The lines, with one of the flaws in its place; the line that is wrong knows which flaw it has, from 1."""
    chosen = int(generator.random() * len(task.flaws))
    flaw = task.flaws[chosen]
    return tuple(
        Offer(str(number), fill(flaw.text, numbers), chosen + 1)
        if number == flaw.line
        else Offer(str(number), fill(line, numbers))
        for number, line in enumerate(task.lines, start=1)
    )


def flawed(task: BugTask, variant: Variant) -> tuple[str, Flaw]:
    """The number of the line that is wrong, and what is wrong with it."""
    offer = next(offer for offer in variant.options if offer.of)
    return offer.name, task.flaws[offer.of - 1]


def read(task: BugTask, variant: Variant, text: str) -> str | answers.Refusal:
    """An answer is the number of a line."""
    count = len(variant.options)
    said = text.strip().lower().removeprefix("line").strip()
    if said.isascii() and said.isdigit() and len(said) < 4 and 1 <= int(said) <= count:
        return str(int(said))
    if not said:
        return answers.Refusal(f"No line was picked. Pick one of the lines 1 to {count}.")
    return answers.Refusal(f"That is no line. Pick one of the lines 1 to {count}.")


def judge(task: BugTask, variant: Variant, line: str) -> Verdict:
    """Compare with the line that is wrong."""
    truth, flaw = flawed(task, variant)
    evidence = {"line": int(line)}
    if line == truth:
        reply = fill(flaw.reply, variant.numbers).strip()
        return verdicts.passed("right", f"Line {line} it is. {reply}", evidence)
    mistake = verdicts.known(variant, choices=[(line, truth)], outcome=flaw.name)
    return verdicts.failed(variant, line, mistake, flaw.name, f"Line {line} does what it should.", evidence)


def form(task: BugTask, variant: Variant) -> Lines:
    """One line is picked."""
    return Lines(tuple(Offer(offer.name, offer.text) for offer in variant.options), task.code)


def solve(task: BugTask, variant: Variant) -> str:
    """The line that is wrong."""
    return flawed(task, variant)[0]


def prove(task: BugTask, drawn: Variant) -> Examined:
    """Pick every line."""
    truth, _ = flawed(task, drawn)
    found = try_all(drawn, truth, judge, answered=False)
    luck = 1 / len(drawn.options)
    return Examined((*found.complaints, *guessed(drawn, luck, "task.lines")), found.heard, guess=luck)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Lines that are not there, and flaws that change nothing."""
    task = sheet.task
    numbers = [str(number) for number in range(1, len(task.lines) + 1)]
    yield from twice([flaw.name for flaw in task.flaws], "task.flaws", "flaws")
    for place, flaw in enumerate(task.flaws):
        if flaw.line > len(task.lines):
            yield f"task.flaws.{place}.line", f"is {flaw.line}, but there are {len(task.lines)} lines"
        elif flaw.text == task.lines[flaw.line - 1]:
            yield f"task.flaws.{place}.text", f"is line {flaw.line} as it should be; nothing is wrong with it"
    names = [flaw.name for flaw in task.flaws]
    for place, mistake in enumerate(sheet.mistakes):
        if mistake.outcome is not None and mistake.outcome not in names:
            yield (
                f"mistakes.{place}.outcome",
                f"is {mistake.outcome!r}; here it names a flaw: {', '.join(names)}",
            )
    yield from strangers(sheet, numbers)


KIND = Kind(
    task=BugTask,
    read=read,
    write=str,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("option", "truth", "outcome"),
    offers=offers,
    complaints=complaints,
)
