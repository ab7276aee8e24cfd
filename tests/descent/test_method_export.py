"""The code on the screen does what the lab did: it is executed and compared with the engine."""

import numpy as np
import pytest

from lrlab.descent import SURFACES
from lrlab.descent.automatic import travel
from lrlab.descent.method_export import numpy_code, scipy_code
from lrlab.descent.methods import METHODS

FLAT = [name for name, surface in SURFACES.items() if surface.dimension == 2]
OWN = [name for name in METHODS if name not in ("bfgs", "lbfgs")]
CASES = [(name, method) for name in FLAT for method in OWN if METHODS[method].suits(SURFACES[name])]


def ran(code):
    names = {}
    with np.errstate(all="ignore"):
        exec(compile(code, "<taken away>", "exec"), names)
    return names


@pytest.mark.parametrize(("name", "method"), CASES)
def test_the_numpy_lines_walk_the_same_path(name, method):
    start = SURFACES[name].start
    settings = {"rate": 0.002} if "rate" in METHODS[method].defaults else {}
    # Eight steps: the wild methods multiply a last digit at every step, and the Hessian is by differences.
    steps = 5 if name == "ripples" else 8
    path = np.array(ran(numpy_code(name, method, start, steps, **settings))["path"])
    points = travel(name, method, start, steps=steps, **settings).points
    count = min(len(path), len(points))
    assert abs(len(path) - len(points)) <= 1
    np.testing.assert_allclose(path[:count], points[:count], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("method", ["bfgs", "lbfgs"])
@pytest.mark.parametrize("name", FLAT)
def test_scipys_call_is_the_labs(name, method, capsys):
    start = SURFACES[name].start
    path = np.array(ran(scipy_code(name, method, start, 100))["path"])
    journey = travel(name, method, start, steps=100)
    np.testing.assert_allclose(path, journey.points, rtol=1e-3, atol=1e-4)
    steps, values, gradients = map(int, capsys.readouterr().out.split())
    assert (steps, values, gradients) == (len(journey.rates), journey.values[-1], journey.gradients[-1])


@pytest.mark.parametrize("method", OWN)
def test_scipys_nearest_relative_arrives_on_rosenbrock(method, capsys):
    path = ran(scipy_code("rosenbrock", method, (-1.2, 1.0), 100))["path"]
    np.testing.assert_allclose(path[-1], (1.0, 1.0), atol=1e-4)


def test_what_is_scipys_own_has_no_lines_here():
    with pytest.raises(ValueError, match="its lines are SciPy's own"):
        numpy_code("bowl", "bfgs", (1.0, 1.0), 5)


def test_the_students_numbers_stand_in_the_code():
    code = numpy_code("bowl", "armijo", (1.5, -2.0), 7, shrink=0.25)
    for text in ("[1.5, -2.0]", "range(7)", "a = a * 0.25"):
        assert text in code
