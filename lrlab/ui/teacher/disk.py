"""Whether the classes lie on a disk that the host empties, and the two lines that mend it."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from lrlab.classroom.database import Store

CURE = '[connections.lrlab]\nurl = "postgresql://USER:PASSWORD@HOST/DATABASE"'

_COMMUNITY_CLOUD_FOLDER = Path("/mount/src")
_COMMUNITY_CLOUD_HOST = ".streamlit.app"


def warn(store: Store) -> None:
    """Say so where nothing that is kept will last."""
    if not store.is_sqlite or not is_wiped(Path(__file__), st.context.url or ""):
        return
    st.warning(
        "**What is kept here will be lost.** This lab runs on Streamlit Community Cloud and keeps its classes in a "
        "file on that machine. Nobody promises that the file is there after the app has slept or was deployed again. "
        "For a class that must last, make a PostgreSQL database with any provider and put these two lines into the "
        "app's secrets (*Manage app, Settings, Secrets*). Until then, take out the whole class as JSON under "
        "*Grades* after each lesson.",
        icon=":material/warning:",
    )
    st.code(CURE, language="toml")


def is_wiped(code: Path, address: str) -> bool:
    """Whether this is Streamlit Community Cloud, by where the code lies or by the address of the lab."""
    host = urlsplit(address).hostname or ""
    return code.is_relative_to(_COMMUNITY_CLOUD_FOLDER) or host.endswith(_COMMUNITY_CLOUD_HOST)
