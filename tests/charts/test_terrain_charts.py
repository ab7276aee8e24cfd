"""The charts of the terrain page: sharpness against 2/α, rates against units, losses in two sets of units."""

import numpy as np
import pytest

from lrlab.charts.sharpness import sharpness_chart
from lrlab.charts.units import unit_chart, unit_losses_chart
from lrlab.descent import descend


def sharpness(name, rate, starts=None, steps=40):
    names = ["usual", "upper left", "lower right"][: len(starts) if starts else 1]
    return sharpness_chart(descend(name, "sgd", rate, start=starts, steps=steps), names).to_dict()


def rows(spec):
    return [row for data in spec["datasets"].values() for row in data]


def words(spec):
    return [row["word"] for row in rows(spec) if "word" in row]


def titles(spec, channel):
    return {
        layer["encoding"][channel]["title"]
        for layer in spec["layer"]
        if "title" in layer["encoding"].get(channel, {})
    }


def test_on_a_quadratic_the_line_parts_what_diverges():
    spec = sharpness("bowl", 0.5)
    assert words(spec) == ["2/α = 4: diverges above"]
    assert {row["sharpness"] for row in rows(spec) if "start" in row} == {4.5}
    assert "above 2/α at 41 of 41 states, first at step 0" in spec["description"]


@pytest.mark.parametrize(
    "name", ["ripples", "two_wells", "rosenbrock", "plateau", "saddle", "himmelblau", "beale"]
)
def test_elsewhere_it_only_says_what_is_guaranteed(name):
    spec = sharpness(name, 0.001)
    assert words(spec) == ["2/α = 2e+03: guaranteed below"]
    assert "diverge" not in spec["description"]


def test_fact_12_the_sharp_well_stands_above_the_line_of_the_rate_it_cannot_hold():
    """2/.06 = 33.3 lies between the wells' 51.1 and 2.14; 2/.02 = 100 lies above both."""
    assert "never above" in sharpness("two_wells", 0.02)["description"]
    held = sharpness("two_wells", 0.06, steps=100)
    assert "2/α = 33.3" in held["description"]
    assert "states, first at step" in held["description"]


def test_the_axis_is_logarithmic_unless_the_ground_bends_down():
    assert titles(sharpness("bowl", 0.1), "y") == {"sharpness λ (log scale)"}
    # From the crest between two ripples the ground bends down along both axes: ½ − ½π² < 0.
    assert titles(sharpness("ripples", 0.1, starts=[(1.0, 1.0)]), "y") == {"sharpness λ"}


def test_a_run_that_gets_ever_sharper_leaves_the_chart_and_is_still_told():
    spec = sharpness("rosenbrock", 0.01)
    along = [row["sharpness"] for row in rows(spec) if "start" in row]
    domain = next(
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"].get("y", {})
    )
    assert along[-1] > domain[1] / 1.5
    assert all(value <= domain[1] for value in along[:-1])
    assert np.isfinite(along).all()
    assert "at most" in spec["description"]


def test_every_start_has_a_line_a_hue_and_a_dash_of_its_own():
    spec = sharpness("himmelblau", 0.01, starts=[(0.0, 0.0), (-3.0, 3.0), (3.0, -3.0)])
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")["encoding"]
    assert len(set(line["color"]["scale"]["range"])) == 3
    assert len({tuple(dash) for dash in line["strokeDash"]["scale"]["range"]}) == 3
    assert "3 runs" in spec["description"]
    assert all(f"start {name}:" in spec["description"] for name in ("usual", "upper left", "lower right"))


def test_the_unit_chart_says_on_which_side_of_the_limit_the_rate_lies():
    factors, limits = [0.001, 1.0, 1000.0], [0.63, 0.6, 8e-6]
    inside = unit_chart(factors, limits, 1.0, 0.5).to_dict()
    outside = unit_chart(factors, limits, 1000.0, 0.5).to_dict()
    assert "0.5, lies below it" in inside["description"]
    assert "8e-06 at the 1000 chosen" in outside["description"]
    assert "0.5, lies above it" in outside["description"]
    shapes = [layer["mark"].get("shape") for spec in (inside, outside) for layer in spec["layer"]]
    assert [shape for shape in shapes if shape] == ["circle", "triangle-up"]
    assert "2/L = 8e-06" in words(outside)


def test_losses_in_two_units_have_dashes_beside_their_hues():
    spec = unit_losses_chart({"your units": [0.69, 124.0, 1.2], "one scale": [0.69, 0.3, 0.05]}).to_dict()
    assert len({tuple(dash) for dash in spec["encoding"]["strokeDash"]["scale"]["range"]}) == 2
    assert "your units: from 0.69 to 1.2, highest 124" in spec["description"]
    assert "one scale: from 0.69 to 0.05, highest 0.69" in spec["description"]
