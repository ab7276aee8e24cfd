"""What the owner of the lab has written into Streamlit's secrets."""

from time import monotonic
from typing import Any

import streamlit as st

AGAIN_AFTER = 10.0
"""Seconds for which secrets that were not there are taken to be still missing.

Streamlit remembers secrets it has read, but looks for missing ones at every call, behind a lock: a page asks some
forty times in a run, and with a class on the server the queue before that lock was longer than all other work.
"""

_missing_until = 0.0


def section(name: str) -> dict[str, Any]:
    """A table of the secrets; empty where it, or the whole file, is missing or is not what it should be."""
    if not _there():
        return {}
    try:
        return dict(st.secrets[name])
    except (KeyError, TypeError, ValueError):
        return {}


def _there() -> bool:
    global _missing_until
    if monotonic() < _missing_until:
        return False
    if st.secrets.load_if_toml_exists():
        return True
    _missing_until = monotonic() + AGAIN_AFTER
    return False
