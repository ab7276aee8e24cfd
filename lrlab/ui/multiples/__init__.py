"""Many surfaces side by side under one rate and on one clock: pack the sweeps once, scrub them in the browser."""

from lrlab.ui.multiples.multiples import scrub
from lrlab.ui.multiples.payload import pack

__all__ = ["pack", "scrub"]
