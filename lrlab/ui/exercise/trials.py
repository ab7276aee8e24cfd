"""Trials, spent one after another: a rate is typed, its loss is seen, the next one is decided on."""

from math import isfinite

import streamlit as st

from lrlab.charts.answers import tries_chart
from lrlab.grading import Refusal, Variant, read
from lrlab.grading.forms import Trials
from lrlab.grading.judging import probe
from lrlab.ui import pictures
from lrlab.ui.exercise import fields

Tried = tuple[tuple[str, float, float], ...]
"""What was typed, the rate it stands for, and the loss it led to, in order."""


def spend(form: Trials, task: Variant, key: str) -> str | None:
    """Draw the trials so far and the next one; returns the answer in the run in which they are handed in."""
    tried = _tried(key)
    left = form.count - len(tried)
    if tried:
        _results(form, tried, key)
    if left:
        with st.form(f"{key}.trial", border=False):
            fields.number(f"Rate to try, from {form.low:g} to {form.high:g}", f"{key}.try")
            st.form_submit_button(
                f"Try it ({left} left)", on_click=_try, args=(form, task, key, len(tried)), type="primary"
            )
    refusal = st.session_state.get(f"{key}.refusal")
    if refusal:
        st.info(f"{refusal} This did not cost a trial.", icon=":material/edit:")
    if not tried:
        return None
    hand_in, again = st.columns(2)
    again.button("Spend them anew", key=f"{key}.anew", on_click=_start_again, args=(key,), width="stretch")
    word = (
        "Hand them in"
        if not left
        else f"Hand in these {len(tried)}"
        if len(tried) > 1
        else "Hand in this one"
    )
    sent = hand_in.button(
        word, key=f"{key}.hand_in", type="secondary" if left else "primary", width="stretch"
    )
    return form.text([typed for typed, _, _ in tried]) if sent else None


def _tried(key: str) -> Tried:
    tried: Tried = st.session_state.get(f"{key}.tried", ())
    return tried


def _try(form: Trials, task: Variant, key: str, number: int) -> None:
    """Spend one trial, the one after the first `number`; a second click on the same button spends no other."""
    tried, typed = _tried(key), st.session_state.get(f"{key}.try", "")
    if len(tried) != number:
        return
    rates = read(task, form.text([typed]))
    if isinstance(rates, Refusal) or len(rates) > 1:
        said = rates.sentence if isinstance(rates, Refusal) else "One rate at a time."
        st.session_state[f"{key}.refusal"] = said
        return
    rate = float(rates[0])
    st.session_state[f"{key}.refusal"] = None
    st.session_state[f"{key}.tried"] = (*tried, (typed.strip(), rate, probe(task, rate)))
    st.session_state[f"{key}.try"] = ""


def _start_again(key: str) -> None:
    st.session_state[f"{key}.tried"] = ()


def _results(form: Trials, tried: Tried, key: str) -> None:
    pairs = [(rate, loss) for _, rate, loss in tried]
    pictures.show(f"{key}.tries", tries_chart, pairs, form.low, form.high, measure=form.measure)
    best = min(loss for _, loss in pairs)
    rows = [
        f"| {number} | {rate:.4g} | {_loss(loss)}{' (the best so far)' if loss == best and isfinite(loss) else ''} |"
        for number, (rate, loss) in enumerate(pairs, start=1)
    ]
    st.markdown("\n".join([f"| trial | rate | {form.measure} |", "|---|---|---|", *rows]))


def _loss(loss: float) -> str:
    return f"{loss:.4g}" if isfinite(loss) else "it broke down"
