"""Exercises on a page: asked, answered, replayed and explained, one fragment each."""

from lrlab.ui.exercise.asking import ask, try_out
from lrlab.ui.exercise.chapters import chapter

__all__ = ["ask", "chapter", "try_out"]
