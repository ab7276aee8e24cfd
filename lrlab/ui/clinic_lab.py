"""The clinic: a mystery curve, three questions, evidence and a next action; then the truth, and the cured run."""

import secrets
from collections.abc import Mapping

import numpy as np
import streamlit as st

from lrlab.charts.courses import Line, losses_over_chart, rates_over_chart
from lrlab.diagnosis import diagnose
from lrlab.diagnosis.clinic import (
    ACTIONS,
    EVIDENCE,
    QUESTIONS,
    REASONS,
    Cause,
    Mystery,
    cause_of,
    mark,
    mystery,
)
from lrlab.diagnosis.held_back import held_back
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound

MOST = 999_999
"""Patients have numbers from 1 up to this."""
RESTLESS = 8
"""The patient of the prediction: it jitters at a floor, and half-way its cure divides the rate."""
_ANSWERS = "clinic.answers"
_SAYS = {True: "yes", False: "no"}


@st.cache_resource(max_entries=256, show_spinner=False)
def patient(number: int, cause: Cause | None = None) -> Mystery:
    """The patient of that number."""
    return mystery(number, cause)


def compare(page: str, options: Mapping[str, str]) -> None:
    """Cut the rate of a run at its noise floor, and hold the prediction against the level that follows."""
    run = patient(RESTLESS, Cause.NOISE_FLOOR)
    before, after = _late(run.losses), _late(run.cure.losses)
    truth = "drops" if after < 0.85 * before else "rises" if after > 1.15 * before else "stays"
    reflections.compare(
        page,
        options,
        truth,
        f"Without the cut the loss stays about {before:.3g} in the last third of the run; with it, {after:.3g}.",
    )


_JITTER = {
    "less": "It jitters less than before.",
    "same": "It jitters as before.",
    "more": "It jitters more than before.",
}


def observe(page: str) -> None:
    """Draw the run of the prediction with and without the cut, and ask what became of its jitter."""
    run = patient(RESTLESS, Cause.NOISE_FLOOR)
    draw(f"{page}.cut", run, cured=True)
    st.caption(f"{run.told} {run.cured}")
    without, with_cut = _width(run.losses), _width(run.cure.losses)
    truth = "less" if with_cut < 0.7 * without else "more" if with_cut > 1.4 * without else "same"
    reflections.observe(
        page,
        _JITTER,
        truth,
        f"In the last third the loss wanders over a width of {with_cut:.2g}; without the cut, of {without:.2g}.",
        run="The run with the cut",
        asking="what does it do after the cut?",
    )


