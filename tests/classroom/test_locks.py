import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lrlab.classroom import locks
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import locks as table

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOCK = locks.name("learner", 1, "ada")


def seconds(number):
    return NINE + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("failures", "pause"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, 900), (16, 900), (500, 900)],
)
def test_the_pause_is_a_second_after_five_and_doubles_to_a_quarter_of_an_hour(failures, pause):
    assert locks.pause(failures) == pause


def test_the_lock_shuts_after_five_tries_and_says_how_long(store):
    for _ in range(5):
        locks.count_try(store, LOCK, NINE)
    with pytest.raises(Refusal, match="Wait 1 second") as refused:
        locks.count_try(store, LOCK, NINE)
    assert refused.value.reason is Reason.LOCKED
    assert refused.value.wait == 1
    locks.count_try(store, LOCK, seconds(1))
    with pytest.raises(Refusal, match="Wait 2 seconds"):
        locks.count_try(store, LOCK, seconds(1))
    locks.count_try(store, locks.name("learner", 1, "ben"), NINE)


def test_a_try_against_a_shut_lock_does_not_lengthen_it(store):
    for _ in range(5):
        locks.count_try(store, LOCK, NINE)
    for _ in range(50):
        with pytest.raises(Refusal):
            locks.count_try(store, LOCK, NINE)
    locks.count_try(store, LOCK, seconds(1))


def test_a_day_of_guessing_allows_109_tries_an_account(store):
    at, tries = NINE, 0
    while at < NINE + timedelta(days=1):
        try:
            locks.count_try(store, LOCK, at)
            tries += 1
        except Refusal as refused:
            at += timedelta(seconds=refused.wait)
    assert (
        tries == 109
    )  # 5 free, 10 while the pause doubles, 94 quarters of an hour: 0.011 % of a million PINs


def test_the_right_secret_opens_it_and_a_day_forgets(store):
    for _ in range(5):
        locks.count_try(store, LOCK, NINE)
    with store.writing() as connection:
        locks.clear(connection, LOCK)
    for _ in range(5):
        locks.count_try(store, LOCK, NINE)
    tomorrow = NINE + timedelta(days=1, seconds=1)
    for _ in range(5):
        locks.count_try(store, LOCK, tomorrow)
    with pytest.raises(Refusal):
        locks.count_try(store, LOCK, tomorrow)


def test_old_locks_are_removed(store):
    locks.count_try(store, LOCK, NINE)
    with store.writing() as connection:
        locks.forget_the_old(connection, NINE + timedelta(days=2))
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_tries_that_come_all_at_once_are_all_counted(store):
    start, passed, refused = threading.Barrier(20), [], []

    def guess():
        start.wait()
        try:
            locks.count_try(store, LOCK, NINE)
            passed.append(1)
        except Refusal:
            refused.append(1)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), len(refused)) == (5, 15)


def test_a_lock_does_not_tell_whose_it_is():
    assert len(LOCK) == 64
    assert "ada" not in LOCK
    assert locks.name("learner", 1, "ada") != locks.name("learner", 11, "ada") != locks.name("teacher", "ada")
