"""The optimizers' lab: what momentum can stand, and a race of optimizers under a stated contract."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from lrlab.charts.colours import SERIES
from lrlab.charts.contests import trials_chart
from lrlab.charts.momentum import stability_chart
from lrlab.descent import OPTIMIZERS, SURFACES, descend
from lrlab.descent.boundary import MOMENTA, RULES, Limit, limits
from lrlab.descent.conventions import CONVENTIONS, LIBRARIES, TYPICAL, Convention
from lrlab.descent.outcomes import endings
from lrlab.descent.quadratics import bowl_1d
from lrlab.descent.side_by_side import side_by_side
from lrlab.finder.race import Race, race
from lrlab.ui import controls, descent_lab, pictures, reflections
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.long_work import done
from lrlab.ui.player import dragged_start, pack, play

RACED = ("ravine", "bowl", "rosenbrock", "beale", "himmelblau", "plateau", "two_wells", "saddle", "ripples")
FIRST_CHOICE = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
RATES = rates_between(1e-4, 10.0, 21)
TUNED, SAME = "tuned", "same"
CONTRACTS = {TUNED: "Each at its own best rate", SAME: "All at one rate"}
PRODUCTS = (0.5, 1.0, 1.2, 1.3, 1.4, 1.5, 1.7, 1.9, 2.0, 2.1, 2.5, 3.0, 3.5, 3.7, 3.9, 5.0, 20.0, 37.0, 39.0)


@dataclass(frozen=True)
class Settings:
    """Everything that shapes a race, as names and numbers; `rate` is None where each tunes its own."""

    surface: str
    optimizers: tuple[str, ...]
    steps: int
    rate: float | None
    start: tuple[float, float] | None = None


def habits() -> None:
    """The usual ranges, and the rate each library begins with, in a table."""
    rows = []
    for name, optimizer in OPTIMIZERS.items():
        usual = TYPICAL.get(name)
        asked = {row.library: row for row in CONVENTIONS if row.name == name}
        rows.append(
            {
                "optimizer": optimizer.title,
                "usually tried": f"{usual.low:g} to {usual.high:g}" if usual else "–",
                "often": f"{usual.common:g}" if usual else "–",
                **{library: _default(asked.get(library)) for library in LIBRARIES},
            }
        )
    st.dataframe(rows, hide_index=True, width="stretch")


def _default(row: Convention | None) -> str:
    if row is None:
        return "–"
    return "you say" if row.default_rate is None else f"{row.default_rate:g}"


def found_limits() -> tuple[Limit, ...]:
    """The limits of all conventions, walked once for everyone."""
    return done(
        "limits of momentum", MOMENTA, "Walking to the limits", lambda progress: limits(MOMENTA, progress)
    )


def compare(page: str, options: Mapping[str, str], momentum: float) -> None:
    """Hold the prediction against where Nesterov's walks stop being stable."""
    walked = {limit.rule: limit.walked for limit in found_limits() if limit.momentum == momentum}
    plain, nesterov = walked["plain"], walked["nesterov"]
    truth = "larger" if nesterov > 1.01 * plain else "smaller" if nesterov < 0.99 * plain else "same"
    reflections.compare(
        page,
        options,
        truth,
        f"As walked: plain descent stays bounded up to αλ = {plain:.2f}, Nesterov with β = {momentum:g} up to "
        f"{nesterov:.2f}, the heavy ball up to {walked['heavy_ball']:.2f}.",
    )


def stability(page: str) -> None:
    """The limits drawn, and the four conventions on one parabola at one product αλ."""
    one, two = st.columns(2)
    momentum = bound(one.select_slider, "Momentum β", MOMENTA[1:], value=0.9, key=f"{page}.momentum")
    product = bound(
        two.select_slider,
        "αλ",
        PRODUCTS,
        value=1.7,
        format_func=lambda value: f"{value:g}",
        key=f"{page}.product",
    )
    pictures.show(f"{page}.limits", stability_chart, found_limits(), momentum=momentum)
    labels = [rule.title for rule in RULES.values()]
    payload, told = _four(float(momentum), float(product))
    play(payload, key=f"{page}_limits", compare=labels, step=0, drag_start=False)
    st.markdown("\n".join(f"- **{label}.** {sentence}" for label, sentence in zip(labels, told, strict=True)))


@st.cache_data(max_entries=256, show_spinner=False)
def _four(momentum: float, product: float) -> tuple[bytes, tuple[str, ...]]:
    """The four conventions on ½x² at the rate αλ, packed, and how each ended."""
    surface = bowl_1d(1.0)
    runs = []
    for rule in RULES.values():
        coefficients: dict[str, Any] = rule.coefficients(momentum)
        runs.append(descend(surface, rule.optimizer, product, steps=60, **coefficients))
    told = tuple(endings(run)[0].sentence for run in runs)
    return pack(side_by_side(runs), labels=[rule.title for rule in RULES.values()]), told


