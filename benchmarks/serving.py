"""Runs of a page a second, many students at once: Streamlit's collector as shipped against the lab's settings.

    python benchmarks/serving.py [--students 20] [--seconds 10] [--page too_large]

Starts a real server twice, once with the collection after every run that Streamlit ships and without the freeze of
`frame.warm_up`, once as the lab runs. Raw websocket sessions rerun the page as fast as the server answers.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[1]
LAUNCH = "from streamlit.web.cli import main; main()"
AS_SHIPPED = f"import gc; gc.freeze = lambda: None; {LAUNCH}"


@dataclass(frozen=True)
class Running:
    """A lab that answers at a port of this machine, and the number of its process."""

    port: int
    process: int


def free_port() -> int:
    """A port that nobody listens to at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(
    launch: str, *options: str, script: str = "streamlit_app.py", port: int | None = None, **environment: str
) -> Iterator[Running]:
    """Start the lab, on a free port if None, with these additions to the environment, and stop it afterwards."""
    port = port or free_port()
    command = [sys.executable, "-c", launch, "run", script, "--server.headless", "true"]
    command += ["--server.fileWatcherType", "none"]  # a file saved during the measurement must not count
    process = subprocess.Popen(
        [*command, "--server.port", str(port), *options],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not healthy(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield Running(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def healthy(port: int) -> bool:
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


async def student(
    port: int, page: str, opened: asyncio.Barrier, seconds: float, exceptions: list[str]
) -> int:
    """Open `page`, wait for the others, rerun it for some seconds; return how many reruns were finished."""
    request = BackMsg()
    request.rerun_script.page_name = page

    async def run() -> None:
        await socket_.send(request.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(await socket_.recv())  # type: ignore[arg-type]
            if message.delta.new_element.HasField("exception"):
                exceptions.append(message.delta.new_element.exception.message)
            # A run may be broken off for another: the very first deep link to a server is.
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and message.HasField(
                "script_finished"
            ):
                return

    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as socket_:  # type: ignore[list-item]
        await run()
        await opened.wait()
        runs, deadline = 0, time.monotonic() + seconds
        while time.monotonic() < deadline:
            await run()
            runs += 1
    return runs


async def runs_a_second(port: int, page: str, students: int, seconds: float) -> float:
    """Let every student open the page, whose exercises are drawn for each of them, then count their reruns."""
    exceptions: list[str] = []
    opened = asyncio.Barrier(students)
    counts = await asyncio.gather(
        *(student(port, page, opened, seconds, exceptions) for _ in range(students))
    )
    if exceptions:
        raise RuntimeError(f"the page raised: {exceptions[0]}")
    return sum(counts) / seconds


def main() -> None:
    """Print both figures and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--page", default="too_large")
    given = parser.parse_args()
    figures = {}
    for name, launch, options in (
        ("as shipped", AS_SHIPPED, ("--runner.postScriptGC", "true")),
        ("as the lab runs", LAUNCH, ()),
    ):
        with server(launch, *options) as lab:
            figures[name] = asyncio.run(runs_a_second(lab.port, given.page, given.students, given.seconds))
        print(f"{name:>16}: {figures[name]:7.1f} runs of {given.page} a second, {given.students} students")
    print(f"{'ratio':>16}: {figures['as the lab runs'] / figures['as shipped']:7.1f}")


if __name__ == "__main__":
    main()
