"""Which columns of a list are which: recognised where it is Canvas's or Moodle's, asked where it is not."""

from collections.abc import Sequence

import streamlit as st

from lrlab.classroom.roster.reading import Fields, Kind, recognise
from lrlab.classroom.roster.sheet import Unreadable, read_sheet

_AS_IT_IS, _PSEUDONYMS, _OTHERWISE = "Use the names", "Give pseudonyms", "Say which columns are which"
_NONE = "(none)"
_GOES_TO = {Kind.CSV: "a spreadsheet", Kind.MOODLE: "Moodle", Kind.CANVAS: "Canvas"}


def ask(data: bytes, columns: Sequence[str], *, key: str) -> Fields | None:
    """The columns to use; None while something is still to be chosen."""
    sheet = read_sheet(data)
    known = None if isinstance(sheet, Unreadable) else recognise(sheet)
    if known is None:
        st.markdown("This is not an export of Canvas or Moodle in English. Say which columns are which.")
        return _by_hand(columns, key)
    platform = _GOES_TO[known.kind]
    st.markdown(
        f"This is an export from {platform}. Its identifying columns are kept and go back to it unchanged."
    )
    how = st.radio(
        "Names in the lab", [_AS_IT_IS, _PSEUDONYMS, _OTHERWISE], key=f"{key}.how", horizontal=True
    )
    if how == _OTHERWISE:
        return _by_hand(columns, key)
    if how == _PSEUDONYMS:
        # Canvas needs all of its columns to take grades back; Moodle needs only the key.
        keep = known.keep if known.kind is Kind.CANVAS else (known.key,)
        return Fields(known.kind, (), keep, known.key)
    return known


def _by_hand(columns: Sequence[str], key: str) -> Fields | None:
    offered = list(dict.fromkeys(name for name in columns if name))
    handle = st.multiselect(
        "Columns that make up the name in the lab (none: a pseudonym for each)", offered, key=f"{key}.handle"
    )
    kind = st.radio(
        "Grades go to",
        list(_GOES_TO),
        format_func=_GOES_TO.__getitem__,
        key=f"{key}.kind",
        horizontal=True,
    )
    found = st.selectbox(
        "Column by which a grade finds its student again",
        [_NONE, *offered],
        key=f"{key}.key",
        help="A student number, user name or address. Moodle and Canvas need one.",
    )
    others = [name for name in offered if name != found]
    keep = st.multiselect("Other columns to keep and to give back", others, key=f"{key}.keep")
    by = "" if found == _NONE else found
    if not handle and not by:
        st.caption("Choose at least a name or a column by which students are found again.")
        return None
    if kind is not Kind.CSV and not by:
        st.caption(f"{_GOES_TO[kind]} needs a column by which a grade finds its student.")
        return None
    kept = [name for name in offered if name in keep or name == by]
    return Fields(kind, tuple(handle), tuple(kept), by)
