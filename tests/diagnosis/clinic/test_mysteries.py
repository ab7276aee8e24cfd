"""The clinic's patients: seeded real runs, ill by a cause that is known, and the cure on the same batches."""

from functools import cache

import numpy as np
import pytest

from lrlab.diagnosis import SIGNS
from lrlab.diagnosis.clinic import ACTIONS, EVIDENCE, PATIENTS, QUESTIONS, REASONS, Cause, mark, mystery

MAKERS = [(cause, maker) for cause, makers in PATIENTS.items() for maker in makers]
EACH = pytest.mark.parametrize(
    ("cause", "maker"), MAKERS, ids=[f"{cause.value}-{maker.__name__}" for cause, maker in MAKERS]
)


@cache
def patients(maker):
    return [maker(np.random.default_rng((99, seed))) for seed in range(3)]


def end(course):
    """The level of the last tenth; a run that is lost has none."""
    tail = course.losses[-max(1, len(course.losses) // 10) :]
    return float(np.median(tail)) if np.isfinite(tail).all() else np.inf


def halved(course):
    return int(np.argmax(course.losses < 0.5 * course.losses[0]))


def test_one_seed_is_one_patient_and_another_is_another():
    first, again, other = mystery(5), mystery(5), mystery(6)
    np.testing.assert_array_equal(first.losses, again.losses)
    assert (first.cause, first.told, first.cured) == (again.cause, again.told, again.cured)
    assert len(first.losses) != len(other.losses) or not np.array_equal(first.losses, other.losses)


def test_no_curve_comes_twice():
    curves = {mystery(seed, Cause.TOO_LARGE).losses.tobytes() for seed in range(20)}
    assert len(curves) == 20


def test_every_cause_comes():
    assert {mystery(seed).cause for seed in range(24)} == set(Cause)


@EACH
def test_what_is_shown_is_of_one_length_and_starts_finite(cause, maker):
    for case in patients(maker):
        n = len(case.ill.losses)
        assert n >= 12
        assert case.ill.rates.shape == (n,)
        assert case.ill.validation is None or case.ill.validation.shape == (n,)
        assert np.isfinite(case.ill.losses[:5]).all()
        assert (case.ill.rates > 0).all()


@EACH
def test_the_cure_is_a_run_that_ends_lower_or_crosses_sooner(cause, maker):
    for case in patients(maker):
        assert np.isfinite(case.cured.losses).all()
        if cause is Cause.PLATEAU:
            assert halved(case.cured) < 0.5 * halved(case.ill)
        elif cause is not Cause.NOTHING:
            assert end(case.cured) < 0.95 * end(case.ill)


@EACH
def test_until_it_happened_the_cured_run_is_the_same_to_the_last_bit(cause, maker):
    for case in patients(maker):
        if cause in (Cause.SCHEDULE, Cause.DATA) and case.at is not None:
            np.testing.assert_array_equal(case.ill.losses[: case.at], case.cured.losses[: case.at])
            assert not np.array_equal(case.ill.losses[case.at + 1 :], case.cured.losses[case.at + 1 :])


@EACH
def test_the_rate_jumps_in_a_jumping_schedule_and_nowhere_else(cause, maker):
    for case in patients(maker):
        jumps = np.flatnonzero(np.diff(case.ill.rates)) + 1
        assert jumps.tolist() == ([case.at] if cause is Cause.SCHEDULE else [])


@EACH
def test_the_set_up_does_not_give_the_cause_away(cause, maker):
    for case in patients(maker):
        assert "rate" not in case.told.replace("separate", "")
        assert case.told.endswith(".")
        assert case.cure.endswith(".")
        assert case.evidence in EVIDENCE
        assert case.symptom in SIGNS


def test_growing_runs_grow_and_timid_ones_have_hardly_moved():
    for seed in range(6):
        assert mystery(seed, Cause.TOO_SMALL).losses[-1] > 0.2 * mystery(seed, Cause.TOO_SMALL).losses[0]
    for case in patients(PATIENTS[Cause.TOO_LARGE][0]):
        assert case.ill.losses[-1] > 10 * case.ill.losses[0]


def test_a_negative_seed_is_refused():
    with pytest.raises(ValueError, match="-1"):
        mystery(-1)


# Marks


RIGHT = {"fast": False, "slow": True, "sudden": False}


@pytest.mark.parametrize(
    ("answers", "evidence", "action", "points"),
    [
        (RIGHT, "straight", "raise", 3),
        ({**RIGHT, "fast": True}, "straight", "raise", 2),
        (RIGHT, "jitter", "raise", 2),
        (RIGHT, "straight", "lower", 2),
        ({**RIGHT, "slow": False}, "swings", "data", 0),
    ],
)
def test_a_point_for_the_questions_one_for_the_evidence_one_for_the_action(answers, evidence, action, points):
    assert mark(mystery(1, Cause.TOO_SMALL), answers, evidence, action).points == points


@pytest.mark.parametrize("fast", [True, False])
def test_where_either_answer_can_be_defended_both_count(fast):
    patient = mystery(2, Cause.NOISE_FLOOR)
    assert mark(patient, {"fast": fast, "slow": False, "sudden": False}, "jitter", "lower_later").points == 3


def test_a_fault_of_the_data_from_the_start_is_no_sudden_change_and_a_later_one_is():
    seen = {
        patient.evidence: patient.answers["sudden"] for patient in (mystery(s, Cause.DATA) for s in range(25))
    }
    assert seen == {"without_rate": True, "training_above": False}


@pytest.mark.parametrize(
    ("answers", "evidence", "action"),
    [({}, "straight", "raise"), (RIGHT, "nonsense", "raise"), (RIGHT, "straight", "nonsense")],
)
def test_what_is_not_offered_is_refused(answers, evidence, action):
    with pytest.raises(ValueError, match="must be"):
        mark(mystery(1, Cause.TOO_SMALL), answers, evidence, action)


def test_every_cause_has_its_words():
    assert set(REASONS) == set(PATIENTS) == set(Cause)
    for reason in REASONS.values():
        assert set(reason.answers) == set(QUESTIONS)
        assert reason.action in ACTIONS
        assert reason.why.endswith(".")
