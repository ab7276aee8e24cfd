"""One exercise on a page: its prompt, a form, the verdict with the student's own run, hints, and another one.

What is shown comes from the record, so that a refresh, the back button or a second window finds it as it was. The
record takes an answer once, whatever was clicked twice.
"""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from lrlab.grading import Refusal, Variant, read
from lrlab.grading.judging import form
from lrlab.ui import attempts, remembered
from lrlab.ui.account.store import now
from lrlab.ui.attempts import Attempt, Unkept
from lrlab.ui.exercise import exhibits, forecasts, forms, hints, onward, results, worked
from lrlab.ui.exercise.forms import Sent

_ONE_CLICK = timedelta(seconds=3)
"""The same answer again so soon is a double-click, and nobody needs to hear of it."""


@st.fragment
def ask(slug: str, *, framed: bool = True) -> None:
    """An exercise with this learner's own numbers, as many tries as it takes; unframed inside another frame."""
    desk, task = attempts.desk(slug), attempts.task(slug)
    key = f"{slug}.{desk.variant}.{desk.seed & 0xFFFF:04x}"
    with st.container(border=framed, key=f"exercise-{slug.replace('/', '-')}"):
        st.markdown(f"### {task.exercise.title}")
        state = st.empty()
        st.markdown(task.prompt)
        exhibits.exhibit(task, key)
        asked = not task.worked or worked.unfold(task, f"{key}.worked")
        sent = forms.draw(form(task), task, key, number=desk.number) if asked else None
        if sent is not None:
            _hand_in(task, sent, key)
        _latest(slug, task, key)
        state.markdown(onward.line(slug, task))
        passed = any(attempt.passed for attempt in _tried(slug))
        if asked:
            hints.hints(task, key, passed=passed)
        if passed:
            onward.onward(slug, key)


def try_out(task: Variant, key: str) -> None:
    """A task as a student would meet it, judged and replayed, with nothing kept: for whoever writes exercises."""
    st.markdown(f"### {task.exercise.title}")
    st.markdown(task.prompt)
    exhibits.exhibit(task, key)
    if task.worked:
        worked.unfold(task, f"{key}.worked")
    sent = forms.draw(form(task), task, key)
    if sent is not None:
        st.session_state[f"{key}.sent"] = sent.text
    text = st.session_state.get(f"{key}.sent")
    if text is None:
        return
    reading = read(task, text)
    if isinstance(reading, Refusal):
        results.refused(reading.sentence)
    else:
        results.result(task, text, key, opened=True)


def _hand_in(task: Variant, sent: Sent, key: str) -> None:
    """Read, judge and keep what was sent; what is no answer, or could not be kept, is said instead of a verdict."""
    place = f"{key}.latest"
    said = _unfit(task, sent)
    if said is not None:
        st.session_state[place] = said
        return
    verdict = remembered.verdict(task, sent.text)
    kept = attempts.record(task.exercise.slug, task, sent.text, verdict)
    if isinstance(kept, Attempt):
        forecasts.keep(sent.forecast, kept)
        if kept.repeated and now() - kept.at < _ONE_CLICK:
            kept = replace(kept, repeated=False)
    st.session_state[place] = kept
    if sent.forecast is not None and isinstance(kept, Attempt):
        st.rerun()  # the next run is to be forecast anew


def _unfit(task: Variant, sent: Sent) -> str | None:
    """Why this cannot be judged, or None; it costs no attempt."""
    reading = read(task, sent.text)
    if isinstance(reading, Refusal):
        return reading.sentence
    return None if _tried(task.exercise.slug) else forecasts.missing(sent.forecast)


def _latest(slug: str, task: Variant, key: str) -> None:
    """What came of the last answer: the one just handed in, or the last to these numbers that is on record."""
    latest: Attempt | Unkept | str | None = st.session_state.get(f"{key}.latest")
    if isinstance(latest, str):
        results.refused(latest)
    elif isinstance(latest, Unkept):
        st.error(latest.sentence, icon=":material/cloud_off:")
    else:
        here = _tried(slug)
        if latest is not None or here:
            _came_of(task, latest or here[-1], key, opened=latest is not None)


def _came_of(task: Variant, attempt: Attempt, key: str, *, opened: bool) -> None:
    forecasts.compare(attempt)
    if isinstance(read(task, attempt.answer), Refusal):
        # The exercise has changed since, and what was an answer then is none now: what was said of it still stands.
        results.told(attempt.message, passed=attempt.passed)
    else:
        results.result(task, attempt.answer, key, opened=opened)
    if attempt.receipt:
        st.caption(attempt.receipt)
    if attempt.repeated:
        st.caption("You gave this answer to these numbers before. It counts once.")


def _tried(slug: str) -> list[Attempt]:
    """The attempts at the numbers in hand, the oldest first."""
    desk = attempts.desk(slug)
    return [attempt for attempt in desk.past if attempt.variant == desk.variant]
