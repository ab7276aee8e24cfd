"""The tab “Class”: how students come in, what they are asked to do, who teaches, and how it ends."""

import streamlit as st

from lrlab.classroom import classes
from lrlab.classroom.access import Teacher
from lrlab.classroom.classes import Classroom, Door
from lrlab.classroom.database import Store
from lrlab.ui.account.store import now
from lrlab.ui.teacher import assigning, deeds, ending, poster

_DOORS = {
    Door.OPEN: "Open: whoever has the code may join",
    Door.ROSTER: "Roster: only those on your list may come in",
    Door.CLOSED: "Closed: nobody may come in, and everyone is signed out now",
}


def show(store: Store, who: Teacher, classroom: Classroom) -> None:
    """Everything about the class as a whole."""
    poster.show(classroom)
    left, right = st.columns(2)
    with left:
        _door(store, who, classroom)
    with right:
        _names(store, who, classroom)
    st.subheader("What students are asked to do")
    assigning.show(store, who, classroom)
    st.subheader("Teachers of this class")
    _teachers(store, who, classroom)
    st.subheader("The end of the class")
    ending.show(store, who, classroom)


def _door(store: Store, who: Teacher, classroom: Classroom) -> None:
    key = f"class.door.{classroom.id}.{classroom.door}"
    st.radio(
        "Who may come in",
        list(_DOORS),
        index=list(_DOORS).index(classroom.door),
        format_func=_DOORS.__getitem__,
        key=key,
        on_change=_set_door,
        args=(store, who, classroom, key),
    )


def _set_door(store: Store, who: Teacher, classroom: Classroom, key: str) -> None:
    door: Door = st.session_state[key]
    deeds.do(f"The class is now {door.value}.", classes.set_door, store, who, classroom.id, door)


def _names(store: Store, who: Teacher, classroom: Classroom) -> None:
    with st.form(f"class.rename.{classroom.id}", border=False):
        key = f"class.name.{classroom.id}.{classroom.name}"
        st.text_input("Name of the class", value=classroom.name, max_chars=120, key=key)
        st.form_submit_button("Rename", on_click=_rename, args=(store, who, classroom, key))
    with st.popover("Another code", icon=":material/key:"):
        st.markdown("The old code stops working. Who is in the class stays, and returns with the new code.")
        st.button("Change the code", key="class.code", on_click=_code, args=(store, who, classroom))


def _rename(store: Store, who: Teacher, classroom: Classroom, key: str) -> None:
    deeds.do("The class has its new name.", classes.rename, store, who, classroom.id, st.session_state[key])


def _code(store: Store, who: Teacher, classroom: Classroom) -> None:
    changed = deeds.do("", classes.change_code, store, who, classroom.id)
    if changed is not None:
        deeds.say(f"The new code is {changed.code}.")


def _teachers(store: Store, who: Teacher, classroom: Classroom) -> None:
    for number, name in classes.teachers_of(store, who, classroom.id, now()):
        words, out = st.columns([7, 3], vertical_alignment="center")
        words.text(f"{name} (you)" if number == who.id else name)
        out.button(
            "Leave the class" if number == who.id else "Take the class from them",
            key=f"class.teacher.{number}",
            on_click=_take,
            args=(store, who, classroom, number),
        )
    with st.form("class.share", border=False, clear_on_submit=True):
        st.text_input("Share it with a teacher of this lab, by name", max_chars=60, key="class.colleague")
        st.form_submit_button("Share the class", on_click=_share, args=(store, who, classroom))


def _share(store: Store, who: Teacher, classroom: Classroom) -> None:
    name = st.session_state["class.colleague"]
    deeds.do(f"“{name}” teaches this class too.", classes.add_teacher, store, who, classroom.id, name)


def _take(store: Store, who: Teacher, classroom: Classroom, number: int) -> None:
    deeds.do("Done.", classes.remove_teacher, store, who, classroom.id, number)
