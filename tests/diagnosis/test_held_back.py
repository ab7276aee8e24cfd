"""What the validation loss adds to the training loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.diagnosis.held_back import Sight, held_back

T = np.arange(60)
FALL = 0.1 + 2.0 * np.exp(-T / 10)


@pytest.mark.parametrize(
    ("losses", "validation", "sight"),
    [
        (FALL, FALL, None),
        (FALL, FALL + 0.15, None),
        (FALL, FALL * 0.9, None),
        (1.0 + np.exp(-T / 10), FALL, Sight.TRAINING_ABOVE),
        (FALL, 0.3 + 1.5 * np.exp(-T / 6) + 0.015 * T, Sight.BY_HEART),
        (FALL, 0.3 + 1.5 * np.exp(-T / 6) + 0.0005 * T, None),
        (FALL + 0.03 * T, 0.3 + 1.5 * np.exp(-T / 6) + 0.03 * T, None),  # both climb: that is not by heart
        (FALL[:6], FALL[:6] / 9, None),
        (-FALL, -FALL - 3, None),
    ],
)
def test_what_two_curves_show_together(losses, validation, sight):
    seen = held_back(range(len(losses)), losses, range(len(validation)), validation)
    assert (None if seen is None else seen.sight) is sight


def test_the_turn_is_named_by_its_place_and_its_numbers():
    validation = 0.3 + 1.5 * np.exp(-T / 6) + 0.015 * T
    seen = held_back(T * 10, FALL, T * 10, validation)
    lowest = 10 * int(np.argmin(validation))
    assert seen.at == lowest
    assert f"lowest at {lowest} ({validation.min():.3g})" in seen.evidence


def test_the_two_need_not_stand_at_the_same_places():
    seen = held_back(T, 1.0 + np.exp(-T / 10), T[9::10].repeat(2)[:9] + 0.5, np.linspace(1.9, 0.2, 9))
    assert seen.sight is Sight.TRAINING_ABOVE


def test_lost_points_are_left_out():
    losses, validation = (1.0 + np.exp(-T / 10)).copy(), FALL.copy()
    losses[::7], validation[::5] = np.nan, np.inf
    assert held_back(T, losses, T, validation).sight is Sight.TRAINING_ABOVE


def test_places_and_losses_must_be_of_one_length():
    with pytest.raises(ValueError, match="one length"):
        held_back(T, FALL[:-1], T, FALL)


ROW = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=40)


@given(ROW, ROW)
@settings(max_examples=100, deadline=None)
def test_any_two_rows_get_an_answer(losses, validation):
    with np.errstate(all="ignore"):
        seen = held_back(range(len(losses)), losses, range(len(validation)), validation)
    assert seen is None or seen.evidence.endswith(".")
