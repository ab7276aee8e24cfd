"""What a student is given to read before answering: a printed log, or the curve of a range test."""

from dataclasses import dataclass

import numpy as np

from lrlab.grading import range_curve, walks
from lrlab.grading.words import Exhibit, Log


@dataclass(frozen=True)
class Shown:
    """What is shown under the prompt, as numbers to draw and as Markdown text.

    `kind` is log or range_test; `across` holds the steps of a log, or the rates of a range test.
    """

    kind: str
    across: tuple[float, ...]
    losses: tuple[float, ...]
    text: str


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
    test = range_curve.range_test(walks.number(shift, numbers))
    rates, losses = test.rates[: test.lengths[0]], test.losses[0, : test.lengths[0]]
    rows = [f"{rate:8.1e}  {loss:6.3f}" for rate, loss in zip(rates[::4], losses[::4], strict=True)]
    text = _code("\n".join(["    rate    loss", *rows]))
    return Shown("range_test", tuple(rates.tolist()), tuple(losses.tolist()), text)


def _code(text: str) -> str:
    return f"```text\n{text}\n```"
