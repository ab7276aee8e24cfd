"""Where one stands with an exercise, and where to go from there: another variant, or the next exercise."""

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from lrlab.grading import Refusal, Variant, read
from lrlab.ui import attempts, course
from lrlab.ui.exercise import results

GUIDES: Mapping[str, str] = MappingProxyType({"worked": "Worked example", "half": "Begun for you"})
"""The exercises that lead by the hand, by their role in the chapter."""


def standing(slug: str) -> str:
    """To do, solved or mastered, as a sign and a word."""
    if slug in attempts.mastered():
        return ":green[◆ mastered]"
    return ":green[✓ solved]" if slug in attempts.solved() else "○ to do"


def line(slug: str, task: Variant) -> str:
    """Whether it is solved or mastered, its stars, what it is worth and how long it takes, on one line."""
    sheet = task.exercise.sheet
    points = "1 point" if sheet.points == 1 else f"{sheet.points} points"
    parts = [standing(slug), points, f"about {sheet.minutes} min", *(["hard"] if sheet.hard else [])]
    if sheet.role in GUIDES:
        parts.append(GUIDES[sheet.role].lower())
    stars = _most_stars(slug, task)
    if stars:
        parts.insert(1, f"{results.drawn(stars)} {stars} of 3 stars")
    return f":small[{' · '.join(parts)}]"


def onward(slug: str, key: str) -> None:
    """After a pass: what mastery still needs, a new variant, and the recommended next exercise."""
    if slug in attempts.mastered():
        st.markdown("**Mastered**: you solved it twice, with different numbers and without hints.")
    else:
        st.markdown(_to_master(slug))
    st.button(
        "Another one",
        key=f"{key}.another",
        icon=":material/casino:",
        on_click=attempts.another,
        args=(slug, attempts.desk(slug).variant),
        help="The same question with new numbers. What you have done so far stays on record.",
    )
    course.next_exercise(slug)


def _to_master(slug: str) -> str:
    clean = {attempt.variant for attempt in attempts.kept(slug) if attempt.passed and not attempt.hints}
    if clean:
        return "**Solved.** Solve one more, with other numbers and without hints, and it is mastered."
    return "**Solved**, with hints. To master it, solve two with different numbers without any."


def _most_stars(slug: str, task: Variant) -> int:
    """The most stars any answer to the numbers in hand has earned."""
    desk = attempts.desk(slug)
    passed = (past.answer for past in desk.past if past.passed and past.variant == desk.variant)
    still = (answer for answer in passed if not isinstance(read(task, answer), Refusal))
    return max((results.stars_of(task, answer) for answer in still), default=0)
