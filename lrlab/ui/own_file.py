"""A student's own CSV file: asked for, read, explained, and kept in this browser session only."""

from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from lrlab.training import Data
from lrlab.training.data import Task
from lrlab.training.own_data import OwnData, own_data, task_of
from lrlab.training.table import MOST_BYTES, MOST_CELLS, Table, TableError, read_table
from lrlab.ui.plain import Tone, say

_TASKS: dict[Task, str] = {"classes": "one of several classes", "target": "a number"}


@dataclass(frozen=True, eq=False)
class Uploaded:
    """A file as it was read: what tells it from any other, and its table."""

    digest: str
    table: Table


@dataclass(frozen=True, eq=False)
class Own:
    """A file together with what is to be learned from it; `key` tells it from any other, and says nothing about it."""

    key: str
    own: OwnData


def ask(page: str) -> str:
    """Ask for a file and for what to learn; the key of the data, or an empty text until there is something to use."""
    st.file_uploader(
        "Your CSV file",
        type=["csv", "tsv", "txt"],
        key=f"{page}.file",
        max_upload_size=round(MOST_BYTES / 1e6),
        help=f"Up to {MOST_BYTES / 1e6:.0f} MB and {MOST_CELLS:,} cells. It is read in memory and not kept.",
        on_change=_read,
        args=(page,),
    )
    refused = st.session_state.get(f"{page}.refused")
    if refused:
        say(f"{refused} Nothing was kept. Mend the file or choose another one.", Tone.REFUSED)
        return ""
    uploaded: Uploaded | None = st.session_state.get(f"{page}.table")
    if uploaded is None:
        _rules()
        return ""
    return _choose(page, uploaded)


def data(page: str, key: str) -> Data:
    """The data that `ask` has given the key of, in this browser session."""
    chosen: Own = st.session_state[f"{page}.own"]
    assert chosen.key == key  # noqa: S101 the key comes from the run that put it there
    return chosen.own.data


def _read(page: str) -> None:
    """Read the file just chosen; one that was taken away takes the table with it."""
    for name in ("table", "own", "refused"):
        st.session_state.pop(f"{page}.{name}", None)
    file = st.session_state[f"{page}.file"]
    if file is None:
        return
    content = file.getvalue()
    try:
        table = read_table(content)
    except TableError as refusal:
        st.session_state[f"{page}.refused"] = str(refusal)
        return
    st.session_state[f"{page}.table"] = Uploaded(sha256(content).hexdigest()[:16], table)


def _choose(page: str, uploaded: Uploaded) -> str:
    table = uploaded.table
    one, two = st.columns([3, 2])
    target = one.selectbox(
        "Learn this column",
        table.names,
        index=len(table.names) - 1,
        key=f"{page}.target.{uploaded.digest}",
    )
    try:
        task: Task = two.selectbox(
            "It is",
            _TASKS,
            index=tuple(_TASKS).index(task_of(table, target)),
            format_func=_TASKS.__getitem__,
            key=f"{page}.task.{uploaded.digest}.{target}",
        )
        own = _made(page, uploaded, target, task)
    except TableError as refusal:
        say(str(refusal), Tone.REFUSED)
        return ""
    _explain(own)
    return str(st.session_state[f"{page}.own"].key)


def _made(page: str, uploaded: Uploaded, target: str, task: Task) -> OwnData:
    """The file made ready to learn from; kept in the session, so that it is made once."""
    key = sha256(f"{uploaded.digest}\n{target}\n{task}".encode()).hexdigest()[:16]
    kept: Own | None = st.session_state.get(f"{page}.own")
    if kept is None or kept.key != key:
        kept = Own(key, own_data(uploaded.table, target, task))
        st.session_state[f"{page}.own"] = kept
    return kept.own


def _explain(own: OwnData) -> None:
    """What was read, and what became of every column."""
    data = own.data
    what = f"{len(data.classes)} classes" if data.classes else "a number"
    st.markdown(
        f"**Your file**: {len(data.y_train):,} rows to train on, {len(data.y_validation):,} to check on, "
        f"{len(data.features)} features, {what} to learn."
    )
    for note in own.notes:
        say(note)
    with st.expander("What became of your columns", icon=":material/view_column:"):
        st.dataframe(
            [
                {"column": column.name, "used as": column.role, "how": column.sentence}
                for column in own.columns
            ],
            hide_index=True,
            width="stretch",
        )
        _rules()


def _rules() -> None:
    """How a file is read, before there is one and beside what became of it."""
    st.markdown(
        f"""
**How your file is read.** The first line names the columns; commas, semicolons or tabs divide them. You say which
column to learn. Columns of numbers stay numbers, anything else becomes categories, a 0-or-1 feature for each value. A
column of names, dates or row numbers is left out. A **missing number** becomes the mean of the training rows, a
**missing category** is a category of its own, and a row whose target is missing is left out. A quarter of the rows is
kept for checking; all features are brought to one scale. Up to {MOST_BYTES / 1e6:.0f} MB and {MOST_CELLS:,} cells.

Your file stays in this browser session. Nothing of it is stored; when you close the tab it is gone.
"""
    )
