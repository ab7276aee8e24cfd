"""Runs under letters, to be put in the order of their rates."""

import math
import re
from itertools import combinations
from typing import Literal

import numpy as np
from pydantic import BaseModel, Field

from lrlab.grading import answers, exhibits, verdicts, walks
from lrlab.grading.evidence import Curve, Curves
from lrlab.grading.forms import Ordering
from lrlab.grading.kinds.kind import Complaint, Cost, Examined, Kind
from lrlab.grading.kinds.lettered import lettered, shuffled
from lrlab.grading.kinds.solving import guessed
from lrlab.grading.templates import shown as written
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Quantity, Walk

Letters = tuple[str, ...]
_APART = 1.25
_OUTCOMES = ("reversed", "by_loss", "swapped", "wrong")


class OrderTask(BaseModel):
    """Put runs in the order of their rates, from their loss curves."""

    model_config = STRICT

    kind: Literal["order"]
    walk: Walk
    rates: tuple[Quantity, ...] = Field(min_length=3, max_length=6)
    """The rates of the runs, all different; each learner sees the runs under letters of their own."""
    steps: Quantity
    """How many steps of each run are shown."""


def offers(task: OrderTask, numbers: Numbers, generator: np.random.Generator) -> tuple[Offer, ...]:
    """The runs under letters, in a random order."""
    return lettered(shuffled(len(task.rates), generator), "Run")


def exhibit(task: OrderTask, numbers: Numbers, offered: tuple[Offer, ...]) -> exhibits.Shown:
    """The loss curves under their letters."""
    return exhibits.of_runs(_curves(task, numbers, offered))


def _curves(task: OrderTask, numbers: Numbers, offered: tuple[Offer, ...]) -> tuple[Curve, ...]:
    rates = [walks.number(task.rates[offer.of], numbers) for offer in offered]
    steps = walks.whole(task.steps, numbers)
    run = walks.run(task.walk, numbers, rates, steps)
    across = tuple(map(float, range(steps + 1)))
    return tuple(
        Curve(offer.name.upper(), across, tuple(losses))
        for offer, losses in zip(offered, run.losses.tolist(), strict=True)
    )


def rate_of(task: OrderTask, variant: Variant, letter: str) -> float:
    """The rate of the run under a letter."""
    place = next(offer.of for offer in variant.options if offer.name == letter)
    return walks.number(task.rates[place], variant.numbers)


def right_order(task: OrderTask, variant: Variant) -> Letters:
    """The letters from the smallest rate to the largest."""
    return tuple(
        sorted((offer.name for offer in variant.options), key=lambda name: rate_of(task, variant, name))
    )


def read(task: OrderTask, variant: Variant, text: str) -> Letters | answers.Refusal:
    """An answer is every letter once: `b c a`, `B, C, A` or `b < c < a`."""
    names = [offer.name for offer in variant.options]
    said = [part for part in re.split(r"[\s,;<→-]+", text.strip().lower()) if part]
    if len(said) == 1 and len(said[0]) == len(names):
        said = list(said[0])
    listed = ", ".join(name.upper() for name in names)
    for part in said:
        if part not in names:
            return answers.Refusal(f"{part[:20]!r} is none of the runs. They are {listed}.")
        if said.count(part) > 1:
            return answers.Refusal(f"Run {part.upper()} stands twice. Every run has one place.")
    missing = [name.upper() for name in names if name not in said]
    if missing:
        return answers.Refusal(f"Still without a place: {', '.join(missing)}. Put all of {listed} in order.")
    return tuple(said)


def write(letters: Letters) -> str:
    """The letters in order."""
    return " ".join(letters)


def judge(task: OrderTask, variant: Variant, letters: Letters) -> Verdict:
    """Compare with the order of the rates; a wrong order earns the part of the pairs that stand right."""
    rates = [rate_of(task, variant, letter) for letter in letters]
    pairs = list(combinations(rates, 2))
    right = sum(first < second for first, second in pairs)
    evidence = {"right_pairs": right, "pairs": len(pairs)}
    named = ", ".join(
        f"{letter.upper()} {written(rate_of(task, variant, letter), '.3g')}"
        for letter in right_order(task, variant)
    )
    if right == len(pairs):
        return verdicts.passed("right", f"All in order. The rates: {named}.", evidence)
    outcome = _what(task, variant, letters)
    mistake = verdicts.known(variant, outcome=outcome)
    message = f"{right} of {len(pairs)} pairs stand the right way round."
    said = " ".join(letters).upper()
    score = round(verdicts.FULL_SCORE * right / len(pairs))
    return verdicts.failed(
        variant, said, mistake, outcome, message, evidence, min(score, verdicts.FULL_SCORE - 1)
    )


