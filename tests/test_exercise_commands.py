"""python -m lrlab exercises new: the start of an exercise that passes the check once its words are there."""

import re

import pytest

from lrlab.__main__ import main
from lrlab.grading import load_track
from lrlab.grading.kinds.registry import KINDS

TRACK = '[[chapter]]\nname = "mine"\ntitle = "Mine"\npage = "sandbox"\nexercises = ["first"]\n'


@pytest.fixture
def course(tmp_path, capsys):
    """A course with one chapter whose first exercise has just been begun."""
    (tmp_path / "track.toml").write_text(TRACK.replace('["first"]', '[\n  "first",\n]'))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "first.toml").write_text("")
    assert main(["exercises", "new", "rate", "mine/second", "--folder", str(tmp_path)]) == 0
    (tmp_path / "mine" / "first.toml").write_text((tmp_path / "mine" / "second.toml").read_text())
    capsys.readouterr()
    return tmp_path


def fill_in(path):
    """Replace every TODO with words, as an author would."""
    text = path.read_text()
    path.write_text(re.sub("TODO", "Here it says", text))


def check(folder, capsys, seeds=2):
    code = main(["exercises", "check", str(folder), "--seeds", str(seeds)])
    return code, capsys.readouterr().out


@pytest.mark.slow
def test_a_new_exercise_of_every_kind_passes_the_check_after_its_todos_are_filled_in(course, capsys):
    for kind in KINDS:
        assert main(["exercises", "new", kind, f"mine/{kind}", "--folder", str(course)]) == 0
    for path in (course / "mine").glob("*.toml"):
        fill_in(path)
    code, printed = check(course, capsys, seeds=8)
    assert code == 0, printed
    assert load_track(course).chapters[0].exercises == tuple(
        f"mine/{name}" for name in ("first", "second", *KINDS)
    )


def test_a_todo_that_is_left_is_named_with_its_field(course, capsys):
    fill_in(course / "mine" / "first.toml")
    code, printed = check(course, capsys)
    assert code == 1
    assert "mine/second.toml: title: still says TODO; put your own words there" in printed
    assert "mine/second.toml: hints.bracket: still says TODO" in printed
    assert "mine/second.toml: mistakes.0.message: still says TODO" in printed
    assert "mine/first.toml" not in printed


def test_it_says_what_to_do_next(course, capsys):
    assert main(["exercises", "new", "number", "mine/third", "--folder", str(course)]) == 0
    said = capsys.readouterr().out
    todos = (course / "mine" / "third.toml").read_text().count("TODO") - 1
    assert f"Fill in its {todos} TODOs, then run: python -m lrlab exercises check" in said
    assert '"second",\n  "third",\n]' in (course / "track.toml").read_text()


@pytest.mark.parametrize(
    ("kind", "slug", "words"),
    [
        ("rat", "mine/third", "unknown kind 'rat'; did you mean 'rate'?"),
        ("rate", "mine", "'mine' is no CHAPTER/SLUG"),
        ("rate", "mine/../etc", "is no CHAPTER/SLUG"),
        ("rate", "mine/Third", "is no CHAPTER/SLUG"),
        ("rate", "mien/third", "unknown chapter 'mien'; did you mean 'mine'?"),
        ("rate", "mine/first", "is there already; nothing was written"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(course, capsys, kind, slug, words):
    before = {path: path.read_text() for path in course.rglob("*.toml")}
    assert main(["exercises", "new", kind, slug, "--folder", str(course)]) == 1
    assert words in capsys.readouterr().err
    assert {path: path.read_text() for path in course.rglob("*.toml")} == before


@pytest.mark.parametrize(
    ("track", "words"),
    [
        ("[[chapter", "track.toml is not TOML"),
        (TRACK.replace("exercises", "'exercises'"), "add 'third' to the chapter yourself"),
        (None, "track.toml cannot be read"),
    ],
)
def test_a_track_that_cannot_be_changed_safely_is_left_alone(course, capsys, track, words):
    path = course / "track.toml"
    path.unlink() if track is None else path.write_text(track)
    assert main(["exercises", "new", "rate", "mine/third", "--folder", str(course)]) == 1
    assert words in capsys.readouterr().err
    assert not (course / "mine" / "third.toml").exists()


def test_a_misconception_that_too_few_exercises_answer_is_marked(course, capsys):
    for name in ("first", "second"):
        fill_in(course / "mine" / f"{name}.toml")
    code, printed = check(course, capsys)
    assert code == 0
    assert "   2  smaller-is-safer\n" in printed
    assert "   0  nan-is-a-bug  (fewer than two)\n" in printed
