"""Every surface is what it says: its derivatives, its minima, its curvatures, its formula at hand-checked points."""

import dataclasses

import numpy as np
import pytest
from scipy.optimize import minimize

from lrlab.descent.surface import Surface, scaled
from lrlab.descent.surfaces import CONSTRUCTORS, SURFACES, named

VARIANTS = {
    "bowl": {"curvatures": (0.3, 7.0)},
    "bowl_1d": {"curvature": 3.0},
    "ravine": {"curvatures": (1.0, 40.0), "angle": -70.0},
    "plateau": {"depth": 2.0, "width": 0.7},
    "saddle": {"curvatures": (2.0, 0.5)},
    "two_wells": {"sharp": 80.0, "flat": 3.0, "distance": 3.0},
    "rosenbrock": {"a": 1.5, "b": 10.0},
    "himmelblau": {"scale": 0.01},
    "beale": {"scale": 0.1},
    "ripples": {"curvature": 0.2, "height": 0.3, "spacing": 1.5},
}
EVERY = [pytest.param(surface, id=name) for name, surface in SURFACES.items()] + [
    pytest.param(CONSTRUCTORS[name](**arguments), id=f"{name} variant")
    for name, arguments in VARIANTS.items()
]


def points_in(surface: Surface, count: int = 200) -> np.ndarray:
    x_min, x_max, y_min, y_max = surface.view
    return np.random.default_rng(7).uniform((x_min, y_min), (x_max, y_max), size=(count, 2))


def test_the_catalogue_has_the_ten_surfaces_under_their_own_names():
    assert list(SURFACES) == [
        "bowl", "bowl_1d", "ravine", "plateau", "saddle", "two_wells",
        "rosenbrock", "himmelblau", "beale", "ripples",
    ]  # fmt: skip
    assert all(surface.name == name for name, surface in SURFACES.items())


