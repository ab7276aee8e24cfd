"""The player in a real browser: what the hand does, what the eye gets, and what the server hears."""

import re
from pathlib import Path

import pytest

from lrlab.ui.controls import rates_between
from lrlab.ui.player import rates_that_fit

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("apps") / "player_app.py"


def part(page, name):
    return page.get_by_test_id(f"player-{name}")


def state(page, name):
    """One of the figures that the player shows about itself: frames, rate, step, playing."""
    return page.get_by_test_id("player").get_attribute(f"data-{name}")


def wait_for(page, **figures):
    for name, value in figures.items():
        page.wait_for_selector(f"[data-testid=player][data-{name}='{value}']")


def picture(page):
    """Everything that moves in the picture, as pixels."""
    return part(page, "trails").evaluate("canvas => canvas.toDataURL()")


def address(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def server_runs(page):
    return int(re.search(r"\d+", page.get_by_text(re.compile(r"^runs \d+$")).inner_text())[0])


@pytest.fixture
def visit(serve, settle):
    base = serve(APP)

    def go(page, query=""):
        page.goto(f"{base}/{query}")
        page.wait_for_selector("[data-testid=player][data-frames]")
        settle(page)
        return page

    return go


@pytest.fixture
def drag():
    """Press on one place of a part and move to another in several moves, as a hand does."""

    def move(page, locator, start, end, *, release=True):
        box = locator.bounding_box()
        at = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in (start, end)]
        page.mouse.move(*at[0])
        page.mouse.down()
        page.mouse.move(*at[1], steps=12)
        if release:
            page.mouse.up()

    return move


def test_dragging_the_rate_moves_the_picture_within_two_frames_and_the_server_hears_nothing(
    page, visit, drag, runs_asked
):
    visit(page)
    asked, runs, before = runs_asked(page), server_runs(page), picture(page)
    page.evaluate(
        """() => {
            const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
            const trails = root.querySelector('[data-testid=player-trails]');
            window.delays = [];
            root.querySelector('[data-testid=player-rate]').addEventListener('input', () => {
                const before = trails.toDataURL();
                let frames = 0;
                const look = () => {
                    frames += 1;
                    if (trails.toDataURL() !== before) window.delays.push(frames);
                    else requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            });
        }"""
    )
    drag(page, part(page, "rate"), (0.4, 0.5), (0.95, 0.5))
    page.wait_for_function("window.delays.length > 5")
    assert max(page.evaluate("window.delays")) <= 2
    assert state(page, "rate") != "0.05"
    assert picture(page) != before
    assert (runs_asked(page), server_runs(page)) == (asked, runs)


def test_play_runs_at_fifty_frames_a_second_or_better(page, visit):
    visit(page, "?lab.rate=0.3&lab.step=0")
    part(page, "speed").select_option("1")
    part(page, "play").click()
    wait_for(page, playing="true")
    # Frames that the player drew in one second of the browser's clock. The machine may be busy with other tests.
    rates = []
    while len(rates) < 5 and (not rates or rates[-1] < 50):
        rates.append(
            page.get_by_test_id("player").evaluate(
                """player => new Promise(done => {
                    const [first, start] = [Number(player.dataset.frames), performance.now()];
                    const look = now => now - start < 1000
                        ? requestAnimationFrame(look)
                        : done((Number(player.dataset.frames) - first) * 1000 / (now - start));
                    requestAnimationFrame(look);
                })"""
            )
        )
    assert max(rates) >= 50


def test_play_pauses_goes_on_and_ends_by_itself(page, visit, runs_asked):
    visit(page, "?lab.rate=0.3&lab.step=0")
    asked = runs_asked(page)
    part(page, "speed").select_option("20")
    part(page, "play").click()
    page.wait_for_function(
        "Number(document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
        ".querySelector('[data-testid=player]').dataset.step) > 3"
    )
    part(page, "play").click()
    wait_for(page, playing="false")
    paused = int(state(page, "step"))
    assert 3 < paused < 60
    page.wait_for_function(f"location.search === '?lab.rate=0.3&lab.step={paused}'")
    part(page, "speed").select_option("100")
    part(page, "play").click()
    wait_for(page, playing="false", step="60")
    part(page, "play").click()
    wait_for(page, playing="false", step="60")
    assert runs_asked(page) == asked


