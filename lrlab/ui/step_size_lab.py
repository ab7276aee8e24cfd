"""The lab of the methods that choose their own step: a race on one clock, its bill, the steps chosen, a pass."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from lrlab.charts.colours import SERIES
from lrlab.charts.journeys import Clock, journeys_chart, strides_chart
from lrlab.descent import SURFACES
from lrlab.descent.arrivals import Account, Arrival, account
from lrlab.descent.automatic import travel
from lrlab.descent.journey import Journey, abreast
from lrlab.descent.method_export import numpy_code, scipy_code
from lrlab.descent.methods import METHODS
from lrlab.ui import pictures, reflections
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.player import dragged_start, pack, play

RACED = ("rosenbrock", "ravine", "bowl", "himmelblau", "beale", "two_wells", "saddle", "plateau", "ripples")
FIRST_CHOICE = ("fixed", "armijo", "newton", "newton_armijo", "bfgs")
HALF_OF_INVERSE = {"ravine": 0.02, "bowl": 0.11}
"""About half of 1/L: what the fixed rate keeps to, and Barzilai–Borwein begins with."""
RATE_CHOOSERS = ("fixed", "exact", "bb1", "bb2", "polyak")
RATES = rates_between(1e-4, 1.0, 60)
SEEN = {
    Arrival.DOWNHILL.name: "It arrived, and its loss fell all the way.",
    Arrival.ROSE.name: "It arrived, though its loss rose on the way.",
    Arrival.ELSEWHERE.name: "It came to rest at a place that is no minimum.",
    Arrival.SHORT.name: "It was still on its way, or stuck.",
    Arrival.LOST.name: "It ended higher up than it began.",
}
_CLOCKS: Mapping[Clock, str] = {"steps": "Steps", "evaluations": "Evaluations"}


@dataclass(frozen=True)
class Settings:
    """Everything that shapes a race, as names and numbers; `rate` is for the methods that ask for one."""

    surface: str
    methods: tuple[str, ...]
    steps: int
    rate: float
    start: tuple[float, float] | None = None


@dataclass(frozen=True)
class Race:
    """The journeys of a race and what became of them, in the order of the methods."""

    settings: Settings
    journeys: tuple[Journey, ...]
    accounts: tuple[Account, ...]


def choose(page: str) -> Settings:
    """The controls of a race."""
    one, two = st.columns([3, 1])
    surface = bound(
        one.selectbox,
        "Surface",
        RACED,
        format_func=lambda name: SURFACES[name].title,
        key=f"{page}.surface",
    )
    steps = bound(two.selectbox, "Steps at most", (100, 30, 200), key=f"{page}.steps")
    chosen = bound(
        st.multiselect,
        f"Methods, up to {len(SERIES)}",
        tuple(METHODS),
        default=FIRST_CHOICE,
        format_func=lambda name: METHODS[name].title,
        max_selections=len(SERIES),
        key=f"{page}.methods",
    )
    suited = tuple(name for name in chosen if METHODS[name].suits(SURFACES[surface]))
    if not suited:
        st.info("No method is left that runs here; the fixed rate goes alone.", icon=":material/info:")
    elif len(suited) < len(chosen):
        st.info(
            "The exact line search needs a quadratic. It sits this surface out; try it on the bowl or the ravine.",
            icon=":material/info:",
        )
    return Settings(surface, suited or ("fixed",), steps, _rate(page, surface, suited or ("fixed",)))


def _rate(page: str, surface: str, methods: tuple[str, ...]) -> float:
    """The rate for those that ask for one, a slider of its own on every surface; it opens at about 1/L."""
    usual = _usual_rate(surface)
    if not any("rate" in METHODS[name].defaults for name in methods):
        return usual
    return float(
        bound(
            st.select_slider,
            "Rate, for the methods that ask for one",
            RATES,
            value=usual,
            format_func=lambda rate: f"{rate:g}",
            help="The fixed rate uses it at every step, Barzilai–Borwein for the first step only.",
            key=f"{page}.rate_{surface}",
        )
    )


def _usual_rate(name: str) -> float:
    surface = SURFACES[name]
    bends = np.linalg.eigvalsh(surface.hessian(np.array([surface.start, surface.minima[0]])))
    return max(rate for rate in RATES if rate <= 1.0 / np.abs(bends).max())


@st.cache_resource(max_entries=512, show_spinner=False)
def _journey(
    surface: str, method: str, steps: int, rate: float | None, start: tuple[float, float] | None
) -> tuple[Journey, Account]:
    settings = {} if rate is None else {"rate": rate}
    journey = travel(SURFACES[surface], method, start, steps=steps, **settings)
    return journey, account(journey)


def run(settings: Settings) -> Race:
    """Every method of a race down the surface, each remembered by itself."""
    both = [
        _journey(
            settings.surface,
            method,
            settings.steps,
            settings.rate if "rate" in METHODS[method].defaults else None,
            settings.start,
        )
        for method in settings.methods
    ]
    return Race(settings, tuple(journey for journey, _ in both), tuple(told for _, told in both))


@st.cache_data(max_entries=128, show_spinner=False)
def _scene(settings: Settings) -> bytes:
    race = run(settings)
    labels = [METHODS[method].title for method in settings.methods]
    return pack(abreast(race.journeys, settings.steps), labels=labels)


def watch(key: str, settings: Settings) -> Race:
    """Race the methods in the player, from where the student moved the start, and return the race."""
    settings = replace(settings, start=dragged_start(key, SURFACES[settings.surface]))
    labels = [METHODS[method].title for method in settings.methods]
    play(_scene(settings), key=key, compare=labels, step=0, log_axis=True)
    return run(settings)


def bill(page: str, race: Race) -> None:
    """Loss against steps or evaluations on a switch, and the prices in a table."""
    across = bound(
        st.radio,
        "Count the price in",
        tuple(_CLOCKS),
        format_func=_CLOCKS.__getitem__,
        horizontal=True,
        key=f"{page}.clock",
    )
    pictures.show(
        f"{page}.bill",
        journeys_chart,
        race.journeys,
        race.accounts,
        across=across,
        most=race.settings.steps,
    )
    st.dataframe(prices(race), hide_index=True, width="stretch")


def prices(race: Race) -> list[dict[str, str | int]]:
    """One row a method: what it had spent when it arrived, or when its run was over."""
    rows: list[dict[str, str | int]] = []
    for journey, told in zip(race.journeys, race.accounts, strict=True):
        at = len(journey.rates) if told.settled_at is None else told.settled_at
        rows.append(
            {
                "method": METHODS[journey.method].title,
                "steps": at,
                "evaluations": told.evaluations,
                "values": int(journey.values[at]),
                "gradients": int(journey.gradients[at]),
                "Hessians": int(journey.hessians[at]),
                "what became of it": told.arrival.value,
            }
        )
    return rows


def observe(page: str, race: Race) -> str:
    """Ask what one of the runs did, and check the eye against the record; returns the method looked at."""
    settings = race.settings
    method = str(
        bound(
            st.selectbox,
            "Look closer at",
            settings.methods,
            format_func=lambda name: METHODS[name].title,
            key=f"{page}.closer",
        )
    )
    told = race.accounts[settings.methods.index(method)]
    reflections.observe(
        page,
        SEEN,
        told.arrival.name,
        told.sentence,
        run=f"{METHODS[method].title}, {SURFACES[settings.surface].title}",
    )
    return method


def explain(race: Race) -> None:
    """What became of every run, with the numbers that decided it."""
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        _sentences(race)


def _sentences(race: Race) -> None:
    st.markdown("\n".join(f"- {told.sentence}" for told in race.accounts))


def code(race: Race, method: str) -> None:
    """The few lines of NumPy that did it, and SciPy's call, with the student's numbers."""
    settings = race.settings
    surface = SURFACES[settings.surface]
    start, steps = settings.start or surface.start, settings.steps
    chosen = race.journeys[settings.methods.index(method)].settings
    with st.expander(f"The code that did this: {METHODS[method].title}", icon=":material/code:"):
        if method in ("bfgs", "lbfgs"):
            st.code(scipy_code(settings.surface, method, start, steps))
            return
        mine, scipys = st.tabs(["NumPy", "SciPy's nearest relative"])
        mine.code(numpy_code(settings.surface, method, start, steps, **chosen))
        scipys.code(scipy_code(settings.surface, method, start, steps))


def asked() -> None:
    """What every method asks of you instead of a rate."""
    rows = [f"| **{method.title}** | {method.asks} |" for method in METHODS.values()]
    st.markdown("\n".join(["| method | what it asks for |", "|---|---|", *rows]))
    with st.expander("Formulae, conventions and sources", icon=":material/menu_book:"):
        for method in METHODS.values():
            st.markdown(f"**{method.title}**")
            st.latex(method.formula)
            st.markdown(method.convention)
            st.caption(f"Source: {method.source}")


def compare(page: str, options: Mapping[str, str], question: Settings) -> None:
    """Hold the prediction against who is there first, and whether it went downhill all the way."""
    race = run(question)
    there = [
        (told.settled_at, told.evaluations, method, told)
        for method, told in zip(question.methods, race.accounts, strict=True)
        if told.settled_at is not None
    ]
    _, _, first, winner = min(there, key=lambda row: row[:2])
    truth = f"{first}_{'rose' if winner.rises else 'fell'}"
    others = " ".join(told.sentence for told in race.accounts if told is not winner)
    reflections.compare(page, options, truth, f"{winner.sentence} {others}")


def on_a_pass(page: str) -> None:
    """The same four methods over a pass, from wherever the student puts the start."""
    settings = Settings("saddle", ("newton", "newton_armijo", "fixed", "bfgs"), steps=30, rate=0.25)
    race = watch(f"{page}_pass", settings)
    _sentences(race)


def on_a_quadratic(page: str) -> None:
    """The steps that gradient methods choose on ground of constant curvature, as rates, beside 1/L, 2/L and 1/μ."""
    surface = bound(
        st.radio,
        "Ground",
        tuple(HALF_OF_INVERSE),
        format_func=lambda name: SURFACES[name].title,
        horizontal=True,
        key=f"{page}.ground",
    )
    race = run(Settings(surface, RATE_CHOOSERS, steps=30, rate=HALF_OF_INVERSE[surface]))
    pictures.show(f"{page}.strides", strides_chart, race.journeys, most=30)
    _sentences(race)
