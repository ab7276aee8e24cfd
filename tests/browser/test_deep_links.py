"""A link to any page, on a server that nobody has asked for a page yet."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visits import PAGES, TITLES, visit

pytestmark = pytest.mark.browser
ROUTER = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.mark.parametrize("name", PAGES)
def test_a_deep_link_to_a_cold_server_shows_the_page_and_the_whole_menu(name, serve_fresh, page, settle):
    visit(page, settle, serve_fresh(ROUTER), name)
    menu = page.get_by_test_id("stSidebarNavLink")
    expect(menu).to_have_count(len(PAGES))
    assert [text.strip().split("\n")[-1] for text in menu.all_inner_texts()] == list(TITLES.values())
    expect(page.get_by_test_id("stException")).to_have_count(0)
