"""Every chapter leads by the hand first: a worked example, then one that is begun, then those that are done alone."""

import re
from pathlib import Path

import pytest

from lrlab.grading import load_track, variant

TRACK = load_track(Path(__file__).parents[2] / "exercises")
GUIDED = [exercise for exercise in TRACK.exercises.values() if exercise.sheet.worked]


@pytest.mark.parametrize("chapter", TRACK.chapters, ids=lambda chapter: chapter.name)
def test_a_chapter_opens_with_a_worked_example_and_one_that_is_begun(chapter):
    roles = [TRACK.exercises[slug].sheet.role for slug in chapter.exercises]
    assert roles[:2] == ["worked", "half"]
    assert set(roles[2:]) == {"free"}


@pytest.mark.parametrize("exercise", GUIDED, ids=lambda exercise: exercise.slug)
def test_a_step_has_no_hole_no_clumsy_number_and_no_two_answers_alike(exercise):
    for seed in range(20):
        for step in variant(exercise, seed).worked:
            for text in (step.text, step.why, step.reply, *step.options):
                assert not re.search(r"\d\.\d{7,}|e[+-]0\d|\{[a-z_]+\}", text.replace("\\", "")), text
                assert text.count("$") % 2 == 0, text
                assert "!" not in text, text
            assert len(set(step.options)) == len(step.options)
            assert step.why.endswith("?")
