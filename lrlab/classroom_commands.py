"""python -m lrlab class … and teacher …: classes and teachers without the pages, by the same functions."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lrlab.classroom import assigned, classes, teachers
from lrlab.classroom.access import Operator
from lrlab.classroom.classes import Classroom
from lrlab.classroom.credentials import read_code
from lrlab.classroom.database import Store, Trouble, open
from lrlab.classroom.gradebook import files, moodle
from lrlab.classroom.gradebook.files import Format, Wish
from lrlab.classroom.gradebook.grid import Choice
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.grading import load_track

COURSE = Path(__file__).parents[1] / "exercises"
DONE, REFUSED = 0, 1

_WHO = Operator()
Deed = Callable[[Store, argparse.Namespace], None]


def register(commands: Any) -> None:
    """Add both commands to the parser of `python -m lrlab`."""
    about_classes = commands.add_parser("class", help="begin, list, archive, export and delete classes")
    actions = about_classes.add_subparsers(required=True, metavar="ACTION")
    new = _action(actions, "new", _new, "begin a class and print its code")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--teacher", metavar="NAME", help="the teacher it belongs to; else share it later")
    _action(actions, "list", _list, "print every class")
    share = _action(actions, "share", _share, "give a class to one more teacher", of_class=True)
    share.add_argument("teacher", metavar="TEACHER")
    _action(actions, "archive", _archive, "end a class: readable, and nothing new is kept", of_class=True)
    export = _action(actions, "export", _export, "write one file with what is in a class", of_class=True)
    export.add_argument("--as", dest="format", type=Format, choices=list(Format), default=Format.CLASS)
    export.add_argument(
        "--by", choices=["chapter", "exercise"], default="chapter", help="one column for each"
    )
    export.add_argument(
        "--counts", type=Choice, choices=list(Choice), default=Choice.BEST, help="which attempt"
    )
    export.add_argument("--assigned", action="store_true", help="only what the class is asked to do")
    export.add_argument("--out-of", type=int, default=moodle.MOST, metavar="N", help="for Moodle")
    export.add_argument(
        "--to", type=Path, metavar="FILE", help="where to; else here, under a name that says what"
    )
    delete = _action(actions, "delete", _delete, "delete a class with everything in it", of_class=True)
    delete.add_argument(
        "--name", metavar="NAME", help="the name of the class, to be sure; else it is asked for"
    )

    about_teachers = commands.add_parser("teacher", help="accounts of teachers")
    actions = about_teachers.add_subparsers(required=True, metavar="ACTION")
    for name, deed, words in (
        ("add", _add_teacher, "make an account; the passphrase is asked for, or read from standard input"),
        ("passphrase", _new_passphrase, "give a teacher another passphrase, asked for in the same way"),
        ("remove", _remove_teacher, "remove an account"),
    ):
        _action(actions, name, deed, words).add_argument("name", metavar="NAME")
    _action(actions, "list", _list_teachers, "print every teacher")


def _action(
    actions: Any, name: str, deed: Deed, words: str, *, of_class: bool = False
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=words, description=words)
    if of_class:
        parser.add_argument("classroom", metavar="CLASS", help="its code, or its number in the list")
    parser.set_defaults(run=lambda given: _run(deed, given))
    return parser


def _run(deed: Deed, given: argparse.Namespace) -> int:
    # Where the classes are is written down once, for the pages.
    from lrlab.ui.account.store import address

    store = open(address())
    if isinstance(store, Trouble):
        print(store.sentence, file=sys.stderr)
        return REFUSED
    try:
        deed(store, given)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return REFUSED
    finally:
        store.close()
    return DONE


def _new(store: Store, given: argparse.Namespace) -> None:
    room = classes.create(store, _WHO, given.name, _now())
    print(f"{room.code}  {room.name}")
    if given.teacher:
        classes.add_teacher(store, _WHO, room.id, given.teacher, _now())


def _list(store: Store, _given: argparse.Namespace) -> None:
    rows = [("number", "code", "students", "door", "state", "teachers", "name")]
    for room in classes.mine(store, _WHO, _now()):
        names = ", ".join(name for _, name in classes.teachers_of(store, _WHO, room.id, _now()))
        state = f"archived {room.archived_at:%Y-%m-%d}" if room.archived_at else "open"
        rows.append(
            (str(room.id), room.code, str(room.students), room.door.value, state, names or "–", room.name)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _share(store: Store, given: argparse.Namespace) -> None:
    classes.add_teacher(store, _WHO, _found(store, given.classroom).id, given.teacher, _now())
    print("Shared.")


def _archive(store: Store, given: argparse.Namespace) -> None:
    room = classes.archive(store, _WHO, _found(store, given.classroom).id, _now())
    print(f"Archived: {room.name}")


def _export(store: Store, given: argparse.Namespace) -> None:
    room = _found(store, given.classroom)
    wish = Wish(given.format)
    if given.format.has_grades:
        tasks = assigned.of_class(store, _WHO, room.id, _now()) if given.assigned else ()
        columns = files.columns(load_track(COURSE), tasks, by_chapter=given.by == "chapter")
        wish = Wish(given.format, columns, given.counts, given.out_of)
    path: Path = given.to or Path()
    if given.to and path.exists():
        raise Refusal(Reason.TAKEN, f"{path} is there already. Nothing was written; name another file.")
    file = files.make(store, _WHO, room.id, wish, _now())
    path = given.to or Path(file.name)
    try:
        with path.open("xb") as there:
            there.write(file.data)
    except OSError as error:
        raise Refusal(Reason.UNFIT, f"{path} could not be written ({error.strerror}).") from error
    print(path)
    if file.left_out:
        print(f"Not in the file, for want of a key: {', '.join(file.left_out)}", file=sys.stderr)


def _delete(store: Store, given: argparse.Namespace) -> None:
    room = _found(store, given.classroom)
    typed = given.name
    if typed is None:
        students = "1 student" if room.students == 1 else f"{room.students} students"
        print(f"“{room.name}” has {students}. Everything in it goes for good.", file=sys.stderr)
        typed = _line("Type the name of the class to delete it: ")
    clean = classes.remove(store, _WHO, room.id, typed, _now())
    print(f"Deleted: {room.name}")
    if not clean:
        print("Others were at work in the file, so traces may be left in it.", file=sys.stderr)


def _add_teacher(store: Store, given: argparse.Namespace) -> None:
    teachers.add(store, _WHO, given.name, _passphrase(), _now())
    print(f"Added: {given.name}")


def _new_passphrase(store: Store, given: argparse.Namespace) -> None:
    teachers.set_passphrase(store, _WHO, given.name, _passphrase(), _now())
    print(f"Changed: {given.name}")


def _remove_teacher(store: Store, given: argparse.Namespace) -> None:
    teachers.remove(store, _WHO, given.name, _now())
    print(f"Removed: {given.name}")


def _list_teachers(store: Store, _given: argparse.Namespace) -> None:
    for name in teachers.everyone(store, _WHO, _now()):
        print(name)


def _found(store: Store, wanted: str) -> Classroom:
    """The class with this code, or with this number in the list."""
    rooms = classes.mine(store, _WHO, _now())
    by_code = [room for room in rooms if room.code == read_code(wanted)]
    found = by_code or [room for room in rooms if str(room.id) == wanted]
    if not found:
        raise Refusal(
            Reason.UNFIT,
            f"There is no class with the code or number {wanted}. `class list` prints all of them.",
        )
    return found[0]


def _passphrase() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Passphrase, 15 characters or more: ")
    return sys.stdin.readline().rstrip("\r\n")


def _line(prompt: str) -> str:
    if sys.stdin.isatty():
        return input(prompt)
    return sys.stdin.readline().rstrip("\r\n")


def _now() -> datetime:
    return datetime.now(UTC)
