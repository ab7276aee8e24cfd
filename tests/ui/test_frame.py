"""What every page does first: freeze once, and give every chart its text."""

import gc
import json

from streamlit.testing.v1 import AppTest

from lrlab.ui import frame, navigation


def page():
    from lrlab.charts.losses import losses_chart
    from lrlab.ui import frame, pictures

    frame.begin("too_small")
    pictures.show("a_chart", losses_chart, [0, 1, 2], [3.0, 2.0, 1.0])


def test_warming_up_moves_the_imports_out_of_the_collectors_sight():
    assert frame.warm_up() > 50_000
    assert gc.get_freeze_count() > 50_000


def test_a_chart_is_shown_with_the_text_made_from_its_data(monkeypatch):
    monkeypatch.setattr(navigation, "_declared", True)  # as after any run of the router
    at = AppTest.from_function(page).run(timeout=60)
    chart = at.get("vega_lite_chart")[0].proto
    assert "3 at the start, lowest 1 at 2" in json.loads(chart.spec)["description"]
    assert [title.value for title in at.title] == ["Too small: the eternal descent"]
