"""The closed list of formulae that an exercise file may name; a file can say which, never how.

Each takes numbers by name and returns a number, or a word where the answer is one. On a quadratic with curvature λ a
step multiplies the error by 1 − αλ; most of the list is that one sentence.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lrlab.descent import stability
from lrlab.grading import (
    chosen_steps,
    log_formulas,
    range_curve,
    rule_formulas,
    schedule_formulas,
    trial_formulas,
)


def gradient(position: float, curvature: float) -> float:
    """The slope of ½λx² at x: λx."""
    return curvature * position


def stride(position: float, rate: float, curvature: float) -> float:
    """The length of one step on ½λx²: αλ|x|."""
    return abs(rate * curvature * position)


def position_after_steps(start: float, rate: float, curvature: float, steps: float) -> float:
    """Where plain descent stands on ½λx² after some steps: x(1 − αλ)^t."""
    return float(start * stability.factor(rate, curvature) ** round(steps))


def position_after_uphill_step(start: float, rate: float, curvature: float) -> float:
    """Where one step in the direction of the gradient leads on ½λx²: x + αλx."""
    return start + rate * curvature * start


def error_factor(rate: float, curvature: float) -> float:
    """By how much one step multiplies the distance to the minimum: |1 − αλ|."""
    return abs(stability.factor(rate, curvature))


def error_after_steps(rate: float, curvature: float, steps: float) -> float:
    """Which part of the error is left after some steps: |1 − αλ|^t."""
    return float(error_factor(rate, curvature) ** round(steps))


def rate_from_product(product: float, curvature: float) -> float:
    """The rate that makes αλ a given number."""
    return product / curvature


def inverse_curvature(curvature: float) -> float:
    """One over the curvature, the rate that lands on the minimum of a parabola in one step."""
    return 1.0 / curvature


def largest_stable_rate(curvature: float) -> float:
    """The limit of plain descent: 2/λ."""
    return stability.limit("sgd", curvature)


def heavy_ball_limit(curvature: float, momentum: float) -> float:
    """The limit of descent with momentum: 2(1 + β)/λ."""
    return stability.limit("momentum", curvature, momentum=momentum)


def nesterov_limit(curvature: float, momentum: float) -> float:
    """The limit of Nesterov's momentum: 2(1 + β)/((1 + 2β)λ)."""
    return stability.limit("nesterov", curvature, momentum=momentum)


def best_rate(flattest: float, steepest: float) -> float:
    """The best fixed rate between two curvatures: 2/(μ + L)."""
    return stability.best_rate((flattest, steepest))


def steps_to_shrink(factor: float, rate: float, curvature: float) -> float:
    """After how many whole steps the error has shrunk to a part of where it began."""
    steps = stability.steps_to("sgd", rate, (curvature,), factor)
    if steps is None:
        raise ValueError(f"the error does not shrink at αλ = {rate * curvature:g}")
    return float(steps)


def steps_to_grow(factor: float, rate: float, curvature: float) -> float:
    """After how many whole steps the error has grown to a multiple of where it began."""
    if error_factor(rate, curvature) <= 1.0:
        raise ValueError(f"the error does not grow at αλ = {rate * curvature:g}")
    return float(math.ceil(math.log(factor) / math.log(error_factor(rate, curvature)) - 1e-9))


def steps_if_all_alike(rate: float, curvature: float) -> float:
    """How many steps it would take if each were as long as the first: 1/(αλ)."""
    return 1.0 / (rate * curvature)


def scaled(value: float, factor: float) -> float:
    """A number times another."""
    return value * factor


def ratio(value: float, to: float) -> float:
    """How many times as large one number is as another."""
    return value / to


def shifted(value: float, by: float) -> float:
    """A number plus another."""
    return value + by


def dent_curvature(depth: float, width: float) -> float:
    """The curvature at the bottom of a round dent of the plateau: depth/width²."""
    return depth / width**2


def between_one_and_two(product: float) -> str:
    """Where αλ lies, in words: `below 1`, `between 1 and 2`, `at 2` or `above 2`."""
    if math.isclose(product, 2.0):
        return "at 2"
    return "below 1" if product < 1.0 else "between 1 and 2" if product < 2.0 else "above 2"


def arrival(rate: float, curvature: float, steps: float) -> str:
    """Whether a run has `converged` by then, to a hundredth of its error, or is still `crawling`."""
    return "converged" if error_after_steps(rate, curvature, steps) <= 0.01 else "crawling"


