"""The small multiples in a real browser: one rate, one clock, a word for each picture, and a quiet server."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("apps") / "multiples_app.py"
NAMES = ("bowl", "bowl_1d", "ravine", "plateau")
# What the engine says at α = .1 after 60 steps; the sentence of a run that is gone names the step it left at.
AT_A_TENTH = {
    "bowl": ("right", r"arrived at step 43"),
    "bowl_1d": ("small", r"still moving"),
    "ravine": ("large", r"diverged, left at step \d+"),
    "plateau": ("small", r"still moving"),
}


def part(page, name):
    return page.get_by_test_id(f"multiples-{name}")


def board(page):
    return page.get_by_test_id("multiples")


def word(page, name):
    return part(page, name).locator(".told")


def pictures(page):
    """Everything that moves in the pictures, as pixels."""
    return board(page).evaluate(
        "root => [...root.querySelectorAll('.frame canvas:last-child')].map(canvas => canvas.toDataURL())"
    )


def server_runs(page):
    return int(re.search(r"\d+", page.get_by_text(re.compile(r"^runs \d+$")).inner_text())[0])


@pytest.fixture
def visit(serve, settle):
    base = serve(APP)

    def go(page, query=""):
        page.goto(f"{base}/{query}")
        page.wait_for_selector("[data-testid=multiples][data-frames]")
        settle(page)
        return page

    return go


def test_every_picture_says_in_a_word_and_a_shape_how_its_run_ended(page, visit):
    visit(page)
    for name, (regime, words) in AT_A_TENTH.items():
        expect(word(page, name)).to_have_text(re.compile(rf"^{words}$"))
        expect(word(page, name)).to_have_attribute("data-regime", regime)
    shapes = {
        regime: word(page, name)
        .locator("i")
        .evaluate(
            "mark => [mark.clientHeight, getComputedStyle(mark).borderRadius, getComputedStyle(mark).clipPath].join()"
        )
        for name, (regime, _) in AT_A_TENTH.items()
    }
    assert len(set(shapes.values())) == 3


def test_scrubbing_the_rate_moves_all_pictures_within_two_frames_and_the_server_hears_nothing(
    page, visit, runs_asked
):
    visit(page)
    asked, runs, before = runs_asked(page), server_runs(page), pictures(page)
    board(page).evaluate(
        """root => {
            const way = root.querySelector('.frame canvas:last-child');
            window.delays = [];
            root.querySelector('[data-testid=multiples-rate]').addEventListener('input', () => {
                const before = way.toDataURL();
                let frames = 0;
                const look = () => {
                    frames += 1;
                    if (way.toDataURL() !== before) window.delays.push(frames);
                    else requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            });
        }"""
    )
    part(page, "rate").focus()
    for _ in range(2):
        delays = page.evaluate("window.delays.length")
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"window.delays.length > {delays}")
    assert max(page.evaluate("window.delays")) <= 2
    expect(board(page)).to_have_attribute("data-rate", "0.5")
    expect(word(page, "bowl")).to_have_text(re.compile(r"^diverged"))
    assert all(one != other for one, other in zip(before, pictures(page), strict=True))
    assert (runs_asked(page), server_runs(page)) == (asked, runs)


def test_all_runs_follow_one_clock(page, visit):
    visit(page, "?board.rate=0.3&board.step=0")
    expect(board(page)).to_have_attribute("data-step", "0")
    for name in NAMES:
        expect(word(page, name)).to_have_text("on its way")
    part(page, "play").click()
    expect(board(page)).to_have_attribute("data-playing", "true")
    expect(part(page, "play")).to_have_attribute("aria-label", "Pause")
    expect(board(page)).to_have_attribute("data-step", "60")
    expect(board(page)).to_have_attribute("data-playing", "false")
    expect(word(page, "bowl")).to_have_text(re.compile(r"^arrived at step \d+$"))


def test_pausing_holds_every_picture(page, visit):
    visit(page, "?board.step=0")
    part(page, "play").click()
    page.wait_for_function(
        "document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
        ".querySelector('.multiples').dataset.step > 3"
    )
    part(page, "play").click()
    expect(board(page)).to_have_attribute("data-playing", "false")
    held = pictures(page)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert pictures(page) == held


def test_with_reduced_motion_play_goes_straight_to_the_end(new_page, visit):
    page = new_page(reduced_motion="reduce")
    visit(page, "?board.step=0")
    part(page, "play").click()
    expect(board(page)).to_have_attribute("data-step", "60")
    expect(board(page)).to_have_attribute("data-playing", "false")


def test_arrow_keys_step_all_pictures_from_any_of_them(page, visit):
    visit(page, "?board.step=10")
    part(page, "ravine").focus()
    for key, step in (("ArrowRight", 11), ("ArrowLeft", 10), ("End", 60), ("Home", 0)):
        page.keyboard.press(key)
        expect(board(page)).to_have_attribute("data-step", str(step))
    expect(part(page, "step")).to_have_attribute("aria-valuetext", "step 0 of 60")


def test_pressing_a_picture_tells_the_server_its_name_and_the_rate_on_screen(page, visit, settle):
    visit(page)
    part(page, "rate").focus()
    page.keyboard.press("ArrowRight")
    part(page, "ravine").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("picked ravine 0.3")).to_be_visible()
    settle(page)
    expect(part(page, "ravine")).to_have_attribute("aria-pressed", "true")
    expect(part(page, "bowl")).to_have_attribute("aria-pressed", "false")
    expect(board(page)).to_have_attribute("data-rate", "0.3")  # the board stays where it was
    assert server_runs(page) == 2


def test_a_line_for_screen_readers_tells_every_run_after_a_pause(page, visit):
    visit(page)
    line = part(page, "text")
    expect(line).to_have_attribute("aria-live", "polite")
    expect(line).to_contain_text("Rate 0.1, step 60 of 60. Bowl: arrived at step 43; ")
    expect(line).to_contain_text(re.compile(r"Ravine: diverged, left at step \d+; Plateau: still moving\.$"))


def test_rate_and_step_stand_in_the_address_and_come_back(page, visit, settle):
    visit(page)
    part(page, "rate").focus()
    page.keyboard.press("ArrowLeft")
    part(page, "step").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"board\.rate=0\.05"))
    page.wait_for_url(re.compile(r"board\.step=59"))
    page.reload()
    page.wait_for_selector("[data-testid=multiples][data-frames]")
    settle(page)
    expect(board(page)).to_have_attribute("data-rate", "0.05")
    expect(board(page)).to_have_attribute("data-step", "59")


def test_an_address_it_cannot_show_is_told_and_the_rest_kept(page, visit):
    visit(page, "?board.rate=7&board.step=12")
    expect(part(page, "note")).to_contain_text("a rate of 7.00, outside this slider")
    expect(board(page)).to_have_attribute("data-step", "12")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(scheme, new_page, visit):
    page = visit(new_page(scheme))
    found = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_on_a_phone_two_stand_side_by_side_and_nothing_sticks_out(narrow_page, visit):
    page = visit(narrow_page)
    boxes = [part(page, name).bounding_box() for name in NAMES]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"] == boxes[3]["y"]
    assert all(box["x"] + box["width"] <= 390 for box in boxes)
    assert min(box["height"] for box in boxes) > 100