@pytest.mark.parametrize("surface", EVERY)
def test_gradient_is_the_complex_step_derivative_of_the_value(surface: Surface):
    points, tiny = points_in(surface), 1e-30
    for axis in range(2):
        bumped = points.astype(complex)
        bumped[:, axis] += 1j * tiny
        expected = surface.value(bumped).imag / tiny
        np.testing.assert_allclose(surface.gradient(points)[:, axis], expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("surface", EVERY)
def test_hessian_is_the_complex_step_derivative_of_the_gradient(surface: Surface):
    points, tiny = points_in(surface), 1e-30
    for axis in range(2):
        bumped = points.astype(complex)
        bumped[:, axis] += 1j * tiny
        expected = surface.gradient(bumped).imag / tiny
        np.testing.assert_allclose(surface.hessian(points)[:, :, axis], expected, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("surface", EVERY)
def test_every_listed_minimum_is_one_and_the_lowest_comes_first(surface: Surface):
    minima = np.array(surface.minima)
    sharpness = np.abs(surface.hessian(minima)).max(axis=(1, 2))
    assert np.all(np.abs(surface.gradient(minima)).max(axis=1) <= 1e-12 * sharpness * 10.0)
    eigenvalues = np.linalg.eigvalsh(surface.hessian(minima)[:, : surface.dimension, : surface.dimension])
    assert np.all(eigenvalues > 0.0)
    assert np.argmin(surface.value(minima)) == 0
    around = np.stack([np.cos(np.arange(12.0)), np.sin(np.arange(12.0))], axis=-1) * 1e-3
    assert np.all(surface.value(minima[:, None] + around) >= surface.value(minima)[:, None])


@pytest.mark.parametrize("surface", [each for each in EVERY if "bowl_1d" not in str(each.id)])
def test_no_minimum_is_missing_from_the_list(surface: Surface):
    """SciPy's BFGS from twenty starts in the view ends at a listed minimum wherever it ends at a minimum at all."""
    minima, reached = np.array(surface.minima), set()
    for start in points_in(surface, 20):
        found = minimize(surface.value, start, jac=surface.gradient, method="BFGS", options={"gtol": 1e-9})
        if np.linalg.norm(found.jac) < 1e-8 and np.linalg.eigvalsh(surface.hessian(found.x))[0] > 1e-6:
            distances = np.linalg.norm(minima - found.x, axis=1)
            assert distances.min() < 1e-5, found.x
            reached.add(int(distances.argmin()))
    assert reached


def test_ripples_list_the_troughs_that_a_fine_grid_shows():
    surface = SURFACES["ripples"]
    line = np.linspace(-6.0, 6.0, 12001)
    heights = surface.value(np.stack([line, np.zeros_like(line)], axis=-1))
    troughs = line[1:-1][(heights[1:-1] < heights[:-2]) & (heights[1:-1] < heights[2:])]
    listed = sorted({x for x, _ in surface.minima})
    np.testing.assert_allclose(listed, troughs, atol=1e-3)
    assert len(surface.minima) == len(troughs) ** 2 == 9


@pytest.mark.parametrize("surface", EVERY)
def test_start_and_minima_lie_in_the_view_and_the_texts_are_there(surface: Surface):
    x_min, x_max, y_min, y_max = surface.view
    for x, y in (surface.start, *surface.minima[:1]):
        assert x_min < x < x_max
        assert y_min < y < y_max
    assert surface.title
    assert surface.formula
    assert surface.purpose.endswith(".")


@pytest.mark.parametrize("surface", [each for each in EVERY if each.values[0].curvatures])
def test_stated_curvatures_are_the_eigenvalues_of_the_hessian_everywhere(surface: Surface):
    hessians = surface.hessian(points_in(surface, 5))[:, : surface.dimension, : surface.dimension]
    for eigenvalues in np.linalg.eigvalsh(hessians):
        np.testing.assert_allclose(eigenvalues, surface.curvatures, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "point", "value"),
    [
        ("bowl", (2.0, 1.0), (4.0 + 4.5) / 2.0),
        ("bowl_1d", (4.0, 99.0), 5.0),
        ("plateau", (0.0, 0.0), 0.0),
        ("saddle", (0.0, 0.0), 0.25),
        ("saddle", (2.0, 1.0), 2.0),
        ("two_wells", (-2.0, 0.0), 0.0),
        ("two_wells", (2.0, 0.0), 0.0),
        ("rosenbrock", (-1.2, 1.0), 24.2),
        ("himmelblau", (0.0, 0.0), 170.0),
        ("beale", (1.0, 1.0), 14.203125),
        ("ripples", (1.0, 0.0), 0.25 + 1.0),
    ],
)
def test_value_at_points_worked_out_by_hand(name: str, point: tuple[float, float], value: float):
    assert SURFACES[name].value(point) == pytest.approx(value, rel=1e-14, abs=1e-14)


def test_rosenbrock_has_the_derivatives_of_the_literature_at_its_start():
    surface = SURFACES["rosenbrock"]
    np.testing.assert_allclose(surface.gradient(surface.start), (-215.6, -88.0), rtol=1e-13)
    np.testing.assert_allclose(surface.hessian(surface.start), [[1330.0, 480.0], [480.0, 200.0]], rtol=1e-13)


def test_fact_12_two_wells_have_curvatures_51_1_and_2_14():
    surface = SURFACES["two_wells"]
    np.testing.assert_allclose(surface.hessian(surface.minima[0]), 51.1 * np.eye(2), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(surface.hessian(surface.minima[1]), 2.14 * np.eye(2), rtol=1e-9, atol=1e-9)


def test_points_may_have_any_leading_shape():
    surface = SURFACES["himmelblau"]
    points = np.arange(24.0).reshape(3, 4, 2) / 10.0
    assert surface.value(points).shape == (3, 4)
    assert surface.gradient(points).shape == (3, 4, 2)
    assert surface.hessian(points).shape == (3, 4, 2, 2)
    assert surface.value(points[1, 2]) == surface.value(points)[1, 2]


def test_scaling_the_loss_scales_everything_but_the_place_of_things():
    surface = scaled(SURFACES["ravine"], 1000.0)
    point = (1.0, -2.0)
    assert surface.value(point) == pytest.approx(1000.0 * SURFACES["ravine"].value(point))
    np.testing.assert_allclose(surface.gradient(point), 1000.0 * SURFACES["ravine"].gradient(point))
    np.testing.assert_allclose(surface.hessian(point), 1000.0 * SURFACES["ravine"].hessian(point))
    assert surface.curvatures == pytest.approx((500.0, 25000.0))
    assert surface.minima == SURFACES["ravine"].minima


def test_a_surface_is_found_by_name_or_taken_as_it_is():
    record = dataclasses.replace(SURFACES["bowl"], start=(1.0, 1.0))
    assert named("bowl") is SURFACES["bowl"]
    assert named(record) is record
    with pytest.raises(ValueError, match=r"surface is 'hill'; it must be one of bowl, bowl_1d"):
        named("hill")


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("bowl", {"curvatures": (1.0, 0.0)}, "curvatures is 0.0; it must be above 0"),
        ("bowl", {"curvatures": (1.0, 2.0, 3.0)}, "it must be two numbers"),
        ("bowl_1d", {"curvature": float("nan")}, "curvature is nan; it must be a finite number"),
        ("ravine", {"angle": float("inf")}, "angle is inf"),
        ("ravine", {"angle": "steep"}, "angle is 'steep'"),
        ("plateau", {"width": -1.0}, "width is -1.0; it must be above 0"),
        ("two_wells", {"sharp": 10.0, "flat": 2.0}, "sharp must be at least 10 times flat"),
        ("rosenbrock", {"b": 10**400}, "it must be a finite number"),
        ("ripples", {"curvature": 1e-6}, "it must be at least 0.0785"),
    ],
)
def test_a_bad_parameter_is_named_with_its_value(name: str, arguments: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        CONSTRUCTORS[name](**arguments)


def test_points_of_the_wrong_shape_are_refused():
    with pytest.raises(ValueError, match=r"points have shape \(3,\)"):
        SURFACES["bowl"].value((1.0, 2.0, 3.0))
