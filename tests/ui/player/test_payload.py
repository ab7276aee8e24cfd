import json

import numpy as np
import pytest

from lrlab.descent import SURFACES, descend
from lrlab.descent.outcomes import Outcome, endings
from lrlab.ui.player import pack, rates_that_fit
from lrlab.ui.player.payload import LIMIT, OPTIONS, REGIMES


def read(payload):
    """The payload as player.py describes it, read back without the code that wrote it."""
    length = int(np.frombuffer(payload, "<u4", 1)[0])
    header = json.loads(payload[4 : 4 + length])
    at = 4 + length
    arrays = {}
    for name, kind, count in header["arrays"]:
        assert at % 4 == 0
        arrays[name] = np.frombuffer(payload, f"<{kind}", count, at)
        at += -(-arrays[name].nbytes // 4) * 4
    assert at == len(payload)
    return header, arrays


def test_what_goes_in_comes_out():
    sweep = descend("bowl", "sgd", [0.05, 0.3, 0.5], steps=40)
    header, arrays = read(pack(sweep, endings=endings(sweep)))
    assert arrays["points"].reshape(3, 41, 2) == pytest.approx(sweep.points, rel=1e-6)
    assert arrays["losses"].reshape(3, 41) == pytest.approx(sweep.losses, rel=1e-6)
    assert sum(header["lines"]) * 2 == arrays["contours"].size
    assert arrays["relief"].size == 36 * 36
    assert (header["steps"], header["dimension"], header["surface"]) == (40, 2, "bowl")
    assert header["view"] == [-6.0, 6.0, -4.0, 4.0]
    assert header["start"] == header["home"] == [-5.0, 3.0]
    assert [row[:3] for row in header["runs"]] == [["0.05", 0.05, 41], ["0.3", 0.3, 41], ["0.5", 0.5, 41]]
    assert [row[4] for row in header["runs"]] == [ending.sentence for ending in endings(sweep)]
    assert header["endings"][header["runs"][2][3]] == ["large", "diverged"]


def test_one_dimension_sends_its_curve():
    header, arrays = read(pack(descend("bowl_1d", "sgd", 0.8, steps=5)))
    assert header["dimension"] == 1
    assert arrays["curve"].size == 257
    assert "contours" not in arrays


def test_a_moved_start_is_told_from_the_surfaces_own():
    header, _ = read(pack(descend("bowl", "sgd", 0.1, start=(1.5, -2.0), steps=5)))
    assert (header["start"], header["home"]) == ([1.5, -2.0], [-5.0, 3.0])


def test_an_overflow_is_kept_and_counted():
    sweep = descend("rosenbrock", "sgd", 0.5, steps=20)
    header, arrays = read(pack(sweep, endings=endings(sweep)))
    length = header["runs"][0][2]
    assert length == sweep.lengths[0] < 21
    assert np.isnan(arrays["losses"][length + 1 :]).all()


def test_what_float32_cannot_hold_is_infinite_not_clipped():
    sweep = descend("bowl", "sgd", 2.0, start=(1.0, 1e30), steps=12)
    _, arrays = read(pack(sweep))
    assert sweep.losses[0, -1] > 3.5e38
    assert arrays["losses"][-1] == np.inf


def test_the_gradient_of_every_state_is_sent_where_the_rule_is_shown():
    sweep = descend("bowl", "sgd", 0.1, start=(2.0, 1.0), steps=3)
    _, arrays = read(pack(sweep, gradients=True))
    points = arrays["points"].reshape(4, 2)
    assert arrays["gradients"].reshape(4, 2) == pytest.approx(points * [1.0, 4.5], rel=1e-6)


def test_a_schedule_sends_the_rate_of_every_step():
    rates = np.array([[0.4, 0.2, 0.1], [0.1, 0.1, 0.1]])
    header, arrays = read(pack(descend("bowl", "sgd", rates, steps=3), labels=("halving", "constant")))
    assert [row[0] for row in header["runs"]] == ["halving", "constant"]
    assert arrays["rates"].reshape(2, 3) == pytest.approx(rates, rel=1e-6)


def test_a_slider_over_schedules_shows_their_peaks():
    rates = np.array([[0.01, 0.1, 0.05], [0.02, 0.2, 0.1]])
    header, _ = read(pack(descend("bowl", "sgd", rates, steps=3), peaks=(0.1, 0.2)))
    assert [row[:2] for row in header["runs"]] == [["0.1", 0.1], ["0.2", 0.2]]


@pytest.mark.parametrize(
    ("name", "rates", "logarithmic"),
    [
        ("rosenbrock", [1e-4, 2e-4, 3e-4], False),
        ("bowl", [0.2, 0.3, 0.4], True),
        ("bowl", [1e-4, 1e-3, 1e-2], False),
    ],
)
def test_the_axis_is_logarithmic_where_the_middle_run_gains_three_decades(name, rates, logarithmic):
    header, _ = read(pack(descend(name, "sgd", rates, steps=60)))
    assert header["logarithmic"] is logarithmic


def test_every_outcome_has_a_regime():
    assert set(REGIMES) == set(Outcome)


# Nesterov's sentences are the longest.
@pytest.mark.parametrize(
    ("name", "steps"), [*((name, 300) for name in SURFACES), ("bowl", 30), ("ravine", 10)]
)
def test_the_largest_allowed_sweep_fits(name, steps):
    rates = [float(f"{rate:.3g}") for rate in np.geomspace(1e-3, 4.0, rates_that_fit(steps))]
    sweep = descend(name, "nesterov", rates, steps=steps)
    assert len(pack(sweep, endings=endings(sweep))) + OPTIONS <= LIMIT == 65536


def test_the_largest_allowed_sweep_with_gradients_fits():
    rates = np.geomspace(0.05, 4.0, rates_that_fit(20, gradients=True))
    sweep = descend("bowl", "sgd", rates, steps=20)
    assert len(pack(sweep, endings=endings(sweep), gradients=True)) + OPTIONS <= LIMIT


def test_the_largest_allowed_sweep_of_schedules_fits():
    peaks = np.geomspace(0.01, 1.0, rates_that_fit(200, scheduled=True))
    rates = peaks[:, None] * np.linspace(1.0, 0.0, 200)
    sweep = descend("ravine", "nesterov", rates, steps=200)
    assert len(pack(sweep, endings=endings(sweep), peaks=peaks.tolist())) + OPTIONS <= LIMIT


def test_longer_runs_leave_room_for_fewer():
    fits = [rates_that_fit(steps) for steps in (1, 10, 60, 100, 300, 1000)]
    assert fits == sorted(fits, reverse=True)
    # Four rates a decade from 0.001 to 3, the widest slider of the course, at its longest run.
    assert fits[4] >= 15
    assert fits[-1] >= 1


@pytest.mark.parametrize(
    ("rates", "steps", "options", "words"),
    [
        (np.geomspace(0.01, 1.0, 90), 300, {}, r"90 runs of 300 steps .* which 15 runs keep"),
        ([0.1, 0.2], 5, {"labels": ("one",)}, "labels has 1 entries"),
        ([0.1, 0.2], 5, {"endings": endings(descend("bowl", "sgd", 0.1, steps=5))}, "endings has 1 entries"),
        ([[0.1, 0.2, 0.3]], 3, {}, "need labels or peaks"),
    ],
)
def test_what_cannot_be_packed_is_refused_with_its_numbers(rates, steps, options, words):
    sweep = descend("bowl", "sgd", rates, steps=steps)
    with pytest.raises(ValueError, match=words):
        pack(sweep, **options)


@pytest.mark.parametrize(("optimizer", "noise"), [("momentum", 0.0), ("sgd", 0.5)])
def test_the_rule_is_shown_for_plain_descent_only(optimizer, noise):
    sweep = descend("bowl", optimizer, 0.1, steps=5, noise=noise)
    with pytest.raises(ValueError, match="plain descent without noise"):
        pack(sweep, gradients=True)


def test_no_steps_fit_nothing():
    with pytest.raises(ValueError, match="steps is 0"):
        rates_that_fit(0)
