"""The student's own training log: pasted or uploaded, read, drawn, diagnosed. Nothing of it is stored."""

import streamlit as st

from lrlab.charts.courses import Line, losses_over_chart, rates_over_chart
from lrlab.diagnosis import SIGNS, diagnose
from lrlab.diagnosis.held_back import held_back
from lrlab.diagnosis.logs import MOST_BYTES, MOST_MISREAD, MOST_POINTS, Log, Refusal, Series, read, thin
from lrlab.ui import clinic_lab, pictures
from lrlab.ui.plain import Tone, say

SHOWN_MISREAD = 8
EXAMPLE_PATIENT = 4


def ask(page: str) -> None:
    """A field for text and a place for a file; whichever was changed last is read."""
    pasted, uploaded = f"{page}.log_text", f"{page}.log_file"
    st.text_area(
        "Paste your log",
        key=pasted,
        height=180,
        placeholder="epoch 1 - loss: 0.91\nepoch 2 - loss: 0.74\nepoch 3 - loss: 0.63",
        on_change=_take,
        args=(page, pasted),
    )
    st.file_uploader(
        "Or upload it",
        type=["csv", "tsv", "txt", "log", "json", "jsonl"],
        key=uploaded,
        max_upload_size=round(MOST_BYTES / 1e6),
        on_change=_take,
        args=(page, uploaded),
    )
    st.caption(
        f"At most {MOST_BYTES / 1e6:.0f} MB and {MOST_POINTS:,} points. It is read in memory for this visit, and "
        "stored nowhere."
    )
    left, right = st.columns(2)
    left.button("Read it", key=f"{page}.log_read", type="primary", on_click=_take, args=(page, pasted))
    right.button("Show me with an example", key=f"{page}.log_example", on_click=_example, args=(page,))
    _read(page)
    _answer(page)


def _take(page: str, source: str) -> None:
    """Have what stands in a field or was uploaded read next; a new text takes the old reading with it."""
    given = st.session_state.get(source)
    text = given if isinstance(given, str | None) else given.getvalue()
    st.session_state[f"{page}.log_waiting"] = text or ""


def _read(page: str) -> None:
    """Read what is waiting: a moment for most logs, a second or two for the largest, so it says what it does."""
    waiting = f"{page}.log_waiting"
    if waiting not in st.session_state:
        return
    bar = st.progress(0.0, text="Reading the log, line by line")
    try:
        st.session_state[f"{page}.log"] = read(st.session_state[waiting])
    except Refusal as refusal:
        st.session_state[f"{page}.log"] = str(refusal)
    del st.session_state[waiting]
    bar.empty()


def _example(page: str) -> None:
    """Put the log of a patient of the clinic into the field, as a training would have printed it."""
    one = clinic_lab.patient(EXAMPLE_PATIENT)
    rows = zip(one.losses, one.rates, strict=False)
    lines = [
        f"{one.unit} {place} - loss: {loss:.4g} - lr: {rate:.3g}" for place, (loss, rate) in enumerate(rows)
    ]
    st.session_state[f"{page}.log_text"] = "\n".join(lines)
    _take(page, f"{page}.log_text")


def _answer(page: str) -> None:
    kept: Log | str | None = st.session_state.get(f"{page}.log")
    if isinstance(kept, str):
        say(f"{kept} Nothing was kept.", Tone.REFUSED)
    elif kept is not None:
        _show(page, kept)


def _show(page: str, log: Log) -> None:
    """The curves, what they tell, and what was left out."""
    main = log.main
    points = "1 point" if len(main.values) == 1 else f"{len(main.values):,} points"
    say(f"Read as {log.format}: {points} of “{main.name}” over the {log.unit}s.", Tone.DONE)
    curves = [series for series in (log.loss, log.validation) if series is not None]
    pictures.show(f"{page}.log.losses", losses_over_chart, [_line(each) for each in curves], log.unit)
    if log.rate is not None:
        pictures.show(f"{page}.log.rates", rates_over_chart, [_line(log.rate)], log.unit)
    _diagnosis(log)
    _left_out(log)


def _line(series: Series) -> Line:
    kept = thin(series.values)
    return Line(series.name, series.at[kept], series.values[kept])


def _diagnosis(log: Log) -> None:
    found = diagnose(log.main.values, log.rates())
    st.markdown(f"**{found.title}.** {found.evidence}")
    if found.at is not None and found.at < len(log.main.at):
        st.markdown(f"In your log that is {log.unit} {log.main.at[found.at]:g}.")
    if found.suspects:
        names = " or ".join(SIGNS[suspect].title.lower() for suspect in found.suspects)
        st.markdown(f"It may be: {names}.")
    st.markdown(f"**What to try.** {found.advice}")
    if log.loss is not None and log.validation is not None:
        seen = held_back(log.loss.at, log.loss.values, log.validation.at, log.validation.values)
        if seen is not None:
            st.markdown(f"**Beside the validation loss.** {seen.evidence} {seen.advice}")


def _left_out(log: Log) -> None:
    """The lines that were not understood, by number and with the reason, and the numbers that are no loss."""
    if log.misread:
        lines = "1 line was" if log.misread == 1 else f"{log.misread:,} lines were"
        with st.expander(f"{lines} not understood, and left out", icon=":material/rule:"):
            rows = [f"line {each.line}: {each.why}: {each.text}" for each in log.not_understood]
            more = log.misread - min(log.misread, SHOWN_MISREAD)
            st.code("\n".join(rows[:SHOWN_MISREAD]), language="text")
            if more:
                kept = min(MOST_MISREAD, log.misread)
                st.caption(f"And {more:,} more; the first {kept} are looked at for their reasons.")
    if log.unused:
        st.caption("Also in the log, and not looked at:")
        st.text(", ".join(log.unused[:20]))
