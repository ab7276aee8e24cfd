"""Runs under letters, to be matched to the optimizers or schedules that made them."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from lrlab.grading import answers, exhibits, verdicts, walks
from lrlab.grading.evidence import Curve, Curves
from lrlab.grading.forms import Matching
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.lettered import lettered, shuffled
from lrlab.grading.kinds.options import strangers, twice
from lrlab.grading.kinds.solving import guessed
from lrlab.grading.plans import Plan, rates_of
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import fill
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Label, Quantity, Text, Walk

Matched = Mapping[str, str]


class Runner(BaseModel):
    """One of the runs: who made it, and how."""

    model_config = STRICT

    name: Label
    """Kept with the attempt; never renamed."""
    text: Text
    """What the student chooses from."""
    walk: Walk
    plan: Plan
    """Its rate as a function of the step, such as `{ shape = "constant", rate = 0.1 }`."""


class MatchTask(BaseModel):
    """Match runs to what made them."""

    model_config = STRICT

    kind: Literal["match"]
    runners: tuple[Runner, ...] = Field(min_length=3, max_length=6)
    steps: Quantity
    """How many steps of each run are shown."""
    noise: Quantity = 0.0
    """The standard deviation of the noise in each coordinate of the gradient."""
    seed: Quantity = 0.0
    """Where the noise begins."""
    show: Literal["losses", "rates"] = "losses"
    """What is drawn of each run."""


def offers(task: MatchTask, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    """The runs under letters, in a random order."""
    return lettered(shuffled(len(task.runners), generator), "Run")


def exhibit(task: MatchTask, numbers: Numbers, offered: tuple[Offer, ...]) -> exhibits.Shown:
    """What the runs look like, under their letters."""
    losses, rates = _curves(task, numbers, offered)
    return exhibits.of_runs(rates, "rate") if task.show == "rates" else exhibits.of_runs(losses)


def _curves(
    task: MatchTask, numbers: Numbers, offered: tuple[Offer, ...]
) -> tuple[tuple[Curve, ...], tuple[Curve, ...]]:
    steps = walks.whole(task.steps, numbers)
    noise, seed = walks.number(task.noise, numbers), walks.whole(task.seed, numbers)
    losses, planned = [], []
    for offer in offered:
        runner = task.runners[offer.of]
        rates = rates_of(runner.plan, numbers, steps)
        run = walks.run(runner.walk, numbers, rates[None], steps, noise, seed)
        letter = offer.name.upper()
        losses.append(Curve(letter, tuple(map(float, range(steps + 1))), tuple(run.losses[0].tolist())))
        planned.append(Curve(letter, tuple(map(float, range(steps))), tuple(rates.tolist())))
    return tuple(losses), tuple(planned)


def right_match(task: MatchTask, variant: Variant) -> dict[str, str]:
    """For every letter the name of what made its run."""
    return {offer.name: task.runners[offer.of].name for offer in variant.options}


def read(task: MatchTask, variant: Variant, text: str) -> Matched | answers.Refusal:
    """An answer names one maker for every letter: `a=adam b=plain c=ball`."""
    matched = answers.read_pairs(text, [offer.name for offer in variant.options], "run")
    if isinstance(matched, answers.Refusal):
        return matched
    names = [runner.name for runner in task.runners]
    for letter, name in matched.items():
        if name not in names:
            return answers.Refusal(f"Run {letter.upper()}: {name[:40]!r} is none of {', '.join(names)}.")
        if list(matched.values()).count(name) > 1:
            return answers.Refusal(f"{name!r} is chosen for more than one run. Each made one of them.")
    return matched


def write(matched: Matched) -> str:
    """Letter by letter."""
    return " ".join(f"{letter}={name}" for letter, name in matched.items())


def judge(task: MatchTask, variant: Variant, matched: Matched) -> Verdict:
    """Compare run by run; a wrong answer earns the part of the runs that are matched."""
    truth = right_match(task, variant)
    right = sum(matched[letter] == name for letter, name in truth.items())
    evidence = {"right": right, "runs": len(truth)}
    if right == len(truth):
        return verdicts.passed("right", "Every run is matched.", evidence)
    wrong = [(matched[letter], name) for letter, name in truth.items() if matched[letter] != name]
    mistake = verdicts.known(variant, choices=wrong)
    message = f"{right} of {len(truth)} runs are matched."
    score = verdicts.FULL_SCORE * right // len(truth)
    return verdicts.failed(variant, write(matched), mistake, "wrong", message, evidence, score)


def under_letters(task: MatchTask, variant: Variant, text: str) -> str:
    """Put letters for the runners by their names in the file: `adam=plain plain=adam` mistakes each for the other."""
    letters = {task.runners[offer.of].name: offer.name for offer in variant.options}
    pairs = (part.partition("=") for part in text.split())
    return " ".join(f"{letters.get(name, name)}{equals}{said}" for name, equals, said in pairs)


def form(task: MatchTask, variant: Variant) -> Matching:
    """One maker is chosen for every run."""
    choices = tuple(Offer(runner.name, fill(runner.text, variant.numbers)) for runner in task.runners)
    return Matching(variant.options, choices)


def shown(task: MatchTask, variant: Variant, matched: Matched) -> Curves:
    """Losses and rates of all runs, with the names that the student gave them."""
    losses, rates = _curves(task, variant.numbers, variant.options)
    texts = {runner.name: fill(runner.text, variant.numbers) for runner in task.runners}

    def named(curves: tuple[Curve, ...]) -> tuple[Curve, ...]:
        return tuple(
            Curve(f"{curve.name}: {texts[matched[curve.name.lower()]]}", curve.across, curve.values)
            for curve in curves
        )

    return Curves("step", "loss", named(losses), rates=named(rates))


def solve(task: MatchTask, variant: Variant) -> Matched:
    """For every letter the name of what made its run."""
    return right_match(task, variant)


def prove(task: MatchTask, drawn: Variant) -> Examined:
    """Match all, and exchange every two."""
    truth = right_match(task, drawn)
    luck = 1 / math.factorial(len(truth))
    complaints: list[Complaint] = list(guessed(drawn, luck, "task.runners"))
    losses, rates = _curves(task, drawn.numbers, drawn.options)
    seen = [curve.values for curve in (rates if task.show == "rates" else losses)]
    if len(set(seen)) < len(seen):
        complaints.append(("task.runners", "two runs look the same, so that nobody can tell them apart"))
    heard = set()
    for first in truth:
        for second in truth:
            exchanged = {**truth, first: truth[second], second: truth[first]}
            heard.add(judge(task, drawn, exchanged).mistake or "")
    return Examined(tuple(complaints), frozenset(heard), guess=luck)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Names that do not fit."""
    names = [runner.name for runner in sheet.task.runners]
    yield from twice(names, "task.runners", "runners")
    yield from strangers(sheet, names)


def _trial(task: MatchTask, variant: Variant) -> None:
    exhibit(task, variant.numbers, variant.options)


KIND = Kind(
    task=MatchTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("option", "truth"),
    shown=shown,
    offers=offers,
    exhibit=exhibit,
    complaints=complaints,
    steps=lambda task: [Cost("task.steps", task.steps)],
    trial=_trial,
    under_letters=under_letters,
)