def test_every_button_and_slider_moves_the_clock(page, visit):
    visit(page, "?lab.step=10")
    for name, step in (("forward", 11), ("back", 10), ("first", 0), ("back", 0)):
        part(page, name).click()
        wait_for(page, step=step)
    part(page, "step").fill("42")
    wait_for(page, step=42)
    assert part(page, "step").get_attribute("aria-valuetext") == "step 42 of 60"
    assert part(page, "step-value").inner_text() == "42 / 60"


def test_the_loss_curve_scrubs_the_clock(page, visit, drag):
    visit(page)
    drag(page, part(page, "loss"), (0.9, 0.5), (0.5, 0.5))
    page.wait_for_function(
        "Number(document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
        ".querySelector('[data-testid=player]').dataset.step) < 45"
    )
    assert 15 < int(state(page, "step")) < 45


def test_keys_play_and_step_while_the_picture_has_the_focus(page, visit):
    visit(page, "?lab.step=10")
    part(page, "picture").focus()
    for key, step in (("ArrowRight", 11), ("ArrowLeft", 10), ("Home", 0), ("End", 60), ("ArrowRight", 60)):
        page.keyboard.press(key)
        wait_for(page, step=step)
    page.keyboard.press(" ")
    wait_for(page, playing="true")
    page.keyboard.press(" ")
    wait_for(page, playing="false")


def test_the_sliders_are_sliders_with_names_and_values(page, visit):
    visit(page)
    rate = page.get_by_role("slider", name="Rate α")
    assert rate.get_attribute("aria-valuetext") == "0.05"
    rate.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-testid=player]:not([data-rate='0.05'])")
    assert rate.get_attribute("aria-valuetext") == state(page, "rate")
    assert page.get_by_role("slider", name="Step").is_visible()


def test_reduced_motion_shows_the_finished_trail_instead_of_playing(new_page, visit):
    page = visit(new_page(reduced_motion="reduce"))
    assert state(page, "step") == "60"
    part(page, "first").click()
    wait_for(page, step=0)
    part(page, "play").click()
    wait_for(page, step=60, playing="false")


def test_a_run_that_leaves_is_drawn_leaving_and_named(page, visit):
    # y grows from 3 by a factor of -1.25 a step: 3, -3.75, 4.69 and so on; the view ends at 4.
    visit(page, "?lab.rate=0.5&lab.step=1")
    inside = picture(page)
    assert "left the view" not in part(page, "where").inner_text()
    part(page, "forward").click()
    wait_for(page, step=2)
    assert "It left the view at step 2, now 4.9 away." in part(page, "where").inner_text()
    assert picture(page) != inside
    part(page, "step").fill("60")
    wait_for(page, step=60)
    # 3 · 1.25**60 = 1,957,...: two digits are shown.
    assert "at step 2, now 2.0e6 away." in part(page, "where").inner_text()


def test_a_run_that_overflows_says_so(page, visit):
    visit(page, "?surface=rosenbrock&lab.rate=0.5")
    assert re.search(r"step 60 of 60: the numbers overflowed at step \d", part(page, "where").inner_text())


def test_the_text_says_what_the_picture_shows(page, visit):
    visit(page, "?lab.rate=0.3&lab.step=1")
    # From (-5, 3): x keeps 1 - 0.3 of itself, y turns to -0.35 of itself; the loss is (3.5² + 4.5·1.05²)/2.
    words = "Rate 0.3, step 1 of 60: at (−3.50, −1.05), loss 8.61."
    assert part(page, "where").inner_text() == words
    aloud = part(page, "text")
    assert aloud.get_attribute("aria-live") == "polite"
    page.wait_for_function(f"""() => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
        .querySelector('[data-testid=player-text]').textContent.startsWith('{words} Converged, with overshoot:')""")
    assert "overshoot" in part(page, "ending").inner_text()


