"""The tab “Preview”: an exercise file as a student would meet it, before it is anywhere.

What is pasted or uploaded is read and proved in memory. It is never run, and never written to the course.
"""

import hashlib

import streamlit as st

from lrlab.charts.door import door_chart
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.preview import Preview, Sample, preview
from lrlab.grading.proof import Proof
from lrlab.grading.starting import starter
from lrlab.ui import long_work, pictures, plain
from lrlab.ui.exercise.asking import try_out

PASTE, FILE = "Paste a file", "Upload a file"

_VARIANTS = 20


def show(_store: Store, _who: Teacher, _classroom: Classroom) -> None:
    """Take a file in, say what is wrong with it, and let the teacher try it."""
    st.markdown(
        "See an exercise of yours as a student would, with the door on its response curve and a few variants. The file "
        "is only read: nothing in it is run, and nothing is added to the course."
    )
    way = st.segmented_control(
        "Where it comes from", [PASTE, FILE], default=PASTE, required=True, key="preview.way"
    )
    name, raw = _pasted() if way == PASTE else _uploaded()
    if raw is None:
        return
    digest = hashlib.sha256(raw).hexdigest()
    seen = long_work.done(
        "preview", digest, "Reading and proving the file", lambda _tell: preview(raw, variants=_VARIANTS)
    )
    _faults(seen)
    if seen.proof is not None:
        st.markdown(_proved(seen.proof))
    if seen.samples:
        _samples(seen, digest)
    st.download_button(
        "Download the file",
        raw,
        file_name=name,
        mime="application/toml",
        on_click="ignore",
        icon=":material/download:",
    )


def _pasted() -> tuple[str, bytes | None]:
    with st.popover("A file to begin with"):
        st.selectbox("Kind of exercise", list(KINDS), key="preview.kind")
        st.button("Put it into the field", key="preview.start", on_click=_begin)
    with st.form("preview.paste", border=False):
        text: str = st.text_area(
            "The exercise file", height=240, key="preview.text", placeholder='title = "…"'
        )
        st.form_submit_button("Look at it", type="primary")
    return "exercise.toml", text.encode("utf-8", "replace") if text.strip() else None


def _begin() -> None:
    st.session_state["preview.text"] = starter(st.session_state["preview.kind"])


def _uploaded() -> tuple[str, bytes | None]:
    given = st.file_uploader("An exercise file (.toml)", type=["toml"], key="preview.file", max_upload_size=1)
    return ("", None) if given is None else (given.name, given.getvalue())


def _faults(seen: Preview) -> None:
    if not seen.faults:
        plain.say("There is no fault in the file. It can be put into the course.", plain.Tone.DONE)
        return
    words = "The file cannot be read." if seen.exercise is None else "The file can be read, and has faults."
    plain.say(words, plain.Tone.REFUSED)
    st.dataframe(
        [{"where": fault.field, "what is wrong": fault.reason} for fault in seen.faults],
        hide_index=True,
        alt="Faults",
        key="preview.faults",
    )


def _proved(proof: Proof) -> str:
    """What the proof found, in words."""
    parts = [f"Kind **{proof.kind}**, looked at in {proof.variants} variants."]
    if proof.doors is not None:
        narrow, middle, wide = proof.doors
        parts.append(f"Its door is {middle:.2f} decades wide in the median ({narrow:.2f} to {wide:.2f}).")
    if proof.guess is not None:
        parts.append(f"Blind guessing passes {proof.guess:.0%} of the time.")
    if proof.par is not None:
        parts.append(f"Par is {proof.par:.3g}.")
    if not proof.solvable:
        parts.append("**Not every variant can be solved.**")
    return " ".join(parts)


@st.fragment
def _samples(seen: Preview, digest: str) -> None:
    """One of the variants to try, its curve, and what differs between them."""
    st.subheader("As a student would see it")
    names = [f"Variant {place + 1}" for place in range(len(seen.samples))]
    chosen = st.segmented_control("Variant", names, default=names[0], required=True, key="preview.variant")
    place = names.index(chosen or names[0])
    sample = seen.samples[place]
    with st.container(border=True):
        try_out(sample.variant, f"preview.{digest[:12]}.{place}")
    st.caption("What you answer here is judged and forgotten.")
    if sample.response is not None:
        st.subheader("The door")
        pictures.show(f"preview.door.{place}", door_chart, sample.response)
    st.subheader("What differs between variants")
    st.dataframe(
        [_row(name, each) for name, each in zip(names, seen.samples, strict=True)],
        hide_index=True,
        alt="Variants",
        key="preview.rows",
    )


def _row(name: str, sample: Sample) -> dict[str, str]:
    drawn = sample.variant
    numbers = {key: _text(drawn.numbers[key]) for key in drawn.exercise.sheet.parameters}
    return {"variant": name, **numbers, "an answer that passes": sample.solution or "none was found"}


def _text(number: float | str) -> str:
    return number if isinstance(number, str) else f"{number:g}"
