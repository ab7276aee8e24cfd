"""The descent player: a sweep computed once, played and scrubbed in the browser without the server.

What travels is one bytes object, little-endian, every part a multiple of four bytes:

    [n: uint32][n bytes of JSON: how to play]       written by `play`
    [n: uint32][n bytes of JSON: the header]        written by `payload.pack`, as is everything below
    [array][array] …                                in the order of the header's "arrays": name, type, count

    points     float32 (R, steps + 1, 2)    where each run stands before update t
    losses     float32 (R, steps + 1)       its loss there
    rates      float32 (R, steps)           only where the rate changes from step to step
    gradients  float32 (R, steps + 1, 2)    only where the rule is shown
    contours   uint16 (n, 2)                contour lines one after another; the header's "lines" are their lengths
    relief     uint8 (36, 36)               the height of the ground, row 0 at the bottom
    curve      float32 (257,)               instead of contours and relief: the loss across a view of one dimension

The header holds the surface (name, title, view, minima, lowest loss), the start, and for each run its name, rate,
number of finite states, outcome and sentence, so that all words follow a drag with no help from the server.

The server is told of two things only: a start point that was moved (state `start`), and the button that commits a rate
(trigger `commit`). Rate and step live in the address as `?{key}.rate=…&{key}.step=…`, written by the component itself
and kept in the tab's session storage, so that they outlive a change of page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log
from pathlib import Path
from typing import Any

import streamlit as st

from lrlab.charts import colours
from lrlab.descent.surface import Surface
from lrlab.ui.player.payload import LIMIT, block, header

# In the order in which they are joined into one module.
SCRIPTS = (
    "numbers",
    "address",
    "payload",
    "plane",
    "theme",
    "ground",
    "trail",
    "curve",
    "words",
    "start",
    "furniture",
    "player",
)


def _source(name: str) -> str:
    """A source without what only people need, because it travels.

    That is indentation, in scripts what follows `// ` and the spaces around = and its kin (no text on screen has
    either), and in styles the spaces around punctuation.
    """
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    if name.endswith(".js"):
        text = re.sub(r" ([=!]==|=>?) ", r"\1", re.sub(r"(^|\s)// .*", "", text))
    if name.endswith(".css"):
        text = re.sub(r"\s*([{};,])\s+|(:)\s+", r"\1\2", text).replace("}", "}\n")
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


_component = st.components.v2.component(
    "lrlab_player",
    html=_source("player.html"),
    css=_source("player.css"),
    js="\n".join(_source(f"{name}.js") for name in SCRIPTS),
)


@dataclass(frozen=True)
class Played:
    """What the student has told the server.

    `rate` and `step` are those of the last commit in this session, None before the first; `committed` is True only in
    the run that the button caused. `start` is where the start point was moved to, None for the surface's own.
    """

    rate: float | None
    step: int | None
    committed: bool
    start: tuple[float, float] | None


def play(
    payload: bytes,
    *,
    key: str,
    rate: float | None = None,
    step: int | None = None,
    compare: Sequence[float | str] = (),
    commit: str | None = None,
    drag_start: bool = True,
    show_rule: bool = False,
    show_log: bool = False,
    show_ending: bool = True,
    log_axis: bool | None = None,
) -> Played:
    """Show the player of a packed sweep; it runs in the browser and reruns the page only when the student commits.

    `rate` and `step` are where it opens (the middle rate and the last step if None); a sweep of one run has no slider.
    `compare` races these rates of the sweep, or runs by their labels, on one clock instead. `commit` is the label of
    a button that sends the rate on screen. `show_rule` puts the numbers into the rule (the payload needs gradients),
    `show_log` prints the losses as a training log, `show_ending` says how the run ends, `log_axis` decides the loss
    axis.
    """
    head = header(payload)
    rates = [run[1] for run in head["runs"]]
    if show_rule and not any(name == "gradients" for name, *_ in head["arrays"]):
        raise ValueError("show_rule is True; pack the payload with gradients=True.")
    options = {
        "key": key,
        "first": len(rates) // 2 if rate is None else _nearest(rates, rate),
        "step": head["steps"] if step is None else min(max(step, 0), head["steps"]),
        "series": _series(rates, [run[0] for run in head["runs"]], compare),
        "spare": colours.SERIES[3:],
        "commit": commit,
        "drag": drag_start,
        "rule": show_rule,
        "log": show_log,
        "ending": show_ending and bool(head["endings"]),
        "logarithmic": log_axis,
    }
    data = block(options) + payload
    if len(data) > LIMIT:
        raise ValueError(f"the player's data is {len(data):,} bytes; at most {LIMIT:,} are allowed.")
    told = _component(key=key, data=data, on_start_change=_nothing, on_commit_change=_nothing)
    memory = _memory(key)
    _keep_start(memory, told.get("start"))
    if told.get("commit"):
        memory["commit"] = (float(told["commit"]["rate"]), int(told["commit"]["step"]))
    rate, step = memory.get("commit", (None, None))
    return Played(rate, step, bool(told.get("commit")), memory["starts"].get(head["surface"]))


def dragged_start(key: str, surface: Surface) -> tuple[float, float] | None:
    """Where the student moved the start point of the player `key` on this surface, before that player is shown.

    In a new session the start comes from the address, `?{key}.start=x,y`; what does not lie in the view is ignored.
    """
    memory = _memory(key)
    _keep_start(memory, st.session_state.get(key, {}).get("start"))
    if "asked" not in memory:
        memory["asked"] = True
        asked = _read_start(st.query_params.get(f"{key}.start", ""), surface)
        if asked is not None:
            memory["starts"].setdefault(surface.name, asked)
    start: tuple[float, float] | None = memory["starts"].get(surface.name)
    return start


def _nothing() -> None:
    """A state or trigger needs a callback to be known to Streamlit; there is nothing to do in it."""


def _memory(key: str) -> dict[str, Any]:
    """What outlives the component, which Streamlit forgets on a change of page."""
    memory: dict[str, Any] = st.session_state.setdefault(f"{key}.player", {"starts": {}})
    return memory


def _keep_start(memory: dict[str, Any], told: dict[str, Any] | None) -> None:
    if told and told != memory.get("told"):
        memory["told"] = told
        memory["starts"].pop(told["surface"], None)
        if told["at"]:
            memory["starts"][told["surface"]] = (float(told["at"][0]), float(told["at"][1]))


def _read_start(text: str, surface: Surface) -> tuple[float, float] | None:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    if len(numbers) == 1 and surface.dimension == 1:
        numbers.append(surface.start[1])
    x_min, x_max, y_min, y_max = surface.view
    if len(numbers) == 2 and x_min <= numbers[0] <= x_max and y_min <= numbers[1] <= y_max:
        return numbers[0], numbers[1]
    return None


def _nearest(rates: Sequence[float], rate: float) -> int:
    if not (isfinite(rate) and rate > 0.0):
        raise ValueError(f"rate is {rate}; it must be finite and above 0.")
    return min(range(len(rates)), key=lambda run: abs(log(max(rates[run], 1e-300)) - log(rate)))


def _series(
    rates: Sequence[float], labels: Sequence[str], compare: Sequence[float | str]
) -> list[dict[str, Any]]:
    if len(compare) > len(colours.SERIES):
        raise ValueError(
            f"compare has {len(compare)} rates; at most {len(colours.SERIES)} can be told apart."
        )
    chosen = [_labelled(labels, one) if isinstance(one, str) else _exactly(rates, one) for one in compare]
    looks = zip(chosen, colours.SERIES, colours.DASHES, colours.SHAPES, strict=False)
    return [
        {"run": run, "colour": colour, "dash": dash, "shape": shape} for run, colour, dash, shape in looks
    ]


def _exactly(rates: Sequence[float], rate: float) -> int:
    run = _nearest(rates, rate)
    if abs(rates[run] / rate - 1.0) > 1e-6:
        raise ValueError(
            f"compare holds {rate:g}, which is not a rate of this sweep; the nearest is {rates[run]:g}."
        )
    return run


def _labelled(labels: Sequence[str], label: str) -> int:
    if label not in labels:
        raise ValueError(f"compare holds {label!r}, which is not a label of this sweep.")
    return labels.index(label)
