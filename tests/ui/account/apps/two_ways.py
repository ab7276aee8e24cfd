"""One button writes inside a transaction that touches Streamlit, as one must not; the other as the lab does."""

import os
import sqlite3

import streamlit as st

from lrlab.classroom import database
from lrlab.classroom.tables import locks
from lrlab.ui.account.store import now, store

SOME_WORK = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT sum(i) FROM n"
)


@st.cache_resource
def shared():
    path = os.environ["LRLAB_DATABASE_URL"].removeprefix("sqlite:///")
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)


def write(kept, name, at):
    with kept.writing() as connection:
        database.insert_once(connection, locks, name=name, failures=1, tried_at=at)


kept = store()
if st.button("Careless"):
    connection = shared()
    connection.execute("BEGIN IMMEDIATE")
    while True:  # until a second click stops it, where it touches Streamlit
        st.text("in the middle")
        connection.execute(
            SOME_WORK
        )  # without it the words come faster than the server can send them, or listen
if st.button("Careful"):
    for number in range(2000):
        write(kept, f"{number}", now())
        st.text("between two transactions")
st.text("ready")
