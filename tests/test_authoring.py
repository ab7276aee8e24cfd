"""docs/authoring.md, followed to the letter: its commands, its file, its tables."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from lrlab import __main__, exercise_commands
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.load import read_exercise
from lrlab.grading.proof import prove
from lrlab.grading.spec import Sheet

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
COMMANDS = re.findall(r"^python -m lrlab (.*)$", GUIDE, re.MULTILINE)
FILE, STEP = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
SLUG = "too-small/into-the-valley"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The course, but for its other chapters, where the commands of the guide look for it."""
    shutil.copytree(ROOT / "exercises" / "too-small", tmp_path / "too-small")
    chapters = (ROOT / "exercises" / "track.toml").read_text("utf-8").split("[[chapter]]")
    (tmp_path / "track.toml").write_text(
        "[[chapter]]" + next(text for text in chapters if '"too-small"' in text), "utf-8"
    )
    monkeypatch.setattr(exercise_commands, "COURSE", tmp_path)
    monkeypatch.setattr(__main__, "COURSE", tmp_path)
    return tmp_path


def test_the_guide_makes_an_exercise_in_four_steps(course, capsys):
    new, check, grade = (shlex.split(command) for command in COMMANDS)
    assert __main__.main(new) == 0
    path = course / f"{SLUG}.toml"
    assert "TODO" in path.read_text("utf-8")
    assert __main__.main(check) == 1
    assert f"{SLUG}.toml: title: still says TODO" in capsys.readouterr().out

    path.write_text(FILE, "utf-8")
    assert __main__.main(check) == 0
    line = next(row for row in capsys.readouterr().out.splitlines() if row.startswith(SLUG))
    assert re.search(r"rate +0\.6\d\d  0\.\d+  0\.7\d\d +0\.1\d .* yes +yes$", line), line

    assert __main__.main(grade) == 0
    verdict = json.loads(capsys.readouterr().out)
    for said in re.findall(r'`("(?:passed|misconception)": [^`]+)`', GUIDE):
        name, value = json.loads(f"[{said.replace(':', ',', 1)}]")
        assert verdict[name] == value


def test_the_file_of_the_guide_holds_on_200_variants():
    proof = prove(read_exercise(FILE.encode(), SLUG), 200)
    assert [str(fault) for fault in proof.faults] == []


def test_the_worked_step_of_the_guide_is_read():
    text = FILE.replace("points = 2", 'points = 2\nrole = "half"') + STEP
    (step,) = read_exercise(text.encode(), SLUG).sheet.worked
    assert step.options[step.right - 1] == "The step goes against the gradient."


def test_the_table_of_kinds_says_what_the_registry_says():
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in re.findall(r"^\| `\w+` \|.*$", GUIDE, re.MULTILINE)
    ]
    table = {row[0].strip("`"): row for row in rows if len(row) == 5}
    assert set(table) == set(KINDS)
    for name, kind in KINDS.items():
        assert tuple(re.findall(r"`(\w+)`", table[name][3])) == kind.conditions
        assert tuple(re.findall(r"`(\w+)`", table[name][4])) == kind.outcomes


def test_the_table_of_fields_leaves_none_out():
    table = GUIDE[GUIDE.index("## The fields") : GUIDE.index("## Worked examples")]
    named = set(re.findall(r"`\[{0,2}(\w+)\]{0,2}`", table))
    assert set(Sheet.model_fields) <= named


def test_the_guide_tells_how_to_write_the_schema_that_exists(capsys):
    assert __main__.main(["exercises", "schema"]) == 0
    assert "largest_stable_rate" in json.dumps(json.loads(capsys.readouterr().out))
