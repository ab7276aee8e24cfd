"""The tab “Preview”: faults by field, a student's view of a sound file, and nothing left behind."""

from pathlib import Path

import pytest

from lrlab.classroom.tables import attempts, openings
from lrlab.grading.starting import starter
from lrlab.ui import remembered

COURSE = Path(__file__).parents[3] / "exercises"
FILE = COURSE / "too-small" / "cross-the-plateau.toml"


@pytest.fixture
def look(open_desk, ada, room, press):
    def at_file(text):
        at = open_desk(ada, tab="Preview")
        at.text_area(key="preview.text").set_value(text)
        return press(at, "Look at it")

    return at_file


def test_a_sound_file_is_tried_out_and_nothing_is_kept(look, press, said, kept):
    before = sorted(path.name for path in COURSE.rglob("*"))
    at = look(FILE.read_text())
    assert "no fault" in said(at)[0]
    assert any("Cross the plateau" in text.value for text in at.markdown)
    answer = next(field for field in at.text_input if field.label.startswith("Your rate"))
    answer.set_value("0.0001")
    press(at, "Run it")
    assert any("never leaves the plateau" in warning.value for warning in at.warning)
    with kept.reading() as connection:
        assert not connection.execute(attempts.select()).all()
        assert not connection.execute(openings.select()).all()
    rows = at.dataframe[-1].value.to_dict("records")
    assert [row["variant"] for row in rows] == ["Variant 1", "Variant 2", "Variant 3"]
    assert len({row["depth"] for row in rows}) == 3
    assert sorted(path.name for path in COURSE.rglob("*")) == before
    assert "preview/exercise" not in remembered.track().exercises


def test_faults_are_said_by_field(look, said):
    at = look(FILE.read_text().replace("points = 2\n", ""))
    assert "cannot be read" in said(at)[0]
    assert at.dataframe[0].value.to_dict("records")[0]["where"] == "points"
    assert "Run it" not in {button.label for button in at.button}


def test_a_file_to_begin_with(open_desk, ada, room, press):
    at = open_desk(ada, tab="Preview")
    at.selectbox(key="preview.kind").set_value("choice").run()
    press(at, "Put it into the field")
    assert at.text_area(key="preview.text").value == starter("choice")
