"""Going to a page of the running lab, as every test of it does first."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lrlab.ui import navigation

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


def laid_open(page, slug):
    """An exercise of the page, opened where it is one line."""
    name = slug.replace("/", "-")
    task, fold = page.locator(f".st-key-exercise-{name}"), page.locator(f".st-key-{name}-folded")
    expect(task.or_(fold).first).to_be_visible(timeout=30_000)
    if not task.count():
        fold.locator("summary").click()
        expect(task).to_be_visible()
    return task


def faults(page):
    """What axe finds on the page, its part of the window alone; the names of rules, with the first place of each."""
    drawn(page)  # a page may have run once more since, as Home does when it knows who is here
    found = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    return [
        f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:150]})"
        for each in found
        if each["id"] not in NOT_OURS and each["impact"] in ("serious", "critical")
    ]
