"""Which exercises lie open on their pages in this tab; the others are one line each until somebody opens them."""

import streamlit as st

_UNFOLDED = "unfolded"


def unfold(slug: str) -> None:
    """Lay an exercise open; it stays so while this tab is, also after it was solved."""
    st.session_state[_UNFOLDED] = _slugs() | {slug}


def is_unfolded(slug: str) -> bool:
    """Whether an exercise was laid open in this tab."""
    return slug in _slugs()


def _slugs() -> frozenset[str]:
    found: frozenset[str] = st.session_state.get(_UNFOLDED, frozenset())
    return found
