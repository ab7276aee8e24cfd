"""The descent player: contours, trail, loss and clock in the browser, from one payload of at most 64 KB."""

from lrlab.ui.player.payload import pack, rates_that_fit
from lrlab.ui.player.player import Played, dragged_start, play

__all__ = ["Played", "dragged_start", "pack", "play", "rates_that_fit"]
