"""The terrain's lab: all surfaces under one rate, a closer look at one of them from several starts, and two wells."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from lrlab.charts.sharpness import sharpness_chart
from lrlab.descent import SURFACES, Descent, descend
from lrlab.descent.outcomes import Ending, Outcome, endings
from lrlab.descent.surface import Point, Surface
from lrlab.ui import descent_lab, multiples, pictures, player, reflections
from lrlab.ui.controls import ALL_SURFACES, Settings, bound, rates_between

LOW, HIGH, STEPS = 1e-3, 3.0, 150
RATES = rates_between(LOW, HIGH, 40)
OPENS_AT = 0.1
WELLS = (0.02, 0.06, 0.3)
"""Rates on two wells: one the sharp well can hold, one it cannot, one that leads into the flat well."""
WELL_STEPS = 100

OWN = "usual"
_CORNERS: Mapping[str, Point] = {
    "upper left": (-0.6, 0.6),
    "upper right": (0.6, 0.6),
    "lower left": (-0.6, -0.6),
    "lower right": (0.6, -0.6),
}
_SIDES: Mapping[str, Point] = {"left": (-0.6, 0.0), "far left": (-0.95, 0.0), "right": (0.6, 0.0)}


@dataclass(frozen=True)
class Look:
    """Which surface is looked at closely, at which rate, and from which starts, by name."""

    surface: str
    rate: float
    starts: tuple[str, ...]


def places(surface: Surface) -> dict[str, Point]:
    """The starts on offer: the surface's own, and some spread over its view."""
    x_min, x_max, y_min, y_max = surface.view
    found = {OWN: surface.start}
    for name, (across, up) in (_CORNERS if surface.dimension == 2 else _SIDES).items():
        x, y = (
            (low + high) / 2 + share * (high - low) / 2
            for share, low, high in ((across, x_min, x_max), (up, y_min, y_max))
        )
        found[name] = (x, y if surface.dimension == 2 else surface.start[1])
    return found


@st.cache_resource(max_entries=1, show_spinner=False)
def everywhere_runs() -> dict[str, tuple[Descent, tuple[Ending, ...]]]:
    """Every surface under every rate of the slider, and how each run ends."""
    sweeps = {name: descend(name, "sgd", RATES, steps=STEPS) for name in ALL_SURFACES}
    return {name: (sweep, endings(sweep)) for name, sweep in sweeps.items()}


@st.cache_data(max_entries=1, show_spinner=False)
def _board() -> bytes:
    return multiples.pack(tuple(everywhere_runs().values()))


@st.cache_resource(max_entries=256, show_spinner=False)
def runs(look: Look) -> tuple[Descent, tuple[Ending, ...]]:
    """One rate from all the starts, in one pass."""
    surface = SURFACES[look.surface]
    starts = [places(surface)[name] for name in look.starts]
    sweep = descend(surface, "sgd", look.rate, start=starts, steps=STEPS)
    return sweep, endings(sweep)


@st.cache_data(max_entries=256, show_spinner=False)
def _scene(look: Look) -> bytes:
    sweep, ended = runs(look)
    return player.pack(sweep, endings=ended, labels=_labels(look))


def _labels(look: Look) -> list[str] | None:
    """What the runs are called where there are several; a single one goes by its rate."""
    return list(look.starts) if len(look.starts) > 1 else None


def everywhere(page: str) -> None:
    """All surfaces under one rate; pressing one of them takes the closer look there."""

    def pick(surface: str, rate: float) -> None:
        if surface in SURFACES and rate in RATES:
            st.session_state[f"{page}.surface"], st.session_state[f"{page}.rate"] = surface, rate

    multiples.scrub(
        _board(),
        key=f"{page}.all",
        rate=OPENS_AT,
        chosen=st.session_state.get(f"{page}.surface", ALL_SURFACES[0]),
        on_pick=pick,
    )


