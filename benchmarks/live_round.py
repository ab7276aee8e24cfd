"""A live round in a large class: how soon every student's page shows it, takes the vote, and shows the result.

    python benchmarks/live_round.py [--students 100] [--page too_small]

A real server with a store of its own. Every student is a raw websocket with the page open, signed in, which asks for
news every two seconds as a browser does. The teacher's steps go through the store, as those of the teacher's page do.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

import lrlab
from benchmarks.joining import peak_megabytes
from benchmarks.serving import LAUNCH, server
from benchmarks.tabs import Tab, open_tab
from lrlab.classroom import access, classes, database, people, rounds
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.tasks import Task
from lrlab.grading import load_track, variant

OPERATOR = access.Operator()
SLUG = "first-step/home-in-one-step"


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def task() -> Task:
    """What the class is asked."""
    exercise = load_track(Path(__file__).parents[1] / "exercises").exercises[SLUG]
    drawn = variant(exercise, 1)
    return Task(SLUG, 0, exercise.version, lrlab.__version__, 1, dict(drawn.given))


async def until(tab: Tab, said: str, give_up: asyncio.Event) -> float:
    """Ask for news every two seconds until the page says something; returns when it did."""
    (fragment, interval), *_ = tab.refreshed.items()
    while not give_up.is_set():
        begin, seen = time.perf_counter(), len(tab.words)
        await tab.refresh(fragment)
        if any(said in word for word in tab.words[seen:]):
            return time.perf_counter()
        await asyncio.sleep(max(0.0, begin + interval - time.perf_counter()))
    return time.perf_counter()


async def vote(tab: Tab, place: int) -> None:
    """Type a rate that is too small, another one for everybody, and send it."""
    field = tab.find("text_input", "round.")
    tab.request((field, f"0.00{place + 1:03d}"))
    await tab.send(tab.request((tab.button_of(field.form), True)))
    await tab.until_finished()


async def play(
    port: int, tokens: list[str], page: str, teacher: Callable[[str], None]
) -> dict[str, list[float]]:
    """One round from the first look to the result; seconds for each student and step."""
    tabs = [await open_tab(port, page, token) for token in tokens]
    waits: dict[str, list[float]] = {}

    async def all_see(said: str, step: str) -> None:
        give_up = asyncio.Event()
        watching = [
            asyncio.create_task(_later(2.0 * place / len(tabs), until(tab, said, give_up)))
            for place, tab in enumerate(tabs)
        ]
        await asyncio.sleep(2.5)  # everyone is in step with their own clock before the teacher acts
        begin = time.perf_counter()
        await asyncio.to_thread(teacher, step)
        waits[step] = sorted(done - begin for done in await asyncio.gather(*watching))

    await all_see("Live round", "open")
    begin = time.perf_counter()
    await asyncio.gather(*(vote(tab, place) for place, tab in enumerate(tabs)))
    waits["vote"] = [time.perf_counter() - begin]
    await all_see("You stopped short", "reveal")
    faults = [fault for tab in tabs for fault in tab.faults]
    if faults:
        raise SystemExit(f"{len(faults)} faults, the first: {faults[0]}")
    return waits


async def _later(seconds: float, work: object) -> float:
    await asyncio.sleep(seconds)
    return float(await work)  # type: ignore[misc]


def seconds_of(process: int) -> float:
    """The processor time a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def steps(store: Store, room: Classroom) -> Callable[[str], None]:
    """The teacher's part."""

    def act(step: str) -> None:
        if step == "open":
            rounds.open_round(store, OPERATOR, room.id, task(), now())
        else:
            rounds.reveal(store, OPERATOR, room.id, now())

    return act


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--page", default="too_small")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lrlab.db"
        store = database.open(url)
        if isinstance(store, database.Trouble):
            raise SystemExit(store.sentence)
        room = classes.create(store, OPERATOR, "Live", now())
        tokens = [
            people.join(store, room.code, f"student {place}", now()).token for place in range(given.students)
        ]
        with server(LAUNCH, LRLAB_DATABASE_URL=url) as lab:
            before = seconds_of(lab.process)
            begin = time.perf_counter()
            waits = asyncio.run(play(lab.port, tokens, given.page, steps(store, room)))
            spent, wall = seconds_of(lab.process) - before, time.perf_counter() - begin
            megabytes = peak_megabytes(lab.process)
        ((_, voters),) = rounds.past(store, OPERATOR, room.id, now())
        store.close()
    print(
        f"{given.students} students: the round is on every page after {waits['open'][-1]:.2f} s, all {voters} votes "
        f"at once are in after {waits['vote'][0]:.2f} s, the result is on every page after "
        f"{waits['reveal'][-1]:.2f} s (target 3 s each); {spent:.0f} s of one core in {wall:.0f} s, "
        f"{megabytes:.0f} MB at most"
    )


if __name__ == "__main__":
    main()
