"""From a loss curve to a diagnosis.

The rules are asked in order. The first that is certain decides, unless one before it said perhaps to something else:
then the curve is borderline, and the answer is that it is not sure, and between which two.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from lrlab.diagnosis.curves import Array, Curve, measure
from lrlab.diagnosis.descending import creeping, plateau, settled
from lrlab.diagnosis.finding import Finding
from lrlab.diagnosis.short import POINTS, few_points
from lrlab.diagnosis.sudden import dropped, jumped, jumped_with_the_rate, slowed_with_the_rate
from lrlab.diagnosis.symptoms import SIGNS, Diagnosis, Symptom
from lrlab.diagnosis.unstable import bouncing, diverging, oscillating

RULES: tuple[Callable[[Curve], Finding | None], ...] = (
    jumped,
    diverging,
    bouncing,
    oscillating,
    dropped,
    plateau,
    creeping,
    settled,
)
"""The rules in the order they are asked: one that another would mistake comes before it."""

FEWEST = 3

FLAT = (
    "A loss that never moves has three usual causes: a rate far too small, a slope of zero, or a run that jumps between"
    " two points of equal height. Try a tenth of the rate and ten times it, and see which one moves."
)


def diagnose(losses: ArrayLike, rates: ArrayLike | None = None) -> Diagnosis:
    """Return what a loss curve shows, the number that decided, and what to try next.

    Args:
        losses: one loss per step or epoch, in order, (n,); of any scale and sign; NaN and inf are allowed.
        rates: the rate of each update, (n,) or (n − 1,), or one rate for all; it tells a jump of the schedule from
            one of the problem, and puts a number on the advice.

    Returns:
        A Diagnosis. Its symptom is NOT_SURE for a borderline curve, and for fewer than three points.

    Raises:
        ValueError: for losses that are not one row of numbers, or rates of another length.

    Source: measured thresholds; the confusion table of benchmarks/diagnosis.py shows what they are worth.

    >>> diagnose([0.5001, 0.5000, 0.4999]).title
    'Creeping'
    >>> diagnose([0.5 * 1.21**t for t in range(20)], rates=2.1).evidence
    'The loss has grown from 0.5 at step 0 to 18.7 at step 19, by 1.21 times a step.'
    """
    y = _row("losses", losses)
    row = None if rates is None else _rates(rates, len(y))
    with np.errstate(all="ignore"):
        bad = np.flatnonzero(~np.isfinite(y))
        return _died(y, row, int(bad[0])) if len(bad) else _alive(y, row)


def _alive(y: Array, rates: Array | None) -> Diagnosis:
    if len(y) < FEWEST:
        evidence = f"There {'is 1 point' if len(y) == 1 else f'are {len(y)} points'}; a curve needs at least {FEWEST}."
        return _diagnosis(Finding(Symptom.NOT_SURE, True, evidence), rates)
    if np.ptp(y) <= 1e-12 * np.abs(y).max():
        evidence = f"The loss is {y[0]:.4g} at every one of the {len(y)} points."
        return replace(_diagnosis(Finding(Symptom.PLATEAU, True, evidence), rates), advice=FLAT)
    found = _findings(measure(y), rates)
    suspects = tuple(dict.fromkeys(finding.symptom for finding in found))
    if len(suspects) == 1 and (found[0].certain or len(found) > 1):
        return _diagnosis(found[-1], rates)
    return _not_sure(found, suspects, len(y))


def _findings(curve: Curve, rates: Array | None) -> list[Finding]:
    """Return what the rules found, up to and with the first that is certain."""
    if curve.n < POINTS:
        only = few_points(curve)
        return [] if only is None else [only]
    found: list[Finding] = []
    with_rates = (lambda c: jumped_with_the_rate(c, rates), lambda c: slowed_with_the_rate(c, rates))
    for rule in (*with_rates, *RULES):
        finding = rule(curve)
        if finding is not None:
            found.append(finding)
            if finding.certain:
                break
    return found


def _diagnosis(finding: Finding, rates: Array | None) -> Diagnosis:
    sign = SIGNS[finding.symptom]
    advice = sign.advice
    if (
        sign.factor is not None
        and rates is not None
        and len(rates)
        and np.ptp(rates) == 0.0
        and rates[0] > 0.0
    ):
        advice += f" From {rates[0]:.3g} that is {sign.factor * rates[0]:.3g}."
    return Diagnosis(finding.symptom, finding.evidence, advice, sign.action, finding.at)


def _not_sure(found: list[Finding], suspects: tuple[Symptom, ...], n: int) -> Diagnosis:
    sign = SIGNS[Symptom.NOT_SURE]
    names = [SIGNS[symptom].title.lower() for symptom in suspects]
    if not found:
        evidence = f"In these {n} points no sign is clear enough to name."
    elif len(names) == 1:
        evidence = f"{found[0].evidence} That is too little to call it {names[0]}."
    else:
        evidence = f"{found[0].evidence} That lies between {', '.join(names[:-1])} and {names[-1]}."
    return Diagnosis(Symptom.NOT_SURE, evidence, sign.advice, sign.action, suspects=suspects)


def _died(y: Array, rates: Array | None, step: int) -> Diagnosis:
    sign = SIGNS[Symptom.DIED]
    what = "NaN" if np.isnan(y[step]) else "infinite"
    after = "and a number again later" if np.isfinite(y[step:]).any() else "and never a number again"
    evidence = f"The loss is {what} at step {step}, {after}."
    advice, before = sign.advice, None
    if step >= FEWEST:
        until = _alive(y[:step], None if rates is None else rates[:step])
        before = until.symptom
        evidence += f" Until then: {_lower(until.evidence)}"
        if before in (Symptom.DIVERGING, Symptom.BOUNCING):
            advice = f"It was {until.title.lower()} before it died. {until.advice}"
    return Diagnosis(Symptom.DIED, evidence, advice, sign.action, at=step, before=before)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _row(name: str, values: ArrayLike) -> Array:
    try:
        row = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be one row of numbers: {error}") from error
    if row.ndim != 1:
        raise ValueError(f"{name} has shape {row.shape}; it must be one row of numbers, (n,).")
    return row


def _rates(rates: ArrayLike, n: int) -> Array:
    row = _row("rates", np.atleast_1d(np.asarray(rates)))
    if len(row) not in (1, n, n - 1):
        raise ValueError(f"rates has {len(row)} values for {n} losses; it must have {n}, {n - 1} or one.")
    return np.full(n, row[0]) if len(row) == 1 else row
