"""A prediction is held against the walk it was made for."""

import numpy as np

from lrlab.descent import Descent
from lrlab.descent.outcomes import endings
from lrlab.grading import answers, walks
from lrlab.grading.judges import verdict
from lrlab.grading.judges.rate import name_of
from lrlab.grading.spec import PredictTask
from lrlab.grading.templates import shown
from lrlab.grading.variants import Variant

LANDED = 0.005
"""Closer to the minimum than this part of the starting distance is on it."""


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


def judge(task: PredictTask, variant: Variant, chosen: str) -> verdict.Verdict:
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
        return verdict.passed(word, f"As you predicted. {sentence}", evidence)
    mistake = verdict.known_option(variant, chosen, truth)
    return verdict.failed(variant, chosen, mistake, word, sentence, evidence)


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
    return word, (
        f"The first step leads from a distance of {shown(before)} to one of {shown(after)}, {side} of the minimum."
    )
