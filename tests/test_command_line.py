"""python -m lrlab: what it prints and with which code it ends."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lrlab.__main__ import COURSE, main
from lrlab.grading import load_track, variant

ROOT = Path(__file__).parents[1]
FIELDS = [
    "exercise", "version", "seed", "answer", "passed", "score", "verdict", "message", "misconception", "evidence",
]  # fmt: skip
SLUG = "first-step/one-step-by-hand"


def grade(capsys, *arguments):
    code = main(["grade", *arguments])
    printed = capsys.readouterr()
    return code, (json.loads(printed.out) if printed.out else None), printed.err


def test_a_right_answer(capsys):
    prompt = variant(load_track(COURSE).exercises[SLUG], 1).prompt
    curvature, start, rate = (
        float(text) for text in re.findall(r"(?:cdot|theta =|alpha =) ([\d.]+)", prompt)
    )
    by_hand = f"{start - rate * curvature * start:.4f}".replace(".", ",")
    code, verdict, _ = grade(capsys, SLUG, "--seed", "1", "--answer", by_hand)
    assert code == 0
    assert list(verdict) == FIELDS
    assert (verdict["exercise"], verdict["seed"], verdict["answer"]) == (SLUG, 1, by_hand)
    assert (verdict["passed"], verdict["score"], verdict["verdict"]) == (True, 1000, "right")
    assert len(verdict["version"]) == 12


def test_a_wrong_answer_with_its_misconception(capsys):
    code, verdict, _ = grade(capsys, "just-right/tight-budget", "--seed", "3", "--answer", "1e-3")
    assert code == 0
    assert (verdict["passed"], verdict["score"], verdict["verdict"]) == (False, 0, "moving")
    assert verdict["misconception"] == "smaller-is-safer"
    assert verdict["evidence"]["rate"] == 1e-3


@pytest.mark.parametrize("text", ["", "abc", "1e400", "nan", "1,000", "-1"])
def test_what_is_no_answer_ends_with_2_and_a_sentence(capsys, text):
    code, verdict, _ = grade(capsys, "just-right/tight-budget", "--seed", "3", f"--answer={text}")
    assert code == 2
    assert list(verdict) == FIELDS
    assert (verdict["passed"], verdict["score"], verdict["verdict"]) == (False, 0, "not an answer")
    assert verdict["message"].endswith(".")
    assert verdict["evidence"] == {}


def test_no_such_exercise_ends_with_3_and_the_nearest_name(capsys):
    code, printed, errors = grade(capsys, "first-step/one-step-by-hnd", "--seed", "1", "--answer", "1")
    assert (code, printed) == (3, None)
    assert f"did you mean '{SLUG}'?" in errors


def test_the_same_answer_gives_the_same_line(capsys):
    lines = set()
    for _ in range(2):
        main(["grade", "too-small/cross-the-plateau", "--seed", "99", "--answer", "0.5"])
        lines.add(capsys.readouterr().out)
    assert len(lines) == 1


@pytest.fixture
def course(tmp_path):
    """A copy of one chapter of the course, small enough to check in a moment."""
    (tmp_path / "track.toml").write_text(
        '[[chapter]]\nname = "first-step"\ntitle = "One"\npage = "first_step"\n'
        'exercises = ["one-step-by-hand", "home-in-one-step"]\n'
    )
    (tmp_path / "first-step").mkdir()
    for name in ("one-step-by-hand", "home-in-one-step"):
        shutil.copy(COURSE / "first-step" / f"{name}.toml", tmp_path / "first-step")
    return tmp_path


def test_checking_a_sound_course_prints_a_table_and_ends_with_0(course, capsys):
    assert main(["exercises", "check", str(course), "--seeds", "5"]) == 0
    printed = capsys.readouterr().out
    assert "first-step/one-step-by-hand" in printed
    assert "0.017  0.017  0.017" in printed
    assert "limit-is-one-over-l" in printed
    assert printed.endswith("2 exercises, 5 variants each, 0 faults.\n")


def test_checking_names_every_fault_and_ends_with_1(course, capsys):
    broken = course / "first-step" / "one-step-by-hand.toml"
    broken.write_text(broken.read_text().replace('kind = "number"', 'kind = "nmber"'))
    open_door = course / "first-step" / "home-in-one-step.toml"
    open_door.write_text(open_door.read_text().replace("from = 0.015, to = 0.02", "from = 0.5, to = 0.6"))
    (course / "first-step" / "stray.toml").write_text("= 1")
    assert main(["exercises", "check", str(course), "--seeds", "3"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert (
        "first-step/one-step-by-hand.toml: task.kind: unknown kind 'nmber'; did you mean 'number'?" in printed
    )
    assert "first-step/stray.toml: -: track.toml does not name this file" in printed
    assert "first-step/stray.toml: line 1, column 1: this is not TOML: invalid statement" in printed
    assert any(
        line.startswith("first-step/home-in-one-step.toml: task.door: the door is narrower")
        for line in printed
    )
    assert printed[-1] == "1 exercises, 3 variants each, 4 faults."


def test_checking_a_folder_that_is_none(tmp_path, capsys):
    assert main(["exercises", "check", str(tmp_path / "nowhere")]) == 1
    assert "track.toml: -: cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["check", "--seeds", "0"], ["check", "--seeds", "many"], ["chek"]])
def test_a_wrong_call_says_how_to_call(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["exercises", *arguments])
    assert ended.value.code == 2
    assert "usage: python -m lrlab" in capsys.readouterr().err


def test_the_schema_is_made_from_the_models(capsys):
    assert main(["exercises", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False
    assert {"title", "prompt", "hints", "task", "mistakes", "self_test"} <= set(schema["required"])
    assert sorted(schema["properties"]["task"]["discriminator"]["mapping"]) == [
        "batch", "bracket", "budget", "bug", "choice", "diagnose", "finder", "match", "number", "order", "predict",
        "rate", "schedule",
    ]  # fmt: skip
    assert "bowl_1d" in schema["$defs"]["Walk"]["properties"]["surface"]["enum"]
    assert schema["properties"]["minutes"]["description"]


def test_it_runs_as_a_module_from_the_root():
    ended = subprocess.run(
        [sys.executable, "-m", "lrlab", "grade", SLUG, "--seed", "1", "--answer", "downhill"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["verdict"] == "not an answer"
