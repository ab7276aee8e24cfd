import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count as count_from

import pytest
from sqlalchemy import event, func, select

from lrlab.classroom import access, attempts, credentials, students
from lrlab.classroom.attempts import desk, open_task, record
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import attempts as table
from lrlab.classroom.tables import standings

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"


def count(store):
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_attempt_carries_everything_it_takes_to_explain_it_later(school, make_submission):
    ada = school.student("Ada").learner
    handed_in = make_submission("0,05", hints=2, misconception="smaller-is-safer")
    receipt = record(school.store, ada, handed_in, NINE + timedelta(seconds=131))
    (attempt,) = attempts.history(school.store, ada, NINE)
    assert attempt == receipt.attempt
    assert attempt.task == handed_in.task
    assert attempt.task.parameters == {"curvature": 0.625, "steps": 40}
    assert (attempt.answer, attempt.number, attempt.hints) == ("0,05", 1, 2)
    assert attempt.judgement == handed_in.judgement
    assert (attempt.started, attempt.ended) == (NINE, NINE + timedelta(seconds=131))
    assert not attempt.regraded


def test_the_receipt_says_number_time_and_a_code_a_teacher_can_look_up(school):
    ada = school.student("Ada").learner
    for number, answer in enumerate(["0.1", "0.2", "0.3"], 1):
        receipt = school.answer(ada, answer, at=NINE.replace(minute=2, second=11))
        assert receipt.attempt.number == number
    code = receipt.attempt.receipt
    assert len(code) == 4
    assert set(code) <= set(credentials.ALPHABET)
    assert receipt.sentence() == f"attempt 3, 09:02:11, receipt {code}"
    assert receipt.sentence(timezone(timedelta(hours=1))).startswith("attempt 3, 10:02:11")
    found = attempts.with_receipt(school.store, school.teacher, school.room.id, code.lower(), NINE)
    assert receipt.attempt in found


def test_receipts_cannot_be_made_up_from_what_a_student_knows(school):
    codes = {
        school.answer(school.student(name).learner, "0.5").attempt.receipt
        for name in ("a", "b", "c", "d", "e", "f")
    }
    assert len(codes) > 1


@pytest.mark.parametrize("again", ["0.5", " 0.5 ", "0.5\n"])
def test_the_same_answer_to_the_same_variant_is_answered_from_the_record(school, again):
    ada = school.student("Ada").learner
    first = school.answer(ada, "0.5")
    second = school.answer(ada, again, at=NINE + timedelta(minutes=5))
    assert second.repeated
    assert second.attempt == first.attempt
    assert not first.repeated
    assert count(school.store) == 1


def test_the_same_answer_to_another_variant_is_another_attempt(school):
    ada = school.student("Ada").learner
    for variant in (1, 2):
        receipt = school.answer(ada, "0.5", variant=variant)
        assert (receipt.repeated, receipt.attempt.number) == (False, 1)


def test_an_answer_under_a_number_that_is_taken_gets_the_next_one(school, make_submission):
    ada = school.student("Ada").learner
    numbers = [
        record(school.store, ada, make_submission(answer, number=1), NINE).attempt.number
        for answer in ("0.1", "0.2", "0.3")
    ]
    assert numbers == [1, 2, 3]


