"""A class that joins within one second, each student through the page: how long it takes, and what it costs.

    python benchmarks/joining.py [--students 100]

A real server with a store of its own and argon2 at its real cost. Every student is a raw websocket that has Home open
with the class code and a name typed in; all press "Join" at moments spread over one second. The time runs from the
click to the slip with the PIN on the screen.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

from benchmarks.serving import LAUNCH, server
from benchmarks.tabs import Tab, open_tab
from lrlab.classroom import access, classes, database

REFUSED = (
    "no class with this code",
    "takes nobody new",
    "in use in the class",
    "did not answer",
    "joined this class",
)


@dataclass(frozen=True)
class Joined:
    """What came of it: seconds for each student in order, how many students the class has, refusals, peak memory."""

    seconds: tuple[float, ...]
    students: int
    refused: int
    faults: tuple[str, ...]
    megabytes: float

    @property
    def slowest_but_five_in_a_hundred(self) -> float:
        """The 95th percentile of the times."""
        return self.seconds[max(0, -(-95 * len(self.seconds) // 100) - 1)]


async def at_the_door(port: int, code: str, name: str) -> Tab:
    """Open Home and type class code and name, as far as the click."""
    tab = await open_tab(port, "")
    await tab.send(tab.request((tab.find("text_input", "door.code"), code)))
    await tab.until_finished()
    tab.request((tab.find("text_input", "door.name"), name))
    return tab


async def join(tab: Tab, delay: float) -> float:
    """Click at its moment; returns the seconds until the slip is on the screen."""
    await asyncio.sleep(delay)
    begin = time.perf_counter()
    button = tab.button_of(tab.find("text_input", "door.name").form)
    await tab.send(tab.request((button, True)))
    await tab.until_said(lambda said: "You are in." in said or any(word in said for word in REFUSED))
    return time.perf_counter() - begin


async def join_all(port: int, code: str, count: int) -> tuple[list[float], list[Tab]]:
    """Bring everyone to the door, then let them click within one second."""
    tabs = [await at_the_door(port, code, f"student {place}") for place in range(count)]
    seconds = await asyncio.gather(*(join(tab, place / count) for place, tab in enumerate(tabs)))
    return seconds, tabs


def peak_megabytes(process: int) -> float:
    """The most memory a process has held so far (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure(students: int) -> Joined:
    """Run it against a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lrlab.db"
        store = database.open(url)
        if isinstance(store, database.Trouble):
            raise SystemExit(store.sentence)
        room = classes.create(store, access.Operator(), "Joining", datetime.now(UTC))
        with server(LAUNCH, LRLAB_DATABASE_URL=url) as lab:
            seconds, tabs = asyncio.run(join_all(lab.port, room.code, students))
            megabytes = peak_megabytes(lab.process)
        kept = classes.get(store, access.Operator(), room.id, datetime.now(UTC)).students
        store.close()
    said = [word for tab in tabs for word in tab.words]
    refused = sum(any(word in line for word in REFUSED) for line in said)
    faults = tuple(fault for tab in tabs for fault in tab.faults)
    return Joined(tuple(sorted(seconds)), kept, refused, faults, megabytes)


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    given = parser.parse_args()
    found = measure(given.students)
    print(
        f"{given.students} students within one second: {found.students} in the class, {found.refused} refused, "
        f"{len(found.faults)} faults, 95 % of them in {found.slowest_but_five_in_a_hundred:.2f} s, "
        f"{found.megabytes:.0f} MB at most (target all, 0, 0, 2 s, 650 MB)"
    )


if __name__ == "__main__":
    main()
