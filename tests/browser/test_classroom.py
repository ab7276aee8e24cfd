"""A lesson in browsers: a teacher, a class of three, a second device, the matrix as it happens, and a live round."""

import re

import pytest
from playwright.sync_api import expect

from lrlab.ui.account.cookie import NAME
from tests.browser.conftest import ROOT
from tests.browser.visits import faults, laid_open

pytestmark = pytest.mark.browser

SOON = 3_000
"""A live view is this late at most, in milliseconds."""
TITLE = "Home in one step"
NAMES = ("calm heron", "amber otter", "<b>Zoë</b> *李*")


@pytest.fixture
def lab(serve_fresh, tmp_path, monkeypatch):
    """A new server with a teacher key, in a store of its own."""
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    monkeypatch.setenv("LRLAB_TEACHER_KEY", "the key of this lab")
    return serve_fresh(ROOT / "streamlit_app.py")


@pytest.fixture
def teacher(lab, page, settle):
    """The desk of a teacher who has begun a class, and the code of the class."""
    page.goto(f"{lab}/teacher")
    page.get_by_role("radio", name="Set up an account").click()
    page.get_by_label("Invitation or teacher key").fill("the key of this lab")
    page.get_by_label("Your name").fill("Ada Weber")
    page.get_by_role("textbox", name="A new passphrase").fill("four quite unrelated words")
    page.get_by_role("button", name="Set up the account").click()
    page.get_by_label("Name of the class").fill("Optimisation, Monday")
    page.get_by_role("button", name="Begin the class").click()
    code = page.get_by_role("img", name="Class code").get_attribute("aria-label").removeprefix("Class code ")
    return page, code


def door(page, lab, settle):
    page.goto(lab)
    page.get_by_text("Have a class code?").click()
    settle(page)


def join(page, lab, settle, code, name):
    """Join with a name; returns the PIN on the slip."""
    door(page, lab, settle)
    page.get_by_label("Class code").first.fill(code)
    page.get_by_label("Class code").first.press("Enter")
    page.get_by_label("Your name in this class").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    slip = page.get_by_test_id("stCode")
    expect(slip).to_contain_text("PIN")
    pin = re.search(r"PIN\s+(\d{3}) ?(\d{3})", slip.inner_text())
    page.get_by_role("button", name="I have it").click()
    arrived(page, name)
    return "".join(pin.groups())


def arrived(page, name):
    """Signed in on the page and in the browser's cookie, so that any page may be loaded next."""
    expect(page.get_by_text(f"You are {name}, in Optimisation, Monday.")).to_be_visible()
    page.wait_for_function("name => document.cookie.includes(name)", arg=f"{NAME}=")


def exercise(page):
    return laid_open(page, "first-step/home-in-one-step")


def curvature(box):
    """The number in front of θ² in the prompt, as the formula's own source has it."""
    written = box.locator("annotation").first.text_content()
    return float(re.search(r"\\cdot\s*([\d.]+)", written)[1])


def answer(page, text):
    box = exercise(page)
    box.get_by_role("textbox").fill(text)
    box.get_by_role("button", name="Run it").click()
    expect(box.get_by_text(re.compile(r"Saved, attempt \d"))).to_be_visible()


def cell(page, name):
    return page.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=name)).locator("td").nth(3)


