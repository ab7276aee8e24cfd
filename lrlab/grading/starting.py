"""The start of a new exercise: a file of its kind whose numbers already prove, with TODO where words are missing."""

import re
import tomllib
from pathlib import Path

from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.load import LARGEST_FILE, SLUG, TRACK
from lrlab.grading.templates import unknown

_STARTERS = Path(__file__).parent / "starters"


class Refused(Exception):  # noqa: N818
    """Why nothing was written."""


def starter(kind: str) -> str:
    """The text of a new file of a kind; raises `Refused` for a kind that there is not."""
    if kind not in KINDS:
        raise Refused(unknown("kind", kind, KINDS))
    head, body = ((_STARTERS / f"{name}.toml").read_text("utf-8") for name in ("head", kind))
    return head.replace("KIND", kind) + body


def start(folder: Path, kind: str, slug: str) -> Path:
    """Write the file of a new exercise and name it in the track; says in a `Refused` why it did not."""
    text = starter(kind)
    if not SLUG.fullmatch(slug):
        raise Refused(f"{slug!r} is no CHAPTER/SLUG; both are lower-case letters, digits and hyphens")
    chapter, name = slug.split("/")
    path, track = folder / f"{slug}.toml", folder / TRACK
    if path.exists():
        raise Refused(f"{path} is there already; nothing was written")
    try:
        named = with_exercise(track.read_text("utf-8")[:LARGEST_FILE], chapter, name)
    except OSError as error:
        raise Refused(f"{track} cannot be read: {error.strerror}") from None
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    track.write_text(named, "utf-8")
    return path


def with_exercise(track: str, chapter: str, name: str) -> str:
    """The text of a track file with one more exercise at the end of a chapter, and nothing else changed.

    >>> with_exercise('[[chapter]]\\nname = "one"\\nexercises = ["a"]', "one", "b")
    '[[chapter]]\\nname = "one"\\nexercises = ["a", "b"]'
    """
    try:
        before = tomllib.loads(track)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{TRACK} is not TOML: {error}") from None
    chapters = [entry.get("name") for entry in before.get("chapter", [])]
    if chapter not in chapters:
        raise Refused(unknown("chapter", chapter, [str(known) for known in chapters]))
    before["chapter"][chapters.index(chapter)].setdefault("exercises", []).append(name)
    for listed in re.finditer(r'^exercises\s*=\s*\[[^\]]*"', track, re.MULTILINE):
        between = ",\n  " if "\n" in listed[0] else ", "
        after = f'{track[: listed.end()]}{between}"{name}"{track[listed.end() :]}'
        if tomllib.loads(after) == before:
            return after
    raise Refused(f"{TRACK} is written in a way that I do not change; add {name!r} to the chapter yourself")
