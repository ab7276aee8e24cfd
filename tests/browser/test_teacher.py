"""A teacher's term in a browser: set up with the key, a class, a list, slips, grades out, a student erased."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from lrlab.classroom import attempts, database, people
from lrlab.classroom.records import Judgement, Submission
from lrlab.classroom.tasks import Task
from tests.browser.conftest import ROOT
from tests.browser.visits import faults

pytestmark = pytest.mark.browser

HANDLE, ANSWER = "Quetzalcoatl, Ada", "0.123454321"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Too small: the eternal descent (77)\n"
    "    Points Possible,,,,,70\n"
    f'"{HANDLE}",101,s1,ada,Monday,\n'
    '"=HYPERLINK(1), Ben",102,s2,ben,Monday,\n'
)
SLUG = "too-small/cross-the-plateau"


@pytest.fixture
def desk(page, settle, serve_fresh, tmp_path, monkeypatch):
    """The desk of a new server with a key, in a store of its own."""
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/store/lrlab.db")
    monkeypatch.setenv("LRLAB_TEACHER_KEY", "the key of this lab")
    # What would go to the printer is kept instead.
    page.add_init_script("window.print = () => { window.parent.printed = document.body.innerText; }")
    lab, asked = serve_fresh(ROOT / "streamlit_app.py"), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{lab}/teacher")
    settle(page)
    yield page
    strangers = [
        url for url in asked if not url.startswith((lab, "data:", "blob:", lab.replace("http", "ws")))
    ]
    assert strangers == [], "a teacher's browser speaks to the lab alone"


def press(page, settle, name):
    page.get_by_role("button", name=name).click()
    settle(page)


def tab(page, settle, name):
    page.get_by_role("tab", name=name, exact=True).click()
    settle(page)
    assert faults(page) == []


def download(page, settle, form, what):
    """Choose a file, prepare it, take it down; `what` is in its name."""
    page.get_by_role("combobox", name="File").fill(form)
    page.get_by_role("option", name=form).first.click()
    ready = page.get_by_test_id("stDownloadButton")
    expect(ready).to_have_count(0)
    settle(page)
    press(page, settle, "Prepare the file")
    with page.expect_download() as caught:
        ready.get_by_role("button", name=f"-{what}-").click()
    return caught.value.path().read_bytes()


def rows(data):
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_a_term(desk, settle, tmp_path):
    page = desk
    page.get_by_role("radio", name="Set up an account").click()
    settle(page)
    page.get_by_label("Invitation or teacher key").fill("the key of this lab")
    page.get_by_label("Your name").fill("Ada Weber")
    page.get_by_role("textbox", name="A new passphrase").fill("four quite unrelated words")
    press(page, settle, "Set up the account")
    page.get_by_label("Name of the class").fill("Optimisation, Monday")
    press(page, settle, "Begin the class")
    code = (
        page.get_by_role("img", name="Class code")
        .get_attribute("aria-label")
        .removeprefix("Class code ")
        .replace(" ", "")
    )
    page.reload()
    settle(page)
    expect(page.get_by_role("img", name="Class code")).to_be_visible()

    tab(page, settle, "Roster")
    page.get_by_role("radio", name="Upload a file").click()
    settle(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "canvas.csv", "mimeType": "text/csv", "buffer": CANVAS.encode()}
    )
    press(page, settle, "Put 2 students into the class")
    press(page, settle, "Make slips for those without a PIN")
    slips = page.locator(".slip")
    expect(slips).to_have_count(2)
    pins = {
        slip.locator(".name").text_content(): re.sub(r"\D", "", slip.locator(".pin").text_content())
        for slip in slips.all()
    }
    assert faults(page) == []
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("window.printed")
    paper = page.evaluate("window.printed")
    assert all(handle in paper and f"{pin[:3]} {pin[3:]}" in paper for handle, pin in pins.items())
    assert code in paper
    assert "Roster" not in paper, "nothing but the slips is on the sheet"
    press(page, settle, "Put the slips away")
    expect(slips).to_have_count(0)

    at = datetime.now(UTC)
    store = database.open(f"sqlite:///{tmp_path}/store/lrlab.db")
    for handle, answer, score in ((HANDLE, ANSWER, 667), ("=HYPERLINK(1), Ben", "0.5", 1000)):
        who = people.sign_in(store, code, handle, pins[handle], at).learner
        said = Judgement(score == 1000, score, "right", "Said.")
        task = Task(SLUG, 1, "digest", "0.1.0", 7, {"curvature": 0.5})
        attempts.record(store, who, Submission(task, 1, answer, said, 0, at - timedelta(minutes=1)), at)
    store.close()

    tab(page, settle, "Grades")
    points = int(
        re.search(r"of (\d+)", page.get_by_text("Too small: the eternal descent (of").first.text_content())[1]
    )
    sheet = rows(download(page, settle, "Spreadsheet", "grades"))
    column = sheet[0].index(f"Too small: the eternal descent (of {points})")
    assert sheet[0][:6] == ["Name", "Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    ben, ada = sheet[1:]
    assert ada[:6] == [HANDLE, HANDLE, "101", "s1", "ada", "Monday"]
    assert ben[:3] == ["'=HYPERLINK(1), Ben", "'=HYPERLINK(1), Ben", "102"]
    # The exercise is worth two points; 667 thousandths of them are 1.334.
    assert (ada[column], ben[column]) == ("1.33", "2")
    assert (ada[-1], ben[-1]) == ("1.33", "2")

    canvas = rows(download(page, settle, "Canvas", "canvas"))
    assert canvas[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    column = canvas[0].index("Too small: the eternal descent (77)")
    assert canvas[1][0].strip() == "Points Possible"
    assert canvas[1][column] == "70", "the assignment keeps the points it has in Canvas"
    assert [row[:5] for row in canvas[2:]] == [
        ["=HYPERLINK(1), Ben", "102", "s2", "ben", "Monday"],
        [HANDLE, "101", "s1", "ada", "Monday"],
    ]
    assert [float(row[column]) for row in canvas[2:]] == pytest.approx(
        [70 * 2 / points, 70 * 2 * 0.667 / points], abs=0.005001
    )
    assert {*canvas[2][5:column], *canvas[2][column + 1 :]} == {""}

    attempts_csv = rows(download(page, settle, "Every attempt, one a row", "attempts"))
    assert [row[attempts_csv[0].index("answer")] for row in attempts_csv[1:]] == ["0.5", ANSWER]
    lines = [
        json.loads(line)
        for line in download(page, settle, "Every attempt (JSON", "attempts").decode().splitlines()
    ]
    assert [(line["student"], line["score_thousandths"]) for line in lines] == [
        ("=HYPERLINK(1), Ben", 1000),
        (HANDLE, 667),
    ]
    whole = json.loads(download(page, settle, "The whole class", "class"))
    assert [student["handle"] for student in whole["students"]] == ["=HYPERLINK(1), Ben", HANDLE]

    tab(page, settle, "Students")
    box = page.get_by_role("combobox", name="One student")
    box.fill("Quetz")
    page.get_by_role("option", name=HANDLE).click()
    settle(page)
    press(page, settle, "Erase")
    page.get_by_label("Their name in the lab").fill(HANDLE)
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Erase").click()
    settle(page)
    expect(page.get_by_role("status").get_by_text("The student is erased.")).to_be_visible()
    for path in (tmp_path / "store").iterdir():
        content = path.read_bytes()
        for trace in (HANDLE, "Quetzalcoatl", ANSWER):
            assert trace.encode() not in content, path.name
    assert b"HYPERLINK" in (tmp_path / "store" / "lrlab.db").read_bytes(), "the other student is there"
    tab(page, settle, "Log")
    tab(page, settle, "Class")
