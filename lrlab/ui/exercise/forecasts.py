"""Say it before it is run: what a run will do, and how sure one is; then hold it against the run."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lrlab.grading.forms import FORECAST, came_true
from lrlab.grading.variants import Offer
from lrlab.ui import reflections
from lrlab.ui.attempts import Attempt
from lrlab.ui.reflections import SURE, Reflection


@dataclass(frozen=True)
class Forecast:
    """What was expected of a run (the name of an offer) and the confidence in percent; None where nothing was said."""

    said: str | None
    confidence: int | None


def ask(offers: Sequence[Offer], key: str) -> Forecast:
    """The question that stands before a run."""
    words = {offer.name: offer.text for offer in offers}
    said = st.radio(
        "Before it runs: what will this rate do?",
        list(words),
        format_func=words.__getitem__,
        index=None,
        key=f"{key}.forecast",
        persist_state="session",
    )
    sure = st.radio(
        "How sure are you?",
        list(SURE),
        format_func=SURE.__getitem__,
        index=None,
        horizontal=True,
        key=f"{key}.sure",
        persist_state="session",
    )
    return Forecast(said, sure)


def missing(forecast: Forecast | None) -> str | None:
    """What to say where a forecast was asked for and none was made."""
    if forecast is None or (forecast.said and forecast.confidence):
        return None
    return (
        "Say first what the run will do, and how sure you are. A wrong guess teaches as much as a right one."
    )


def keep(forecast: Forecast | None, attempt: Attempt) -> None:
    """Keep a forecast beside the attempt it was made for."""
    if forecast is None or not forecast.said or attempt.repeated:
        return
    st.session_state[_place(attempt)] = forecast
    truth = next(offer.name for offer in FORECAST if came_true(offer.name, attempt.outcome))
    reflections.keep(
        Reflection(
            attempt.exercise,
            "prediction",
            forecast.said,
            truth,
            forecast.confidence,
            attempt.variant,
            attempt.number,
        )
    )


def compare(attempt: Attempt) -> None:
    """Hold the forecast of an attempt against what the run did."""
    forecast: Forecast | None = st.session_state.get(_place(attempt))
    if forecast is None or forecast.said is None:
        return
    words = {offer.name: offer.text for offer in FORECAST}
    sure = f" ({SURE[forecast.confidence]})" if forecast.confidence else ""
    said = f"You predicted{sure}: *{words[forecast.said]}*"
    if came_true(forecast.said, attempt.outcome):
        st.markdown(f"{said} It did.")
    else:
        did = next(offer.text for offer in FORECAST if came_true(offer.name, attempt.outcome))
        st.markdown(f"{said} What happened: *{did}*")


def _place(attempt: Attempt) -> str:
    return f"{attempt.exercise}.{attempt.variant}.expected.{attempt.number}"