@pytest.mark.parametrize(
    ("query", "complaints"),
    [
        (
            "?lab.rate=banana&lab.step=9999&lab.start=here",
            ["a rate of “banana”", "step “9999”", "a start at “here”"],
        ),
        (
            "?lab.rate=1e999&lab.step=1.5&lab.start=99,99",
            ["a rate of “1e999”", "step “1.5”", "a start at “99,99”"],
        ),
        ("?lab.rate=7&lab.step=", ["a rate of 7.00, outside this slider", "step “”"]),
        ("?lab.rate=<script>alert(1)</script>", ["a rate of “<script>alert(1)</sc”"]),
    ],
)
def test_nonsense_in_the_address_is_named_and_ignored(page, visit, query, complaints):
    visit(page, query)
    note = part(page, "note").inner_text()
    assert [words for words in complaints if words not in note] == []
    assert (state(page, "rate"), state(page, "step")) == ("0.05", "60")
    page.wait_for_function("location.search === ''")
    part(page, "back").click()
    wait_for(page, step=59)
    assert part(page, "note").inner_text() == ""


def test_a_rate_between_two_of_the_slider_becomes_the_nearest(page, visit):
    visit(page, "?lab.rate=0,299")
    assert state(page, "rate") == "0.3"
    assert part(page, "note").inner_text() == ""


def test_rate_and_step_live_in_the_address_without_history_or_server(page, visit, runs_asked):
    visit(page)
    asked, entries = runs_asked(page), page.evaluate("history.length")
    part(page, "rate").focus()
    page.keyboard.press("End")
    part(page, "step").fill("7")
    page.wait_for_function("location.search === '?lab.rate=1&lab.step=7'")
    assert page.evaluate("history.length") == entries
    assert runs_asked(page) == asked
    page.reload()
    wait_for(page, rate="1", step="7")


def test_rate_and_step_outlive_a_change_of_page(page, visit, settle):
    visit(page, "?lab.rate=0.3&lab.step=12")
    page.get_by_role("link", name="Elsewhere").click()
    page.get_by_text("elsewhere", exact=True).wait_for()
    settle(page)
    assert address(page) == {}
    page.get_by_role("link", name="Playground").click()
    wait_for(page, rate="0.3", step="12")
    page.wait_for_function("location.search === '?lab.rate=0.3&lab.step=12'")


def test_a_rerun_with_other_data_keeps_element_rate_and_step_and_the_address(page, visit, settle):
    visit(page, "?lab.rate=0.3&lab.step=12")
    page.get_by_test_id("player").evaluate("player => { player.sameElement = true; }")
    page.get_by_role("combobox", name="Surface").click()
    page.get_by_role("option", name="himmelblau").click()
    settle(page)
    page.wait_for_function("location.search.includes('surface=himmelblau')")
    wait_for(page, rate="0.3", step="12")
    assert page.get_by_test_id("player").evaluate("player => player.sameElement")
    # The next drag must survive what Streamlit remembers of the address, and the next bound widget the drag.
    part(page, "step").fill("30")
    page.wait_for_function("location.search.includes('lab.step=30')")
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="committing").click()
    settle(page)
    page.wait_for_function("location.search.includes('kind=committing')")
    assert address(page) == {
        "surface": "himmelblau",
        "kind": "committing",
        "lab.rate": "0.3",
        "lab.step": "30",
    }


def test_what_streamlit_corrects_in_the_address_does_not_take_the_rate_with_it(page, visit):
    visit(page, "?lab.rate=0.3&kind=nonsense&lab.step=4")
    page.wait_for_function("!location.search.includes('nonsense')")
    page.wait_for_function(
        "location.search.includes('lab.rate=0.3') && location.search.includes('lab.step=4')"
    )
    assert (state(page, "rate"), state(page, "step")) == ("0.3", "4")


def test_dragging_the_start_commits_once(page, visit, drag, runs_asked, settle):
    visit(page, "?lab.rate=0.3")
    asked, runs = runs_asked(page), server_runs(page)
    handle, area = part(page, "start"), part(page, "picture").bounding_box()
    ring = handle.bounding_box()
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.3, steps=15)
    page.wait_for_function("""() => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
        .querySelector('[data-testid=player-where]').textContent.startsWith('Start at (')""")
    assert runs_asked(page) == asked
    page.mouse.up()
    page.get_by_text(f"runs {runs + 1}", exact=True).wait_for()
    settle(page)
    assert (runs_asked(page), server_runs(page)) == (asked + 1, runs + 1)
    told = re.search(r"start=\(([-\d.]+), ([-\d.]+)\)", page.get_by_text("told rate").inner_text())
    x, y = float(told[1]), float(told[2])
    assert 2.0 < x < 4.5
    assert 0.5 < y < 3.0
    page.wait_for_function("location.search.includes('lab.start=')")
    assert address(page)["lab.start"] == f"{x:g},{y:g}"
    assert state(page, "rate") == "0.3"
    page.reload()
    page.get_by_text(f"start=({told[1]}, {told[2]})").wait_for()
    part(page, "reset").click()
    page.get_by_text("start=None").wait_for()
    page.wait_for_function("!location.search.includes('lab.start')")


