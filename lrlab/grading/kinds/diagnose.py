"""A mystery curve: what does it show, what gives it away, and what is to be done?"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel

from lrlab.diagnosis import SIGNS, Symptom
from lrlab.diagnosis.clinic import ACTIONS, EVIDENCE, REASONS, Cause, Course, Mystery, mystery
from lrlab.grading import answers, exhibits, quantities, verdicts, walks
from lrlab.grading.evidence import Curve, Curves
from lrlab.grading.forms import Question, Questions
from lrlab.grading.kinds.kind import Complaint, Examined, Kind
from lrlab.grading.kinds.options import strangers
from lrlab.grading.spec import Sheet
from lrlab.grading.templates import unknown
from lrlab.grading.variants import Offer, Variant
from lrlab.grading.verdicts import Verdict
from lrlab.grading.walks import Numbers
from lrlab.grading.words import STRICT, Pointer, Quantity

Said = Mapping[str, str]
CAUSES: tuple[str, ...] = tuple(cause.value for cause in Cause)
ASKED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "symptom": (
        "What does the curve show?",
        {
            symptom.value: f"{sign.title}. {sign.looks}"
            for symptom, sign in SIGNS.items()
            if symptom is not Symptom.NOT_SURE
        },
    ),
    "evidence": ("What gives it away?", EVIDENCE),
    "action": ("What do you do next?", ACTIONS),
}
"""The three questions, and what may be answered: a name, and the words for it."""


class DiagnoseTask(BaseModel):
    """Say what is wrong with a run, by its curve."""

    model_config = STRICT

    kind: Literal["diagnose"]
    cause: Annotated[str, AfterValidator(Pointer)]
    """Why the curve looks as it does, or a parameter that draws it."""
    patient: Quantity
    """Which of the runs with this cause: a whole number, or a parameter that draws it."""


def patient(task: DiagnoseTask, numbers: Numbers) -> Mystery:
    """The run, with its truth and its cure."""
    return _patient(walks.whole(task.patient, numbers), str(numbers.get(task.cause, task.cause)))


@lru_cache(maxsize=128)
def _patient(seed: int, cause: str) -> Mystery:
    return mystery(seed, Cause(cause))


def exhibit(task: DiagnoseTask, numbers: Numbers, offered: tuple[Offer, ...]) -> exhibits.Shown:
    """The log of the run: losses, rates, and validation losses where it has them."""
    found = patient(task, numbers)
    losses, rates = _curves(Course(found.unit, found.losses, found.rates, found.validation))
    return exhibits.of_log(losses, rates, found.unit, found.told)


def _curves(course: Course, name: str = "training") -> tuple[tuple[Curve, ...], tuple[Curve, ...]]:
    across = tuple(map(float, range(len(course.losses))))
    losses = [Curve(name, across, tuple(course.losses.tolist()))]
    if course.validation is not None:
        losses.append(Curve("validation", across, tuple(course.validation.tolist())))
    return tuple(losses), (Curve("rate", across, tuple(course.rates.tolist())),)


def truth(task: DiagnoseTask, variant: Variant) -> dict[str, str]:
    """The right answers to the three questions."""
    found = patient(task, variant.numbers)
    return {"symptom": found.symptom.value, "evidence": found.evidence, "action": found.action}


def read(task: DiagnoseTask, variant: Variant, text: str) -> Said | answers.Refusal:
    """An answer says all three: `symptom=creeping evidence=straight action=raise`."""
    said = answers.read_pairs(text, ASKED, "question")
    if isinstance(said, answers.Refusal):
        return said
    for question, name in said.items():
        options = ASKED[question][1]
        if name not in options:
            return answers.Refusal(f"The {question}: {unknown('answer', name, options)}.")
    return said


def write(said: Said) -> str:
    """Question by question."""
    return " ".join(f"{question}={name}" for question, name in said.items())


def judge(task: DiagnoseTask, variant: Variant, said: Said) -> Verdict:
    """Compare with what the run was made of; every question that is right earns a third."""
    right, found = truth(task, variant), patient(task, variant.numbers)
    wrong = [question for question in ASKED if said[question] != right[question]]
    count = len(ASKED) - len(wrong)
    evidence = {"right": count, "questions": len(ASKED)}
    if not wrong:
        reason = REASONS[found.cause]
        message = f"All three. {reason.title}. {reason.why} The cure: {_lower(found.cured)}"
        return verdicts.passed("right", message, evidence)
    pairs = [(said[question], right[question]) for question in wrong]
    mistake = verdicts.known(variant, choices=pairs, outcome=found.cause.value)
    agreed = [question for question in ASKED if question not in wrong]
    message = f"Right so far: {', '.join(agreed)}. " if agreed else ""
    message += f"Look again at: {', '.join(wrong)}."
    score = verdicts.FULL_SCORE * count // len(ASKED)
    return verdicts.failed(variant, write(said), mistake, found.cause.value, message, evidence, score)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def form(task: DiagnoseTask, variant: Variant) -> Questions:
    """Three questions are answered together."""
    return Questions(
        tuple(
            Question(name, asked, tuple(Offer(option, words) for option, words in options.items()))
            for name, (asked, options) in ASKED.items()
        )
    )


def shown(task: DiagnoseTask, variant: Variant, said: Said) -> Curves:
    """The run, and for whoever found out what is wrong also how it goes once cured, on the same batches."""
    found = patient(task, variant.numbers)
    losses, rates = _curves(Course(found.unit, found.losses, found.rates, found.validation))
    if said == truth(task, variant):
        cured, its_rates = _curves(found.cure, "training, cured")
        losses, rates = (
            (*losses, cured[0]),
            (*rates, Curve("rate, cured", its_rates[0].across, its_rates[0].values)),
        )
    return Curves(found.unit, "loss", losses, rates=rates)


def solve(task: DiagnoseTask, variant: Variant) -> Said:
    """The right answers."""
    return truth(task, variant)


def prove(task: DiagnoseTask, drawn: Variant) -> Examined:
    """Answer every question wrongly in every way."""
    right = truth(task, drawn)
    heard = set()
    for question, (_, options) in ASKED.items():
        for name in options:
            heard.add(judge(task, drawn, {**right, question: name}).mistake or "")
    luck = 1.0
    for _, options in ASKED.values():
        luck /= len(options)
    return Examined((), frozenset(heard), guess=luck)


def complaints(sheet: Sheet[Any]) -> Iterator[Complaint]:
    """Causes, patients and answers that are none."""
    task: DiagnoseTask = sheet.task
    given = sheet.parameters.get(task.cause, task.cause)
    for name in getattr(given, "choices", (given,)):
        if name not in CAUSES:
            yield "task.cause", unknown("cause", str(name), CAUSES)
    bounds = quantities.bounds(sheet, task.patient)
    if bounds is None or bounds[0] < 0 or bounds[1] > 10_000:
        yield "task.patient", "must be a whole number from 0 to 10000, or a parameter that is one"
    for place, mistake in enumerate(sheet.mistakes):
        if mistake.outcome is not None and mistake.outcome not in CAUSES:
            yield f"mistakes.{place}.outcome", unknown("cause", mistake.outcome, CAUSES)
    yield from strangers(sheet, [name for _, options in ASKED.values() for name in options])


def _trial(task: DiagnoseTask, variant: Variant) -> None:
    walks.whole(task.patient, variant.numbers)


KIND = Kind(
    task=DiagnoseTask,
    read=read,
    write=write,
    judge=judge,
    form=form,
    solve=solve,
    prove=prove,
    conditions=("option", "truth", "outcome"),
    outcomes=CAUSES,
    shown=shown,
    exhibit=exhibit,
    complaints=complaints,
    trial=_trial,
)
