"""A mystery curve: a real run whose cause is known because we caused it, what to answer about it, and its cure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lrlab.diagnosis.clinic import fallen, fast, slow
from lrlab.diagnosis.clinic.case import Array, Case, Course, Unit
from lrlab.diagnosis.clinic.causes import ACTIONS, EVIDENCE, QUESTIONS, REASONS, Cause
from lrlab.diagnosis.clinic.draws import Maker
from lrlab.diagnosis.symptoms import Symptom

PATIENTS: Mapping[Cause, tuple[Maker, ...]] = MappingProxyType(
    {
        Cause.TOO_SMALL: (slow.timid_training, slow.timid_batches, slow.timid_walk),
        Cause.TOO_LARGE: (
            fast.growing_walk,
            fast.growing_training,
            fast.jumping_batches,
            fast.jumping_training,
        ),
        Cause.NOISE_FLOOR: (fast.restless_training, fast.restless_walk),
        Cause.SCHEDULE: (fallen.raised_in_mid_run, fallen.cut_too_early),
        Cause.PLATEAU: (slow.flat_walk, slow.flat_network),
        Cause.DATA: (
            fallen.labels_from_then_on,
            fallen.units_from_then_on,
            fallen.a_value_is_missing,
            fallen.noisy_labels,
        ),
        Cause.NOTHING: (fallen.sound_training,),
    }
)
"""By cause: the runs it can make ill."""

_STREAM = 41


@dataclass(frozen=True, eq=False)
class Mystery:
    """A patient with its chart and, for afterwards, the truth.

    What a student may see: `told` (the set-up, without the rate), `losses` (n,) and `rates` (n,) over `unit`s, and
    `validation` (n,) where the log has one. The truth: `cause`, `symptom`, `at` (the point at which something
    happened, or None), and the right answers: `answers` to the three questions by their names (None where either can
    be defended), the decisive `evidence` and the next `action`, each a name in the lists that `EVIDENCE` and `ACTIONS`
    offer. `cure` is the run as it goes with the cause removed, on the same batches; `cured` says what was done.
    """

    seed: int
    told: str
    unit: Unit
    losses: Array
    rates: Array
    validation: Array | None
    cause: Cause
    symptom: Symptom
    at: int | None
    answers: Mapping[str, bool | None]
    evidence: str
    action: str
    cure: Course
    cured: str


@dataclass(frozen=True)
class Marks:
    """What was right in an answer about a patient: each question by its name, the evidence, the action."""

    questions: Mapping[str, bool]
    evidence: bool
    action: bool

    @property
    def points(self) -> int:
        """One point for all three questions, one for the evidence, one for the action."""
        return int(all(self.questions.values())) + int(self.evidence) + int(self.action)


def mystery(seed: int, cause: Cause | None = None) -> Mystery:
    """Return the patient of a seed: a run of this engine made ill on purpose, with its truth and its cure.

    Args:
        seed: at least 0; another seed is another patient.
        cause: what to suffer from; drawn as well where it is None.

    Returns:
        Mystery, with losses, rates and perhaps validation losses of one length (n,), n ≥ 12, float64; losses may end
        in inf or NaN.

    Raises:
        ValueError: for a negative seed.

    Source: the runs are made by `lrlab.training` and `lrlab.descent`; the ranges stand with the patients.

    >>> patient = mystery(3, Cause.TOO_SMALL)
    >>> patient.symptom.value, patient.evidence, patient.action
    ('creeping', 'straight', 'raise')
    """
    if seed < 0:
        raise ValueError(f"seed is {seed}; it must be at least 0.")
    rng = np.random.default_rng((_STREAM, seed))
    drawn = list(Cause)[int(rng.integers(len(Cause)))]
    cause = drawn if cause is None else cause
    makers = PATIENTS[cause]
    return _patient(seed, cause, makers[int(rng.integers(len(makers)))](rng))


def _patient(seed: int, cause: Cause, case: Case) -> Mystery:
    answers = dict(REASONS[cause].answers)
    if cause is Cause.DATA:
        answers["sudden"] = case.at is not None
    return Mystery(
        seed=seed,
        told=case.told,
        unit=case.ill.unit,
        losses=case.ill.losses,
        rates=case.ill.rates,
        validation=case.ill.validation,
        cause=cause,
        symptom=case.symptom,
        at=case.at,
        answers=MappingProxyType(answers),
        evidence=case.evidence,
        action=REASONS[cause].action,
        cure=case.cured,
        cured=case.cure,
    )


def mark(patient: Mystery, answers: Mapping[str, bool], evidence: str, action: str) -> Marks:
    """Return what is right in an answer: a yes or no to each of the three questions, an evidence and an action by name.

    Args:
        patient: whom it is about.
        answers: yes (True) or no to each name in `QUESTIONS`.
        evidence: a name in `EVIDENCE`.
        action: a name in `ACTIONS`.

    Returns:
        Marks.

    Raises:
        ValueError: for a name that is not offered, or a question left out.

    Source: the cause is known, and what speaks for it was written down with the patient.

    >>> patient = mystery(3, Cause.TOO_SMALL)
    >>> mark(patient, {"fast": False, "slow": True, "sudden": False}, "jitter", "raise").points
    2
    """
    if set(answers) != set(QUESTIONS) or evidence not in EVIDENCE or action not in ACTIONS:
        raise ValueError(
            f"answers are for {', '.join(answers)}, evidence is {evidence!r} and action {action!r}; they must be"
            f" for {', '.join(QUESTIONS)}, one of {', '.join(EVIDENCE)} and one of {', '.join(ACTIONS)}."
        )
    right = {name: patient.answers[name] in (None, answers[name]) for name in QUESTIONS}
    return Marks(MappingProxyType(right), evidence == patient.evidence, action == patient.action)
