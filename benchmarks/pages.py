"""Every page in a real browser: how soon its first content stands, and how soon its slowest control is answered.

    python -m benchmarks.pages [--only lr_finder] [--bound 1.0]

Starts a server of its own, opens every page once so that the server is warm, then measures. The first content is the
page's heading and its first paragraph, in a new tab, the median of three. A control is answered when the run that it
asks for has ended, or when a progress bar says what is being computed. Every slider, select box, number, radio, check
box and segmented control is touched once. Exit 1 where anything takes longer than the bound.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from lrlab.ui import navigation
from tests.browser.conftest import FLAGS, ROOT, Servers, executable

Act = Callable[[Locator], object]

BOUND = 1.0
TABS = 3
QUIET_MS = 400
"""A control that has asked for no run by then is answered in the browser alone."""
PATIENCE_MS = 120_000

WATCH = """() => {
    if (window.probe) return;
    const probe = window.probe = {start: 0, ran: null, said: null, done: null};
    const app = document.querySelector('[data-testid=stApp]');
    const look = () => {
        const now = performance.now(), idle = app.dataset.testScriptState === 'notRunning';
        if (!idle && probe.ran === null) probe.ran = now;
        if (idle && probe.ran !== null && probe.done === null) probe.done = now;
        if (!idle) probe.done = null;
        if (probe.said === null && document.querySelector('[data-testid=stMain] [data-testid=stProgress]')) {
            probe.said = now;
        }
    };
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true,
        attributeFilter: ['data-test-script-state']});
}"""
BEGIN = "() => Object.assign(window.probe, {start: performance.now(), ran: null, said: null, done: null})"
READ = "() => window.probe"
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app?.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
        && !document.querySelector('[data-testid=stSkeleton]');
}"""
FIRST_CONTENT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    if (!main?.querySelector('h1') || !main.querySelector('[data-testid=stMarkdownContainer] p')) return false;
    return performance.now();
}"""


@dataclass
class Measured:
    """One page: first content, and for each control its name, its answer, and the end of its run, in seconds."""

    page: str
    first: float = 0.0
    controls: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def slowest(self) -> tuple[str, float, float]:
        """The control that was answered last."""
        return max(self.controls, key=lambda control: control[1], default=("none", 0.0, 0.0))


def address(server: str, name: str) -> str:
    """Where a page is."""
    return f"{server}/{'' if name == 'home' else name}"


def settle(page: Page) -> None:
    """Wait until the page's run has ended."""
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)


