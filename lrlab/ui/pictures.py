"""A chart on the page, made once for the same data and kept for everyone who looks at it."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec

import altair as alt
import pyarrow as pa
import streamlit as st

from lrlab.charts import Chart
from lrlab.ui.fingerprint import fingerprint

P = ParamSpec("P")

_altair = threading.Lock()
"""Altair's theme and its way with tables are settings of the whole process."""


@dataclass(frozen=True)
class _Picture:
    """A Vega-Lite specification as JSON, and the tables it names."""

    spec: str
    tables: Mapping[str, pa.Table]


def show(key: str, make: Callable[P, Chart], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Draw what a function of `lrlab.charts` makes of these arguments; its description is the accessible name."""
    picture = _finished(fingerprint(make, args, kwargs), lambda: make(*args, **kwargs))
    st.vega_lite_chart({**json.loads(picture.spec), "datasets": dict(picture.tables)}, key=key)


@st.cache_resource(max_entries=512, show_spinner=False)
def _finished(known_as: str, _chart: Callable[[], Chart]) -> _Picture:
    """A chart taken out of Altair: to build and check one costs more than all else in the run of a page."""
    tables: dict[str, pa.Table] = {}

    def keep(data: Any) -> dict[str, str]:
        name = fingerprint(data)
        tables[name] = pa.Table.from_pandas(data, preserve_index=False)
        return {"name": name}

    chart = _chart()
    with _altair:
        alt.data_transformers.register("kept", keep)
        with alt.data_transformers.enable("kept"), alt.theme.enable("none"):
            return _Picture(json.dumps(chart.to_dict()), tables)
