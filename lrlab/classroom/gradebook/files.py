"""Every file that can leave a class: which there are, which columns they can have, and how each is made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lrlab.classroom import classes, privacy
from lrlab.classroom.access import Keeper
from lrlab.classroom.assigned import Assignment
from lrlab.classroom.database import Store
from lrlab.classroom.gradebook import attempt_log, canvas, moodle, spreadsheet
from lrlab.classroom.gradebook.cells import File, file_name
from lrlab.classroom.gradebook.grid import Choice, Column
from lrlab.grading import Track


class Format(StrEnum):
    """What kind of file."""

    SPREADSHEET = "spreadsheet"
    CANVAS = "canvas"
    MOODLE = "moodle"
    ATTEMPTS = "attempts"
    LINES = "json-lines"
    CLASS = "json"

    @property
    def has_grades(self) -> bool:
        """Whether it holds a grade a student and column, so that columns and the attempt that counts are chosen."""
        return self in (Format.SPREADSHEET, Format.CANVAS, Format.MOODLE)


@dataclass(frozen=True)
class Wish:
    """What is to leave: a format; for grades which columns and which attempt; for Moodle out of how much."""

    format: Format
    columns: tuple[Column, ...] = ()
    choice: Choice = Choice.BEST
    out_of: int = moodle.MOST


def columns(track: Track, tasks: Iterable[Assignment] = (), *, by_chapter: bool = True) -> tuple[Column, ...]:
    """A column a chapter or an exercise, in the order of the course: of all of it, or of what is assigned (`tasks`)."""
    names = {(task.kind, task.name) for task in tasks}
    found: list[Column] = []
    for chapter in track.chapters:
        worth = {
            slug: track.exercises[slug].sheet.points
            for slug in chapter.exercises
            if not names or ("chapter", chapter.name) in names or ("exercise", slug) in names
        }
        if by_chapter and worth:
            found.append(Column(chapter.title, worth))
        elif not by_chapter:
            found += [Column(track.exercises[slug].title, {slug: points}) for slug, points in worth.items()]
    return tuple(found)


def make(store: Store, who: Keeper, classroom: int, wish: Wish, at: datetime) -> File:
    """The file itself; each is noted in the audit before anything is read."""
    chosen = (store, who, classroom, wish.columns, wish.choice, at)
    match wish.format:
        case Format.SPREADSHEET:
            return spreadsheet.export(*chosen)
        case Format.CANVAS:
            return canvas.export(*chosen)
        case Format.MOODLE:
            return moodle.export(*chosen, out_of=wish.out_of)
        case Format.ATTEMPTS:
            return attempt_log.as_csv(store, who, classroom, at)
        case Format.LINES:
            return attempt_log.as_json_lines(store, who, classroom, at)
        case Format.CLASS:
            room = classes.get(store, who, classroom, at)
            data = privacy.class_data(store, who, classroom, at)
            text = json.dumps(data, ensure_ascii=False, indent=2)
            return File(file_name(room.name, "class", at, "json"), f"{text}\n".encode())
