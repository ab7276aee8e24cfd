"""What somebody was asked, made again from what is on record, so that an answer can be shown, judged and replayed."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from lrlab.classroom.tasks import Task
from lrlab.grading import Refusal, Variant, form, read, variant
from lrlab.grading.evidence import Evidence
from lrlab.grading.forms import Lines, OneOf
from lrlab.ui import remembered

_LONGEST = 60
_LETTERS = MappingProxyType(
    {r"\alpha": "α", r"\beta": "β", r"\lambda": "λ", r"\cdot": "·", r"\le": "≤", r"\ge": "≥", r"\approx": "≈"}
)


@dataclass(frozen=True)
class Given:
    """An answer on record, with the task it was given to."""

    task: Variant
    answer: str
    passed: bool
    outcome: str


def again(task: Task) -> Variant | None:
    """The exercise with the numbers of a record; None where it is not in the course any more, or cannot be drawn."""
    exercise = remembered.track().exercises.get(task.exercise)
    if exercise is None:
        return None
    try:
        fresh = remembered.task(task.exercise, task.seed)
        if dict(task.parameters) == dict(fresh.given):
            return fresh
        return variant(exercise, task.seed, task.parameters)
    except (ValueError, TypeError):
        return None


def evidence(task: Variant, answer: str) -> Evidence | None:
    """What replays an answer on record; None where there is nothing to see, or it is no answer any more."""
    return None if isinstance(read(task, answer), Refusal) else remembered.evidence(task, answer)


def title(slug: str) -> str:
    """The title of an exercise; its name where the course has it no more."""
    exercise = remembered.track().exercises.get(slug)
    return slug if exercise is None else exercise.title


def listed(kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """The exercises in the order of the course, each with chapter and title; only of some kinds where any are named."""
    track = remembered.track()
    return {
        slug: f"{chapter.title} · {track.exercises[slug].title}"
        for chapter in track.chapters
        for slug in chapter.exercises
        if not kinds or track.exercises[slug].kind in kinds
    }


def label(task: Variant, answer: str) -> str:
    """An answer as people read it: the words of the option chosen, a number without its decorations, or the text."""
    shape = form(task)
    if isinstance(shape, OneOf):
        found = [option.text for option in shape.options if option.name == answer.strip()]
        return plainly(found[0]) if found else answer
    if isinstance(shape, Lines):
        return f"line {answer.strip()}"
    reading = read(task, answer)
    return f"{reading:.4g}" if isinstance(reading, float) else _short(answer)


def plainly(text: str) -> str:
    """A sentence without the signs of Markdown, and its formulae as one would type them."""
    text = re.sub(r"\\[td]?frac\{(.*?)\}\{(.*?)\}", r"\1/\2", text)
    for written, letter in _LETTERS.items():
        text = text.replace(written, letter)
    return _short(re.sub(r"\\(bigl|bigr|,|!|;)|[$*`\\{}]", "", text))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
