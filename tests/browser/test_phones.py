"""Every page on a phone in the dark: nothing sticks out, and axe finds no fault."""

import pytest

from tests.browser.visits import PAGES, enter, faults, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_in_the_dark_nothing_sticks_out_and_axe_finds_no_fault(name, lab, new_page, settle):
    page = new_page("dark", width=390, height=844)
    visit(page, settle, lab, name)
    enter(page, settle)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
    assert not faults(page)
