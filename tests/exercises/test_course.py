"""The course proves itself: every exercise is read, solvable, guarded against luck, and answers its known mistakes."""

import json
import re
from pathlib import Path

import pytest

from lrlab.grading import Refusal, judge, load_track, read, shown, variant, write
from lrlab.grading.evidence import Curves, Response, Walked
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.kinds.solving import MOST_GUESSED, MOST_GUESSED_HARD
from lrlab.grading.load import read_exercise
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.grading.proof import prove
from lrlab.grading.templates import fill
from lrlab.ui import navigation

COURSE = Path(__file__).parents[2] / "exercises"
TRACK = load_track(COURSE)
EXERCISES = list(TRACK.exercises.values())
SEEDS = 200


def test_every_file_of_the_course_is_read_without_a_fault():
    assert [str(fault) for fault in TRACK.faults] == []
    assert not any(chapter.missing for chapter in TRACK.chapters)


def test_every_topic_has_its_chapter_in_the_order_of_the_course():
    assert [chapter.page for chapter in TRACK.chapters] == [entry.name for entry in navigation.TOPICS]
    assert [chapter.name for chapter in TRACK.chapters] == [
        entry.name.replace("_", "-") for entry in navigation.TOPICS
    ]


def test_every_topic_has_at_least_four_exercises():
    assert all(len(chapter.exercises) >= 4 for chapter in TRACK.chapters)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_an_exercise_proves_itself(exercise):
    proof = prove(exercise, SEEDS)
    assert [str(fault) for fault in proof.faults] == []
    if exercise.kind == "rate":
        assert proof.guess <= (MOST_GUESSED_HARD if exercise.sheet.hard else MOST_GUESSED)
        assert proof.doors[0] > 0
        assert proof.par >= 1


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_no_text_shows_a_hole_or_a_clumsy_number(exercise):
    for seed in range(10):
        drawn = variant(exercise, seed)
        texts = [drawn.prompt, drawn.explanation, *drawn.hints, *(offer.text for offer in drawn.options)]
        for text in texts:
            assert not re.search(r"\d\.\d{7,}|e[+-]0\d", text), text
            assert text.count("$") % 2 == 0, text
            assert "!" not in text.replace(r"\!", ""), text


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_learners_get_different_tasks(exercise):
    prompts = {
        (drawn.prompt, tuple(drawn.options), drawn.exhibit)
        for drawn in (variant(exercise, seed) for seed in range(12))
    }
    assert len(prompts) >= 4


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_every_attempt_is_judged_again_identically(exercise):
    kind = KINDS[exercise.kind]
    raw = (COURSE / f"{exercise.slug}.toml").read_bytes()
    for seed in range(3):
        first = variant(exercise, seed)
        texts = [write(first, kind.solve(first.task, first))]
        for wrong in exercise.sheet.self_test.wrong:
            texts.append(kind.under_letters(first.task, first, fill(wrong.answer, first.numbers)))
        # What is kept of an attempt: slug, version, seed, parameters (as JSON) and the answer.
        kept = (exercise.slug, exercise.version, first.seed, json.loads(json.dumps(dict(first.given))))
        verdicts = [judge(first, text) for text in texts if not isinstance(read(first, text), Refusal)]
        assert verdicts[0].passed
        slug, version, seed_kept, parameters = kept
        again = variant(read_exercise(raw, slug, exercise.page), seed_kept, parameters)
        assert again.exercise.version == version
        assert again.numbers == first.numbers
        assert [
            judge(again, text) for text in texts if not isinstance(read(again, text), Refusal)
        ] == verdicts


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_what_was_run_can_be_shown(exercise):
    drawn = variant(exercise, 5)
    answer = KINDS[exercise.kind].solve(drawn.task, drawn)
    expected = {
        **dict.fromkeys(("rate", "predict", "bracket"), Walked),
        **dict.fromkeys(("order", "match", "schedule", "diagnose"), Curves),
        **dict.fromkeys(("finder", "batch", "budget"), Response),
    }
    assert isinstance(shown(drawn, answer), expected.get(exercise.kind, type(None)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_course_has_an_exercise_of_every_kind(kind):
    assert any(exercise.kind == kind for exercise in EXERCISES)


@pytest.mark.parametrize("misconception", MISCONCEPTIONS)
def test_every_misconception_is_confronted_by_at_least_two_exercises(misconception):
    confronting = [
        exercise.slug
        for exercise in EXERCISES
        if any(mistake.misconception == misconception for mistake in exercise.sheet.mistakes)
    ]
    assert len(confronting) >= 2


def test_the_log_that_rises_has_falling_peaks():
    exercise = TRACK.exercises["sandbox/loss-that-rises"]
    for seed in range(30):
        losses = variant(exercise, seed).exhibit.losses
        peaks = [
            here
            for before, here, after in zip(losses, losses[1:], losses[2:], strict=False)
            if before < here >= after
        ]
        assert len(peaks) >= 4
        assert peaks == sorted(peaks, reverse=True)


def test_the_log_to_read_rises_for_the_first_time_right_after_the_answer():
    exercise = TRACK.exercises["too-large/read-the-log"]
    for seed in range(30):
        drawn = variant(exercise, seed)
        losses = drawn.exhibit.losses
        first_rise = next(step for step in range(1, len(losses)) if losses[step] > losses[step - 1])
        assert drawn.numbers["jump_at"] == first_rise - 1


def test_the_log_of_the_exploding_run_grows_steadily_and_ends_in_nan():
    exercise = TRACK.exercises["too-large/bug-or-rate"]
    for seed in range(20):
        text = variant(exercise, seed).exhibit.text
        assert text.rstrip("`\n").endswith("nan")
        finite = [loss for loss in variant(exercise, seed).exhibit.losses if loss == loss]
        assert finite == sorted(finite)
        assert len(finite) >= 5


def test_a_crawling_log_looks_flat_and_its_gradient_is_not():
    exercise = TRACK.exercises["too-small/converged-or-crawling"]
    for seed in range(20):
        drawn = variant(exercise, seed)
        losses = drawn.exhibit.losses
        assert max(losses) - min(losses) < 1e-3
        slopes = [float(value) for value in re.findall(r"gradient (\S+)", drawn.exhibit.text)]
        assert (min(slopes) > 0.5) == (drawn.numbers["verdict"] == "crawling")
