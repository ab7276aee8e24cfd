"""How a run ended, said in sentences that carry the numbers which decided it.

αλ is the rate times a curvature. On a quadratic with a rule whose stride is linear in the gradients the statements
are exact; elsewhere they say where they hold ("at the start", "locally"). Of the adaptive rules, whose rate meets a
curvature they have rescaled themselves, only what was seen is told.
"""

import math

import numpy as np

from lrlab.descent import optimizers, stability
from lrlab.descent.motion import Direction, Motion, forecast


def converged(motion: Motion) -> str:
    """For a run that settled: from when on, where, and at what pace."""
    tolerance = f"{_number(100.0 * motion.tolerance)} % of the starting distance"
    if motion.start == 0.0:
        tolerance = f"{_number(motion.radius)} of the minimum it started at"
    opening = "Converged: "
    turns = motion.turns[motion.turns <= (motion.settled_at or 0)]
    if turns.size:
        did = "crossed the minimum" if motion.descent.surface.curvatures else "turned back"
        when = (
            f"once, at step {turns[0]}"
            if turns.size == 1
            else f"{_times(turns.size)}, first at step {turns[0]}"
        )
        opening = f"Converged, with overshoot: it {did} {when}, and "
    told = f"{opening}from step {motion.settled_at:,} on it stays within {tolerance}{_place(motion)}."
    return _joined(told, _pace(motion), _warning(motion))


def moving(motion: Motion) -> str:
    """For a run that is still on its way: how far it got, and how long it would take."""
    if not motion.rates.any():
        return "Nothing moves: the rate is 0 at every step."
    left, furthest = float(motion.distances[-1]), float(motion.distances.max())
    if motion.start == 0.0:
        told = f"it is {_number(left)} from the minimum it started at"
    elif left <= motion.start:
        told = f"{_number(100.0 * left / motion.start)} % of the starting distance is left"
    else:
        told = f"it is {_number(left / motion.start)} times as far from the nearest minimum as at the start"
    losses = f"the loss went from {_number(motion.losses[0])} to {_number(motion.losses[-1])}"
    roamed = (
        f"On the way it was as far as {_number(furthest)} from it."
        if furthest > 1.5 * motion.start > 0.0
        else ""
    )
    return _joined(
        f"Still moving: after {_steps(motion.steps)} {told}; {losses}.",
        roamed,
        _pace(motion),
        _outlook(motion),
    )


def bouncing(motion: Motion) -> str:
    """For a run that goes to and fro without getting nearer."""
    if motion.directions and not motion.descent.noise:
        return _exact_bouncing(motion)
    last = motion.distances[-motion.window :]
    between = (
        f"between {_number(last.min())} and {_number(last.max())} from the nearest minimum{_place(motion)}"
    )
    if motion.descent.noise:
        return (
            f"Hovering: over the last {_steps(motion.window)} it stayed {between}. Gradient noise of "
            f"{_number(motion.descent.noise)} keeps it there; a smaller rate lowers that floor."
        )
    turned = int((motion.turns > motion.steps - motion.window).sum())
    told = f"Bouncing: over the last {_steps(motion.window)} it turned back {_times(turned)} and stayed {between}."
    limit = motion.largest_product
    if limit is None:
        rule = optimizers.named(motion.descent.optimizer).title
        return (
            f"{told} {rule}'s strides are about {_number(motion.last_stride)} long, too long to settle there."
        )
    product = motion.product_at_minimum()
    if product <= limit:
        return told
    return (
        f"{told} αλ = {_against(product, limit)} at that minimum, above the limit of {_limit(motion)}: locally it is "
        f"too sharp to hold this rate."
    )


def diverged(motion: Motion) -> str:
    """For a run that overflowed, or is on its way out."""
    if motion.lost_at is not None:
        away = motion.distances > 10.0 * motion.start
        first = f"ten times the starting distance at step {int(away.argmax())}, and " if away.any() else ""
        what = (
            "overflowed" if motion.is_linear else "were no longer finite"
        )  # an adaptive rule can divide 0 by 0
        return _joined(f"Diverged: {first}the numbers {what} at step {motion.lost_at:,}.", _cause(motion))
    left = float(motion.distances[-1])
    if motion.start == 0.0:
        told = f"it is {_number(left)} from the minimum it started at, and growing"
    elif left > motion.start:
        told = (
            f"it is {_number(left / motion.start)} times as far from the minimum as at the start, and growing"
        )
    else:
        part = _number(100.0 * left / motion.start)
        told = f"it is at {part} % of the starting distance, but one part of the error is growing"
    return _joined(f"Diverging: after {_steps(motion.steps)} {told}.", _cause(motion))