def _late(losses: np.ndarray) -> float:
    return float(np.median(losses[-(len(losses) // 3) :]))


def _width(losses: np.ndarray) -> float:
    return float(np.ptp(losses[-(len(losses) // 3) :]))


def examine(page: str) -> None:
    """One patient: its chart and the form, or, once answered, the truth; and the door for the next one."""
    number = _number(page)
    one = patient(number)
    answered = _answers().get(number)
    st.markdown(f"**Patient {number}.** {one.told}")
    draw(f"{page}.patient", one, cured=answered is not None)
    if answered is None:
        _form(page, number)
    else:
        _truth(one, answered)
    _score(page, answered is not None)


def _number(page: str) -> int:
    """The number of the patient, in the address too; somebody new where none was asked for."""
    key = f"{page}.patient_number"
    if key not in st.session_state and key not in st.query_params:
        st.session_state[key] = _somebody_new()
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    number = bound(
        left.number_input,
        "Patient",
        min_value=1,
        max_value=MOST,
        step=1,
        key=key,
        help="Everybody who asks for this number meets the same patient.",
    )
    right.button(
        "Another patient", icon=":material/person_add:", key=f"{page}.next", on_click=_next, args=(key,)
    )
    return int(number)


def shown(page: str) -> Mystery:
    """The patient on the screen."""
    return patient(int(st.session_state.get(f"{page}.patient_number", 1)))


def _next(key: str) -> None:
    st.session_state[key] = _somebody_new()


def _somebody_new() -> int:
    """A number that was not answered in this visit."""
    while (number := 1 + secrets.randbelow(MOST)) in _answers():
        pass
    return number


Answer = tuple[Mapping[str, bool], str, str]


def _answers() -> dict[int, Answer]:
    """What was answered in this visit, by the number of the patient."""
    kept: dict[int, Answer] = st.session_state.setdefault(_ANSWERS, {})
    return kept


def draw(key: str, one: Mystery, *, cured: bool) -> None:
    """A patient's losses with the rate beneath; with its cure drawn over it once that may be seen."""
    places = np.arange(len(one.losses))
    lines = [Line("training loss", places, one.losses)]
    if one.validation is not None:
        lines.append(Line("validation loss", places, one.validation))
    rates = [Line("rate", places, one.rates)]
    if cured and one.cause is not Cause.NOTHING:
        lines.append(Line("training loss, cured", np.arange(len(one.cure.losses)), one.cure.losses))
        if not np.array_equal(one.cure.rates, one.rates):
            rates.append(Line("rate, cured", np.arange(len(one.cure.rates)), one.cure.rates))
    pictures.show(f"{key}.losses", losses_over_chart, lines, one.unit)
    pictures.show(f"{key}.rates", rates_over_chart, rates, one.unit)


def _form(page: str, number: int) -> None:
    key = f"{page}.{number}"
    with st.form(f"{key}.form", border=True):
        for column, (name, question) in zip(st.columns(3), QUESTIONS.items(), strict=True):
            column.radio(
                question,
                (True, False),
                format_func=_SAYS.__getitem__,
                index=None,
                horizontal=True,
                key=f"{key}.{name}",
            )
        st.radio(
            "The evidence that decides",
            EVIDENCE,
            format_func=EVIDENCE.__getitem__,
            index=None,
            key=f"{key}.evidence",
        )
        st.radio("What to do next", ACTIONS, format_func=ACTIONS.__getitem__, index=None, key=f"{key}.action")
        st.form_submit_button("That is my diagnosis", type="primary", on_click=_answer, args=(key, number))
    if st.session_state.pop(f"{key}.unfinished", False):
        st.info(
            "Something is still open: three questions, one piece of evidence and one action, please.",
            icon=":material/edit:",
        )


def _answer(key: str, number: int) -> None:
    """Keep a finished answer; the first one counts."""
    said = {name: st.session_state.get(f"{key}.{name}") for name in (*QUESTIONS, "evidence", "action")}
    if None in said.values():
        st.session_state[f"{key}.unfinished"] = True
        return
    questions = {name: bool(said[name]) for name in QUESTIONS}
    _answers().setdefault(number, (questions, str(said["evidence"]), str(said["action"])))


def _truth(one: Mystery, answered: Answer) -> None:
    """What was right, the cause, what the lab's own diagnosis made of it, and the cure."""
    questions, evidence, action = answered
    marks = mark(one, questions, evidence, action)
    reason = REASONS[one.cause]
    show = st.success if marks.points == 3 else st.info
    show(f"**{reason.title}.** {reason.why} {one.cured}", icon=":material/medical_information:")
    for name, question in QUESTIONS.items():
        truth = one.answers[name]
        told = "either can be defended" if truth is None else f"the answer is {_SAYS[truth]}"
        st.markdown(f"{_sign(marks.questions[name])} {question} You said {_SAYS[questions[name]]}; {told}.")
    st.markdown(_line("Evidence", marks.evidence, EVIDENCE[evidence], EVIDENCE[one.evidence]))
    st.markdown(_line("Next", marks.action, ACTIONS[action], ACTIONS[one.action]))
    with st.expander("What the lab says, without knowing the truth", icon=":material/troubleshoot:"):
        _second_opinion(one)


def _line(title: str, right: bool, said: str, truth: str) -> str:
    return f"{_sign(right)} {title}: {truth}" + ("" if right else f" You said: *{said}*")


def _sign(right: bool) -> str:
    return ":green[✓ right.]" if right else ":orange[✗ not so.]"


def _second_opinion(one: Mystery) -> None:
    found = diagnose(one.losses, one.rates)
    st.markdown(f"**{found.title}.** {found.evidence} {found.advice}")
    places = np.arange(len(one.losses))
    seen = None if one.validation is None else held_back(places, one.losses, places, one.validation)
    if seen is not None:
        st.markdown(f"{seen.evidence} {seen.advice}")
    named = cause_of(one.losses, one.rates, one.validation)
    if named is None:
        st.caption("It would rather not name a cause. The curve alone does not tell enough.")
    elif named is one.cause:
        st.caption(f"So its guess at the cause: {REASONS[named].title.lower()}. That is right.")
    else:
        st.caption(
            f"So its guess at the cause: {REASONS[named].title.lower()}. That is wrong here; it happens."
        )


def _score(page: str, done: bool) -> None:
    kept = _answers()
    if not kept:
        st.caption(
            "A patient is worth three points: the three questions, the evidence, the action. The first answer counts."
        )
        return
    marks = [mark(patient(number), *answer) for number, answer in kept.items()]
    points = sum(each.points for each in marks)
    people = "patient" if len(marks) == 1 else "patients"
    st.markdown(
        f"**This visit:** {len(marks)} {people}, {points} of {3 * len(marks)} points. "
        f"Evidence right: {sum(each.evidence for each in marks)}. Action right: {sum(each.action for each in marks)}."
    )
