"""The classroom's store under load: attempts a second, the teacher's matrix, a class that joins at once, pulled plugs.

    python benchmarks/classroom.py [--seconds 5] [--kills 10]

Everything runs on SQLite in a temporary folder with the settings of the lab (WAL, synchronous=FULL, argon2 at its
real cost). The targets are for two cores with nothing else to do.
"""

import argparse
import gc
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

from sqlalchemy import func, select

from lrlab.classroom import access, attempts, classes, database, people, standings
from lrlab.classroom.database import Store
from lrlab.classroom.insight.matrix import matrix
from lrlab.classroom.records import Attempt, Judgement, Submission
from lrlab.classroom.refusals import Refusal
from lrlab.classroom.tables import attempts as attempts_table
from lrlab.classroom.tables import learners as learners_table
from lrlab.classroom.tables import standings as standings_table
from lrlab.classroom.tasks import Task

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPERATOR = access.Operator()
WRONG = Judgement(
    False, 0, "moving", "Still moving after 40 steps: αλ = 0.01 at the start.", "smaller-is-safer"
)
THREADS = 8


def opened(folder: str) -> Store:
    """The store in a folder, made when it is not there."""
    store = database.open(f"sqlite:///{folder}/lrlab.db")
    if isinstance(store, database.Trouble):
        raise SystemExit(store.sentence)
    return store


def answer(exercise: str, number: int) -> Submission:
    """A wrong answer, the number-th of its variant."""
    variant, place = divmod(number, 6)
    task = Task(exercise, variant + 1, "0" * 64, "0.1.0", 123456789, {"curvature": 0.625, "steps": 40})
    return Submission(task, place + 1, f"0.{number}", WRONG, 0, AT)


