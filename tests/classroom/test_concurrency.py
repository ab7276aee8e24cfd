"""Many at once, and the plug pulled: what was acknowledged is there, once."""

import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lrlab.classroom import database, records, standings, students
from lrlab.classroom.attempts import record
from lrlab.classroom.database import Store
from lrlab.classroom.standings import amount_to
from lrlab.classroom.tables import attempts as table
from lrlab.classroom.tables import standings as standings_table

pytestmark = pytest.mark.slow
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"
ROOT = Path(__file__).parents[2]


def in_threads(work, count):
    """Run work(place) in so many threads that start together; what any of them raised."""
    start, faults = threading.Barrier(count), []

    def run(place):
        start.wait()
        try:
            work(place)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def consistent(store):
    """Every stored standing is what the attempts amount to; returns how many attempts there are."""
    with store.reading() as connection:
        for row in connection.execute(select(standings_table)).all():
            tried = records.of_learner(connection, row.learner_id, row.exercise)
            assert standings.from_row(row) == amount_to(row.exercise, tried)
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_eight_threads_record_many_attempts_of_different_students(school, make_submission):
    learners = [school.student(f"s{place}").learner for place in range(8)]

    def work(place):
        for number in range(1, 16):
            answer = make_submission(f"0.{number}", number == 15, number=number)
            record(school.store, learners[place], answer, NINE + timedelta(seconds=number))

    assert in_threads(work, 8) == []
    assert consistent(school.store) == 8 * 15


def test_eight_threads_record_the_attempts_of_one_student_in_eight_tabs(school, make_submission):
    ada = school.student("Ada").learner

    def work(place):
        for number in range(1, 9):
            record(school.store, ada, make_submission(f"{place}.{number}", number=number), NINE)
            record(school.store, ada, make_submission(f"shared {number}", number=number), NINE)

    assert in_threads(work, 8) == []
    assert consistent(school.store) == 8 * 8 + 8
    with school.store.reading() as connection:
        numbers = connection.execute(select(table.c.number).order_by(table.c.number)).scalars().all()
    assert numbers == list(range(1, 73))


def test_a_class_joins_at_once(school):
    def work(place):
        for number in range(4):
            school.student(f"s{place} {number}")

    assert in_threads(work, 8) == []
    handles = {f"s{place} {number}" for place in range(8) for number in range(4)}
    listed = students.of_class(school.store, school.teacher, school.room.id, NINE)
    assert {student.handle for student in listed} == handles


WRITER = """
import sys, threading
from datetime import UTC, datetime
from lrlab.classroom import attempts, database, people
from lrlab.classroom.records import Judgement, Submission
from lrlab.classroom.tasks import Task

at = datetime(2026, 3, 2, 9, tzinfo=UTC)
store = database.open(sys.argv[1])
ready = threading.Barrier(4)

def work(place):
    who = people.join(store, sys.argv[2], f"student {place}", at).learner
    ready.wait(timeout=30)
    for number in range(1, 100_000):
        task = Task("a/1", 1, "v", "e", 1, {})
        said = Submission(task, number, f"0.{number}", Judgement(False, 0, "moving", ""), 0, at)
        receipt = attempts.record(store, who, said, at)
        sys.stdout.write(f"{who.id} {receipt.attempt.number} {receipt.attempt.receipt}\\n")
        sys.stdout.flush()

threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.mark.parametrize("acknowledged", [1, 60, 150])
def test_killing_a_writer_under_load_loses_nothing_that_was_acknowledged(sqlite_school, acknowledged):
    url = f"sqlite:///{sqlite_school.store.engine.url.database}"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, sqlite_school.room.code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    lines = [writer.stdout.readline() for _ in range(acknowledged)]
    writer.send_signal(signal.SIGKILL)
    rest = writer.communicate()[0].splitlines(keepends=True)
    promised = {tuple(line.split()) for line in (*lines, *rest) if line.endswith("\n")}
    assert writer.returncode == -signal.SIGKILL
    assert len(promised) >= acknowledged
    sqlite_school.store.close()
    again = database.open(url)
    assert isinstance(again, Store), again
    with again.reading() as connection:
        kept = {
            (str(row.learner_id), str(row.number), row.receipt)
            for row in connection.execute(select(table)).all()
        }
    assert promised <= kept
    assert len(kept) - len(promised) <= 4
    assert consistent(again) == len(kept)
    again.close()


def test_two_processes_write_into_one_file(sqlite_school):
    url = f"sqlite:///{sqlite_school.store.engine.url.database}"
    script = WRITER.replace("100_000", "12").replace("student {place}", "{sys.argv[3]} {place}")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, sqlite_school.room.code, name],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in ("one", "other")
    ]
    said = [writer.communicate(timeout=60)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [len(lines.splitlines()) for lines in said] == [44, 44]
    assert consistent(sqlite_school.store) == 88
