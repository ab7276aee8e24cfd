"""What a student is given to read before answering: a log, a range test, a response curve, or several runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lrlab.finder import RangeTest
from lrlab.grading import range_curve, walks
from lrlab.grading.evidence import Curve
from lrlab.grading.words import Exhibit, Log

_ROWS = 14


@dataclass(frozen=True)
class Shown:
    """What is shown under the prompt, as numbers to draw and as Markdown text.

    `kind` is log, range_test, response or runs. `across` holds the steps of a log or the rates of the two others, and
    `losses` what belongs to them. Runs are named `curves` on one pair of axes, whose upward title is `upward`; the
    others have none. `along` is the title across, `rates` a second panel under the first, and `caption` a sentence on
    where the curves come from; both may be empty.
    """

    kind: str
    across: tuple[float, ...]
    losses: tuple[float, ...]
    text: str
    curves: tuple[Curve, ...] = ()
    upward: str = "loss"
    along: str = "step"
    rates: tuple[Curve, ...] = ()
    caption: str = ""


def make(exhibit: Exhibit, numbers: walks.Numbers) -> Shown:
    """Make what the file asks for, with a learner's own numbers in it."""
    return _log(exhibit, numbers) if isinstance(exhibit, Log) else _range_test(exhibit.shift, numbers)


def _log(log: Log, numbers: walks.Numbers) -> Shown:
    steps = walks.whole(log.steps, numbers)
    rates = np.full((1, steps), walks.number(log.rate, numbers))
    if log.jump_at is not None and log.jump_to is not None:
        rates[:, walks.whole(log.jump_at, numbers) :] = walks.number(log.jump_to, numbers)
    run = walks.run(log.walk, numbers, rates, steps)
    printed = range(log.first, steps + 1, log.every)
    losses = run.losses[0, log.first :: log.every] + walks.number(log.added, numbers)
    width = len(str(steps))
    lines = [f"step {step:>{width}}  loss {_loss(loss)}" for step, loss in zip(printed, losses, strict=True)]
    if log.gradient:
        slopes = np.linalg.norm(run.surface.gradient(run.points[0, log.first :: log.every]), axis=-1)
        lines = [f"{line}  gradient {slope:.1e}" for line, slope in zip(lines, slopes, strict=True)]
    return Shown("log", tuple(map(float, printed)), tuple(losses.tolist()), _code("\n".join(lines)))


def _loss(loss: float) -> str:
    return f"{loss:.4f}" if loss < 1e4 else f"{loss:.3e}"


def _range_test(shift: float | str, numbers: walks.Numbers) -> Shown:
    return of_range_test(range_curve.range_test(walks.number(shift, numbers)))


def of_range_test(test: RangeTest) -> Shown:
    """A range test as far as it went, with one seed."""
    rates, losses = test.rates[: test.lengths[0]], test.losses[0, : test.lengths[0]]
    rows = [f"{rate:8.1e}  {loss:6.3f}" for rate, loss in zip(rates[::4], losses[::4], strict=True)]
    text = _code("\n".join(["    rate    loss", *rows]))
    return Shown("range_test", tuple(rates.tolist()), tuple(losses.tolist()), text)


def of_response(rates: Sequence[float], losses: Sequence[float]) -> Shown:
    """What trainings with different rates reached."""
    rows = [f"{rate:8.2g}  {_loss(loss):>10}" for rate, loss in zip(rates, losses, strict=True)]
    text = _code("\n".join(["    rate        loss", *rows]))
    return Shown("response", tuple(rates), tuple(losses), text)


def of_runs(curves: Sequence[Curve], upward: str = "loss") -> Shown:
    """Several runs over the same steps, and every so many steps of them as a table."""
    every = max(1, len(curves[0].across) // _ROWS)
    head = "step  " + "  ".join(f"{curve.name:>11}" for curve in curves)
    rows = [
        f"{curves[0].across[place]:>4g}  "
        + "  ".join(f"{_loss(curve.values[place]):>11}" for curve in curves)
        for place in range(0, len(curves[0].across), every)
    ]
    return Shown("runs", (), (), _code("\n".join([head, *rows])), tuple(curves), upward)


def of_log(losses: Sequence[Curve], rates: Sequence[Curve], unit: str, told: str) -> Shown:
    """The log of one run: losses and rates at every step or epoch, and what is told about it."""
    table = of_runs((*losses, *rates))
    text = table.text.replace("step", f"{unit:<4}", 1)
    return Shown("runs", (), (), text, tuple(losses), "loss", unit, tuple(rates), told)


def _code(text: str) -> str:
    return f"```text\n{text}\n```"
