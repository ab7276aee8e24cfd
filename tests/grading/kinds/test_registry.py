"""What holds for every kind: readers that never raise, canonical texts, verdicts that come out the same again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.grading import Refusal, judge, read, variant, write
from lrlab.grading.kinds.registry import KINDS
from lrlab.grading.load import read_exercise
from lrlab.grading.starting import starter

SIGNS = st.text("abcd0123456789.,;=/ eE-+<>·½inf\n", max_size=40)


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_kind_is_the_word_in_its_files(kind):
    assert KINDS[kind].name == kind
    assert f'kind = "{kind}"' in starter(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_whatever_raises_in_a_reader(begun, kind):
    task = variant(begun(kind), 0)

    @settings(max_examples=60, deadline=None)
    @given(text=st.text(max_size=30) | SIGNS)
    def reads(text):
        reading = read(task, text)
        if isinstance(reading, Refusal):
            assert reading.sentence
        else:
            assert read(task, write(task, reading)) == reading

    reads()


@pytest.mark.parametrize("kind", KINDS)
def test_the_best_answer_passes_with_an_integer_score_and_again_after_the_ranges_have_changed(begun, kind):
    exercise = begun(kind)
    first = variant(exercise, 1)
    answer = write(first, KINDS[kind].solve(first.task, first))
    verdict = judge(first, answer)
    assert verdict.passed
    assert isinstance(verdict.score, int)
    assert 0 < verdict.score <= 1000
    name, value = next(iter(first.given.items()))
    drawn = (variant(exercise, seed).given[name] for seed in range(99))
    other = next(one for one in drawn if one != value)
    fixed = f"{name} = {other!r}".replace("'", '"')
    lines = [fixed if line.startswith(f"{name} = {{") else line for line in starter(kind).splitlines()]
    changed = "\n".join(lines).replace("TODO", "Here:").replace("given = {", "# given = {")
    mended = read_exercise(changed.encode(), exercise.slug, exercise.page)
    assert variant(mended, 1).given[name] == other
    again = variant(mended, 1, dict(first.given))
    assert again.numbers == first.numbers
    assert judge(again, answer) == verdict


def test_a_parameter_that_the_file_has_no_more_is_left_out(begun):
    task = variant(begun("rate"), 0, {"curvature": 1.0, "gone": 3.0})
    assert dict(task.given) == {"curvature": 1.0}
