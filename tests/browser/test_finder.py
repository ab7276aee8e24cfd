"""The finder in the browser: a slider that the server never hears of, and a file of one's own."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import enter, faults, visit

pytestmark = pytest.mark.browser


def test_fact_22_the_memory_of_the_average_is_moved_in_the_browser_alone(lab, page, settle, runs_asked):
    visit(page, settle, lab, "lr_finder")
    enter(page, settle)
    memory = page.get_by_label("Memory β of the average")
    expect(memory).to_have_value("0.9")
    chart = page.get_by_test_id("stVegaLiteChart").filter(has=memory)
    expect(chart).to_have_count(1)
    drawn = "chart => chart.querySelector('canvas')?.toDataURL() ?? chart.querySelector('svg').outerHTML"
    before, asked = chart.evaluate(drawn), runs_asked(page)
    memory.focus()
    page.keyboard.press("End")
    expect(memory).to_have_value("0.98")
    page.wait_for_function(
        f"([chart, before]) => ({drawn})(chart) !== before", arg=[chart.element_handle(), before]
    )
    assert runs_asked(page) == asked


def test_a_file_of_ones_own_is_read_trained_on_and_a_bad_one_answered(lab, page, settle):
    visit(page, settle, lab, "lr_finder", "?lr_finder.data=Your+own+CSV+file")
    enter(page, settle)
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "sheet.csv", "mimeType": "text/csv", "buffer": b"PK\x03\x04 no table"})
    alert = page.get_by_role("alert").filter(has_text="a workbook or an archive")
    expect(alert).to_be_visible()
    rows = "".join(f"{k % 7},<b>{'ab'[k % 2]}</b>,{3 * (k % 7) + k % 2}.5\n" for k in range(60))
    table = f"size,![kind](x),price\n{rows}".encode()
    chooser.set_input_files({"name": "houses.csv", "mimeType": "text/csv", "buffer": table})
    expect(page.get_by_text("45 rows to train on, 15 to check on, 3 features")).to_be_visible()
    expect(alert).to_have_count(0)
    expect(page.get_by_text("Why the test ended")).to_be_visible()
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert not faults(page)
