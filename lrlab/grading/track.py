"""The course once it has been read: exercises, the chapters they stand in, and what was wrong with the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrlab.grading.spec import Sheet


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one file."""

    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        """The fault on one line, as the check prints it."""
        return f"{self.file}: {self.field}: {self.reason}"


@dataclass(frozen=True)
class Exercise:
    """An exercise as its file says.

    `slug` is chapter and file name, `version` a digest of the file, `page` the page that shows its chapter.
    """

    slug: str
    version: str
    page: str
    sheet: Sheet[Any]

    @property
    def title(self) -> str:
        """The title in the file."""
        return self.sheet.title

    @property
    def kind(self) -> str:
        """The kind of the task, a name in `kinds.registry`."""
        kind: str = self.sheet.task.kind
        return kind


@dataclass(frozen=True)
class Chapter:
    """One chapter: its exercises in order, and the slugs of those that could not be read."""

    name: str
    title: str
    page: str
    exercises: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Track:
    """The whole course, with every fault that was found on the way."""

    chapters: tuple[Chapter, ...]
    exercises: Mapping[str, Exercise]
    faults: tuple[Fault, ...]