def choose(page: str) -> Look:
    """The controls of the closer look."""
    one, two = st.columns([3, 2])
    titles = {name: surface.title for name, surface in SURFACES.items()}
    surface = bound(
        one.selectbox, "Surface", ALL_SURFACES, format_func=titles.__getitem__, key=f"{page}.surface"
    )
    rate = bound(
        two.select_slider,
        "Rate α",
        RATES,
        value=OPENS_AT,
        format_func=lambda rate: f"{rate:g}",
        key=f"{page}.rate",
    )
    offered = list(places(SURFACES[surface]))
    starts = bound(
        st.pills,
        "Starts",
        offered,
        selection_mode="multi",
        default=[OWN],
        key=f"{page}.starts.{SURFACES[surface].dimension}",
    )
    return Look(surface, float(rate), tuple(name for name in offered if name in starts) or (OWN,))


def look(page: str, chosen: Look) -> descent_lab.Run:
    """The runs of the closer look on one picture, and the sharpness under each of them."""
    surface = SURFACES[chosen.surface]
    with st.expander(f"{surface.title}: what it is", icon=":material/info:"):
        st.latex(f"L = {surface.formula}")
        st.markdown(surface.purpose)
    player.play(_scene(chosen), key=f"{page}.look", compare=_labels(chosen) or (), drag_start=False)
    sweep, ended = runs(chosen)
    pictures.show(f"{page}.sharpness", sharpness_chart, sweep, chosen.starts)
    if surface.curvatures is None:
        st.caption(
            "Here the bend changes from place to place. Below the line a step is sure to lower the loss, as long as "
            "the ground does not get any sharper along that step. Above it nothing is promised, and nothing lost yet."
        )
    else:
        st.caption(
            "A quadratic has one sharpness for the whole map. Below the line a run arrives in the end, wherever it "
            "starts; above it, it is thrown out."
        )
    start = None if chosen.starts[0] == OWN else places(surface)[chosen.starts[0]]
    settings = Settings(chosen.surface, low=chosen.rate, high=chosen.rate, steps=STEPS, start=start)
    return descent_lab.Run(settings, sweep, ended, 0)


def observe(page: str, run: descent_lab.Run, chosen: Look) -> None:
    """Ask what the first of the runs did, and check the eye against the record."""
    where = f"α = {run.rate:g} on “{run.sweep.surface.title}”"
    if len(chosen.starts) > 1:
        where += f", start {chosen.starts[0]}"
    reflections.observe(page, descent_lab.SEEN, run.ending.outcome.name, run.ending.sentence, run=where)


def compare(page: str, options: Mapping[str, str], rate: float) -> None:
    """Hold the prediction against the surfaces on offer: which of them throws this rate out."""
    surfaces = [name for name in options if name in SURFACES]
    ends = {name: endings(descend(name, "sgd", rate, steps=STEPS))[0] for name in surfaces}
    thrown = [name for name, ending in ends.items() if ending.outcome is Outcome.DIVERGED]
    told = " ".join(f"{SURFACES[name].title}: {ending.sentence}" for name, ending in ends.items())
    reflections.compare(page, options, thrown[0] if thrown else "none", told)


def wells(page: str) -> None:
    """Three rates from one start beside the sharp well."""
    player.play(_well_scene(), key=f"{page}.wells", compare=WELLS, drag_start=False)
    st.markdown(
        "\n".join(
            f"- **α = {rate:g}.** {ending.sentence}"
            for rate, ending in zip(WELLS, well_runs()[1], strict=True)
        )
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def well_runs() -> tuple[Descent, tuple[Ending, ...]]:
    """The three runs between the two wells, and how they end."""
    sweep = descend("two_wells", "sgd", WELLS, steps=WELL_STEPS)
    return sweep, endings(sweep)


@st.cache_data(max_entries=1, show_spinner=False)
def _well_scene() -> bytes:
    sweep, ended = well_runs()
    return player.pack(sweep, endings=ended)
