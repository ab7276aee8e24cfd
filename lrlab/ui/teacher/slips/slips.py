"""New PINs for students, shown until the teacher puts them away; nobody can look them up afterwards."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from lrlab.classroom import names, students
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.students import Slip
from lrlab.ui.account.store import now
from lrlab.ui.teacher import deeds, poster

_HERE = Path(__file__).parent
_CSS = (_HERE / "slips.css").read_text(encoding="utf-8")
_SLIPS = "teacher.slips"
_AT_ONCE = 40  # hashing forty PINs takes well under a second

_component = st.components.v2.component(
    "lrlab_slips",
    html='<div class="bar"><button type="button">Print</button></div>\n'
    '<ul class="slips" tabindex="0" aria-label="Slips with names and PINs"></ul>',
    css=_CSS,
    js=(_HERE / "slips.js").read_text(encoding="utf-8"),
)


def make(store: Store, who: Teacher, classroom: Classroom, chosen: Sequence[int]) -> None:
    """Give these students new PINs, a few dozen at a time; their old PINs and sessions end."""
    bar = st.progress(0.0, text="Making PINs") if len(chosen) > _AT_ONCE else None
    made: list[Slip] = []
    try:
        for begin in range(0, len(chosen), _AT_ONCE):
            some = chosen[begin : begin + _AT_ONCE]
            made += students.new_pins(store, who, classroom.id, some, now())
            # Kept as they are made: whatever interrupts this, every PIN that is in force was seen.
            st.session_state[_SLIPS] = (classroom.id, tuple(made))
            if bar is not None:
                bar.progress(min(1.0, (begin + len(some)) / len(chosen)), text="Making PINs")
    except Refusal as refusal:
        deeds.refuse(refusal.sentence)


def show(classroom: Classroom) -> None:
    """The slips that were made last, if any of this class are waiting."""
    number, made = st.session_state.get(_SLIPS, (None, ()))
    if number != classroom.id or not made:
        return
    with st.container(border=True):
        count = "One slip" if len(made) == 1 else f"{len(made)} slips"
        st.markdown(
            f"**{count}.** This is the only time these PINs are seen. Print them, then put them away."
        )
        _component(
            key="teacher.slips",
            data={
                "title": "Slips",
                "css": _CSS,
                "classroom": classroom.name,
                "where": poster.where(),
                "code": classroom.code,
                "slips": [
                    {"handle": slip.handle, "pin": slip.pin, "cells": _who_it_is(slip)} for slip in made
                ],
            },
        )
        st.button("Put the slips away", key="slips.away", on_click=_put_away)


def _who_it_is(slip: Slip) -> str:
    """What the roster says of a student whose name in the lab does not tell."""
    said = " · ".join(cell for cell in slip.cells if cell.strip())
    return "" if names.key(slip.handle) in names.key(" ".join(slip.cells)) else said


def _put_away() -> None:
    st.session_state.pop(_SLIPS, None)