def test_the_start_moves_by_keyboard_and_escape_takes_it_back(page, visit, runs_asked):
    visit(page)
    asked = runs_asked(page)
    part(page, "start").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("""() => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
        .querySelector('[data-testid=player-where]').textContent.startsWith('Start at (−4.70, 2.80)')""")
    page.keyboard.press("Escape")
    page.wait_for_function("""() => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
        .querySelector('[data-testid=player-where]').textContent.startsWith('Rate 0.05')""")
    assert runs_asked(page) == asked
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_text("start=(-5.0, 3.2)").wait_for()
    assert runs_asked(page) == asked + 1


def test_the_button_commits_the_rate_on_screen(page, visit, runs_asked):
    visit(page, "?kind=committing&lab.rate=0.3&lab.step=9")
    asked = runs_asked(page)
    page.get_by_role("button", name="Try this rate").click()
    page.get_by_text("told rate=0.3 step=9 committed=True").wait_for()
    assert runs_asked(page) == asked + 1
    part(page, "rate").focus()
    page.keyboard.press("End")
    wait_for(page, rate="1")
    assert page.get_by_text("told rate=0.3").is_visible()


def test_a_race_draws_each_rate_with_its_own_shape_dash_and_name(page, visit):
    visit(page, "?kind=race")
    rows = part(page, "legend").locator("li")
    assert rows.locator("b").all_inner_texts() == ["0.05", "0.3", "0.5"]
    assert rows.locator("span").all_inner_texts() == ["still moving", "converged with overshoot", "diverged"]
    looks = rows.locator("path").evaluate_all(
        "all => all.map(path => path.getAttribute('d') + path.getAttribute('stroke-dasharray'))"
    )
    assert len(set(looks)) == 6
    assert not part(page, "rate").is_visible()
    part(page, "step").fill("2")
    wait_for(page, step=2)
    assert part(page, "where").inner_text().startswith("Step 2 of 60. 0.05: loss")


def test_the_rule_has_the_numbers_put_in_and_the_log_follows_the_clock(page, visit):
    visit(page, "?kind=rule")
    cells = part(page, "rule").locator("dd")
    # θ = (-5, 3), ∇L = (x, 4.5·y) = (-5, 13.5), times 0.3, taken away.
    assert cells.all_inner_texts() == ["(−5, 3)", "(−5, 13.5)", "0.3", "(−1.5, 4.05)", "(−3.5, −1.05)"]
    assert part(page, "log").inner_text() == "step  0  loss 32.7500"
    part(page, "forward").click()
    wait_for(page, step=1)
    assert cells.all_inner_texts()[0] == "(−3.5, −1.05)"
    assert part(page, "log").inner_text().splitlines()[-1] == "step  1  loss 8.6056"


def test_one_dimension_is_the_curve_of_the_loss(page, visit):
    visit(page, "?surface=bowl_1d&lab.rate=1&lab.step=1")
    # 0.625·x: from -5 a rate of 1 keeps 0.375; the loss there is 0.625·1.875²/2.
    assert part(page, "where").inner_text() == "Rate 1, step 1 of 60: at −1.88, loss 1.10."


def test_a_single_run_has_no_rate_slider_and_a_fixed_start(page, visit):
    visit(page, "?kind=locked")
    assert not part(page, "rate").is_visible()
    assert part(page, "rate-value").inner_text() == "0.3"
    assert part(page, "start").is_disabled()


def test_a_silent_player_does_not_say_how_it_ends(page, visit):
    visit(page, "?kind=silent")
    assert not part(page, "ending").is_visible()
    assert "Diverg" not in page.get_by_test_id("player").inner_text()


def rgb(css):
    return tuple(int(channel) for channel in re.findall(r"\d+", css)[:3])


def luminance(colour):
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


