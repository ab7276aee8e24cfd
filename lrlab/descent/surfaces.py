"""The catalogue of surfaces: their constructors by name, and what each makes by itself.

A constructor is a noun with parameters (`bowl(curvatures=(1.0, 4.5))`), so that an exercise can draw a variant.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lrlab.descent.classics import beale, himmelblau, rosenbrock
from lrlab.descent.obstacles import plateau, ripples, saddle, two_wells
from lrlab.descent.quadratics import bowl, bowl_1d, ravine
from lrlab.descent.surface import Surface

CONSTRUCTORS: Mapping[str, Callable[..., Surface]] = MappingProxyType(
    {
        "bowl": bowl,
        "bowl_1d": bowl_1d,
        "ravine": ravine,
        "plateau": plateau,
        "saddle": saddle,
        "two_wells": two_wells,
        "rosenbrock": rosenbrock,
        "himmelblau": himmelblau,
        "beale": beale,
        "ripples": ripples,
    }
)

SURFACES: Mapping[str, Surface] = MappingProxyType({name: make() for name, make in CONSTRUCTORS.items()})


def named(surface: str | Surface) -> Surface:
    """Return the surface of that name from the catalogue; a record is returned as it is.

    >>> named("himmelblau").minima[0]
    (3.0, 2.0)
    """
    if isinstance(surface, Surface):
        return surface
    if not isinstance(surface, str) or surface not in SURFACES:
        raise ValueError(f"surface is {surface!r}; it must be one of {', '.join(SURFACES)}.")
    return SURFACES[surface]
