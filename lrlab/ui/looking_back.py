"""What was done so far: stars, predictions against outcomes, every attempt."""

import streamlit as st

from lrlab.charts.calibration import calibration_chart
from lrlab.classroom.predictions import Prediction, calibration
from lrlab.grading import Refusal, read, stars
from lrlab.ui import attempts, pictures, reflections, remembered
from lrlab.ui.attempts import Attempt
from lrlab.ui.teacher.zone import zone

_ENOUGH = 3
"""Predictions with a confidence, below which a picture of them would say nothing."""


def stars_so_far() -> None:
    """The most stars earned at each exercise that gives them."""
    best: dict[str, int] = {}
    for attempt in attempts.kept():
        earned = _stars(attempt) if attempt.passed else None
        if earned:
            best[attempt.exercise] = max(earned, best.get(attempt.exercise, 0))
    if not best:
        st.caption("None yet. Exercises that ask for a rate give one to three, for how few steps it needed.")
        return
    st.markdown(f"**{sum(best.values())} of {3 * len(best)} stars** in the exercises that you have solved.")
    exercises = remembered.track().exercises
    st.table(
        [
            {"exercise": exercises[slug].title, "stars": f"{'★' * count}{'☆' * (3 - count)} {count} of 3"}
            for slug, count in best.items()
        ]
    )


def predictions_so_far() -> None:
    """What was predicted and seen beside what the runs did, and whether being sure meant being right."""
    kept = reflections.kept()
    if not kept:
        st.caption("None yet. Every topic opens with a question; answer it before you look.")
        return
    for moment, words in (("prediction", "Predictions"), ("observation", "Observations")):
        of_kind = [reflection for reflection in kept if reflection.moment == moment]
        right = sum(reflection.right for reflection in of_kind)
        if not of_kind:
            continue
        st.markdown(f"{words}: **{right} of {len(of_kind)}** agreed with the run.")
    _calibration([reflection for reflection in kept if reflection.confidence is not None])


def attempts_so_far() -> None:
    """Every attempt as a row, the newest first: when, what, the answer, what came of it."""
    kept = attempts.kept()
    if not kept:
        st.caption("None yet.")
        return
    exercises, here = remembered.track().exercises, zone()
    st.dataframe(
        [
            {
                "time": attempt.at.astimezone(here).strftime("%d %b, %H:%M:%S"),
                "exercise": exercises[attempt.exercise].title
                if attempt.exercise in exercises
                else attempt.exercise,
                "variant": attempt.variant,
                "attempt": attempt.number,
                "answer": attempt.answer,
                "result": "passed" if attempt.passed else "not yet",
                "hints": attempt.hints,
            }
            for attempt in reversed(kept)
        ],
        hide_index=True,
    )


def _calibration(sure: list[reflections.Reflection]) -> None:
    if len(sure) < _ENOUGH:
        st.caption(
            f"Say how sure you are with {_ENOUGH} predictions, and a picture here shows whether being sure meant "
            "being right."
        )
        return
    made = [Prediction(each.page, each.moment, each.said, each.truth, each.confidence) for each in sure]
    # The scale has whole fives only, so each of these bins holds exactly one of its words.
    bins = calibration(made, width=5)
    pictures.show("calibration", calibration_chart, bins)
    certain = sum(each.confidence or 0 for each in sure) / len(sure)
    right = 100 * sum(each.right for each in sure) / len(sure)
    st.markdown(
        f"On average you were **{certain:.0f} %** sure, and **{right:.0f} %** came true. {_judgement(certain, right)}"
    )


def _judgement(certain: float, right: float) -> str:
    if certain - right > 10:
        return "You trust your picture of the run more than it deserves so far."
    if right - certain > 10:
        return "Your picture of the run is better than you trust it to be."
    return "You know rather well what you know."


def _stars(attempt: Attempt) -> int | None:
    """The stars of a pass, None where the exercise gives none or is not here any more."""
    exercise = remembered.track().exercises.get(attempt.exercise)
    if exercise is None:
        return None
    task = remembered.task(attempt.exercise, attempt.seed)
    if isinstance(read(task, attempt.answer), Refusal):
        return None
    return stars(remembered.verdict(task, attempt.answer))