def fastest_of_five(
    flattest: float, steepest: float, a: float, b: float, c: float, d: float, e: float
) -> str:
    """Which of five rates, `a` to `e`, shrinks the slower of two directions most per step."""
    rates = {"a": a, "b": b, "c": c, "d": d, "e": e}
    return min(
        rates, key=lambda name: max(error_factor(rates[name], flattest), error_factor(rates[name], steepest))
    )


def rate_for_all_but_one(a: float, b: float, c: float) -> float:
    """A rate that the sharpest of three curvatures cannot bear and the other two can, halfway between their limits."""
    _, second, sharpest = sorted((a, b, c))
    return math.sqrt(stability.limit("sgd", second) * stability.limit("sgd", sharpest))


def sharpest_of_three(bowl: float, ravine: float, trough: float) -> str:
    """Which of three surfaces has the largest curvature: `bowl`, `ravine` or `trough`."""
    return max(("bowl", bowl), ("ravine", ravine), ("trough", trough), key=lambda surface: surface[1])[0]


def curve_climb(shift: float) -> float:
    """Where the loss starts to climb on the reference range test."""
    return 10.0 * range_curve.suggested("climb", shift)


def curve_ten_below(shift: float) -> float:
    """A tenth of the rate where the reference range test starts to climb."""
    return range_curve.suggested("climb", shift)


def curve_minimum(shift: float) -> float:
    """The rate with the lowest loss on the reference range test."""
    return range_curve.suggested("minimum", shift)


def curve_steepest(shift: float) -> float:
    """The rate at which the reference range test falls fastest per decade."""
    return range_curve.suggested("steepest", shift)


def averaged_curve_minimum(shift: float, beta: float) -> float:
    """The rate with the lowest loss once an exponential average has been drawn over the reference range test."""
    return range_curve.averaged_minimum(shift, beta)


def decades_between(low: float, high: float) -> float:
    """How many factors of ten lie between two rates."""
    return math.log10(high / low)


@dataclass(frozen=True)
class Formula:
    """One row of the list: what it gives, in words, and the numbers it asks for."""

    sentence: str
    arguments: tuple[str, ...]
    gives_word: bool
    compute: Callable[..., float | str]


def _list(*functions: Callable[..., float | str]) -> Mapping[str, Formula]:
    return MappingProxyType(
        {
            function.__name__: Formula(
                (inspect.getdoc(function) or "").partition("\n")[0],
                tuple(inspect.signature(function).parameters),
                inspect.signature(function).return_annotation is str,
                function,
            )
            for function in functions
        }
    )


FORMULAS = _list(
    gradient,
    stride,
    position_after_steps,
    position_after_uphill_step,
    error_factor,
    error_after_steps,
    rate_from_product,
    inverse_curvature,
    largest_stable_rate,
    heavy_ball_limit,
    nesterov_limit,
    best_rate,
    steps_to_shrink,
    steps_to_grow,
    steps_if_all_alike,
    scaled,
    ratio,
    shifted,
    dent_curvature,
    between_one_and_two,
    arrival,
    fastest_of_five,
    rate_for_all_but_one,
    sharpest_of_three,
    curve_climb,
    curve_ten_below,
    curve_minimum,
    curve_steepest,
    averaged_curve_minimum,
    decades_between,
    chosen_steps.backtracked_rate,
    chosen_steps.backtracking_bill,
    chosen_steps.newton_on_a_pass,
    chosen_steps.newton_position,
    chosen_steps.slope_between_valleys,
    chosen_steps.curvature_between_valleys,
    chosen_steps.coordinates_to_be_dearer,
    log_formulas.kicked_loss,
    log_formulas.mean_noisy_loss,
    log_formulas.lower_at,
    log_formulas.heading,
    rule_formulas.rmsprop_first_step,
    rule_formulas.rmsprop_rate_for_first_step,
    rule_formulas.raced_position,
    rule_formulas.raced_order,
    trial_formulas.square_root_rate,
    trial_formulas.linear_rate,
    trial_formulas.noisy_loss,
    trial_formulas.other_batch,
    trial_formulas.larger_number,
    trial_formulas.larger_of_two,
    trial_formulas.log_share,
    trial_formulas.uniform_share,
    trial_formulas.chance_of_a_hit,
    trial_formulas.trials_of_a_grid,
    trial_formulas.halving_bill,
    trial_formulas.halving_bill_anew,
    schedule_formulas.falls_until,
    schedule_formulas.stepped_rate,
    schedule_formulas.decay_left,
    schedule_formulas.left_if_straight,
    schedule_formulas.part_gone,
    schedule_formulas.part_gone_at_once,
    schedule_formulas.sum_of_rates,
    schedule_formulas.clean_loss,
    schedule_formulas.clean_loss_falling,
)