TRAILS = {
    "light": {"0.05": "0,114,178", "0.3": "0,158,115", "0.5": "213,94,0"},
    "dark": {"0.05": "111,190,240", "0.3": "79,211,168", "0.5": "255,163,92"},
}


@pytest.mark.parametrize("scheme", TRAILS)
def test_regime_colours_can_be_read_in_both_themes(new_page, visit, scheme):
    page = visit(new_page(scheme))
    ground = rgb(page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor"))
    labels = [f"{rate:g}" for rate in rates_between(1e-3, 1.0, rates_that_fit(60))]
    for rate, colour in TRAILS[scheme].items():
        part(page, "rate").fill(str(labels.index(rate)))
        wait_for(page, rate=rate)
        words = rgb(part(page, "ending").locator("strong").evaluate("head => getComputedStyle(head).color"))
        low, high = sorted(map(luminance, (ground, words)))
        assert (high + 0.05) / (low + 0.05) >= 4.5
        # The most common strong colour among what moves is the trail's.
        trail = part(page, "trails").evaluate(
            """canvas => {
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const seen = new Map();
                for (let at = 0; at < data.length; at += 4) {
                    const [r, g, b, a] = data.subarray(at, at + 4);
                    if (a === 255 && Math.max(r, g, b) - Math.min(r, g, b) > 60) {
                        const key = `${r},${g},${b}`;
                        seen.set(key, (seen.get(key) ?? 0) + 1);
                    }
                }
                return [...seen].sort((one, other) => other[1] - one[1])[0][0];
            }"""
        )
        assert trail == colour


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_overflows_at_any_width(new_page, visit, width):
    page = visit(new_page(width=width), "?kind=rule")
    assert page.get_by_test_id("player").evaluate("player => player.scrollWidth - player.clientWidth") <= 0
    panels = [part(page, name).bounding_box() for name in ("picture", "loss")]
    stacked = panels[1]["y"] >= panels[0]["y"] + panels[0]["height"]
    assert stacked == (width < 700)
    assert panels[0]["width"] > 0.5 * page.get_by_test_id("player").bounding_box()["width"]


def test_a_finger_can_do_all_of_it(new_page, visit):
    page = visit(new_page(width=390, height=844, has_touch=True, is_mobile=True))
    part(page, "play").tap()
    wait_for(page, playing="true")
    part(page, "play").tap()
    wait_for(page, playing="false")
    before = state(page, "rate")
    box = part(page, "rate").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    page.wait_for_selector(f"[data-testid=player]:not([data-rate='{before}'])")


def test_canvases_are_as_sharp_as_the_screen(new_page, visit):
    page = visit(new_page(device_scale_factor=2))
    sizes = part(page, "trails").evaluate(
        "canvas => [canvas.width / canvas.clientWidth, canvas.height / canvas.clientHeight]"
    )
    assert sizes == pytest.approx([2, 2], abs=0.01)


def test_a_player_that_is_gone_does_nothing_any_more(page, visit, settle):
    visit(page, "?lab.rate=0.3&lab.step=1")
    part(page, "speed").select_option("1")
    part(page, "play").click()
    wait_for(page, playing="true")
    page.evaluate(
        """() => { window.gone = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot
            .querySelector('[data-testid=player]'); }"""
    )
    page.get_by_role("link", name="Elsewhere").click()
    page.get_by_text("elsewhere", exact=True).wait_for()
    settle(page)
    drawn = page.evaluate(
        """() => new Promise(done => {
            const first = window.gone.dataset.frames;
            history.replaceState({}, '', location.pathname + '?other=1');
            let left = 20;
            const look = () => (left -= 1) ? requestAnimationFrame(look) : done([first, window.gone.dataset.frames]);
            requestAnimationFrame(look);
        })"""
    )
    assert drawn[0] == drawn[1]
    assert address(page) == {"other": "1"}


def test_the_console_stays_clean(page, visit, settle):
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    visit(page, "?lab.rate=0.5&lab.step=0")
    for kind in ("race", "rule", "locked", "committing"):
        page.get_by_role("combobox", name="Kind").click()
        page.get_by_role("option", name=kind).click()
        page.wait_for_function(f"location.search.includes('kind={kind}')")
        settle(page)
        part(page, "forward").click()
    assert errors == []
