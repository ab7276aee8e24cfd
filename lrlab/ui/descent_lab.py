"""The descent's lab: watch a sweep in the player, then look closer at one run of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from lrlab.charts.response import response_chart
from lrlab.descent import OPTIMIZERS, SURFACES, Descent, stability
from lrlab.descent.export import numpy_code, torch_code
from lrlab.descent.outcomes import Ending
from lrlab.diagnosis import diagnose
from lrlab.schedules.catalogue import KINDS
from lrlab.schedules.formulas import PYTHON, functions
from lrlab.schedules.typical import typical
from lrlab.ui import pictures, reflections, remembered
from lrlab.ui.controls import Settings
from lrlab.ui.player import dragged_start, play

SEEN = {
    "CONVERGED": "It walked to the minimum.",
    "OVERSHOT": "It jumped across the minimum and arrived.",
    "MOVING": "It was still on its way.",
    "BOUNCING": "It bounced to and fro.",
    "DIVERGED": "It was thrown out.",
    "STUCK": "It sat still, away from the minimum.",
}
TRIES = 3


@dataclass(frozen=True)
class Run:
    """One run of a sweep, picked by its rate."""

    settings: Settings
    sweep: Descent
    endings: tuple[Ending, ...]
    row: int

    @property
    def rate(self) -> float:
        """The rate of the run, or the highest rate of its schedule."""
        return remembered.peaks(self.settings)[self.row]

    @property
    def ending(self) -> Ending:
        """How the run ended."""
        return self.endings[self.row]

    @property
    def losses(self) -> np.ndarray:
        """Its losses (steps + 1,), as far as they are numbers, and the value that ended it."""
        losses: np.ndarray = self.sweep.losses[self.row, : self.sweep.lengths[self.row] + 1]
        return losses


def watch(
    page: str, settings: Settings, *, rate: float, show_log: bool = False, show_rule: bool = False
) -> Run:
    """Show the player and return the run the student last looked closer at, or the one it opened with."""
    settings = replace(settings, start=dragged_start(page, SURFACES[settings.surface]))
    played = play(
        remembered.scene(settings, gradients=show_rule),
        key=page,
        rate=rate,
        step=0 if show_rule else None,
        commit="Look closer",
        show_log=show_log,
        show_rule=show_rule,
    )
    sweep, endings = remembered.sweep(settings)
    wanted = played.rate if played.rate is not None else rate
    row = int(np.abs(np.log(np.array(remembered.peaks(settings)) / wanted)).argmin())
    if played.committed:
        tried = st.session_state.setdefault(f"{page}.tried", {})
        tried[settings] = tuple(dict.fromkeys((*tried.get(settings, ()), row)))
    return Run(settings, sweep, endings, row)


def race(page: str, settings: Settings, rates: tuple[float, ...]) -> None:
    """Several rates on one clock."""
    play(remembered.scene(settings), key=page, compare=rates, step=0, drag_start=False)


def about(settings: Settings) -> None:
    """What the chosen surface, optimizer and schedule are, in a formula and a sentence each."""
    surface, optimizer = SURFACES[settings.surface], OPTIMIZERS[settings.optimizer]
    schedule = KINDS[settings.schedule]
    with st.expander(f"{surface.title}, {optimizer.title}, {schedule.title}", icon=":material/info:"):
        st.latex(f"L(x, y) = {surface.formula}" if surface.dimension == 2 else f"L(x) = {surface.formula}")
        st.markdown(surface.purpose)
        st.latex(optimizer.formula)
        st.markdown(optimizer.convention)
        st.latex(schedule.formula)
        st.markdown(schedule.purpose)


def observe(page: str, run: Run) -> None:
    """Ask what the run did, and check the eye against the record."""
    st.subheader(f"A closer look: α = {run.rate:g}")
    reflections.observe(page, SEEN, run.ending.outcome.name, run.ending.sentence, run=f"α = {run.rate:g}")


def explain(page: str, run: Run) -> None:
    """Diagnose the losses alone, as one would a training log, and say what to try."""
    opened = st.expander(
        "What the numbers say", icon=":material/troubleshoot:", key=f"{page}.says", on_change="rerun"
    )
    if not opened.open:
        return
    diagnosis = diagnose(run.losses)
    with opened:
        st.markdown(f"**How it ended.** {run.ending.sentence}")
        st.markdown(
            f"**From the loss curve alone**: {diagnosis.title.lower()}. {diagnosis.evidence} *{diagnosis.advice}*"
        )
        st.code(printed(run.losses), language="text")


def printed(losses: np.ndarray, lines: int = 8) -> str:
    """The losses as a training log would print them: the first lines, and the last one."""
    rows = [f"step {step:4d}   loss {loss:.4g}" for step, loss in enumerate(losses)]
    return "\n".join(rows if len(rows) <= lines + 2 else [*rows[:lines], "…", rows[-1]])


def code(page: str, run: Run) -> None:
    """The few lines that did it, and the same in PyTorch, with the student's numbers."""
    settings = run.settings
    start = settings.start or SURFACES[settings.surface].start
    opened = st.expander(
        "The code that did this", icon=":material/code:", key=f"{page}.code", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        numpy, torch = st.tabs(["NumPy", "PyTorch"])
        numbers = (settings.surface, settings.optimizer, run.rate, start, settings.steps, settings.noise)
        schedule = schedule_code(settings, run.rate)
        numpy.code(numpy_code(*numbers, schedule=schedule))
        torch.code(torch_code(*numbers, schedule=schedule))


def schedule_code(settings: Settings, peak: float) -> str | None:
    """The schedule of a run as a function `schedule(t)`, or None where the rate is constant."""
    if settings.schedule == "constant":
        return None
    text = functions(typical(settings.schedule, peak, settings.steps), PYTHON, "schedule")
    return f"import math\n\n{text}" if "math." in text else text


def response(page: str, run: Run) -> None:
    """Steps until settled against the rate: the student's tries as dots, the curve after the third."""
    rows = st.session_state.get(f"{page}.tried", {}).get(run.settings, ())
    missing = TRIES - len(rows)
    if not rows:
        st.caption("Your first try will be a dot here: the steps it needed against its rate.")
        return
    pictures.show(
        f"{page}.response",
        response_chart,
        run.sweep,
        run.endings,
        marks=_marks(run),
        tried=rows,
        revealed=missing <= 0,
    )
    if missing > 0:
        st.caption(
            f"{len(rows)} of {TRIES} rates tried. Guess where the next one will land before you look closer."
        )


def _marks(run: Run) -> dict[str, float]:
    """The rates that theory names, on surfaces where they hold for the whole run."""
    curvatures = run.sweep.surface.curvatures
    if curvatures is None or (run.settings.optimizer, run.settings.schedule) != ("sgd", "constant"):
        return {}
    largest = curvatures[-1]
    return {
        "1/L": 1.0 / largest,
        "2/(L+μ)": stability.best_rate(curvatures),
        "2/L": stability.limit("sgd", largest),
    }


def compare(page: str, options: Mapping[str, str], question: Settings) -> None:
    """Hold the prediction against how the run in question really ends."""
    ending = remembered.sweep(question)[1][0]
    reflections.compare(page, options, ending.outcome.name, ending.sentence)


def compare_strides(page: str, options: Mapping[str, str], question: Settings) -> None:
    """Hold the prediction against the lengths of the first two strides."""
    points = remembered.sweep(question)[0].points[0]
    first, second = np.linalg.norm(np.diff(points[:3], axis=0), axis=1)
    truth = "same" if np.isclose(first, second) else "shorter" if second < first else "longer"
    reflections.compare(
        page,
        options,
        truth,
        f"The first stride is {first:.3g} long, the second {second:.3g}: the slope has changed.",
    )


def compare_fastest(page: str, options: Mapping[str, str], question: Settings) -> None:
    """Hold the prediction against where the fastest rate of the sweep lies."""
    sweep, endings = remembered.sweep(question)
    steps, row = min(
        (ending.settled_at, row) for row, ending in enumerate(endings) if ending.settled_at is not None
    )
    rate, largest = float(sweep.rates[row, 0]), SURFACES[question.surface].curvatures[-1]  # type: ignore[index]
    truth = "below" if rate < 1 / largest else "between" if rate < 2 / largest else "above"
    reflections.compare(
        page, options, truth, f"The fastest of the rates here is {rate:g}, with {steps} steps."
    )