def test_a_lesson(lab, teacher, new_page, settle):
    desk, code = teacher
    pages = [new_page(), new_page("dark", width=390, height=844), new_page()]
    pins = [join(page, lab, settle, code, name) for page, name in zip(pages, NAMES, strict=True)]
    desk.get_by_role("tab", name="Now").click()
    expect(cell(desk, NAMES[0])).to_have_text("·")
    assert desk.locator("tbody th b").count() == 0, "a name is text, whatever signs are in it"

    for page in pages:
        page.goto(f"{lab}/first_step")
        expect(exercise(page).get_by_role("textbox")).to_be_visible()
    heron, otter, zoe = pages
    answer(heron, str(1.0 / curvature(exercise(heron))))
    expect(cell(desk, NAMES[0])).to_have_text("✓", timeout=SOON)
    for place, text in enumerate(("0.011", "0.012", "0.013")):
        answer(otter, text)
        expect(otter.get_by_text(f"Saved, attempt {place + 1}")).to_be_visible()
    expect(cell(desk, NAMES[1])).to_have_text("▲", timeout=SOON)
    first = desk.locator("tbody tr").first
    expect(first.get_by_role("rowheader")).to_have_text(NAMES[1])
    expect(desk.locator(".call")).to_contain_text("3 times in a row: too smalllast tried 0.013")
    assert faults(desk) == []

    cell(desk, NAMES[1]).focus()
    desk.keyboard.press("Enter")
    looked_at = desk.locator(".st-key-now-cell")
    expect(looked_at.get_by_text(f"{NAMES[1]} · {TITLE}")).to_be_visible()
    expect(looked_at.get_by_test_id("player")).to_have_attribute("data-frames", re.compile(r"[1-9]"))

    heron.reload()
    expect(exercise(heron).get_by_text("✓ solved")).to_be_visible()
    other = new_page()
    door(other, lab, settle)
    other.get_by_role("tab", name="Come back").click()
    other.get_by_label("Class code").last.fill(code)
    other.get_by_label("Your name in the class").fill(NAMES[0])
    other.get_by_label("PIN").fill(pins[0])
    other.get_by_role("button", name="Come back").click()
    arrived(other, NAMES[0])
    other.goto(f"{lab}/first_step")
    expect(exercise(other).get_by_text("✓ solved")).to_be_visible()
    assert other.url.split("?")[0] == f"{lab}/first_step"
    assert pins[0] not in other.url

    _round(desk, (other, otter, zoe), settle)


def _round(desk, pages, settle):
    """One exercise for all: seen, voted, revealed, talked about, voted again, gone."""
    desk.get_by_role("tab", name="Live round").click()
    desk.get_by_role("combobox", name="Exercise").fill(TITLE)
    desk.get_by_role("option", name=TITLE).click()
    desk.get_by_role("button", name="Open the round").click()
    boards = [page.locator(".st-key-live-round") for page in pages]
    for board in boards:
        expect(board).to_be_visible(timeout=SOON)
    best = str(1.0 / curvature(boards[0]))
    for board, text in zip(boards, (best, "0.011", "9.9"), strict=True):
        vote(board, text)
    expect(desk.get_by_text("3 of 3 have voted")).to_be_visible(timeout=SOON)
    pages[1].reload()
    expect(boards[1].get_by_text("Your vote is in: “0.011”")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("3 of 3 have voted")).to_be_visible()
    assert "stopped short" not in boards[1].inner_text()

    desk.get_by_role("button", name="Reveal").click()
    for board, text in zip(boards, (best, "0.011", "9.9"), strict=True):
        expect(board.get_by_text(f"You said “{float(text):.4g}”.")).to_be_visible(timeout=SOON)
    expect(desk.get_by_test_id("player")).to_contain_text("the winning run")
    expect(desk.get_by_test_id("player")).to_contain_text("the run that was too large")
    assert faults(desk) == []
    assert faults(pages[1]) == []

    desk.get_by_role("button", name="Vote once more").click()
    for board in boards:
        expect(board.get_by_text("second vote")).to_be_visible(timeout=SOON)
        vote(board, best)
    desk.get_by_role("button", name="Reveal").click()
    turned = desk.get_by_test_id("stMetric").filter(has_text="turned to the right answer")
    expect(turned.get_by_test_id("stMetricValue")).to_have_text("2")
    for name in NAMES:
        assert name not in desk.inner_text("[data-testid=stMain]"), "what is projected has no names"
    desk.get_by_role("button", name="Close the round").click()
    for board in boards:
        expect(board).to_have_count(0, timeout=SOON)
    assert desk.get_by_test_id("stException").count() == 0


def vote(board, text):
    """Type slowly enough that the page looks for news meanwhile; what was typed must stay."""
    board.get_by_role("textbox").press_sequentially(text, delay=200)
    board.get_by_role("button", name="Vote").click()
    expect(board.get_by_text("Your vote is in")).to_be_visible()
