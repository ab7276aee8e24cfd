"""What the small pictures are sent: small enough, and true to the runs."""

import json

import numpy as np
import pytest

from lrlab.descent import SURFACES, descend
from lrlab.descent.outcomes import Outcome, endings
from lrlab.ui.multiples import pack
from lrlab.ui.multiples.payload import MOST_STEPS, NEVER, REACH
from lrlab.ui.player.payload import LIMIT, OPTIONS

RATES = (0.01, 0.1, 0.3, 0.5, 1.0)


def sweep(name, rates=RATES, steps=60):
    run = descend(name, "sgd", rates, steps=steps)
    return run, endings(run)


def read(payload):
    """The payload as multiples.py describes it, read back without the code that wrote it."""
    length = int(np.frombuffer(payload, "<u4", 1)[0])
    header = json.loads(payload[4 : 4 + length])
    at = 4 + length
    parts = {}
    for name, kind, count in header["arrays"]:
        assert at % 4 == 0
        parts[name] = np.frombuffer(payload, f"<{kind}", count, at)
        at += -(-parts[name].nbytes // 4) * 4
    assert at == len(payload)
    return header, parts


def way(parts, run, steps):
    """One run as the browser draws it: a place (−1 to 1 across the picture) for every step."""
    first = int(parts["counts"][:run].sum())
    mine = slice(first, first + int(parts["counts"][run]))
    places = (parts["places"].reshape(-1, 2)[mine].astype(float) - 32768) / 1024
    moments = parts["moments"][mine]
    assert moments[0] == 0
    assert moments[-1] == steps
    return np.stack([np.interp(np.arange(steps + 1), moments, places[:, axis]) for axis in (0, 1)], axis=-1)


def test_every_run_is_drawn_where_it_was():
    names = ("bowl", "ravine", "ripples")
    sweeps = [sweep(name) for name in names]
    header, parts = read(pack(sweeps))
    assert [panel["name"] for panel in header["panels"]] == list(names)
    assert header["runs"] == [[f"{rate:g}", rate] for rate in RATES]
    for index, (run, _) in enumerate(sweeps):
        left, right, low, high = run.surface.view
        middle, half = [(left + right) / 2, (low + high) / 2], [(right - left) / 2, (high - low) / 2]
        for row in range(len(RATES)):
            true = (run.points[row] - middle) / half
            shown = way(parts, index * len(RATES) + row, 60)
            gone = np.flatnonzero(np.abs(true).max(axis=-1) > REACH)
            until = gone[0] if len(gone) else 61
            # the tolerance, and half a unit of a place
            np.testing.assert_allclose(shown[:until], true[:until], atol=0.002 + 0.5 / 1024)
            assert (np.abs(shown[until:]).max(axis=-1) > REACH - 0.01).all()


def test_one_dimension_is_drawn_as_a_curve_and_the_run_on_it():
    header, parts = read(pack([sweep("bowl_1d", (0.8,), steps=10)]))
    (corners,) = header["panels"][0]["lines"]
    assert 10 <= corners <= 33
    shown = way(parts, 0, 10)
    # From −5 the error halves each step; the view goes from −6 to 6.
    np.testing.assert_allclose(shown[:, 0], -5 / 6 * 0.5 ** np.arange(11), atol=0.003)
    heights = parts["contours"].reshape(-1, 2)[:, 1]
    assert (heights[0], heights[-1]) == (heights.max(), heights.max())
    # The lowest of the curve and the minimum stand at the same height, above the lower edge.
    minimum = header["panels"][0]["minima"][0]
    assert minimum[0] == 0.0
    assert heights.min() == pytest.approx(127.5 * (minimum[1] + 1), abs=1)
    assert -0.95 < minimum[1] < -0.8


def test_endings_travel_with_the_step_of_arrival():
    run, ended = sweep("bowl", (0.001, 0.2, 0.3, 0.5))
    header, parts = read(pack([(run, ended)]))
    words = [header["outcomes"][at] for at in parts["ends"]]
    assert words == [
        ["small", "still moving"],
        ["right", "converged"],
        ["right", "converged with overshoot"],
        ["large", "diverged"],
    ]
    assert parts["settled"].tolist() == [NEVER, ended[1].settled_at, ended[2].settled_at, NEVER]
    assert len(header["outcomes"]) == len(Outcome)


def test_a_run_that_overflows_stays_gone():
    run, ended = sweep("rosenbrock", (0.5,), steps=30)
    assert run.lengths[0] < 31
    _, parts = read(pack([(run, ended)]))
    shown = way(parts, 0, 30)
    assert np.isfinite(shown).all()
    assert np.abs(shown[-1]).max() > REACH - 0.01


@pytest.mark.parametrize("steps", [1, 2, 60, 150, MOST_STEPS])
def test_all_surfaces_fit_beside_how_they_are_shown(steps):
    rates = np.geomspace(1e-3, 3.0, 36)
    assert len(pack([sweep(name, rates, steps) for name in SURFACES])) + OPTIONS <= LIMIT


def test_contours_stay_inside_the_picture():
    header, parts = read(pack([sweep(name, (0.1,), 5) for name in SURFACES]))
    assert sum(sum(panel["lines"]) for panel in header["panels"]) * 2 == parts["contours"].size
    assert all(length > 1 for panel in header["panels"] for length in panel["lines"])
    assert parts["reliefs"].size == len(SURFACES) * 400


@pytest.mark.parametrize(
    ("sweeps", "words"),
    [
        (lambda: [], "sweeps is empty"),
        (lambda: [sweep("bowl"), sweep("ravine", (0.1, 0.2))], "ravine has rates or steps of its own"),
        (lambda: [sweep("bowl"), sweep("ravine", steps=30)], "ravine has rates or steps of its own"),
        (lambda: [sweep("bowl", steps=255)], "have 255 steps; at most 254"),
        (lambda: [(sweep("bowl")[0], sweep("bowl", (0.1,))[1])], "bowl has 1 endings for 5 runs"),
        (lambda: [sweep("ravine", np.linspace(0.079, 0.08, 200), 250)] * 4, "at most 64,768 are allowed"),
    ],
)
def test_what_cannot_be_shown_side_by_side_is_refused_with_its_numbers(sweeps, words):
    with pytest.raises(ValueError, match=words):
        pack(sweeps())
