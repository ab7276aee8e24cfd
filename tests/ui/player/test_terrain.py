import numpy as np
import pytest

from lrlab.descent import SURFACES
from lrlab.ui.player import terrain

FLAT = [name for name, surface in SURFACES.items() if surface.dimension == 2]


def test_a_ramp_gets_evenly_spaced_lines():
    heights = terrain.levels(np.linspace(0.0, 1.0, 1001), 0.0)
    assert heights == pytest.approx(np.arange(1, 17) / 17)


def test_a_bowl_gets_evenly_spaced_rings():
    heights = terrain.levels(np.linspace(0.0, 3.0, 1001) ** 2, 0.0)
    assert np.sqrt(heights) == pytest.approx(3.0 * np.arange(1, 17) / 17)


def test_walls_that_dwarf_the_floor_get_lines_evenly_spaced_in_the_logarithm():
    heights = terrain.levels(np.geomspace(1e-4, 1e4, 1001), 0.0)
    steps = np.diff(np.log10(heights))
    assert steps == pytest.approx(np.full(15, steps[0]))
    assert heights[0] < 1e-3
    assert heights[-1] > 1e3


def test_ground_without_any_height_has_no_lines():
    assert terrain.levels(np.full(10, 2.0), 2.0).size == 0


@pytest.mark.parametrize("name", FLAT)
def test_every_catalogue_surface_has_a_picture_that_fits(name):
    drawn = terrain.terrain(SURFACES[name])
    assert len(drawn.lines) >= 8
    assert sum(len(line) for line in drawn.lines) <= 720
    assert drawn.relief.shape == (36, 36)
    assert int(drawn.relief.max()) - int(drawn.relief.min()) > 150


@pytest.mark.parametrize("name", FLAT)
def test_a_line_keeps_its_height(name):
    surface = SURFACES[name]
    x_min, x_max, y_min, y_max = surface.view
    side = np.linspace(0.0, 1.0, 101)
    grid = np.stack(np.meshgrid(x_min + side * (x_max - x_min), y_min + side * (y_max - y_min)), axis=-1)
    spread = float(np.ptp(surface.value(grid)))
    for line in terrain.terrain(surface).lines:
        places = line / 65535.0
        points = np.stack(
            [x_min + places[:, 0] * (x_max - x_min), y_min + places[:, 1] * (y_max - y_min)], axis=-1
        )
        assert np.ptp(surface.value(points)) < 0.01 * spread


def test_the_relief_stands_upright():
    # Along x = 0 Rosenbrock's loss is 1 + 100·y²: 101 at the bottom of its view (y = -1), 901 at the top (y = 3).
    relief = terrain.terrain(SURFACES["rosenbrock"]).relief
    assert relief[0, 18] < relief[-1, 18]
    assert relief[9, 18] < relief[0, 18]


def test_the_relief_is_lowest_at_the_minimum_and_highest_in_the_corners():
    relief = terrain.terrain(SURFACES["bowl"]).relief
    assert relief[17:19, 17:19].max() < 20
    assert relief[[0, 0, -1, -1], [0, -1, 0, -1]].min() > 250


def test_one_dimension_is_drawn_as_its_curve():
    curve = terrain.curve(SURFACES["bowl_1d"])
    x = np.linspace(-6.0, 6.0, 257)
    assert curve.dtype == np.float32
    assert curve == pytest.approx(0.625 * x**2 / 2, rel=1e-6)


def test_the_floor_is_the_lowest_minimum():
    assert terrain.floor(SURFACES["himmelblau"]) == pytest.approx(0.0, abs=1e-12)
