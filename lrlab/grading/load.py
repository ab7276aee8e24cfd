"""Reading the course from its folder: whatever is wrong is named by file and field, and the rest still loads."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from lrlab.grading import checks, reasons
from lrlab.grading.kinds.kind import Complaint
from lrlab.grading.kinds.registry import FileSheet
from lrlab.grading.templates import unknown
from lrlab.grading.track import Chapter, Exercise, Fault, Track
from lrlab.grading.words import STRICT, Label, Line, Name

TRACK = "track.toml"
LARGEST_FILE = 64 * 1024
LONGEST_LINE = 2000
"""The parser takes the square of the time over a long chain of dotted names; no prose needs such a line."""
SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}/[a-z][a-z0-9-]{0,39}")


class ChapterEntry(BaseModel):
    """One chapter in the track file."""

    model_config = STRICT

    name: Label
    """The folder that holds its exercises."""
    title: Line
    page: Name
    """The page that shows it."""
    exercises: tuple[Label, ...] = Field(min_length=1)
    """File names without their ending, in order."""


def load_track(folder: Path | str) -> Track:
    """Read `track.toml` and every exercise file of a folder; nothing in the files can make this raise."""
    folder = Path(folder)
    faults: list[Fault] = []
    entries = _entries(folder, faults)
    pages = {entry.name: entry.page for entry in entries}
    named = {f"{entry.name}/{name}" for entry in entries for name in entry.exercises}
    present = {path.relative_to(folder).as_posix().removesuffix(".toml") for path in folder.glob("*/*.toml")}
    exercises: dict[str, Exercise] = {}
    for slug in sorted(present):
        file = f"{slug}.toml"
        if entries and slug not in named:
            faults.append(Fault(file, "-", f"{TRACK} does not name this file"))
        try:
            exercise = read_exercise(_bytes(folder / file), slug, pages.get(slug.partition("/")[0], ""))
        except Unreadable as error:
            faults.extend(Fault(file, field, reason) for field, reason in error.complaints)
        else:
            exercises[slug] = exercise
    for slug in sorted(named - present):
        faults.append(Fault(TRACK, "chapter.exercises", f"names {slug!r}, but there is no file {slug}.toml"))
    return Track(
        tuple(_chapter(entry, exercises) for entry in entries), MappingProxyType(exercises), tuple(faults)
    )


def read_exercise(raw: bytes, slug: str, page: str = "") -> Exercise:
    """Read one exercise from the bytes of its file; raises `Unreadable` with everything that is wrong with it."""
    if not SLUG.fullmatch(slug):
        raise Unreadable([("-", "chapter and file names are lower-case letters, digits and hyphens")])
    data = _table(raw)
    try:
        sheet = FileSheet.model_validate(data)
    except ValidationError as error:
        raise Unreadable(reasons.complaints(error, data, FileSheet)) from None
    # A file checked out on Windows is the same exercise.
    version = hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()[:12]
    exercise = Exercise(slug, version, page, sheet)
    complaints = list(checks.complaints(sheet)) or list(checks.trials(exercise))
    if complaints:
        raise Unreadable(complaints)
    return exercise


class Unreadable(Exception):  # noqa: N818
    """What is wrong with a file: fields and reasons."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in complaints))
        self.complaints = complaints


def _too_large(size: int) -> Unreadable:
    return Unreadable([("-", f"has {size:,} bytes; an exercise has at most {LARGEST_FILE:,}")])


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large(size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable([("-", f"cannot be read: {error.strerror}")]) from None


def _table(raw: bytes) -> Any:
    """Parse TOML, with lists as tuples, as the models want them."""
    if len(raw) > LARGEST_FILE:
        raise _too_large(len(raw))
    try:
        text = raw.decode("utf-8-sig")
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > LONGEST_LINE:
                raise Unreadable(
                    [(f"line {number}", f"has {len(line):,} characters; break it before {LONGEST_LINE:,}")]
                )
        return _tuples(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise Unreadable([(f"byte {error.start}", "is not UTF-8 text")]) from None
    except RecursionError:
        raise Unreadable([("-", "is nested too deeply")]) from None
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).removesuffix(")").rpartition(" (at ")
        if place == "end of document":
            lines = text.splitlines() or [""]
            place = f"line {len(lines)}, column {len(lines[-1]) + 1}"
        raise Unreadable([(place, f"this is not TOML: {reason[:1].lower()}{reason[1:]}")]) from None


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value


def _entries(folder: Path, faults: list[Fault]) -> tuple[ChapterEntry, ...]:
    """The chapters of the track file that can be used; what is wrong with the others is added to `faults`."""
    try:
        data = _table(_bytes(folder / TRACK))
    except Unreadable as error:
        faults.extend(Fault(TRACK, field, reason) for field, reason in error.complaints)
        return ()
    for name in data:
        if name != "chapter":
            faults.append(Fault(TRACK, name, unknown("field", name, ("chapter",))))
    tables = data.get("chapter")
    if not isinstance(tables, tuple) or not tables:
        faults.append(Fault(TRACK, "chapter", "is missing; write a [[chapter]] for each"))
        return ()
    entries: dict[str, ChapterEntry] = {}
    for place, table in enumerate(tables):
        try:
            entry = ChapterEntry.model_validate(table)
        except ValidationError as error:
            for field, reason in reasons.complaints(error, table, ChapterEntry):
                faults.append(Fault(TRACK, f"chapter.{place}.{field}", reason))
            continue
        for name, count in Counter(entry.exercises).items():
            if count > 1:
                faults.append(Fault(TRACK, f"chapter.{place}.exercises", f"names {name!r} {count} times"))
        if entry.name in entries:
            faults.append(Fault(TRACK, f"chapter.{place}.name", f"there is already a chapter {entry.name!r}"))
        else:
            entries[entry.name] = entry
    return tuple(entries.values())


def _chapter(entry: ChapterEntry, exercises: Mapping[str, Exercise]) -> Chapter:
    slugs = tuple(dict.fromkeys(f"{entry.name}/{name}" for name in entry.exercises))
    return Chapter(
        entry.name,
        entry.title,
        entry.page,
        tuple(slug for slug in slugs if slug in exercises),
        tuple(slug for slug in slugs if slug not in exercises),
    )
