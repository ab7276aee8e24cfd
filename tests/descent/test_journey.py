"""Journeys side by side on one clock: who has finished stands still, who was lost is gone."""

import numpy as np
import pytest

from lrlab.descent.automatic import travel
from lrlab.descent.journey import abreast
from lrlab.descent.outcomes import settled_at


def test_who_has_finished_stands_still_on_the_clock_of_the_others():
    newton, plain = travel("bowl", "newton"), travel("bowl", "fixed", steps=12, rate=0.2)
    race = abreast([newton, plain], steps=20)
    assert race.points.shape == (2, 21, 2)
    assert race.lengths.tolist() == [21, 21]
    assert (race.points[0, 1:] == newton.points[1]).all()
    assert (race.points[1, 12:] == plain.points[12]).all()
    np.testing.assert_allclose(race.rates[1], [0.2] * 12 + [0.0] * 8)
    assert race.rates[0, 1:].tolist() == [0.0] * 19


def test_who_was_lost_is_not_drawn_any_further():
    lost = travel("rosenbrock", "fixed", rate=0.1)
    race = abreast([lost], steps=50)
    length = int(race.lengths[0])
    assert length == len(lost.rates)
    assert np.isfinite(race.losses[0, :length]).all()
    assert not np.isfinite(race.losses[0, length:]).any()


def test_a_journey_is_a_descent_that_can_be_measured():
    # On the bowl, from (−5, 3), Newton's first step is the last.
    assert settled_at(travel("bowl", "newton").descent).tolist() == [1]
    assert settled_at(travel("bowl", "fixed", steps=5).descent).tolist() == [6]


def test_journeys_on_different_ground_or_too_short_a_clock_are_refused():
    with pytest.raises(ValueError, match="all on the same surface"):
        abreast([travel("bowl", "newton"), travel("saddle", "newton")], 10)
    with pytest.raises(ValueError, match="there are 0 journeys"):
        abreast([], 10)
    with pytest.raises(ValueError, match="steps is 4; the longest journey has 5"):
        abreast([travel("bowl", "fixed", steps=5)], 4)