def together(calls):
    """Run calls in threads that start at the same moment; their results, or what they raised."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place):
        start.wait()
        try:
            results[place] = calls[place]()
        except BaseException as error:
            results[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_double_click_counts_once(school, make_submission):
    ada = school.student("Ada").learner
    for number in range(1, 11):
        answer = make_submission(f"0.{number}", number=number)
        receipts = together([lambda answer=answer: record(school.store, ada, answer, NINE)] * 2)
        assert sorted(receipt.repeated for receipt in receipts) == [False, True]
        assert receipts[0].attempt == receipts[1].attempt
    assert count(school.store) == 10


def test_two_tabs_with_two_answers_under_one_number_are_two_attempts(school, make_submission):
    ada = school.student("Ada").learner
    answers = [make_submission(f"0.{place}", number=1) for place in range(1, 7)]
    receipts = together([lambda answer=answer: record(school.store, ada, answer, NINE) for answer in answers])
    assert sorted(receipt.attempt.number for receipt in receipts) == [1, 2, 3, 4, 5, 6]
    with school.store.reading() as connection:
        assert connection.execute(select(standings.c.attempts)).scalar_one() == 6


class Stopped(BaseException):
    """What a page raises when a second click stops it: not an Exception."""


@contextmanager
def stopped_after(store, statements):
    """Within this, whoever sends so many statements is stopped as a second click stops a page."""
    sent = []

    def stop(*_):
        sent.append(1)
        if len(sent) == statements:
            raise Stopped

    event.listen(store.engine, "after_cursor_execute", stop)
    try:
        yield
    finally:
        event.remove(store.engine, "after_cursor_execute", stop)


def test_an_attempt_stopped_at_any_statement_is_not_there_and_locks_nothing(school, make_submission):
    store, ada, ben = school.store, school.student("Ada").learner, school.student("Ben").learner
    answer = make_submission("0.5")
    tracebacks = []  # a traceback that is kept keeps the statement, which is what kept the lock
    for statements in count_from(1):
        try:
            with stopped_after(store, statements):
                record(store, ada, answer, NINE)
        except Stopped as stopped:
            tracebacks.append(stopped)
            assert attempts.history(store, ada, NINE) == ()
            assert not record(store, ben, make_submission(f"0.{statements}"), NINE).repeated
        else:
            break
    assert len(tracebacks) >= 5
    assert len(attempts.history(store, ada, NINE)) == 1
    assert store.engine.pool.checkedout() == 0


def test_an_answer_too_long_to_keep_costs_nothing(school):
    ada = school.student("Ada").learner
    with pytest.raises(Refusal, match="4001 characters") as refused:
        school.answer(ada, "9" * 4001)
    assert refused.value.reason is Reason.UNFIT
    assert count(school.store) == 0
    assert school.answer(ada, "9" * 4000)


@pytest.mark.parametrize(
    "answer", ["", "nul \x00 inside", "half a \ud83d pair", "🧮 ½ <b>", "'; DROP TABLE attempts; --"]
)
def test_any_text_is_kept_as_text(school, answer):
    ada = school.student("Ada").learner
    kept = school.answer(ada, answer).attempt.answer
    assert kept == answer.replace("\x00", "").replace("\ud83d", "?")
    assert school.answer(ada, answer).repeated


@pytest.mark.parametrize("score", [-1, 1001, 3.0000000000000004])
def test_a_score_is_whole_thousandths(score):
    with pytest.raises(ValueError, match="thousandths"):
        Judgement(True, score, "right", "")


def test_a_clock_that_ran_backwards_gives_no_negative_time(school, make_submission):
    ada = school.student("Ada").learner
    receipt = record(school.store, ada, make_submission("0.5", started=NINE + timedelta(hours=1)), NINE)
    assert receipt.attempt.started == receipt.attempt.ended == NINE


def test_the_desk_knows_the_variant_the_number_and_the_past(school, make_submission):
    store, ada = school.store, school.student("Ada").learner
    fresh = desk(store, ada, SLUG, NINE)
    assert (fresh.variant, fresh.task, fresh.number, fresh.past) == (1, None, 1, ())
    assert fresh.seed == attempts.seed(store, ada, SLUG, 1, NINE)
    task = replace(make_submission("").task, seed=fresh.seed)
    assert open_task(store, ada, task, NINE) == task
    school.answer(ada, "0.1", seed=fresh.seed)
    now = desk(store, ada, SLUG, NINE)
    assert (now.variant, now.task, now.number, len(now.past)) == (1, task, 2, 1)
    second = replace(task, variant=2, seed=attempts.seed(store, ada, SLUG, 2, NINE))
    open_task(store, ada, second, NINE)
    assert desk(store, ada, SLUG, NINE).number == 1
    assert desk(store, ada, SLUG, NINE).task == second


def test_a_variant_stays_in_the_version_it_was_opened_in(school, make_submission):
    ada = school.student("Ada").learner
    task = make_submission("").task
    open_task(school.store, ada, task, NINE)
    mended = replace(task, version="digest-2", parameters={"curvature": 9.0})
    assert open_task(school.store, ada, mended, NINE) == task
    assert open_task(school.store, ada, replace(mended, variant=2), NINE).version == "digest-2"


def test_seeds_differ_by_student_exercise_variant_and_class_and_stay(school, other_school):
    store = school.store
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    far = other_school.student("Ada").learner
    seeds = [
        attempts.seed(store, who, exercise, variant, NINE)
        for who in (ada, ben, far)
        for exercise in (SLUG, "terrain/rescue")
        for variant in (1, 2)
    ]
    assert len(set(seeds)) == 12
    assert all(0 <= seed < 2**48 for seed in seeds)
    assert attempts.seed(store, ada, SLUG, 1, NINE) == seeds[0]


def test_parameters_that_json_cannot_hold_are_a_fault_of_the_program(school, make_submission):
    ada = school.student("Ada").learner
    answer = make_submission("0.5")
    broken = replace(answer, task=replace(answer.task, parameters={"rate": float("nan")}))
    with pytest.raises(Exception, match="JSON compliant"):
        record(school.store, ada, broken, NINE)
    assert json.dumps(answer.task.parameters)


def test_a_teacher_reads_the_attempts_of_a_student(school):
    ada = school.student("Ada").learner
    school.answer(ada, "0.5")
    school.answer(ada, "0.6", exercise="terrain/rescue")
    assert len(attempts.of_student(school.store, school.teacher, ada.id, NINE)) == 2
    assert len(attempts.of_student(school.store, school.teacher, ada.id, NINE, "terrain/rescue")) == 1
    (listed,) = students.of_class(school.store, access.Operator(), school.room.id, NINE)
    assert (listed.handle, listed.attempts, listed.has_pin) == ("Ada", 2, True)
