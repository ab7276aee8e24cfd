"""The lab as people meet it: a real server, a real Chromium, and ways to see what passes between them.

`lab` is the address of the running lab, `serve(script)` that of any other script; both servers last for the session.
`serve_fresh(script)` starts one that no page was asked of yet and ends with the test. `page`, `dark_page` and
`narrow_page` are empty tabs, `new_page(…)` makes more. `settle(page)` waits until Streamlit has finished a run, and
`runs_asked(page)` counts the runs that the tab has asked the server for.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg

collect_ignore_glob = ["apps/*"]

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = "no Chromium or Chrome here: `make browser` installs one, or set CHROMIUM= to the path of one"


def executable():
    wanted = os.environ.get("CHROMIUM")
    candidates = [wanted] if wanted else [*NAMES, *PLACES]
    return next(filter(None, map(shutil.which, candidates)), None)


def pytest_runtest_setup():
    # Skipped here and not in a fixture, so that pytest reports all of them in one line.
    if executable() is None and os.environ.get("LRLAB_REQUIRE_BROWSER") != "1":
        pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser():
    found = executable()
    if found is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


class Servers:
    """Streamlit servers that were started here, and end here."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []

    def start(self, script):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = self.folder / f"server-{port}.log"
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        settings = {"port": port, "headless": "true", "fileWatcherType": "none", "address": "127.0.0.1"}
        for name, value in settings.items():
            command += [f"--server.{name}", str(value)]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        self._wait(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        return f"http://127.0.0.1:{port}"

    def _wait(self, health, process, log):
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            try:
                with urlopen(health, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        pytest.fail(f"the server did not start:\n{log.read_text()}")

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="session")
def serve(browser, tmp_path_factory):
    servers = Servers(tmp_path_factory.mktemp("servers"))
    addresses = {}

    def start(script):
        if script not in addresses:
            addresses[script] = servers.start(script)
        return addresses[script]

    yield start
    servers.stop()


@pytest.fixture
def serve_fresh(browser, tmp_path):
    servers = Servers(tmp_path)
    yield servers.start
    servers.stop()


@pytest.fixture(scope="session")
def lab(serve):
    return serve(ROOT / "streamlit_app.py")


@pytest.fixture(scope="session")
def _asked():
    return {}


@pytest.fixture
def new_page(browser, _asked):
    contexts = []

    def open_page(scheme="light", width=1280, height=900, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        _asked[page] = 0

        def count(frame):
            message = BackMsg()
            if isinstance(frame, bytes) and message.ParseFromString(frame) is not None:
                _asked[page] += message.WhichOneof("type") == "rerun_script"

        page.on("websocket", lambda socket: socket.on("framesent", count))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def dark_page(new_page):
    return new_page("dark")


@pytest.fixture
def narrow_page(new_page):
    return new_page(width=390, height=844)


@pytest.fixture(scope="session")
def runs_asked(_asked):
    return _asked.__getitem__


@pytest.fixture(scope="session")
def settle():
    def wait(page):
        page.wait_for_function(
            """() => {
                const app = document.querySelector('[data-testid=stApp]');
                return app?.dataset.testScriptState === 'notRunning'
                    && app.dataset.testConnectionState === 'CONNECTED'
                    && !document.querySelector('[data-testid=stSkeleton]');
            }"""
        )

    return wait