def in_threads(work: Callable[[int], None], threads: int) -> None:
    """Run work(place) in so many threads that start together."""
    start = threading.Barrier(threads)

    def run(place: int) -> None:
        start.wait()
        work(place)

    running = [threading.Thread(target=run, args=(place,)) for place in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def record_for(seconds: float, folder: str) -> str:
    """Attempts a second from eight threads, each a student going through 80 exercises."""
    store = opened(folder)
    room = classes.create(store, OPERATOR, "Recording", AT)
    students = [people.join(store, room.code, f"s{place}", AT).learner for place in range(THREADS)]
    made, faults, ends = [0] * THREADS, [], time.perf_counter() + seconds

    def work(place: int) -> None:
        for number in count():
            if time.perf_counter() > ends:
                return
            try:
                attempts.record(store, students[place], answer(f"e/{number % 80}", number // 80), AT)
            except Refusal as refusal:
                faults.append(refusal)
            made[place] += 1

    in_threads(work, THREADS)
    store.close()
    return f"{sum(made) / seconds:.0f} attempts a second from {THREADS} threads, {len(faults)} errors (target 200, 0)"


def fill(store: Store, room: int, students: int, exercises: list[str]) -> None:
    """A class in the middle of the course: up to five attempts at everything, four in five solved."""
    rows, counted = [], []
    with store.writing() as connection:
        connection.execute(
            learners_table.insert(),
            [
                {"classroom_id": room, "handle": f"s{n}", "handle_key": f"s{n}", "epoch": 0, "created_at": AT}
                for n in range(students)
            ],
        )
        numbers = connection.execute(select(learners_table.c.id).where(learners_table.c.classroom_id == room))
        for place, learner in enumerate(numbers.scalars().all()):
            for column, exercise in enumerate(exercises):
                tries = 1 + (place * 7 + column * 3) % 5
                solved = (place + column) % 5 > 0
                made = []
                for number in range(1, tries + 1):
                    passed = solved and number == tries
                    at = AT + timedelta(minutes=column * 3 + number)
                    said = Judgement(
                        passed, 1000 * passed, "converged" if passed else "moving", WRONG.message
                    )
                    task = Task(exercise, 1, "0" * 64, "0.1.0", 1, {})
                    made.append(
                        Attempt(0, learner, task, number, f"0.{number}", said, 0, at, at, "7F3K", False)
                    )
                counted.append({"learner_id": learner, **asdict(standings.amount_to(exercise, made))})
                rows += made
        connection.execute(standings_table.insert(), counted)


def read_matrix(students: int, target_ms: int, folder: str) -> str:
    """The teacher's live matrix of a class: the best of nine."""
    store = opened(folder)
    room = classes.create(store, OPERATOR, f"{students} students", AT).id
    exercises = [f"c{number // 8}/e{number}" for number in range(80)]
    fill(store, room, students, exercises)
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        found = matrix(store, OPERATOR, room, exercises, AT + timedelta(hours=4))
        times.append((time.perf_counter() - begin) * 1000)
    assert len(found.rows) == students
    store.close()
    best, median = min(times), statistics.median(times)
    return f"{students} × 80: {best:.0f} ms best, {median:.0f} ms median (target {target_ms})"


def join_at_once(students: int, folder: str) -> str:
    """A class that joins within the same moment, each student a thread, argon2 at its real cost."""
    store = opened(folder)
    room = classes.create(store, OPERATOR, "Joining", AT)
    took: list[float] = []

    def work(place: int) -> None:
        begin = time.perf_counter()
        people.join(store, room.code, f"student {place}", AT)
        took.append(time.perf_counter() - begin)

    in_threads(work, students)
    store.close()
    took.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    refused = students - len(took)
    late = took[int(0.95 * students) - 1]
    return f"{students} at once: {refused} refused, 95 % within {late:.2f} s (target 2), peak {peak:.0f} MB"


def write_until_killed(folder: str, code: str) -> None:
    """The victim: four students who answer as fast as they can and name every attempt that was acknowledged."""
    store = opened(folder)

    def work(place: int) -> None:
        who = people.join(store, code, f"{time.time_ns()} {place}", AT).learner
        for number in count():
            receipt = attempts.record(store, who, answer(f"e/{number % 80}", number // 80), AT)
            sys.stdout.write(f"{receipt.attempt.id}\n")
            sys.stdout.flush()

    in_threads(work, 4)


def pull_plugs(kills: int, folder: str) -> str:
    """Kill a writing process (SIGKILL) again and again; what it had acknowledged must be there."""
    store = opened(folder)
    room = classes.create(store, OPERATOR, "Crashing", AT)
    store.close()
    promised: set[int] = set()
    for kill in range(kills):
        command = [sys.executable, __file__, "--victim", folder, room.code]
        victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        lines = [victim.stdout.readline() for _ in range(50 + 40 * kill)] if victim.stdout else []
        victim.send_signal(signal.SIGKILL)
        rest = victim.communicate()[0].splitlines(keepends=True)
        promised |= {int(line) for line in (*lines, *rest) if line.endswith("\n")}
    store = opened(folder)
    with store.reading() as connection:
        kept = set(connection.execute(select(attempts_table.c.id)).scalars())
        total = connection.execute(select(func.count()).select_from(attempts_table)).scalar_one()
    store.close()
    lost = len(promised - kept)
    return f"{kills} kills: {len(promised)} acknowledged, {lost} lost, {total} kept (target 0 lost)"


def main() -> None:
    """Run everything, or be the victim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--victim", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.victim:
        write_until_killed(*options.victim)
        return
    rows: list[tuple[str, Callable[[str], str]]] = [
        ("join", lambda folder: join_at_once(100, folder)),
        ("record", lambda folder: record_for(options.seconds, folder)),
        ("matrix", lambda folder: read_matrix(40, 100, folder)),
        ("matrix", lambda folder: read_matrix(300, 400, folder)),
        ("crash", lambda folder: pull_plugs(options.kills, folder)),
    ]
    for name, run in rows:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{name:8}{run(folder)}", flush=True)


if __name__ == "__main__":
    main()
