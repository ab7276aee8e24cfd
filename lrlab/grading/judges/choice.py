"""A choice is right or it is not; every wrong one has something said to it."""

from lrlab.grading import answers
from lrlab.grading.judges import verdict
from lrlab.grading.spec import ChoiceTask
from lrlab.grading.variants import Variant


def read(task: ChoiceTask, variant: Variant, text: str) -> str | answers.Refusal:
    """An answer is the name of one of the options."""
    return answers.read_option(text, [option.name for option in variant.options])


def right_option(task: ChoiceTask, variant: Variant) -> str:
    """The option that is right for this learner."""
    if any(option.name == task.correct for option in variant.options):
        return task.correct
    return str(variant.numbers[task.correct])


def judge(task: ChoiceTask, variant: Variant, chosen: str) -> verdict.Verdict:
    """Compare with the right option."""
    truth = right_option(task, variant)
    if chosen == truth:
        return verdict.passed("right", "That is right.", {})
    mistake = verdict.known_option(variant, chosen, truth)
    message = "" if mistake else "That is not it. Look at the first hint and read the question once more."
    return verdict.failed(variant, chosen, mistake, "wrong", message, {})
