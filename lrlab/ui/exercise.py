"""An exercise on a page: prompt, answer, verdict, the student's own run, hints, record."""

from typing import Any

import streamlit as st

from lrlab.charts.losses import losses_chart
from lrlab.charts.range_test import range_curve_chart
from lrlab.grading import Chapter, Refusal, Variant, Verdict, judge, read, shown
from lrlab.grading.evidence import Walked
from lrlab.grading.spec import Sheet
from lrlab.ui import attempts, frame, remembered
from lrlab.ui.player import pack, play


def chapter(page: str) -> None:
    """All exercises of a page, in the order of the course; says which could not be read."""
    track = remembered.track()
    chapters = [chapter for chapter in track.chapters if chapter.page == page]
    if not any(chapter.exercises or chapter.missing for chapter in chapters):
        return
    st.header("Exercises")
    for each in chapters:
        for slug in each.exercises:
            ask(slug)
        _missing(each)


@st.fragment
def ask(slug: str) -> None:
    """One exercise: its own numbers for this learner, as many tries as it takes."""
    attempts.desk(slug)
    task = attempts.task(slug)
    sheet = task.exercise.sheet
    with st.container(border=True, key=f"exercise-{slug.replace('/', '-')}"):
        st.markdown(f"#### {sheet.title}")
        state = st.empty()
        st.markdown(task.prompt)
        _exhibit(task)
        text = _form(slug, task)
        if text is not None:
            _answered(slug, task, text)
        state.caption(_state(slug, sheet))
        _verdict(slug, task)
        _hints(slug, task)


def _state(slug: str, sheet: Sheet[Any]) -> str:
    """Whether it is solved, what it is worth and how long it takes, on one line."""
    mark = ":green[✓ solved]" if slug in attempts.solved() else "○ open"
    points = "point" if sheet.points == 1 else "points"
    return f"{mark} · {sheet.points} {points} · about {sheet.minutes} min{' · hard' if sheet.hard else ''}"


def _exhibit(task: Variant) -> None:
    exhibit = task.exhibit
    if exhibit is None:
        return
    key = f"{task.exercise.slug}.exhibit"
    if exhibit.kind == "range_test":
        frame.show(range_curve_chart(exhibit.across, exhibit.losses), key=key)
        with st.expander("The same as numbers"):
            st.markdown(exhibit.text)
    else:
        st.markdown(exhibit.text)
        picture = st.expander("The same as a picture", key=f"{key}.open", on_change="rerun")
        if picture.open:
            with picture:
                frame.show(losses_chart(exhibit.across, exhibit.losses), key=key)


def _form(slug: str, task: Variant) -> str | None:
    """The form; returns what was submitted in this run, None where nothing was."""
    with st.form(f"{slug}.form", border=False):
        if task.options:
            words = {offer.name: offer.text for offer in task.options}
            chosen = st.radio(
                "Your answer", list(words), format_func=words.__getitem__, index=None, key=f"{slug}.answer"
            )
            text = chosen or ""
        else:
            unit = getattr(task.exercise.sheet.task, "unit", None)
            label = (
                f"Your answer ({unit})"
                if unit
                else "Your rate α"
                if task.exercise.kind == "rate"
                else "Your answer"
            )
            text = st.text_input(label, placeholder="for example 0.05", max_chars=80, key=f"{slug}.answer")
        word = "Run it" if task.exercise.kind in ("rate", "predict") else "Check"
        return text if st.form_submit_button(word, type="primary") else None


def _answered(slug: str, task: Variant, text: str) -> None:
    answer = read(task, text)
    if isinstance(answer, Refusal):
        st.session_state[f"{slug}.refusal"] = f"{answer.sentence} This did not count as an attempt."
        return
    st.session_state.pop(f"{slug}.refusal", None)
    verdict = judge(task, answer)
    kept = attempts.record(slug, task, text, verdict)
    if isinstance(kept, attempts.Unkept):
        st.session_state[f"{slug}.refusal"] = kept.sentence
        return
    st.session_state[f"{slug}.verdict"] = (answer, verdict)
    st.session_state[f"{slug}.receipt"] = kept.receipt


def _verdict(slug: str, task: Variant) -> None:
    refusal = st.session_state.get(f"{slug}.refusal")
    if refusal:
        st.info(refusal, icon=":material/edit:")
        return
    answer, verdict = st.session_state.get(f"{slug}.verdict", (None, None))
    if verdict is None:
        return
    _say(verdict)
    receipt = st.session_state.get(f"{slug}.receipt")
    if receipt:
        st.caption(receipt)
    picture = shown(task, answer)
    if isinstance(picture, Walked):
        payload = pack(picture.run, endings=picture.endings)
        play(payload, key=f"{slug}.replay", step=0, drag_start=False)
    if verdict.passed:
        with st.expander("Why", expanded=True):
            st.markdown(task.explanation)
            st.caption(f"Source: {task.exercise.sheet.source}")


def _say(verdict: Verdict) -> None:
    if verdict.passed:
        st.success(verdict.message, icon=":material/check:")
    else:
        st.warning(verdict.message, icon=":material/replay:")


def _hints(slug: str, task: Variant) -> None:
    seen = attempts.hints_seen(slug)
    for number, hint in enumerate(task.hints[:seen], start=1):
        st.markdown(f"**Hint {number}.** {hint}")
    if seen < len(task.hints):
        st.button(
            f"Hint {seen + 1} of {len(task.hints)}",
            key=f"{slug}.hint",
            on_click=attempts.open_hint,
            args=(slug,),
            help="Hints are free. From a direction to the formula.",
        )


def _missing(each: Chapter) -> None:
    if each.missing:
        names = ", ".join(f"`{slug}`" for slug in each.missing)
        count = len(each.missing)
        st.warning(
            f"{count} {'exercise' if count == 1 else 'exercises'} of this page could not be read ({names}). "
            "The others are here. "
            "Who runs the lab finds the reason with `python -m lrlab exercises check`.",
            icon=":material/report:",
        )