def stuck(motion: Motion) -> str:
    """For a run that stands where nothing pulls, away from a minimum."""
    surface, point = motion.descent.surface, motion.descent.points[motion.run, motion.steps]
    gradient = float(np.linalg.norm(surface.gradient(point)))
    told = (
        f"Stuck: at step {motion.steps:,} the gradient is {_number(gradient)}, and the nearest minimum is still "
        f"{_number(motion.distances[-1])} away."
    )
    if motion.is_held:
        return f"{told} Weight decay pulls as hard towards the origin as the gradient pulls away."
    lowest = float(np.linalg.eigvalsh(surface.hessian(point)[: surface.dimension, : surface.dimension])[0])
    if lowest < -0.1 * stability.sharpness(surface, surface.minima[motion.reach.targets[motion.run]]):
        return (
            f"{told} The curvature there is {_number(lowest)} in one direction: a pass or a top, which a nudge would "
            f"leave."
        )
    return f"{told} The ground there is flat: hardly any gradient makes hardly any step."


def _exact_bouncing(motion: Motion) -> str:
    swings = [each for index, each in enumerate(motion.directions) if motion.crossings[:, index].any()]
    direction = max(swings, key=lambda swing: swing.growth)
    size, kept = _number(abs(direction.error)), _against(direction.growth, 1.0)
    product = _against(direction.product, motion.largest_product or math.inf)
    told = f"Bouncing: αλ = {product}{_along(motion, direction)}"
    if motion.descent.optimizer != "sgd":
        change = "the swing stays as wide as it is" if kept == "1" else f"each step keeps {kept} of the swing"
        return f"{told}, with a limit of {_limit(motion)}: {change}, {size} from the minimum at step {motion.steps:,}."
    if kept == "1":
        return f"{told}: every step lands as far out on the other side, {size} from the minimum, for ever."
    if direction.growth < 1.0:
        return f"{told}: every step lands on the other side with {kept} of the error."
    return (
        f"{told}: every step lands on the other side, {kept} times as far out. It grows, too slowly to show in "
        f"{_steps(motion.steps)}."
    )


def _outlook(motion: Motion) -> str:
    """When it would settle, if nothing changes."""
    settling = forecast(motion)
    if settling is None or settling.step > 10**9:
        return ""
    if settling.is_exact:
        return f"It would settle at step {settling.step:,}."
    return f"At the pace of its last steps it would settle near step {settling.step:,}."


def _pace(motion: Motion) -> str:
    """At what pace the error shrinks, and which curvature says so."""
    if motion.directions:
        return _exact_pace(motion)
    limit = motion.largest_product
    if limit is None:
        return f"Its last strides were about {_number(motion.last_stride)} long."
    if motion.settled_at is not None:
        product = motion.product_at_minimum()
        rate = "" if motion.rate is not None else f"With the last rate, {_number(motion.rates[-1])}, "
        relation = "below" if product < limit else "not below"
        return (
            f"{rate}αλ = {_against(product, limit)} at the minimum, {relation} the limit of {_limit(motion)}."
        )
    product = motion.product_at(motion.steps)
    if product <= 0.0:
        return "Where it is now the ground curves down in every direction, so αλ sets no limit there."
    return f"αλ = {_against(product, limit)} where it is now; locally the limit is {_limit(motion)}."


def _exact_pace(motion: Motion) -> str:
    active = [each for each, error in zip(motion.directions, motion.errors[0], strict=True) if error != 0.0]
    if not active:
        return ""
    slowest, steepest = max(active, key=lambda direction: direction.growth), active[-1]
    if motion.descent.optimizer != "sgd":
        return (
            f"αλ = {_against(slowest.product, 1.0)}{_along(motion, slowest)}, with a limit of {_limit(motion)}: in "
            f"the long run each step keeps {_against(slowest.growth, 1.0)} of the error."
        )
    if motion.turns.size and steepest.growth < 1.0:  # of the two, the eye sees what overshoots
        return (
            f"αλ = {_against(steepest.product, 2.0)}{_along(motion, steepest)} lies between 1 and 2: each step lands "
            f"on the other side with {_against(steepest.growth, 1.0)} of the error."
        )
    product = _against(slowest.product, 1.0)
    if product == "1":
        return "αλ = 1: one step takes the whole error away."
    return f"αλ = {product}{_along(motion, slowest)}: each step keeps {_against(slowest.growth, 1.0)} of the error."


