"""Restarts on two wells: below the limit they change nothing, above it they leave, far above they are thrown out."""

import numpy as np
import pytest

from lrlab.finder.restarts import FIRST, restart, restarted, where

SHARP, FLAT = 2 / 51.1, 2 / 2.14


@pytest.mark.parametrize("well", ["sharp", "flat"])
def test_the_first_fall_settles_in_its_well(well) -> None:
    found = restart(well, (0.02,), noise=1.0)
    middle = found.run.points[0, 100]
    assert np.linalg.norm(middle - ((-2, 0) if well == "sharp" else (2, 0))) < 0.2
    assert FIRST[well] < {"sharp": SHARP, "flat": FLAT}[well]


def test_a_restart_leaves_the_sharp_well_only_well_above_its_limit() -> None:
    found = restart("sharp", (0.03, 0.05, 0.07, 0.1, 0.5), noise=1.0)
    stayed = found.ended[:, 0]
    assert stayed[0] == 1.0
    assert stayed[1] == 1.0
    assert 0.05 < stayed[2] < 0.95  # just above it is a matter of luck
    assert stayed[3:].max() < 0.05
    assert found.ended[3:, 1].min() > 0.95


def test_a_restart_far_above_every_limit_loses_the_good_well_too() -> None:
    found = restart("flat", (0.5, 1.25, 3.0), noise=1.0)
    assert found.ended[:2, 1].min() > 0.95
    assert found.ended[2].sum() < 0.05


def test_without_noise_one_draw_is_all_there_is() -> None:
    found = restart("sharp", (0.02, 0.3), noise=0.0)
    assert found.draws == 1
    assert found.ended.tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_the_schedule_restarts_in_the_middle_and_ends_at_nearly_nothing() -> None:
    rates = restarted("sharp", 0.3)(np.arange(200))
    assert rates[[0, 100]].tolist() == [0.02, 0.3]
    assert rates[[99, 199]].max() < 1e-3 * 0.3


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="well is 'deep'"):
        restart("deep", (0.1,))
    with pytest.raises(ValueError, match="peaks is empty"):
        restart("sharp", ())
    assert where(np.array([[np.inf, 0.0]])).tolist() == [[False, False]]
