"""Commit first, then look: the question before a run, and the question after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import streamlit as st

from lrlab.classroom import predictions
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.refusals import Refusal
from lrlab.ui import this_run
from lrlab.ui.account import person
from lrlab.ui.account.store import now, store

_KEPT = "reflections"
_SENT = "reflections.sent"
SURE: Mapping[int, str] = MappingProxyType({40: "a guess", 60: "rather sure", 80: "sure", 95: "certain"})
"""How sure somebody may be, in percent, and the words for it."""


@dataclass(frozen=True)
class Reflection:
    """What a student expected or saw, beside what the run really did.

    `page` is where, or the exercise at which; `variant` and `number` tell its runs apart; `confidence` is in percent.
    """

    page: str
    moment: str
    said: str
    truth: str
    confidence: int | None = None
    variant: int = 0
    number: int = 1

    @property
    def right(self) -> bool:
        """Whether expectation, or eye, and run agree."""
        return self.said == self.truth


def kept() -> tuple[Reflection, ...]:
    """Everything predicted and observed: what the class keeps of a student, else what this browser session holds."""
    who, kept_in = person.learner(), store()
    if who is None or not isinstance(kept_in, Store):
        return tuple(st.session_state.get(_KEPT, {}).values())
    return this_run.once("reflections", lambda: _mine(kept_in, who))


def keep(reflection: Reflection) -> None:
    """Keep what was said, once: the first time it is said of a run counts."""
    here = st.session_state.setdefault(_KEPT, {})
    first = here.setdefault(
        (reflection.page, reflection.moment, reflection.variant, reflection.number), reflection
    )
    who, kept_in = person.learner(), store()
    if who is not None and isinstance(kept_in, Store):
        _send(kept_in, who, first)


def carry(before: Iterable[Reflection]) -> None:
    """Give a class what was said in this browser session before its student came in."""
    for reflection in before:
        keep(reflection)


def _send(kept_in: Store, who: Learner, reflection: Reflection) -> None:
    sent = st.session_state.setdefault(_SENT, set())
    if reflection in sent:
        return
    said = Prediction(
        reflection.page,
        reflection.moment,
        reflection.said,
        reflection.truth,
        reflection.confidence,
        reflection.variant,
        reflection.number,
    )
    try:
        predictions.keep(kept_in, who, said, now())
    except Refusal:
        return  # it stays in this session, and is sent again when it is shown again
    sent.add(reflection)
    this_run.forget()


def _mine(kept_in: Store, who: Learner) -> tuple[Reflection, ...]:
    try:
        found = predictions.mine(kept_in, who, now())
    except Refusal:
        return ()
    return tuple(
        Reflection(each.place, each.moment, each.said, each.truth, each.confidence, each.variant, each.number)
        for each in found
    )


def _remember(page: str, options: Mapping[str, str]) -> None:
    """Take up the prediction that a student made on another day or another device."""
    if person.learner() is None:
        return
    for reflection in kept():
        if (reflection.page, reflection.moment) == (page, "prediction") and reflection.said in options:
            st.session_state[f"{page}.prediction"] = reflection.said
            st.session_state[f"{page}.confidence"] = reflection.confidence


def _number(run: str) -> int:
    """A whole number for a run, the same on every device."""
    return crc32(run.encode()) >> 1


def predict(page: str, question: str, options: Mapping[str, str]) -> bool:
    """Ask for a prediction; True once there is one, or once the student chose to play without.

    `options` maps the outcome a prediction stands for to its words. Show the run only when this returns True.
    """
    said = f"{page}.prediction"
    if said not in st.session_state:
        _remember(page, options)
    with st.container(border=True, key=f"{page}-predict"):
        st.markdown(f"**Predict.** {question}")
        if said not in st.session_state:
            with st.form(f"{page}.predict", border=False):
                choice = st.radio(
                    "Your prediction", list(options), format_func=options.__getitem__, index=None
                )
                sure = st.radio(
                    "How sure are you?", list(SURE), format_func=SURE.__getitem__, index=None, horizontal=True
                )
                commit, skip = st.columns(2)
                if commit.form_submit_button("Commit to it", type="primary", width="stretch"):
                    if choice is None:
                        st.info(
                            "Pick one of the answers first. A wrong guess teaches as much as a right one."
                        )
                    else:
                        st.session_state[f"{page}.confidence"] = sure
                        st.session_state[said] = choice
                        st.rerun()
                if skip.form_submit_button("Skip, just let me play", width="stretch"):
                    st.session_state[said] = None
                    st.rerun()
            return False
        answer = st.session_state[said]
        if answer is None:
            st.caption("You skipped the prediction. The lab is open.")
        else:
            st.markdown(f"You said: *{options[answer]}* Now see what it does.")
    return True


def compare(page: str, options: Mapping[str, str], truth: str, why: str) -> None:
    """Hold the prediction against the run: `truth` is one of its options, `why` the evidence."""
    answer = st.session_state.get(f"{page}.prediction")
    if answer is None:
        return
    reflection = Reflection(page, "prediction", answer, truth, st.session_state.get(f"{page}.confidence"))
    keep(reflection)
    if reflection.right:
        st.success(f"As you predicted. {why}", icon=":material/check:")
    else:
        st.info(
            f"You predicted: *{options[answer]}* What happened: *{options[truth]}* {why}",
            icon=":material/compare_arrows:",
        )


def observe(
    page: str,
    options: Mapping[str, str],
    truth: str,
    why: str,
    *,
    run: str,
    asking: str = "what did the run do?",
) -> None:
    """Ask what the run called `run` did, one click, and check the eye against the record."""
    st.markdown(f"**Observe.** {run}: {asking}")
    said = st.pills(
        "What did you see?",
        list(options),
        format_func=options.__getitem__,
        key=f"{page}.observe.{run}",
        label_visibility="collapsed",
    )
    if said is None:
        return
    reflection = Reflection(page, "observation", said, truth, variant=_number(run))
    keep(reflection)
    if reflection.right:
        st.success(f"That is what the numbers say too. {why}", icon=":material/check:")
    else:
        st.warning(f"Look again. The numbers say: *{options[truth]}* {why}", icon=":material/visibility:")
