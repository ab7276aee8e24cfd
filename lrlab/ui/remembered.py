"""The engine behind Streamlit's caches, all bounded: names and numbers in, frozen results out.

Results are shared by everyone on the server, so they are records whose arrays nobody writes to.
"""

from pathlib import Path

import numpy as np
import streamlit as st

from lrlab.descent import Descent, descend
from lrlab.descent.outcomes import Ending, endings
from lrlab.grading import Track, Variant, Verdict, judge, load_track, shown, variant
from lrlab.grading.evidence import Evidence
from lrlab.schedules.typical import typical
from lrlab.ui.controls import Settings, rates_between
from lrlab.ui.player import pack, rates_that_fit

COURSE = Path(__file__).parents[2] / "exercises"


def peaks(settings: Settings) -> tuple[float, ...]:
    """The rates of the slider: of each run its rate, or the highest rate of its schedule."""
    scheduled = settings.schedule != "constant"
    return rates_between(settings.low, settings.high, rates_that_fit(settings.steps, scheduled=scheduled))


@st.cache_resource(max_entries=256, show_spinner=False)
def sweep(settings: Settings) -> tuple[Descent, tuple[Ending, ...]]:
    """Every rate of the slider in one pass, and how each of them ended."""
    steps = np.arange(settings.steps)
    descent = descend(
        settings.surface,
        settings.optimizer,
        [typical(settings.schedule, peak, settings.steps)(steps) for peak in peaks(settings)],
        start=settings.start,
        steps=settings.steps,
        noise=settings.noise,
    )
    return descent, endings(descent)


@st.cache_data(max_entries=256, show_spinner=False)
def scene(settings: Settings, *, gradients: bool = False) -> bytes:
    """A sweep packed for the player, with its sentences; `gradients` for a player that shows the rule."""
    descent, ended = sweep(settings)
    return pack(descent, endings=ended, peaks=peaks(settings), gradients=gradients)


@st.cache_resource(show_spinner=False)
def track() -> Track:
    """The course as its files say, faults included."""
    return load_track(COURSE)


@st.cache_resource(max_entries=2048, show_spinner=False)
def task(slug: str, learner_seed: int) -> Variant:
    """An exercise with one learner's own numbers."""
    return variant(track().exercises[slug], learner_seed)


def _what_is_asked(task: Variant) -> str:
    """Everything that decides a verdict besides the answer."""
    exercise = task.exercise
    return f"{exercise.slug} {exercise.version} {task.seed} {dict(task.numbers)}"


@st.cache_resource(max_entries=2048, show_spinner=False, hash_funcs={Variant: _what_is_asked})
def verdict(task: Variant, text: str) -> Verdict:
    """What came of an answer that `read` takes."""
    return judge(task, text)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Variant: _what_is_asked})
def evidence(task: Variant, text: str) -> Evidence | None:
    """What replays an answer that `read` takes, or None where there is nothing to see."""
    return shown(task, text)