def _warning(motion: Motion) -> str:
    """A run can be inside the tolerance and on its way out all the same."""
    growing = [each for each in motion.directions if each.growth > 1.0 + 1e-9 and each.error != 0.0]
    if not growing:
        return ""
    worst = max(growing, key=lambda direction: direction.growth)
    product = _against(worst.product, motion.largest_product or math.inf)
    return (
        f"It will not stay: αλ = {product}{_along(motion, worst)}, where every step multiplies the error by "
        f"{_against(worst.growth, 1.0)}."
    )


def _cause(motion: Motion) -> str:
    """Which αλ threw the run out, and when."""
    limit = motion.largest_product
    if limit is None:
        return ""
    if motion.directions:
        return _exact_cause(motion)
    at_start, now = motion.product_at(0), motion.product_at(len(motion.points) - 1)
    above = motion.first_step_above(limit)
    if motion.lost_at is None and now > limit:  # it may have left the place where it started for another
        return f"αλ = {_against(now, limit)} where it is now: {_locally(motion, now)}"
    if at_start > limit:
        return f"αλ = {_against(at_start, limit)} at the start: {_locally(motion, at_start)}"
    if above is None:
        return ""
    then = f"at step {above:,} αλ was {_against(motion.product_at(above), limit)}, above the limit of {_limit(motion)}."
    if at_start <= 0.0:
        return f"At the start the ground curves down, which sets no limit; {then}"
    return f"αλ = {_against(at_start, limit)} at the start was no danger; {then}"


def _locally(motion: Motion, product: float) -> str:
    if motion.descent.optimizer == "sgd":
        return f"locally every step multiplies the error by {_against(product - 1.0, 1.0)}."
    return f"locally above the limit of {_limit(motion)}."


def _exact_cause(motion: Motion) -> str:
    worst = max(motion.directions, key=lambda direction: direction.growth)
    product = _against(worst.product, motion.largest_product or math.inf)
    along = _along(motion, worst)
    is_plain = motion.descent.optimizer == "sgd"
    above = "" if is_plain else f", above the limit of {_limit(motion)}"
    pace = "every step" if is_plain else "in the long run every step"
    told = (
        f"αλ = {product}{along}{',' if along else ''} at the start and everywhere{above}: {pace} multiplies the error"
        f"{' there' if along else ''} by {_against(worst.growth, 1.0)}."
    )
    if motion.lost_at is not None:
        return told
    return f"{told} A million-fold takes {_steps(math.ceil(math.log(1e6) / math.log(worst.growth)))}."


def _along(motion: Motion, direction: Direction) -> str:
    """Which eigenvector is meant, where there is a choice."""
    curvatures = motion.descent.surface.curvatures or ()
    if len(set(curvatures)) < 2:
        return ""
    return f" in the {'flattest' if direction.curvature == curvatures[0] else 'steepest'} direction"


def _place(motion: Motion) -> str:
    """Which minimum, where there are several; and whether a lower one exists."""
    surface = motion.descent.surface
    if len(surface.minima) < 2:
        return ""
    minimum = surface.minima[motion.reach.targets[motion.run]]
    here, lowest = float(surface.value(minimum)), float(surface.value(surface.minima[0]))
    lower = ", which is not the lowest" if here > lowest + 1e-9 * (1.0 + abs(here)) else ""
    return f", at ({_number(minimum[0])}, {_number(minimum[1])}){lower}"


def _limit(motion: Motion) -> str:
    momentum = motion.descent.coefficients.get("momentum")
    told = _number(motion.largest_product or math.inf)
    return told if momentum is None else f"{told} that momentum {_number(momentum)} allows"


def _against(value: float, mark: float) -> str:
    """Write `value` with as many digits as it takes to stand on the right side of `mark`."""
    if abs(value - mark) <= 1e-9 * abs(mark):
        return _number(mark)
    for digits in range(3, 16):
        text = f"{value:.{digits}g}"
        if float(text) != mark and (float(text) > mark) == (value > mark):
            return _number(value) if abs(value) >= 1000.0 else text
    return repr(value)


def _number(value: float) -> str:
    """Three digits, and no exponent where people write none."""
    value = float(value)
    return f"{value:,.0f}" if 1000.0 <= abs(value) < 1e6 else f"{value:.3g}"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count:,} steps"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(int(count), f"{int(count):,} times")


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
