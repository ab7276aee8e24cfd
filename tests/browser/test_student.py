"""A student in a browser: what was done before comes along, the slip, an own device, and the end of it in all tabs."""

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from lrlab.classroom import access, classes
from lrlab.ui.account.cookie import NAME
from lrlab.ui.account.store import store
from tests.browser.visits import faults, laid_open, visit

pytestmark = pytest.mark.browser
SOME_TIME = 30_000


def test_a_student_joins_on_an_own_device_prints_the_slip_and_leaves_all_tabs(lab, page, settle):
    code = classes.create(store(), access.Operator(), "Friday", datetime.now(UTC)).code
    visit(page, settle, lab, "first_step")
    task = laid_open(page, "first-step/home-in-one-step")
    task.get_by_role("textbox").fill("0.0011")
    task.get_by_role("button", name="Run it").click()
    expect(task.get_by_test_id("player")).to_be_visible(timeout=SOME_TIME)
    assert task.get_by_text("Saved, attempt").count() == 0, "a visitor gets no receipt"

    page.get_by_test_id("stSidebarNavLink").filter(has_text="Home").click()
    page.get_by_text("Have a class code?").click()
    field = page.get_by_label("Class code").first
    field.fill(code)
    field.press("Enter")
    page.get_by_label("Your name in this class").fill("swift fern")
    page.get_by_text("This is my own device").filter(visible=True).click()
    page.get_by_role("button", name="Join", exact=True).click()
    slip = page.get_by_test_id("stCode")
    expect(slip).to_contain_text("PIN", timeout=SOME_TIME)
    assert faults(page) == []
    page.get_by_role("button", name="Print the slip").click()
    printed = page.frame_locator("iframe[title='Print the slip']").locator("pre")
    assert printed.text_content().split() == slip.inner_text().split()
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_text("You are swift fern, in Friday.")).to_be_visible(timeout=SOME_TIME)
    expect(page.get_by_text("1 answer from before came along.")).to_be_visible()
    page.wait_for_function("name => document.cookie.includes(name)", arg=f"{NAME}=")
    (cookie,) = [each for each in page.context.cookies() if each["name"] == NAME]
    assert cookie["sameSite"] == "Strict"
    assert cookie["expires"] - time.time() == pytest.approx(access.OWN_DEVICE.total_seconds(), rel=0.01)
    assert cookie["value"] not in page.content(), "it is in no address and no text of the page"

    other = page.context.new_page()
    visit(other, settle, lab, "progress")
    expect(other.get_by_text("What you have done as swift fern in Friday.")).to_be_visible()
    with other.expect_download() as download:
        other.get_by_role("button", name="Download all of it").click()
    assert '"answer": "0.0011"' in download.value.path().read_text()
    visit(other, settle, lab, "too_small")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Have a class code?")).to_be_visible(timeout=SOME_TIME)
    page.wait_for_function("name => !document.cookie.includes(name)", arg=f"{NAME}=")
    other.get_by_role("button", name="Skip, just let me play").click()
    expect(other.get_by_text(re.compile("You are signed out on this browser"))).to_be_visible(
        timeout=SOME_TIME
    )
    expect(other.get_by_text("swift fern")).to_have_count(0)
