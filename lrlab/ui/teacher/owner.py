"""What the owner of the lab has set for its teachers, in the environment or in Streamlit's secrets."""

import os
from typing import Any

import streamlit as st


def key() -> str:
    """The teacher key: LRLAB_TEACHER_KEY, else the secrets' [teachers] key; empty where there is none."""
    return os.environ.get("LRLAB_TEACHER_KEY", "").strip() or str(_secrets("teachers").get("key", "")).strip()


def emails() -> tuple[str, ...]:
    """The addresses whose owners may enter as teachers through the identity provider: [teachers] emails."""
    given = _secrets("teachers").get("emails", ())
    return (given,) if isinstance(given, str) else tuple(str(address) for address in given)


def _secrets(section: str) -> dict[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    try:
        return dict(st.secrets[section])
    except (KeyError, TypeError, ValueError):
        return {}