def choose(page: str) -> Settings:
    """The controls of a race: where, who, how long, and under which contract."""
    one, two, three = st.columns([3, 1, 3])
    surface = bound(
        one.selectbox,
        "Surface",
        RACED,
        format_func=lambda name: SURFACES[name].title,
        key=f"{page}.surface",
    )
    steps = bound(two.selectbox, "Steps", (150, 50, 300), key=f"{page}.steps")
    contract = bound(
        three.segmented_control,
        "Contract",
        tuple(CONTRACTS),
        format_func=CONTRACTS.__getitem__,
        default=TUNED,
        required=True,
        key=f"{page}.contract",
    )
    chosen = bound(
        st.multiselect,
        f"Optimizers, up to {len(SERIES)}",
        tuple(OPTIMIZERS),
        default=FIRST_CHOICE,
        format_func=lambda name: OPTIMIZERS[name].title,
        max_selections=len(SERIES),
        key=f"{page}.optimizers",
    )
    if not chosen:
        st.info("Nobody is at the start; plain descent goes alone.", icon=":material/info:")
    rate = None
    if contract == SAME:
        rate = float(
            bound(
                st.select_slider,
                "The one rate",
                RATES,
                value=0.1,
                format_func=lambda value: f"{value:g}",
                key=f"{page}.rate",
            )
        )
    return Settings(surface, tuple(chosen) or ("sgd",), steps, rate)


@st.cache_resource(max_entries=128, show_spinner=False)
def run(settings: Settings) -> Race:
    """The race: every optimizer tries the same rates from the same start, and enters its best."""
    rates = RATES if settings.rate is None else (settings.rate,)
    return race(settings.surface, settings.optimizers, rates, steps=settings.steps, start=settings.start)


@st.cache_data(max_entries=128, show_spinner=False)
def _scene(settings: Settings) -> bytes:
    return pack(run(settings).descent, labels=_titles(settings))


def _titles(settings: Settings) -> list[str]:
    return [OPTIMIZERS[name].title for name in settings.optimizers]


def watch(page: str, settings: Settings) -> tuple[Settings, Race]:
    """Race in the player, from where the student moved the start; returns what was raced."""
    settings = replace(settings, start=dragged_start(page, SURFACES[settings.surface]))
    play(_scene(settings), key=page, compare=_titles(settings), step=0, log_axis=True)
    return settings, run(settings)


def places(page: str, finished: Race) -> None:
    """Who came in when, with which rate, and what the trials looked like."""
    rows = []
    for place, index in enumerate(finished.order, start=1):
        entry = finished.entries[index]
        rows.append(
            {
                "place": place,
                "optimizer": OPTIMIZERS[entry.optimizer].title,
                "rate": f"{entry.rate:g}",
                "steps until settled": str(entry.ending.settled_at)
                if entry.ending.settled_at is not None
                else "–",
                "last loss": f"{entry.losses[entry.best]:.3g}",
                "what became of it": entry.ending.outcome.value,
            }
        )
    st.dataframe(rows, hide_index=True, width="stretch")
    contract = f"The contract: one start, {finished.steps} steps, and"
    if len(finished.rates) == 1:
        st.caption(
            f"{contract} everyone at {finished.rates[0]:g}. That gives an order, and no fair comparison: a rate means "
            "something else to each of them."
        )
        return
    st.caption(
        f"{contract} the same {len(finished.rates)} rates to try for each, from {finished.rates[0]:g} to "
        f"{finished.rates[-1]:g}. Best is who settles first within 1 % of the starting distance, or else has the "
        "lowest last loss. Only the rate is tuned: momentum stays at 0.9, Adam's averages at their defaults."
    )
    pictures.show(f"{page}.trials", trials_chart, finished)


def look_closer(page: str, settings: Settings, finished: Race) -> None:
    """Ask what one of the runs did, say what its numbers say, and show the code that made it."""
    name = str(
        bound(
            st.selectbox,
            "Look closer at",
            settings.optimizers,
            format_func=lambda each: OPTIMIZERS[each].title,
            key=f"{page}.closer",
        )
    )
    entry = finished.entries[settings.optimizers.index(name)]
    reflections.observe(
        page,
        descent_lab.SEEN,
        entry.ending.outcome.name,
        entry.ending.sentence,
        run=f"{OPTIMIZERS[name].title}, α = {entry.rate:g}",
    )
    one = controls.Settings(
        settings.surface, name, entry.rate, entry.rate, settings.steps, start=settings.start
    )
    chosen = descent_lab.Run(one, entry.run, (entry.ending,), 0)
    descent_lab.explain(page, chosen)
    descent_lab.code(page, chosen)
