"""A patient is diagnosed by three answers; the clinic's own marks say which of them are right."""

import itertools

import pytest

from lrlab.diagnosis.clinic import ACTIONS, EVIDENCE, Cause, mark, mystery
from lrlab.grading import Refusal, form, judge, read, shown, variant, write
from lrlab.grading.kinds import diagnose
from lrlab.grading.load import Unreadable


@pytest.fixture(scope="module")
def patient(begun):
    return variant(begun("diagnose"), 0, {"cause": "too_small", "patient": 3.0})


def test_the_log_is_that_of_the_clinic(patient):
    found = mystery(3, Cause.TOO_SMALL)
    shown_to = patient.exhibit
    assert shown_to.curves[0].values == tuple(found.losses.tolist())
    assert shown_to.rates[0].values == tuple(found.rates.tolist())
    assert (shown_to.along, shown_to.caption) == (found.unit, found.told)
    assert "too_small" not in shown_to.text


def test_every_answer_earns_a_third_for_each_question_the_clinic_marks_right(patient):
    found = mystery(3, Cause.TOO_SMALL)
    answers = {name: bool(right) for name, right in found.answers.items()}
    for symptom, evidence, action in itertools.product(["creeping", "plateau"], EVIDENCE, ACTIONS):
        marks = mark(found, answers, evidence, action)
        right = (symptom == found.symptom.value) + marks.evidence + marks.action
        verdict = judge(patient, {"symptom": symptom, "evidence": evidence, "action": action})
        assert verdict.score == 1000 * right // 3
        assert verdict.passed == (right == 3)


def test_what_is_wrong_is_named_and_what_is_right_is_not_asked_again(patient):
    verdict = judge(patient, "symptom=creeping evidence=straight action=lower")
    assert verdict.message.endswith("Right so far: symptom, evidence. Look again at: action.")
    assert (verdict.mistake, verdict.misconception) == ("smaller-still", "smaller-is-safer")


def test_the_cure_is_shown_to_whoever_found_out(patient):
    right = diagnose.solve(patient.task, patient)
    assert [curve.name for curve in shown(patient, right).rates] == ["rate", "rate, cured"]
    assert [curve.name for curve in shown(patient, {**right, "action": "keep"}).rates] == ["rate"]
    assert "The cure:" in judge(patient, right).message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing is chosen for question symptom, evidence, action"),
        ("symptom=creeping", "Nothing is chosen for question evidence, action"),
        ("symptom=crawling evidence=straight action=raise", "unknown answer 'crawling'; did you mean 'creeping'?"),
        ("symptom=not_sure evidence=straight action=raise", "The symptom: unknown answer 'not_sure'"),
        ("too small", "I cannot read 'too'"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(patient, text, words):
    reading = read(patient, text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence


def test_the_form_makes_the_text(patient):
    asked = form(patient)
    right = diagnose.solve(patient.task, patient)
    assert [question.name for question in asked.questions] == ["symptom", "evidence", "action"]
    assert read(patient, asked.text(right)) == right
    assert read(patient, write(patient, right)) == right
    assert isinstance(read(patient, asked.text({**right, "action": None})), Refusal)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"schedule"] }', '"shedule"] }', "task.cause: unknown cause 'shedule'; did you mean 'schedule'?"),
        ("low = 0, high = 9", "low = -2, high = 9", "task.patient: must be a whole number from 0 to 10000"),
        ('outcome = "too_small"', 'outcome = "too_smal"', "mistakes.0.outcome: unknown cause 'too_smal'"),
        ('option = "healthy"', 'option = "well"', "mistakes.1.option: unknown option 'well'"),
    ],
)
def test_a_task_that_does_not_fit_is_named(begun, old, new, words):
    with pytest.raises(Unreadable) as caught:
        begun("diagnose", (old, new))
    assert words in str(caught.value)