def opened(browser: Browser, server: str, name: str) -> Page:
    """A page in a tab of its own, its prediction still to be made."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address(server, name))
    page.wait_for_selector("[data-testid=stMain] h1", timeout=PATIENCE_MS)
    settle(page)
    return page


def enter(page: Page) -> Locator:
    """The button that skips a prediction."""
    return page.get_by_role("button", name="Skip, just let me play").first


def warm(browser: Browser, server: str, names: list[str]) -> None:
    """Open every page and its lab once."""
    for name in names:
        page = opened(browser, server, name)
        if enter(page).count():
            enter(page).click()
            page.wait_for_timeout(QUIET_MS)
            settle(page)
        page.context.close()


def first_content(browser: Browser, server: str, name: str) -> float:
    """Seconds from asking for the page to its heading and first paragraph, the median of a few tabs."""
    times = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.new_page().goto(
        address(server, "progress")
    )  # the programme itself is in the browser's cache then
    settle(context.pages[0])
    for _ in range(TABS):
        page = context.new_page()
        page.goto(address(server, name), wait_until="commit")
        found = page.wait_for_function(FIRST_CONTENT, timeout=PATIENCE_MS, polling=10)
        times.append(float(found.json_value()) / 1e3)
        page.close()
    context.close()
    return statistics.median(times)


def timed(page: Page, measured: Measured, name: str, touch: Callable[[], object]) -> None:
    """Touch a control and write down when it was answered and when its run had ended."""
    page.evaluate(WATCH)
    page.evaluate(BEGIN)
    touch()
    page.wait_for_timeout(QUIET_MS)
    settle(page)
    probe = page.evaluate(READ)
    if probe["ran"] is None:
        measured.controls.append((name, 0.0, 0.0))
        return
    done = (probe["done"] or page.evaluate("() => performance.now()")) - probe["start"]
    said = probe["said"] - probe["start"] if probe["said"] else done
    measured.controls.append((name, min(said, done) / 1e3, done / 1e3))


def label(control: Locator) -> str:
    """What a control is called on the screen."""
    return str(
        control.evaluate(
            """node => node.getAttribute('aria-label') || node.closest('[class*=st-key]')?.innerText
                || node.innerText || node.tagName"""
        )
    ).split("\n")[0][:40]


def touch_all(page: Page, measured: Measured) -> None:
    """Touch every control of the main area once."""
    main = page.get_by_test_id("stMain")
    press = page.keyboard.press

    def each(kind: str, controls: Locator, act: Act, prepare: Act = lambda _: None) -> None:
        for number in range(controls.count()):
            control = controls.nth(number)
            if control.count() and control.is_visible() and control.is_enabled():
                name = f"{kind} “{label(control)}”"
                prepare(control)
                timed(page, measured, name, lambda control=control: act(control))  # type: ignore[misc]

    def slide(control: Locator) -> None:
        at_end = control.get_attribute("aria-valuenow") == control.get_attribute("aria-valuemax")
        press("ArrowLeft" if at_end else "ArrowRight")

    def unfold(control: Locator) -> None:
        control.focus()
        press("ArrowDown")
        press("ArrowDown")

    def click(control: Locator) -> None:
        control.click()

    def choose(group: Locator) -> None:
        # Where everything is chosen already, a click takes the last one away.
        rest = group.locator("button:not([aria-checked=true]):not([aria-pressed=true])")
        (rest if rest.count() else group.locator("button")).last.click()

    each("slider", main.get_by_role("slider"), slide, Locator.focus)
    each(
        "select", main.get_by_test_id("stSelectbox").get_by_role("combobox"), lambda _: press("Enter"), unfold
    )
    each("number", main.get_by_test_id("stNumberInputStepUp"), click)
    each("choice", main.get_by_test_id("stButtonGroup"), choose)
    each("radio", main.get_by_test_id("stRadio").locator("label:nth-of-type(2)"), click)
    each("check", main.get_by_test_id("stCheckbox").locator("label"), click)


def measure(browser: Browser, server: str, name: str) -> Measured:
    """One page: its first content, its lab opened, and all its controls."""
    measured = Measured(name, first_content(browser, server, name))
    page = opened(browser, server, name)
    if enter(page).count():
        timed(page, measured, "the prediction skipped", enter(page).click)
    touch_all(page, measured)
    page.context.close()
    return measured


def main() -> int:
    """Measure every page and print a row for each."""
    every = [entry.name for entry in navigation.CONTENTS]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", nargs="*", choices=every, default=every, help="these pages")
    parser.add_argument("--bound", type=float, default=BOUND, help="seconds")
    asked = parser.parse_args()
    chromium = executable()
    if chromium is None:
        print("no Chromium or Chrome here: `make browser` installs one, or set CHROMIUM= to the path of one")
        return 2
    late = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers = Servers(Path(folder))
        try:
            server = servers.start(ROOT / "streamlit_app.py")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            warm(browser, server, asked.only)
            print(
                f"{'page':20s} {'first':>6s} {'controls':>9s} {'slowest':>8s} {'its end':>8s}  which (seconds)"
            )
            for name in asked.only:
                found = measure(browser, server, name)
                which, answer, end = found.slowest
                print(
                    f"{name:20s} {found.first:6.2f} {len(found.controls):9d} {answer:8.2f} {end:8.2f}  {which}",
                    flush=True,
                )
                late += found.first > asked.bound
                for control, each, _ in found.controls:
                    if each > asked.bound:
                        late += 1
                        print(f"{'':20s} answered after {each:.2f} s: {control}")
            browser.close()
        finally:
            servers.stop()
    print(f"{late} above {asked.bound:g} s" if late else f"everything within {asked.bound:g} s")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
