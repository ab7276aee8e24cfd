"""A chart on the page: what Streamlit itself would send, and made once for the same data."""

import json

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from lrlab.charts.losses import losses_chart
from lrlab.ui import pictures


def both():
    import streamlit as st

    from lrlab.charts.losses import losses_chart
    from lrlab.ui import pictures

    pictures.show("ours", losses_chart, [0, 1, 2], [3.0, 2.0, 1.0])
    st.altair_chart(losses_chart([0, 1, 2], [3.0, 2.0, 1.0]), key="streamlits")


def sent(element):
    """The specification with its tables in the place of their names."""
    tables = {
        table.name: pa.ipc.open_stream(table.data.data).read_all().to_pylist()
        for table in element.proto.datasets
    }

    def filled(part):
        if isinstance(part, dict):
            named = part.get("name") if set(part) == {"name"} else None
            return tables[named] if named in tables else {key: filled(value) for key, value in part.items()}
        return [filled(each) for each in part] if isinstance(part, list) else part

    return filled(json.loads(element.proto.spec))


def test_what_is_sent_is_what_streamlit_would_send_of_the_same_chart():
    at = AppTest.from_function(both).run()
    assert not at.exception, at.exception
    ours, streamlits = at.get("vega_lite_chart")
    assert sent(ours) == sent(streamlits)
    assert "[{'step'" in str(sent(ours)), "with its data"


def asked(losses, key):
    from lrlab.ui import pictures
    from tests.ui.test_pictures import counted

    pictures.show(key, counted, losses)


MADE = []


def counted(losses):
    MADE.append(losses)
    return losses_chart(range(len(losses)), losses)


def test_a_chart_is_made_once_for_the_same_data_and_anew_for_other_data():
    pictures._finished.clear()
    MADE.clear()
    for losses, key in (([3.0, 1.0], "a"), ([3.0, 1.0], "b"), ([3.0, 1.5], "a"), ([3.0, 1.0], "a")):
        at = AppTest.from_function(asked, kwargs={"losses": losses, "key": key}).run()
        assert not at.exception, at.exception
    assert MADE == [[3.0, 1.0], [3.0, 1.5]]
