"""The whole course, page by page, in a light window: predict, run, observe, with axe looking on."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import PAGES, TOPICS, drawn, faults, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_walked_from_prediction_to_observation_and_axe_finds_no_fault(name, lab, page, settle):
    visit(page, settle, lab, name)
    commit = page.get_by_role("button", name="Commit to it")
    if commit.count():
        page.get_by_role("radio").first.check(force=True)
        commit.click()
        expect(page.get_by_role("heading", name="Run", exact=True)).to_be_visible()
        settle(page)
        drawn(page)
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
    assert not faults(page)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in TOPICS])
def test_axe_finds_no_fault_on_a_desk_beside_the_course(name, lab, page, settle):
    visit(page, settle, lab, name)
    assert not faults(page)
