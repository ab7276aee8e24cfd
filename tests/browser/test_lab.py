"""The lab as a student meets it: deep links, the course walked page by page, both themes, a phone, a refresh."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lrlab.ui import navigation

pytestmark = pytest.mark.browser
ROUTER = Path(__file__).parents[2] / "streamlit_app.py"
PAGES = [entry.name for entry in navigation.CONTENTS]
TOPICS = [entry.name for entry in navigation.TOPICS]
TITLES = {entry.name: entry.title for entry in navigation.CONTENTS}
HEADINGS = {entry.name: entry.heading or entry.title for entry in navigation.CONTENTS}
# Streamlit's own: its menu button and header are drawn outside the page, and its sliders label their thumbs twice.
NOT_OURS = {"region", "landmark-one-main", "page-has-heading-one", "landmark-unique"}


def address(lab, name, query=""):
    return f"{lab}/{'' if name == 'home' else name}{query}"


def visit(page, settle, lab, name, query=""):
    page.goto(address(lab, name, query))
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[name], timeout=30_000)
    settle(page)
    drawn(page)


def drawn(page):
    """Wait until every player on the page has drawn its first frame."""
    for player in page.get_by_test_id("player").all():
        expect(player).to_have_attribute("data-frames", re.compile(r"[1-9]"), timeout=30_000)


def enter(page, settle):
    """Skip the prediction where there is one, so that the lab is open."""
    skip = page.get_by_role("button", name="Skip, just let me play")
    if skip.count():
        skip.first.click()
        expect(skip).to_have_count(0)
        settle(page)
        drawn(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_deep_link_to_a_cold_server_shows_the_page_and_the_whole_menu(name, serve_fresh, page, settle):
    visit(page, settle, serve_fresh(ROUTER), name)
    menu = page.get_by_test_id("stSidebarNavLink")
    expect(menu).to_have_count(len(PAGES))
    assert [text.strip().split("\n")[-1] for text in menu.all_inner_texts()] == list(TITLES.values())
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_walked_from_prediction_to_observation(name, lab, page, settle):
    visit(page, settle, lab, name)
    commit = page.get_by_role("button", name="Commit to it")
    if commit.count():
        page.get_by_role("radio").first.check(force=True)
        commit.click()
        expect(page.get_by_role("heading", name="Run", exact=True)).to_be_visible()
        settle(page)
    look = page.get_by_test_id("player-commit").filter(visible=True)
    if look.count():
        look.first.click()
        settle(page)
    seen = page.get_by_text("Observe.", exact=True).first
    expect(seen).to_be_visible()
    answers = seen.locator("xpath=following::div[@data-testid='stButtonGroup'][1]")
    answers.get_by_role("button").or_(answers.get_by_role("radio")).first.click()
    settle(page)
    said = page.get_by_text("That is what the numbers say too.").or_(page.get_by_text("Look again."))
    expect(said.first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_can_find(name, scheme, lab, new_page, settle):
    page = new_page(scheme)
    visit(page, settle, lab, name)
    enter(page, settle)
    found = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    faults = [
        f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:150]})"
        for each in found
        if each["id"] not in NOT_OURS and each["impact"] in ("serious", "critical")
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_on_a_phone(name, lab, narrow_page, settle):
    visit(narrow_page, settle, lab, name)
    enter(narrow_page, settle)
    main = "document.querySelector('[data-testid=stMain]')"
    assert narrow_page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0


def test_dragging_the_rate_on_a_page_of_the_course_asks_the_server_for_nothing(lab, page, settle, runs_asked):
    visit(page, settle, lab, "too_large")
    enter(page, settle)
    slider = page.get_by_test_id("player-rate")
    player = page.get_by_test_id("player")
    slider.focus()
    before, rate = runs_asked(page), player.get_attribute("data-rate")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(player).not_to_have_attribute("data-rate", rate)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert runs_asked(page) == before


def test_a_set_up_stands_in_the_address_and_outlives_refresh_and_change_of_page(lab, page, settle):
    visit(page, settle, lab, "sandbox", "?sandbox.surface=Ravine&sandbox.rate=0.05")
    surface = page.get_by_role("combobox", name="Surface")
    expect(surface).to_have_value("Ravine")
    expect(page.get_by_test_id("player")).to_have_attribute("data-rate", "0.05")
    page.reload()
    settle(page)
    expect(surface).to_have_value("Ravine")
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Too large").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["too_large"])
    settle(page)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Sandbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["sandbox"])
    expect(surface).to_have_value("Ravine")
    expect(page.get_by_test_id("player")).to_have_attribute("data-rate", "0.05")


def test_an_exercise_is_answered_refused_and_solved(lab, page, settle):
    visit(page, settle, lab, "first_step")
    task = page.locator(".st-key-exercise-first-step-home-in-one-step")
    field = task.get_by_role("textbox")
    for nonsense in ("1e400", "fast", ""):
        field.fill(nonsense)
        task.get_by_role("button", name="Run it").click()
        expect(task.get_by_text("This did not count as an attempt.")).to_be_visible()
    field.fill("0,0001")
    task.get_by_role("button", name="Run it").click()
    expect(task.get_by_test_id("player")).to_be_visible()
    expect(task.get_by_text("○ open")).to_be_visible()
    task_in_latex = task.locator("annotation").first.text_content()
    curvature = float(re.search(r"cdot\s*([\d.]+)", task_in_latex).group(1))
    field.fill(str(1 / curvature).replace(".", ","))
    task.get_by_role("button", name="Run it").click()
    expect(task.get_by_text("✓ solved")).to_be_visible()
    settle(page)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="My progress").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["progress"])
    ring = page.get_by_role("img", name=f"{TITLES['first_step']}: 1 of")
    expect(ring).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("img", name=f"{TITLES['first_step']}: 0 of")).to_be_visible()
