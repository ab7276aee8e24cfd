"""python -m lrlab class … and teacher …: the same functions as the desk, from the command line."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type

from lrlab.__main__ import main
from lrlab.classroom import access, classes, credentials, database, people, teachers

ROOT = Path(__file__).parents[1]
WORDS = "four quite unrelated words"


@pytest.fixture(scope="module", autouse=True)
def _quick_hash():
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "_HASHER", quick)
        patch.setattr(credentials, "_NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The store that the commands open, in a folder of its own; files are written beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    opened = database.open(f"sqlite:///{tmp_path}/lrlab.db")
    yield opened
    opened.close()


@pytest.fixture
def run(store, capsys, monkeypatch):
    """Run a command with something on its standard input; returns its code, what it printed and what it complained."""

    def command(*arguments, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(arguments)
        return code, *capsys.readouterr()

    return command


def now():
    return datetime.now(UTC)


def test_a_teacher_and_a_class_from_nothing(run, store):
    assert run("teacher", "add", "Ada Weber", typed=f"{WORDS}\n") == (0, "Added: Ada Weber\n", "")
    code, printed, _ = run("class", "new", "Optimisation,  Monday", "--teacher", "ada weber")
    class_code, name = printed.strip().split("  ", 1)
    assert (code, name) == (0, "Optimisation, Monday")
    ada = teachers.sign_in(store, "Ada Weber", WORDS, now()).teacher
    assert [room.code for room in classes.mine(store, ada, now())] == [class_code]
    _, listed, _ = run("class", "list")
    titles, row = (re.split(" {2,}", line) for line in listed.splitlines())
    assert titles == ["number", "code", "students", "door", "state", "teachers", "name"]
    assert row == ["1", class_code, "0", "open", "open", "Ada Weber", "Optimisation, Monday"]
    assert run("teacher", "list")[1] == "Ada Weber\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        (["teacher", "add", "Ada"], "short\n", "needs 15"),
        (["teacher", "add", "  "], f"{WORDS}\n", "empty"),
        (["teacher", "passphrase", "Nobody"], f"{WORDS}\n", "no teacher called"),
        (["teacher", "remove", "Nobody"], "", "no teacher called"),
        (["class", "new", ""], "", "empty"),
        (["class", "archive", "99"], "", "no class with the code or number 99"),
        (["class", "export", "ABCDEFGH"], "", "no class with the code or number ABCDEFGH"),
        (["class", "share", "1", "Nobody"], "", "no class"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_a_sentence(run, arguments, typed, says):
    code, printed, complained = run(*arguments, typed=typed)
    assert (code, printed) == (1, "")
    assert says in complained


def test_a_class_is_archived_by_its_code_however_it_is_typed(run, store):
    room = classes.create(store, access.Operator(), "Monday", now())
    typed = f"{room.code[:4]} {room.code[4:]}".lower()
    assert run("class", "archive", typed) == (0, "Archived: Monday\n", "")
    assert classes.get(store, access.Operator(), room.id, now()).archived_at is not None


def test_a_class_is_shared(run, store):
    room = classes.create(store, access.Operator(), "Monday", now())
    teachers.add(store, access.Operator(), "Ben", WORDS, now())
    assert run("class", "share", str(room.id), "Ben")[0] == 0
    assert [name for _, name in classes.teachers_of(store, access.Operator(), room.id, now())] == ["Ben"]


def test_exports_are_written_where_nothing_is_yet(run, store, tmp_path):
    room = classes.create(store, access.Operator(), "Monday", now())
    people.join(store, room.code, "=calm heron", now())
    code, printed, _ = run("class", "export", room.code)
    whole = json.loads((tmp_path / printed.strip()).read_text())
    assert code == 0
    assert [student["handle"] for student in whole["students"]] == ["=calm heron"]
    assert run("class", "export", room.code)[0] == 1, "a file that is there is not written over"
    assert (
        run("class", "export", room.code, "--as", "spreadsheet", "--by", "exercise", "--to", "grades.csv")[0]
        == 0
    )
    rows = list(csv.reader((tmp_path / "grades.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][0] == "'=calm heron"
    assert rows[0][0] == "Name"
    assert all(re.search(r" \(of \d+\)$", title) for title in rows[0][1:])
    assert rows[1][1:] == [*[""] * (len(rows[0]) - 2), "0"]
    code, _, complained = run("class", "export", room.code, "--as", "canvas")
    assert code == 1
    assert "no roster from Canvas" in complained


def test_a_class_is_deleted_once_its_name_is_typed(run, store):
    room = classes.create(store, access.Operator(), "Monday", now())
    assert run("class", "delete", room.code, typed="Tuesday\n")[0] == 1
    assert run("class", "delete", room.code, "--name", "monday")[0] == 1
    assert run("class", "delete", room.code, typed="Monday\n")[:2] == (0, "Deleted: Monday\n")
    assert classes.mine(store, access.Operator(), now()) == ()


def test_a_forgotten_passphrase_and_an_account_that_goes(run, store):
    teachers.add(store, access.Operator(), "Ada", WORDS, now())
    assert run("teacher", "passphrase", "Ada", typed="another set of words\n")[0] == 0
    assert teachers.sign_in(store, "Ada", "another set of words", now())
    assert run("teacher", "remove", "Ada") == (0, "Removed: Ada\n", "")
    assert run("teacher", "list")[1] == ""


def test_a_database_that_cannot_be_opened_is_a_sentence(run, monkeypatch):
    monkeypatch.setenv("LRLAB_DATABASE_URL", "mysql://here/there")
    code, _, complained = run("class", "list")
    assert code == 1
    assert "sqlite and postgresql" in complained


def test_the_process_itself(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "lrlab", "class", "list"],
        cwd=ROOT,
        env={"PATH": "", "LRLAB_DATABASE_URL": f"sqlite:///{tmp_path}/x.db"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("number  code")
