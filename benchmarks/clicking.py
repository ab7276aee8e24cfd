"""Impatient students: double-clicks and two tabs at once, and what the class has kept of them.

    python benchmarks/clicking.py [--double-clicks 1000] [--races 200] [--students 20]

A real server with a store of its own; each student is a raw websocket with a cookie. A double-click sends the same
form twice, 0 to 100 ms apart. In a race two tabs of one student send at once, in turn the same answer and two
different ones. Afterwards the attempts in the store must be the distinct answers, numbered without gaps, every one
of them acknowledged on the screen.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

from benchmarks.serving import LAUNCH, server
from benchmarks.tabs import Tab, open_tab
from lrlab.classroom import access, attempts, classes, database, people
from lrlab.classroom.access import Learner
from lrlab.classroom.database import Store

PAGE, SLUG = "first_step", "first-step/home-in-one-step"


@dataclass(frozen=True)
class Student:
    """A student of the class: who they are, and the token of their cookie."""

    learner: Learner
    token: str


@dataclass(frozen=True)
class Clicked:
    """What came of it.

    `answers` is how many different ones were sent, `attempts` how many were kept, `gaps` how many students' numbers are
    not 1, 2, 3 …, `locked` whether a lock was left behind in the store.
    """

    answers: int
    attempts: int
    gaps: int
    locked: bool
    faults: tuple[str, ...]
    seconds: float


def enrol(store: Store, count: int) -> list[Student]:
    """A class with so many students."""
    at = datetime.now(UTC)
    room = classes.create(store, access.Operator(), "Clicking", at)
    welcomes = [
        people.join(store, room.code, f"student {place}", at, own_device=True) for place in range(count)
    ]
    return [Student(welcome.learner, welcome.token) for welcome in welcomes]


async def double_click(tab: Tab, answer: str, gap: float, number: int) -> None:
    """Send the form twice, `gap` seconds apart, and wait until the page shows the receipt of attempt `number`."""
    request = fill_in(tab, answer)
    await tab.send(request)
    await asyncio.sleep(gap)
    await tab.send(request)
    await tab.until_said(lambda said: is_receipt(said) and f"attempt {number}," in said)


async def race(one: Tab, other: Tab, answer: str, other_answer: str) -> None:
    """Send two answers from two tabs in the same moment, and wait until each tab shows a new receipt."""
    requests = fill_in(one, answer), fill_in(other, other_answer)
    known = set(one.words), set(other.words)
    await asyncio.gather(one.send(requests[0]), other.send(requests[1]))
    await asyncio.gather(
        one.until_said(lambda said: is_receipt(said) and said not in known[0]),
        other.until_said(lambda said: is_receipt(said) and said not in known[1]),
    )


def is_receipt(said: str) -> bool:
    """Whether a line on the page acknowledges an answer."""
    return said.startswith("Saved, attempt ")


def fill_in(tab: Tab, answer: str):  # type: ignore[no-untyped-def]
    """The message of a filled-in form."""
    field = tab.find("text_input", SLUG)
    return tab.request((field, answer), (tab.button_of(field.form), True))


async def click(
    port: int, students: list[Student], double_clicks: int, races: int, seed: int = 0
) -> Counter[str]:
    """Let everyone click at once; returns how many different answers each student has sent, and faults."""
    generator = np.random.default_rng(seed)
    sent: Counter[str] = Counter()

    async def one(place: int, student: Student) -> None:
        tab = await open_tab(port, PAGE, student.token)
        await tab.unfold(SLUG)
        for number in range(double_clicks // len(students)):
            gap = float(generator.uniform(0.0, 0.1))
            await double_click(tab, f"1{number}", gap, number + 1)
            sent[student.learner.handle] += 1
        tabs = tab, await open_tab(port, PAGE, student.token)
        await tabs[1].unfold(SLUG)
        for number in range(races // len(students)):
            same = number % 2 == 0
            await race(*tabs, f"2{number}", f"2{number}" if same else f"3{number}")
            sent[student.learner.handle] += 1 if same else 2
        for each in tabs:
            sent.update(f"fault: {fault}" for fault in each.faults)
            await each.socket.close()

    await asyncio.gather(*(one(place, student) for place, student in enumerate(students)))
    return sent


def clicked(
    port: int, url: str, store: Store, everyone: list[Student], double_clicks: int, races: int
) -> Clicked:
    """Let everyone click on a lab that runs, and look at what its store has kept."""
    begin = datetime.now(UTC)
    sent = asyncio.run(click(port, everyone, double_clicks, races))
    took = (datetime.now(UTC) - begin).total_seconds()
    locked = is_locked(url)
    kept, gaps = 0, 0
    for student in everyone:
        past = attempts.history(store, student.learner, datetime.now(UTC))
        kept += len(past)
        gaps += sorted(attempt.number for attempt in past) != list(range(1, len(past) + 1))
    faults = tuple(name for name in sent if name.startswith("fault: "))
    answers = sum(count for name, count in sent.items() if name not in faults)
    return Clicked(answers, kept, gaps, locked, faults, took)


def is_locked(url: str) -> bool:
    """Whether somebody holds the pen of an SQLite file: a lock that was left behind."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def measure(double_clicks: int, races: int, students: int) -> Clicked:
    """Run it all against a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lrlab.db"
        store = database.open(url)
        if isinstance(store, database.Trouble):
            raise SystemExit(store.sentence)
        everyone = enrol(store, students)
        with server(LAUNCH, LRLAB_DATABASE_URL=url) as lab:
            found = clicked(lab.port, url, store, everyone, double_clicks, races)
        store.close()
    return found


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--double-clicks", type=int, default=1000)
    parser.add_argument("--races", type=int, default=200)
    parser.add_argument("--students", type=int, default=20)
    given = parser.parse_args()
    found = measure(given.double_clicks, given.races, given.students)
    print(
        f"{given.double_clicks} double-clicks and {given.races} races of two tabs by {given.students} students in "
        f"{found.seconds:.0f} s: {found.answers} different answers, {found.attempts} attempts, "
        f"{found.gaps} students with gaps, {len(found.faults)} faults, {'a' if found.locked else 'no'} lock left "
        "(target equal, 0, 0, no)"
    )


if __name__ == "__main__":
    main()
