"""From what a curve shows to what made it: the symptom, the rates beside it and the validation loss together."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lrlab.diagnosis.changes import rate_jump
from lrlab.diagnosis.clinic.causes import Cause
from lrlab.diagnosis.decision import diagnose
from lrlab.diagnosis.held_back import Sight, held_back
from lrlab.diagnosis.symptoms import Diagnosis, Symptom

CAUSE_OF: Mapping[Symptom, Cause] = MappingProxyType(
    {
        Symptom.CREEPING: Cause.TOO_SMALL,
        Symptom.DIVERGING: Cause.TOO_LARGE,
        Symptom.BOUNCING: Cause.TOO_LARGE,
        Symptom.OSCILLATING: Cause.TOO_LARGE,
        Symptom.NOISE_FLOOR: Cause.NOISE_FLOOR,
        Symptom.PLATEAU: Cause.PLATEAU,
        Symptom.HEALTHY: Cause.NOTHING,
    }
)
"""The cause of a symptom, as far as the loss and the rate tell."""

_CALM = (Symptom.PLATEAU, Symptom.HEALTHY, Symptom.NOISE_FLOOR, Symptom.NOT_SURE)


def cause_of(losses: ArrayLike, rates: ArrayLike, validation: ArrayLike | None = None) -> Cause | None:
    """Return the cause of a curve as the diagnosis sees it, or None where it is not sure.

    Args:
        losses: one per point of the log, (n,).
        rates: the rate in force at each, (n,).
        validation: the validation loss at each, (n,), where the log has one.

    Returns:
        A Cause, or None.

    Raises:
        ValueError: as `diagnose`.

    Source: the rules of `diagnose`; for the data's faults those of `held_back`.

    >>> cause_of([0.5001, 0.5000, 0.4999], [0.01] * 3)
    <Cause.TOO_SMALL: 'too_small'>
    """
    found = diagnose(losses, rates)
    if found.symptom is Symptom.DIED:
        return None if found.before is None else _of_death(found.before)
    if found.symptom is Symptom.SUDDEN_CHANGE:
        return _of_change(found, np.asarray(rates, dtype=np.float64))
    if found.symptom in _CALM and validation is not None:
        places = np.arange(len(np.asarray(losses)))
        seen = held_back(places, losses, places, validation)
        if seen is not None and seen.sight is Sight.TRAINING_ABOVE:
            return Cause.DATA
    return CAUSE_OF.get(found.symptom)


def _of_death(before: Symptom) -> Cause | None:
    """A run that was growing died of its rate; one that was calm died of something else."""
    if before in (Symptom.DIVERGING, Symptom.BOUNCING, Symptom.OSCILLATING):
        return Cause.TOO_LARGE
    return None if before in (Symptom.NOT_SURE, Symptom.SUDDEN_CHANGE) else Cause.DATA


def _of_change(found: Diagnosis, rates: np.ndarray) -> Cause:
    """A change at the step at which the rate jumps is the schedule's; any other is not the rate's."""
    step = rate_jump(rates)
    near = step is not None and found.at is not None and abs(step - found.at) <= max(2, len(rates) // 20)
    return Cause.SCHEDULE if near else Cause.DATA
