"""Small multiples: many sweeps under one rate and on one clock, played and scrubbed in the browser without the server.

What travels is one bytes object, little-endian, every part padded to a multiple of four bytes:

    [n: uint32][n bytes of JSON: how to show]       written by `scrub`
    [n: uint32][n bytes of JSON: the header]        written by `payload.pack`, as is everything below
    places    uint16 (v, 2)     kept states, picture after picture, rate after rate; 32,768 is the middle of the
                                picture and 1,024 more or less its edges
    contours  uint8 (n, 2)      contour lines one after another, 255 at the far edges; "lines" are their lengths
    reliefs   uint8 (P, 20, 20) the height of the ground, row 0 at the bottom
    moments   uint8 (v,)        the step of each kept state; between two of them a run moves evenly
    counts    uint8 (P·R,)      how many states of each run were kept
    ends      uint8 (P·R,)      how each run ended, as a row of the header's "outcomes"
    settled   uint8 (P·R,)      from which step on it stays at a minimum, 255 for never

The scripts of the player do the reading, the drawing and the address; `multiples.js` puts them together for many
pictures. The server is told of one thing only: which picture was pressed, and at which rate (trigger `pick`).
"""

import re
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lrlab.ui.player.payload import LIMIT, block, header

_HERE, _PLAYER = Path(__file__).parent, Path(__file__).parents[1] / "player"
_SHARED = ("numbers", "address", "payload", "plane", "theme", "ground", "trail")


def _source(path: Path) -> str:
    """A source without indentation and without the lines that only people need, because it travels."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in map(str.strip, lines) if line and not re.match(r"//", line))


_component = st.components.v2.component(
    "lrlab_multiples",
    html=_source(_HERE / "multiples.html"),
    css=_source(_PLAYER / "player.css") + "\n" + _source(_HERE / "multiples.css"),
    js="\n".join(
        [
            *(_source(_PLAYER / f"{name}.js") for name in _SHARED),
            *(_source(_HERE / f"{name}.js") for name in ("panels", "multiples")),
        ]
    ),
)


def scrub(
    payload: bytes,
    *,
    key: str,
    rate: float,
    step: int | None = None,
    chosen: str | None = None,
    on_pick: Callable[[str, float], None],
) -> None:
    """Show packed sweeps side by side; all follow one rate and one clock, in the browser.

    `rate` and `step` are where they open (the last step if None), `chosen` the picture that is marked. Pressing a
    picture calls `on_pick` with its name and the rate on screen, before the page runs.
    """
    head = header(payload)
    rates = [run[1] for run in head["runs"]]
    if rate not in rates:
        raise ValueError(f"rate is {rate:g}; it must be one of the {len(rates)} rates of the sweeps.")
    options = {
        "key": key,
        "first": rates.index(rate),
        "step": head["steps"] if step is None else min(max(step, 0), head["steps"]),
        "chosen": chosen,
        "series": [],  # what the player's scripts ask a race for
    }
    data = block(options) + payload
    if len(data) > LIMIT:
        raise ValueError(f"the pictures' data is {len(data):,} bytes; at most {LIMIT:,} are allowed.")

    def picked() -> None:
        told = st.session_state[key].get("pick")
        if told:
            on_pick(str(told["name"]), float(told["rate"]))

    _component(key=key, data=data, on_pick_change=picked)
