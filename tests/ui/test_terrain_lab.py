"""The terrain's lab: ten surfaces, a closer look from several starts, two wells."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lrlab.descent import SURFACES
from lrlab.descent.outcomes import Outcome
from lrlab.ui import terrain_lab
from lrlab.ui.terrain_lab import Look, places


def test_fact_12_the_rates_of_the_page_stay_bounce_and_leave():
    """Sharp well at (−2, 0), flat one at (2, 0): .02 settles in the first, .06 bounces in it, .3 finds the second."""
    run, ended = terrain_lab.well_runs()
    assert run.rates[:, 0].tolist() == [0.02, 0.06, 0.3]
    assert [ending.outcome for ending in ended] == [Outcome.CONVERGED, Outcome.BOUNCING, Outcome.OVERSHOT]
    stays, bounces, leaves = run.points[:, -1]
    np.testing.assert_allclose(stays, [-2.0, 0.0], atol=1e-6)
    np.testing.assert_allclose(leaves, [2.0, 0.0], atol=1e-6)
    assert 0.1 < np.hypot(*(bounces - [-2.0, 0.0])) < 1.5


def test_no_rate_of_the_slider_suits_all_surfaces_and_every_surface_has_one_that_does_not():
    board = terrain_lab.everywhere_runs()
    assert list(board) == list(SURFACES)
    arrived = np.array([[ending.settled_at is not None for ending in ended] for _, ended in board.values()])
    assert arrived.shape == (10, len(terrain_lab.RATES))
    assert not arrived.all(axis=0).any()
    assert not arrived.all(axis=1).any()
    # Rosenbrock's floor is too flat for the budget and Beale's too, at any rate their walls can stand.
    late = [name for name, row in zip(board, arrived, strict=True) if not row.any()]
    assert late == ["rosenbrock", "beale"]


@pytest.mark.parametrize("name", SURFACES)
def test_the_starts_lie_in_the_view_and_differ(name):
    surface = SURFACES[name]
    found = places(surface)
    x_min, x_max, y_min, y_max = surface.view
    assert found["usual"] == surface.start
    assert len(set(found.values())) == len(found) >= 4
    assert all(x_min <= x <= x_max and y_min <= y <= y_max for x, y in found.values())
    if surface.dimension == 1:
        assert {y for _, y in found.values()} == {surface.start[1]}


def test_several_starts_are_one_sweep_of_one_rate():
    look = Look("himmelblau", 0.01, ("usual", "upper left", "lower right"))
    run, ended = terrain_lab.runs(look)
    assert run.points.shape == (3, terrain_lab.STEPS + 1, 2)
    assert set(run.rates.ravel()) == {0.01}
    # Three of the four valleys, each the one next to its start.
    assert [SURFACES["himmelblau"].minima[ending.minimum] for ending in ended] == [
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (3.584428340330492, -1.848126526964404),
    ]


def page():
    import streamlit as st

    from lrlab.ui import terrain_lab

    terrain_lab.everywhere("terrain")
    chosen = terrain_lab.choose("terrain")
    run = terrain_lab.look("terrain", chosen)
    terrain_lab.observe("terrain", run, chosen)
    st.text(f"{chosen.surface} {chosen.rate:g} {' '.join(chosen.starts)}: {run.ending.outcome.name}")


def shown(at):
    assert not at.exception, at.exception
    return at.text[-1].value


def test_the_closer_look_follows_surface_rate_and_starts():
    at = AppTest.from_function(page, default_timeout=60).run()
    assert shown(at) == "bowl 0.1 usual: CONVERGED"
    at.selectbox(key="terrain.surface").set_value("ravine").run()
    assert shown(at) == "ravine 0.1 usual: DIVERGED"
    at.select_slider(key="terrain.rate").set_value(0.063).run()
    assert shown(at) == "ravine 0.063 usual: OVERSHOT"
    at.pills(key="terrain.starts.2").set_value(["upper left", "lower right"]).run()
    assert shown(at).startswith("ravine 0.063 upper left lower right: ")
    assert "start upper left: what did the run do?" in "".join(text.value for text in at.markdown)
    at.pills(key="terrain.starts.2").set_value([]).run()
    assert shown(at) == "ravine 0.063 usual: OVERSHOT"
    at.selectbox(key="terrain.surface").set_value("bowl_1d").run()
    assert shown(at) == "bowl_1d 0.063 usual: CONVERGED"


def test_the_words_under_the_sharpness_promise_no_cliff_where_there_is_none():
    at = AppTest.from_function(page, default_timeout=60).run()
    assert any("one sharpness for the whole map" in caption.value for caption in at.caption)
    at.selectbox(key="terrain.surface").set_value("ripples").run()
    assert any("nothing is promised, and nothing lost yet" in caption.value for caption in at.caption)


def predicting():
    import streamlit as st

    from lrlab.ui import terrain_lab

    options = {"none": "none", "plateau": "plateau", "ravine": "ravine"}
    st.session_state.setdefault("terrain.prediction", "ravine")
    terrain_lab.compare("terrain", options, st.number_input("rate", value=0.1))


def test_the_prediction_is_held_against_the_runs_themselves():
    at = AppTest.from_function(predicting, default_timeout=60).run()
    assert at.success[0].value.startswith("As you predicted")
    assert "Ravine: Diverging" in at.success[0].value
    at.number_input[0].set_value(0.05).run()  # below 2/25 nothing is thrown out
    assert "What happened: *none*" in at.info[0].value