def by_last_loss(task: OrderTask, variant: Variant) -> Letters:
    """The letters from the highest last loss to the lowest, for whoever takes a low loss for a large rate."""
    curves = _curves(task, variant.numbers, variant.options)
    lasts = [(-curve.values[-1] if math.isfinite(curve.values[-1]) else -math.inf) for curve in curves]
    return tuple(
        name for _, name in sorted(zip(lasts, (offer.name for offer in variant.options), strict=True))
    )


def _what(task: OrderTask, variant: Variant, letters: Letters) -> str:
    right = right_order(task, variant)
    if letters == right[::-1]:
        return "reversed"
    if letters == by_last_loss(task, variant):
        return "by_loss"
    differing = [
        place for place, (said, there) in enumerate(zip(letters, right, strict=True)) if said != there
    ]
    return "swapped" if len(differing) == 2 and differing[1] == differing[0] + 1 else "wrong"


def under_letters(task: OrderTask, variant: Variant, text: str) -> str:
    """Put letters for the places of the rates in the file, counted from 1: `4 3 2 1`."""
    letters = {str(offer.of + 1): offer.name for offer in variant.options}
    return " ".join(letters.get(place, place) for place in text.split())


def form(task: OrderTask, variant: Variant) -> Ordering:
    """All runs are put in order."""
    return Ordering(variant.options, "smallest rate", "largest rate")


def shown(task: OrderTask, variant: Variant, letters: Letters) -> Curves:
    """The curves in the student's order; with their rates only once the order is right."""
    right = letters == right_order(task, variant)
    curves = {curve.name: curve for curve in _curves(task, variant.numbers, variant.options)}
    named = []
    for place, letter in enumerate(letters, start=1):
        said = f"α = {written(rate_of(task, variant, letter), '.3g')}" if right else f"your place {place}"
        curve = curves[letter.upper()]
        named.append(Curve(f"{curve.name}: {said}", curve.across, curve.values))
    return Curves("step", "loss", tuple(named))


def solve(task: OrderTask, variant: Variant) -> Letters:
    """The letters from the smallest rate to the largest."""
    return right_order(task, variant)


def prove(task: OrderTask, drawn: Variant) -> Examined:
    """Put them in the right order and in several wrong ones."""
    right = right_order(task, drawn)
    luck = 1 / math.factorial(len(right))
    complaints: list[Complaint] = list(guessed(drawn, luck, "task.rates"))
    rates = [rate_of(task, drawn, letter) for letter in right]
    if len(set(rates)) < len(rates):
        return Examined((("task.rates", "cannot be solved: two rates are the same"),), guess=luck)
    if any(_look_alike(*pair) for pair in combinations(_curves(task, drawn.numbers, drawn.options), 2)):
        complaints.append(("task.rates", "two runs look the same, so that nobody can tell them apart"))
    tried = [right[::-1], by_last_loss(task, drawn), (right[1], right[0], *right[2:]), (*right[1:], right[0])]
    heard = frozenset(name for order in tried if (name := judge(task, drawn, order).mistake))
    return Examined(tuple(complaints), heard, guess=luck)


def _look_alike(first: Curve, second: Curve) -> bool:
    """Whether the losses of two runs are nowhere further apart than by a quarter."""
    pairs = zip(first.values, second.values, strict=True)
    return not any(max(pair) > _APART * min(pair) for pair in pairs if min(pair) > 0)


def _trial(task: OrderTask, variant: Variant) -> None:
    exhibit(task, variant.numbers, variant.options)


KIND = Kind(
    task=OrderTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("outcome",),
    outcomes=_OUTCOMES,
    shown=shown,
    offers=offers,
    exhibit=exhibit,
    steps=lambda task: [Cost("task.steps", task.steps)],
    trial=_trial,
    under_letters=under_letters,
)
