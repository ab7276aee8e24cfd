"""A rate is judged by walking with it: settled within the budget, and still settled for a while after."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lrlab.descent import Descent
from lrlab.descent.outcomes import Ending, endings, settled_at
from lrlab.grading import answers, walks
from lrlab.grading.judges import verdict
from lrlab.grading.spec import RateTask
from lrlab.grading.variants import Variant


def read(task: RateTask, variant: Variant, text: str) -> float | answers.Refusal:
    """A rate is a number above zero."""
    rate = answers.read(text)
    if isinstance(rate, float) and rate <= 0.0:
        return answers.Refusal("A learning rate is above zero; the minus sign is in the rule already.")
    return rate


def walk(task: RateTask, variant: Variant, rates: Sequence[float] | NDArray[np.float64]) -> Descent:
    """Walk with rates for the budget and the steps held after it."""
    steps = walks.whole(task.budget, variant.numbers) + task.hold
    return walks.run(task.walk, variant.numbers, rates, steps)


def steps_needed(
    task: RateTask, variant: Variant, rates: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.int64]:
    """After how many steps each walk has settled for good; more than the budget is too late. Shape (R,)."""
    return settled_at(walk(task, variant, rates), task.tolerance)


def judge(task: RateTask, variant: Variant, rate: float) -> verdict.Verdict:
    """Walk with the rate, and say what happened."""
    run = walk(task, variant, [rate])
    ending = endings(run, task.tolerance)[0]
    budget, steps = walks.whole(task.budget, variant.numbers), run.rates.shape[1]
    evidence: dict[str, float] = {
        "rate": rate,
        "budget": budget,
        "steps": steps,
        "tolerance": task.tolerance,
        "start_distance": ending.start_distance,
        "finite_states": int(run.lengths[0]),
    }
    if ending.settled_at is not None:
        evidence["settled_at"] = ending.settled_at
    if math.isfinite(ending.end_distance):
        evidence["end_distance"] = ending.end_distance
    outcome = name_of(ending)
    message = f"{ending.sentence} The budget was {_steps(budget)}, and {task.hold} more to stay there."
    if ending.settled_at is not None and ending.settled_at <= budget:
        return verdict.passed(outcome, message, evidence)
    mistake = verdict.known_number(variant, rate, outcome, verdict.NEARBY)
    return verdict.failed(variant, rate, mistake, outcome, message, evidence)


def name_of(ending: Ending) -> str:
    """The outcome as exercise files write it."""
    return ending.outcome.name.lower()


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"
