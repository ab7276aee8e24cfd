"""The descent's lab with a schedule: peaks on the slider, and code that walks the same way."""

import numpy as np
import pytest

from lrlab.descent import SURFACES
from lrlab.descent.export import numpy_code
from lrlab.schedules.catalogue import KINDS
from lrlab.ui import controls, descent_lab, remembered


def settings(schedule, steps=30):
    return controls.Settings("bowl", low=1e-3, high=3.0, steps=steps, schedule=schedule)


@pytest.mark.parametrize("schedule", KINDS)
def test_a_run_goes_by_the_highest_rate_of_its_schedule(schedule):
    sweep, endings = remembered.sweep(settings(schedule))
    peaks = remembered.peaks(settings(schedule))
    assert len(peaks) == len(endings) == len(sweep.rates)
    assert sweep.rates.max(axis=1) == pytest.approx(peaks, rel=0.02)


@pytest.mark.parametrize("schedule", KINDS)
def test_the_code_to_take_away_walks_as_the_picture_does(schedule):
    chosen = settings(schedule)
    row = remembered.peaks(chosen).index(0.2)
    text = descent_lab.schedule_code(chosen, 0.2)
    names = {}
    exec(numpy_code("bowl", "sgd", 0.2, SURFACES["bowl"].start, 30, schedule=text), names)
    np.testing.assert_allclose(
        np.array(names["path"]), remembered.sweep(chosen)[0].points[row], rtol=1e-9, atol=1e-11
    )


@pytest.mark.parametrize("steps", [30, 100, 200])
def test_the_rates_the_sandbox_speaks_of_are_on_its_slider_with_any_schedule(steps):
    assert {0.001, 0.05, 0.3, 0.5} <= set(remembered.peaks(settings("cosine", steps)))
