"""A student of a class at an exercise, as only a browser can be: two tabs, double clicks, a refresh, no mouse."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from lrlab.classroom import access, attempts, classes, database, people
from lrlab.ui.account import cookie
from tests.browser.conftest import ROOT
from tests.browser.visits import drawn, faults, laid_open, visit

pytestmark = pytest.mark.browser
HOME = "first-step/home-in-one-step"


@pytest.fixture
def student(serve_fresh, tmp_path, monkeypatch):
    """A student who has joined a class on a new server: the address, their token, and what is on record of them."""
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    lab, at = serve_fresh(ROOT / "streamlit_app.py"), datetime.now(UTC)
    store = database.open(f"sqlite:///{tmp_path}/lrlab.db")
    room = classes.create(store, access.Operator(), "Optimisation, Monday", at)
    joined = people.join(store, room.code, "calm heron", at)

    def on_record():
        past = attempts.history(store, joined.learner, datetime.now(UTC), HOME)
        return [(kept.task.variant, kept.number, kept.answer, kept.judgement.passed) for kept in past]

    yield lab, joined.token, on_record
    store.close()


def the_task(page):
    return laid_open(page, HOME)


def curvature(page):
    return float(the_task(page).locator("annotation").first.text_content().split(r"\cdot")[1].split("\\")[0])


def test_two_tabs_double_clicks_and_a_refresh_lose_nothing_and_count_nothing_twice(student, new_page, settle):
    lab, token, on_record = student
    page = new_page()
    page.context.add_cookies([{"name": cookie.NAME, "value": token, "url": lab}])
    other = page.context.new_page()
    for tab in (page, other):
        visit(tab, settle, lab, "first_step")
    task, there = the_task(page), the_task(other)

    task.get_by_role("textbox").fill("0,0001")
    task.get_by_role("button", name="Run it").dblclick()
    expect(task.get_by_text("Saved, attempt 1")).to_be_visible()
    settle(page)
    assert on_record() == [(1, 1, "0,0001", False)]

    # The other tab was opened before that, and does not know.
    there.get_by_role("textbox").fill("0,0001")
    there.get_by_role("button", name="Run it").click()
    expect(there.get_by_text("It counts once.").or_(there.get_by_text("Saved, attempt 1"))).not_to_have_count(
        0
    )
    there.get_by_role("textbox").fill("9.9")
    there.get_by_role("textbox").press("Enter")
    expect(there.get_by_text("Saved, attempt 2")).to_be_visible()
    assert on_record() == [(1, 1, "0,0001", False), (1, 2, "9.9", False)]

    page.reload()
    settle(page)
    expect(task.get_by_text("Saved, attempt 2")).to_be_visible()
    expect(task.get_by_text("more than twice as long as the way")).to_be_visible()
    expect(task.get_by_test_id("player")).to_have_count(0)
    task.get_by_text("Your run, replayed").click()
    expect(task.get_by_test_id("player")).to_be_visible()

    task.get_by_role("textbox").fill(json.dumps(1 / curvature(page)))
    task.get_by_role("button", name="Run it").click()
    expect(task.get_by_text("✓ solved")).to_be_visible()
    settle(page)
    drawn(page)
    assert faults(page) == []
    task.get_by_role("button", name="Another one").dblclick()
    expect(task.get_by_role("textbox")).to_have_value("")
    settle(page)

    # The other tab stays with the numbers that it shows.
    there.get_by_role("textbox").fill("0.02")
    there.get_by_role("button", name="Run it").click()
    expect(there.get_by_text("Saved, attempt 4")).to_be_visible()
    task.get_by_role("textbox").fill("0.03")
    task.get_by_role("textbox").press("Enter")
    expect(task.get_by_text("Saved, attempt 1")).to_be_visible()
    there_kept, here_kept = on_record()[3:]
    assert there_kept[:3] == (1, 4, "0.02")
    assert here_kept[1:3] == (1, "0.03")
    assert here_kept[0] > 1, "the second, or the first after it that has another number"


def test_a_worked_example_is_gone_through_without_a_mouse(lab, page, settle):
    visit(page, settle, lab, "first_step")
    task = page.locator(".st-key-exercise-first-step-one-step-by-hand")
    steps = 0
    while task.get_by_role("button", name="Answer").count():
        task.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        expect(task.get_by_role("button", name="Answer")).to_be_focused()
        page.keyboard.press("Enter")
        steps += 1
        said = task.get_by_text("Yes.").or_(task.get_by_text("Not quite"))
        expect(said).to_have_count(steps)
        settle(page)
    assert steps >= 2
    field = task.get_by_role("textbox")
    field.focus()
    page.keyboard.type("<script>document.title = 'broken'</script>")
    page.keyboard.press("Enter")
    expect(task.get_by_text("This did not count as an attempt.")).to_be_visible()
    assert page.title() != "broken"
    assert faults(page) == []
