"""Slips with names and PINs: seen once, on the screen and on paper."""

from lrlab.ui.teacher.slips.slips import make, show

__all__ = ["make", "show"]
