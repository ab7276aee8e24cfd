"""The lab as a student meets it: a drag, a set-up to share, an exercise, a refresh."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visits import TITLES, enter, laid_open, visit

pytestmark = pytest.mark.browser


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
    task = laid_open(page, "first-step/home-in-one-step")
    field = task.get_by_role("textbox")
    for nonsense in ("1e400", "fast", ""):
        field.fill(nonsense)
        task.get_by_role("button", name="Run it").click()
        expect(task.get_by_text("This did not count as an attempt.")).to_be_visible()
    field.fill("0,0001")
    task.get_by_role("button", name="Run it").click()
    expect(task.get_by_test_id("player")).to_be_visible()
    expect(task.get_by_text("○ to do")).to_be_visible()
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
