"""The live matrix of a class as one compact table in the browser: students down, exercises across."""

from lrlab.ui.teacher.matrix.matrix import Chosen, draw, packed, slugs_of

__all__ = ["Chosen", "draw", "packed", "slugs_of"]
