"""What came of an answer: the verdict in words, the belief behind a wrong answer, stars, the replay, and why."""

import streamlit as st

from lrlab.grading import Variant
from lrlab.grading.evidence import Curves, Walked
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.grading.verdicts import Measure, Verdict, stars
from lrlab.ui import remembered
from lrlab.ui.exercise.replays import replay


def refused(sentence: str) -> None:
    """Why what was sent was not judged, and that it cost nothing."""
    st.info(f"{sentence} This did not count as an attempt.", icon=":material/edit:")


def told(message: str, *, passed: bool) -> None:
    """The verdict in words."""
    if passed:
        st.success(message, icon=":material/check:")
    else:
        st.warning(message, icon=":material/replay:")


def result(task: Variant, text: str, key: str, *, opened: bool) -> Verdict:
    """Judge an answer that `read` took, and show what came of it; `opened` unfolds the picture."""
    verdict = remembered.verdict(task, text)
    told(verdict.message, passed=verdict.passed)
    if verdict.misconception:
        st.caption(f"The belief behind it: *{MISCONCEPTIONS[verdict.misconception]}*")
    if verdict.passed and verdict.measure:
        st.markdown(_stars(stars(verdict) or 0, verdict.measure))
    _picture(task, text, key, passed=verdict.passed, opened=opened)
    if verdict.passed:
        with st.expander("Why", expanded=opened):
            st.markdown(task.explanation)
            st.caption(f"Source: {task.exercise.sheet.source}")
    return verdict


def stars_of(task: Variant, text: str) -> int:
    """The stars of an answer, 0 where none are given."""
    return stars(remembered.verdict(task, text)) or 0


def drawn(count: int) -> str:
    """So many stars of three, as a sign."""
    return "★" * count + "☆" * (3 - count)


def _stars(count: int, measure: Measure) -> str:
    par = f"par ({measure.unit}) is {measure.par:.3g}"
    said = {
        1: f"One star of three, for passing; {par}.",
        2: f"Two stars of three: {par}, and you made it. The third is for the best possible.",
        3: "Three stars of three: as good as the best possible, within five per cent.",
    }
    return f"{drawn(count)} {said[count]}"


def _picture(task: Variant, text: str, key: str, *, passed: bool, opened: bool) -> None:
    """Built only when it is looked at, so that a page with many answered exercises stays light."""
    evidence = remembered.evidence(task, text)
    if evidence is None or (not passed and isinstance(evidence, Curves) and _is_known(task, evidence)):
        return
    words = "What your answer led to"
    if isinstance(evidence, Walked):
        words = "Your runs, replayed" if len(evidence.names) > 1 else "Your run, replayed"
    unfolded = st.expander(words, expanded=opened, key=f"{key}.picture", on_change="rerun")
    if unfolded.open:
        with unfolded:
            replay(evidence, f"{key}.replay", revealed=passed)


def _is_known(task: Variant, evidence: Curves) -> bool:
    """Whether there is nothing on the picture but what the student was given to read."""
    return task.exhibit is not None and task.exhibit.curves == evidence.curves
