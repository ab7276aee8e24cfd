"""The teacher's own time zone, for days and hours on the screen; everything that is kept is in UTC."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def zone() -> tzinfo:
    """The zone of the browser; UTC where it does not say."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def local(moment: datetime | None) -> str:
    """A moment as day and time where the reader is; a dash where there was none."""
    return "–" if moment is None else f"{moment.astimezone(zone()):%Y-%m-%d %H:%M}"
