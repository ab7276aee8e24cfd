"""Three hints, opened one after another: they cost nothing and are counted."""

import streamlit as st

from lrlab.grading import Variant
from lrlab.ui import attempts

KINDS = ("direction", "bracket", "formula")


def hints(task: Variant, key: str, *, passed: bool) -> None:
    """The hints that were opened and, until an answer has passed, a button for the next one."""
    slug = task.exercise.slug
    seen = attempts.hints_seen(slug)
    for number, (kind, hint) in enumerate(zip(KINDS[:seen], task.hints, strict=False), start=1):
        st.markdown(f"**Hint {number}, {kind}.** {hint}")
    if seen < len(KINDS) and not passed:
        st.button(
            f"Hint {seen + 1} of {len(KINDS)}: {KINDS[seen]}",
            key=f"{key}.hint",
            on_click=_open,
            args=(slug, seen),
        )


def _open(slug: str, seen: int) -> None:
    """Open the hint after the `seen` ones; a second click on the same button opens no other."""
    if attempts.hints_seen(slug) == seen:
        attempts.open_hint(slug)
