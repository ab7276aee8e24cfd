"""Schedules that have a closed form: a constant, falls by steps, smooth falls and ramps.

Each is a fade between two rates, w·start + (1 − w)·end with w from 1 to 0, or a rate times a factor that falls. A
fade written this way is exact at both ends and never negative.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from lrlab.schedules.parameters import at_most_one, not_negative, number, whole
from lrlab.schedules.schedule import Array, Schedule


def constant(rate: float) -> Schedule:
    """Return a schedule that never changes.

    α(t) = rate

    Args:
        rate: > 0.

    Returns:
        A Schedule; it holds from step 0.

    Raises:
        ValueError: for a rate that is not a positive number.

    Source: every optimizer's default. PyTorch's ConstantLR is another thing: a reduced rate first, the full one later;
    here that is `join((constant(rate / 3), constant(rate)), at=(5,))`.

    >>> float(constant(0.1)(1000))
    0.1
    """
    rate = number("rate", rate)
    return Schedule("constant", {"rate": rate}, lambda t: np.full_like(t, rate), holds_from=0)


def step_decay(rate: float, every: int, factor: float) -> Schedule:
    """Return a schedule that is multiplied by `factor` after each `every` steps.

    α(t) = rate · factor^⌊t / every⌋

    Args:
        rate: the first rate, > 0.
        every: steps between two falls, ≥ 1.
        factor: in (0, 1].

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: torch.optim.lr_scheduler.StepLR, PyTorch 2.13.

    >>> step_decay(0.01, every=30, factor=0.1)([0, 29, 30, 60]).round(9).tolist()
    [0.01, 0.01, 0.001, 0.0001]
    """
    rate, every, factor = number("rate", rate), whole("every", every), at_most_one("factor", factor)
    return Schedule(
        "step_decay",
        {"rate": rate, "every": every, "factor": factor},
        lambda t: rate * factor ** (t // every),
    )


def milestones(rate: float, at: Sequence[int], factor: float) -> Schedule:
    """Return a schedule that is multiplied by `factor` at each of the steps `at`.

    α(t) = rate · factor^(number of milestones ≤ t)

    Args:
        rate: the first rate, > 0.
        at: steps ≥ 1, rising; the update of that step already uses the new rate.
        factor: in (0, 1].

    Returns:
        A Schedule that holds from the last milestone.

    Raises:
        ValueError: for a parameter outside its range, or milestones that do not rise.

    Source: torch.optim.lr_scheduler.MultiStepLR, PyTorch 2.13. Keras's PiecewiseConstantDecay changes one step later.

    >>> milestones(0.1, at=(30, 80), factor=0.1)([29, 30, 80]).round(9).tolist()
    [0.1, 0.01, 0.001]
    """
    rate, factor = number("rate", rate), at_most_one("factor", factor)
    at = tuple(whole("at", step) for step in at)
    if not at or any(late <= early for early, late in pairwise(at)):
        raise ValueError(f"at is {at!r}; it must hold one or more steps, each later than the one before.")
    return Schedule(
        "milestones",
        {"rate": rate, "at": at, "factor": factor},
        lambda t: rate * factor ** np.searchsorted(at, t, side="right").astype(np.float64),
        holds_from=at[-1],
    )


def exponential(rate: float, decay: float) -> Schedule:
    """Return a schedule that is multiplied by `decay` at every step.

    α(t) = rate · decay^t

    Args:
        rate: the first rate, > 0.
        decay: in (0, 1].

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: torch.optim.lr_scheduler.ExponentialLR, PyTorch 2.13. Keras and optax write the same fall as
    decay_rate^(t / decay_steps).

    >>> round(float(exponential(1.0, 0.95)(10)), 4)
    0.5987
    """
    rate, decay = number("rate", rate), at_most_one("decay", decay)
    return Schedule("exponential", {"rate": rate, "decay": decay}, lambda t: rate * decay**t)


def polynomial(rate: float, steps: int, power: float = 1.0, end: float = 0.0) -> Schedule:
    """Return a schedule that falls as a power of the steps that are left.

    α(t) = end + (rate − end)·(1 − t / steps)^power

    Args:
        rate: the first rate, > 0.
        steps: the step at which `end` is reached, ≥ 1.
        power: > 0; 1 is a straight line.
        end: the last rate, ≥ 0.

    Returns:
        A Schedule that holds from `steps`.

    Raises:
        ValueError: for a parameter outside its range.

    Source: torch.optim.lr_scheduler.PolynomialLR, PyTorch 2.13, which has end = 0; Keras's PolynomialDecay has `end`.

    >>> round(float(polynomial(0.1, 100, power=2.0)(50)), 9)
    0.025
    """
    rate, steps = number("rate", rate), whole("steps", steps)
    power, end = number("power", power), not_negative("end", end)
    return Schedule(
        "polynomial",
        {"rate": rate, "steps": steps, "power": power, "end": end},
        lambda t: fade(rate, end, (1.0 - np.minimum(t / steps, 1.0)) ** power),
        holds_from=steps,
    )


def linear(start: float, end: float, steps: float) -> Schedule:
    """Return a schedule that goes from `start` to `end` in a straight line, down or up.

    α(t) = start + (end − start)·t / steps

    Args:
        start: the rate of step 0, ≥ 0.
        end: the rate of step `steps` and after, ≥ 0.
        steps: > 0; in a join it may end between two steps.

    Returns:
        A Schedule that holds from `steps`.

    Raises:
        ValueError: for a parameter outside its range.

    Source: torch.optim.lr_scheduler.LinearLR, PyTorch 2.13, which gives both ends as factors of a base rate and refuses
    to start at 0; here 0 is allowed, and the first update is then wasted.

    >>> linear(0.1, 0.0, 4)([0, 1, 2, 3, 4, 5]).round(9).tolist()
    [0.1, 0.075, 0.05, 0.025, 0.0, 0.0]
    """
    start, end, steps = not_negative("start", start), not_negative("end", end), number("steps", steps)
    return Schedule(
        "linear",
        {"start": start, "end": end, "steps": steps},
        lambda t: fade(start, end, 1.0 - np.minimum(t / steps, 1.0)),
        holds_from=steps,
    )


def cosine(start: float, end: float, steps: float) -> Schedule:
    """Return a schedule that goes from `start` to `end` along half a cosine: gentle, steep, gentle.

    α(t) = end + (start − end)·(1 + cos(πt / steps)) / 2

    Args:
        start: the rate of step 0, ≥ 0.
        end: the rate of step `steps` and after, ≥ 0.
        steps: > 0; in a join it may end between two steps.

    Returns:
        A Schedule that holds from `steps`.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Loshchilov and Hutter 2017; torch.optim.lr_scheduler.CosineAnnealingLR, PyTorch 2.13, which rises again
    after T_max: here the last value is held, as in Keras and optax.

    >>> cosine(0.1, 0.001, 100)([0, 50, 100, 101]).round(9).tolist()
    [0.1, 0.0505, 0.001, 0.001]
    """
    start, end, steps = not_negative("start", start), not_negative("end", end), number("steps", steps)
    return Schedule(
        "cosine",
        {"start": start, "end": end, "steps": steps},
        lambda t: fade(start, end, half_cosine(t / steps)),
        holds_from=steps,
    )


def inverse_sqrt(peak: float, warmup: int) -> Schedule:
    """Return the transformer's schedule: up in a straight line to `peak`, then down as one over the root of the step.

    α(t) = peak · min((t + 1) / warmup, √(warmup / (t + 1)))

    Args:
        peak: the rate of the last warm-up step, > 0.
        warmup: steps of warm-up, ≥ 1; 1 is none.

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Vaswani et al. 2017, section 5.3 (Noam), whose steps count from 1 and whose peak is (d_model · warmup)^-½.
    transformers' get_inverse_sqrt_schedule counts from 0 and spends its first update at rate 0; this one does not.

    >>> inverse_sqrt(0.1, warmup=4)([0, 3, 15]).round(9).tolist()
    [0.025, 0.1, 0.05]
    """
    peak, warmup = number("peak", peak), whole("warmup", warmup)
    return Schedule(
        "inverse_sqrt",
        {"peak": peak, "warmup": warmup},
        lambda t: peak * np.minimum((t + 1.0) / warmup, np.sqrt(warmup / (t + 1.0))),
    )


def inverse_time(rate: float, decay: float) -> Schedule:
    """Return a schedule that falls as one over the step, the statistician's choice.

    α(t) = rate / (1 + decay·t)

    Args:
        rate: the first rate, > 0.
        decay: per step, > 0; after 1 / decay steps half the rate is left.

    Returns:
        A Schedule without an end.

    Raises:
        ValueError: for a parameter outside its range.

    Source: Robbins and Monro 1951; Keras's InverseTimeDecay, with decay = decay_rate / decay_steps.

    >>> inverse_time(1.0, 1.0)([0, 1, 9]).tolist()
    [1.0, 0.5, 0.1]
    """
    rate, decay = number("rate", rate), number("decay", decay)
    return Schedule("inverse_time", {"rate": rate, "decay": decay}, lambda t: rate / (1.0 + decay * t))


def fade(start: float, end: float, weight: Array) -> Array:
    """Return weight·start + (1 − weight)·end: exact at both ends, and never outside them by more than a rounding."""
    return start * weight + end * (1.0 - weight)


def half_cosine(way: Array) -> Array:
    """Return the weight of a cosine fall this part of the way through it: 1 at 0, ½ at ½, 0 from 1 on."""
    return (1.0 + np.cos(np.pi * np.minimum(way, 1.0))) / 2.0
