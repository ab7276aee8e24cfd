"""The code on the page, executed: it must take the very path that the engine took."""

import numpy as np
import pytest

from lrlab.descent import OPTIMIZERS, SURFACES, descend
from lrlab.descent.export import numpy_code, torch_code

RATES = {
    "bowl": 0.1,
    "ravine": 0.03,
    "rosenbrock": 1e-3,
    "himmelblau": 0.01,
    "beale": 0.01,
    "two_wells": 0.02,
}


def executed(source):
    """The points that a script leaves in `path`."""
    names = {}
    exec(compile(source, "<exported>", "exec"), names)
    return np.array([np.asarray(point) for point in names["path"]])


@pytest.mark.parametrize("surface", SURFACES)
def test_the_numpy_code_of_every_surface_takes_the_engines_path(surface):
    rate = RATES.get(surface, 0.1)
    run = descend(surface, "sgd", rate, steps=30)
    points = executed(numpy_code(surface, "sgd", rate, SURFACES[surface].start, 30))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_numpy_code_of_every_optimizer_takes_the_engines_path(optimizer):
    run = descend("bowl", optimizer, 0.05, steps=40)
    points = executed(numpy_code("bowl", optimizer, 0.05, SURFACES["bowl"].start, 40))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-9, atol=1e-11)


def test_coefficients_stand_in_the_code():
    run = descend("bowl", "momentum", 0.05, steps=20, momentum=0.5)
    points = executed(numpy_code("bowl", "momentum", 0.05, (-5.0, 3.0), 20, momentum=0.5))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-9, atol=1e-11)


def test_noise_is_drawn_from_the_seed_as_the_engine_draws_it():
    run = descend("bowl", "sgd", 0.1, steps=25, noise=0.5, seed=7)
    points = executed(numpy_code("bowl", "sgd", 0.1, (-5.0, 3.0), 25, noise=0.5, seed=7))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-9, atol=1e-11)


HALVING = "def schedule(t):\n    return 0.4 / 2**t\n"


def test_a_schedule_takes_the_place_of_the_rate():
    run = descend("bowl", "momentum", [0.4 / 2.0 ** np.arange(12)], steps=12)
    points = executed(numpy_code("bowl", "momentum", 9.9, (-5.0, 3.0), 12, schedule=HALVING))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-9, atol=1e-11)


def test_a_schedule_sets_the_rate_of_pytorchs_optimizer():
    pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-frameworks.txt"
    )
    run = descend("bowl", "momentum", [0.4 / 2.0 ** np.arange(12)], steps=12)
    points = executed(torch_code("bowl", "momentum", 9.9, (-5.0, 3.0), 12, schedule=HALVING))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_torch_code_of_every_surface_takes_the_engines_path(surface):
    pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-frameworks.txt"
    )
    rate = RATES.get(surface, 0.1)
    run = descend(surface, "sgd", rate, steps=30)
    points = executed(torch_code(surface, "sgd", rate, SURFACES[surface].start, 30))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_torch_code_of_every_optimizer_takes_the_engines_path(optimizer):
    pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install -r requirements-frameworks.txt"
    )
    run = descend("bowl", optimizer, 0.05, steps=40)
    points = executed(torch_code("bowl", optimizer, 0.05, SURFACES["bowl"].start, 40))
    np.testing.assert_allclose(points, run.points[0], rtol=1e-8, atol=1e-10)


def test_every_script_compiles_whatever_the_pair():
    for surface in SURFACES:
        for optimizer in OPTIMIZERS:
            compile(numpy_code(surface, optimizer, 0.1, (1.0, 2.0), 5), "<exported>", "exec")
            compile(torch_code(surface, optimizer, 0.1, (1.0, 2.0), 5, noise=0.1), "<exported>", "exec")


@pytest.mark.parametrize(
    ("surface", "optimizer", "coefficients", "said"),
    [
        ("mountain", "sgd", {}, "surface is 'mountain'"),
        ("bowl", "sdg", {}, "optimizer is 'sdg'"),
        ("bowl", "momentum", {"dampening": 0.5}, "dampening is 0.5"),
        ("bowl", "sgd", {"momentum": 0.5}, "no coefficient 'momentum'"),
    ],
)
def test_what_the_code_cannot_say_is_refused(surface, optimizer, coefficients, said):
    with pytest.raises(ValueError, match=said):
        numpy_code(surface, optimizer, 0.1, (1.0, 1.0), 5, **coefficients)
