"""What an answer led to: runs go into the player, and as curves where they are too long for it."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.descent import descend
from lrlab.descent.outcomes import endings
from lrlab.grading.evidence import Walked


def page(walked):
    from lrlab.ui.exercise import replays

    replays.replay(walked, "task", revealed=False)


def replayed(rates, steps):
    run = descend("bowl", "sgd", rates, steps=steps)
    names = ("your low rate", "your high rate")[: len(rates)]
    walked = Walked(run, endings(run), names)
    at = AppTest.from_function(page, kwargs={"walked": walked}, default_timeout=60).run()
    assert not at.exception, at.exception
    return len(at.get("bidi_component")), len(at.get("vega_lite_chart") + at.get("arrow_vega_lite_chart")), at


@pytest.mark.parametrize(("rates", "steps"), [((0.3,), 50), ((0.1, 0.3), 50), ((0.3,), 3000)])
def test_runs_are_played(rates, steps):
    assert replayed(rates, steps)[:2] == (1, 0)


@pytest.mark.parametrize("rates", [(0.3,), (0.001, 0.5)])
def test_runs_that_are_too_long_to_be_played_are_drawn(rates):
    assert replayed(rates, 10_000)[:2] == (0, 1)


def test_a_run_is_named():
    assert replayed((0.3,), 50)[2].caption[0].value == "Your low rate, α = 0.3. Play it, or move the step."
