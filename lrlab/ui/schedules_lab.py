"""The schedules lab: choose a schedule, put others before and after it, and lay it over its rivals."""

from dataclasses import dataclass

import streamlit as st

from lrlab.charts.schedules import rates_chart
from lrlab.schedules import Schedule
from lrlab.schedules.catalogue import KINDS
from lrlab.schedules.export import code as exported
from lrlab.schedules.typical import part, put_together, typical
from lrlab.ui import pictures
from lrlab.ui.controls import bound
from lrlab.ui.schedules_lab_dials import MADE, turned

LENGTHS = (200, 100, 500)
PEAKS = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5)
RAMPS = (0, 5, 10, 20, 40)
YOURS = "yours"
MOST = 4
"""So many others can be laid beside the student's own."""
TARGETS = {"pytorch": "PyTorch", "keras": "Keras", "optax": "optax", "python": "Python"}
_FIRSTS = {"part": "one part of the ramp", "zero": "0, a wasted update"}
_ENDINGS = {"none": "nothing", "linear": "a straight fall to 0", "cosine": "a cosine fall to 0"}


@dataclass(frozen=True)
class Settings:
    """The student's schedule, what it was made of, and the kinds laid beside it at the same peak."""

    kind: str
    schedule: Schedule
    peak: float
    steps: int
    ramp: int
    ending: str
    others: tuple[str, ...]

    @property
    def all(self) -> dict[str, Schedule]:
        """The student's own first, then the others by their titles."""
        beside = {KINDS[name].title: typical(name, self.peak, self.steps) for name in self.others}
        return {f"{YOURS}: {self.title}": self.schedule, **beside}

    @property
    def title(self) -> str:
        """What the student's schedule is called."""
        title = KINDS[self.kind].title
        before = "warm-up, then " if self.ramp else ""
        after = ", then a fall" if self.ending != "none" else ""
        return f"{before}{title.lower() if before else title}{after}"


def choose(page: str) -> Settings:
    """The controls of a schedule: its kind and dials, what comes before and after, and what is laid beside it."""
    one, two, three = st.columns([3, 2, 2])
    titles = {name: kind.title for name, kind in KINDS.items()}
    kind = bound(one.selectbox, "Schedule", tuple(MADE), format_func=titles.__getitem__, key=f"{page}.kind")
    peak = bound(
        two.select_slider,
        "Peak rate",
        PEAKS,
        value=0.1,
        format_func=lambda each: f"{each:g}",
        key=f"{page}.peak",
    )
    steps = bound(
        three.selectbox,
        "Steps of the run",
        LENGTHS,
        key=f"{page}.steps",
    )
    dials = st.container()
    with st.expander("Join it: a warm-up before, a fall after", icon=":material/add_link:"):
        ramp, first, ending, tail = _joints(page)
    with dials:
        # What comes after a warm-up has the rest of the run, so that it ends where the run ends.
        main = turned(page, kind, float(peak), int(steps) - ramp)
    schedule = put_together(
        main,
        int(steps),
        ramp=ramp,
        first=0.0 if first == "zero" else None,
        ending=None if ending == "none" else ending,
        fall=part(int(steps), tail),
    )
    others = bound(
        st.multiselect,
        "Lay beside it, at the same peak",
        tuple(KINDS),
        default=("constant",),
        format_func=titles.__getitem__,
        max_selections=MOST,
        key=f"{page}.others",
    )
    return Settings(kind, schedule, float(peak), int(steps), ramp, ending, tuple(others))


def _joints(page: str) -> tuple[int, str, str, int]:
    """The controls of what is joined to a schedule: ramp, its first rate, the shape of the fall, its length."""
    one, two = st.columns(2)
    ramp = bound(one.select_slider, "Steps of warm-up before it", RAMPS, value=0, key=f"{page}.ramp")
    first = bound(
        two.selectbox,
        "The warm-up starts at",
        tuple(_FIRSTS),
        format_func=_FIRSTS.__getitem__,
        key=f"{page}.first",
        help="Keras, optax and transformers start at 0 unless told otherwise.",
    )
    ending = bound(
        one.selectbox,
        "What comes after it",
        tuple(_ENDINGS),
        format_func=_ENDINGS.__getitem__,
        key=f"{page}.ending",
    )
    tail = bound(
        two.select_slider,
        "Length of the fall, part of the run",
        (5, 10, 20, 30, 50),
        value=20,
        format_func=lambda each: f"{each} %",
        key=f"{page}.tail",
    )
    return int(ramp), str(first), str(ending), int(tail)


def draw(page: str, settings: Settings) -> None:
    """The formula of the schedule, what it is for, its curve among the others, and its rates in words."""
    kind = KINDS[settings.kind]
    st.latex(kind.formula)
    if settings.ramp:
        st.latex(KINDS["warmup"].formula)
    st.markdown(f"**{kind.title}.** {kind.purpose}")
    log = bound(st.toggle, "Rates on a log scale", key=f"{page}.log")
    pictures.show(f"{page}.rates", rates_chart, settings.all, settings.steps, log=log)
    st.caption(told(settings.schedule, settings.steps))


def told(schedule: Schedule, steps: int) -> str:
    """The rate at five steps of the run, in words."""
    at = sorted({0, steps // 4, steps // 2, 3 * steps // 4, steps - 1})
    rates = schedule(at)
    places = ", ".join(f"{rate:.3g} at step {step}" for step, rate in zip(at, rates, strict=True))
    return f"Yours: {places}. Past its end it holds its last value."


def code(page: str, settings: Settings) -> None:
    """The schedule on the screen as code for four targets, each with a button to copy it."""
    tabs = st.tabs(list(TARGETS.values()))
    for tab, target in zip(tabs, TARGETS, strict=True):
        tab.code(exported(settings.schedule, target), language="python")
    st.caption(
        "The same numbers as the curve, step for step: the lab's tests run each of these. Where a library has the very "
        "same schedule, it is used; where its schedule of that name is another function, the formula is written out."
    )
