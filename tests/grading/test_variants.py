"""A learner's own numbers: from the file's ranges, the same on every machine, and in every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.grading import variant
from lrlab.grading.load import read_exercise

SEEDS = st.integers(min_value=-(2**70), max_value=2**70)
ANY = settings(max_examples=60, deadline=None)


def parameters(made, text):
    """An exercise that draws what `text` says and shows it."""
    name = text.partition(" ")[0]
    return made(
        "number",
        ("curvature = { low = 2, high = 8 }\n", f"curvature = 3\n{text}\n"),
        ("Descend", f"{{{name}}} Descend"),
    )


def test_the_same_seed_gives_the_same_task_for_ever(made):
    # 2 + 6·u to two digits, u the first number of PCG64 seeded with 16 bytes of SHA-256("chapter/test\n<seed>")
    drawn = [variant(made("number"), seed).numbers["curvature"] for seed in range(6)]
    assert drawn == [5.9, 7.1, 5.1, 7.7, 7.0, 3.6]


@pytest.mark.parametrize("kind", ["rate", "number", "choice", "predict"])
def test_two_readings_of_one_file_give_equal_variants(made, kind):
    first, again = (variant(made(kind), 12345) for _ in range(2))
    assert (first.numbers, first.prompt, first.hints, first.options, first.explanation) == (
        again.numbers,
        again.prompt,
        again.hints,
        again.options,
        again.explanation,
    )


def test_another_slug_gives_other_numbers(made):
    drawn = {variant(made("number", slug=f"chapter/number-{i}"), 1).numbers["curvature"] for i in range(20)}
    assert len(drawn) > 5


@ANY
@given(
    seed=SEEDS,
    digits=st.integers(1, 4),
    low=st.floats(0.01, 10),
    width=st.floats(0.5, 50),
    spacing=st.sampled_from(["even", "log"]),
)
def test_a_range_is_kept_to_and_rounded(files, seed, digits, low, width, spacing):
    low, high = round(low, 2), round(low, 2) + round(width, 1)
    text = files["number"].replace(
        "{ low = 2, high = 8 }", f'{{ low = {low}, high = {high}, digits = {digits}, spacing = "{spacing}" }}'
    )
    number = variant(read_exercise(text.encode(), "chapter/test"), seed).numbers["curvature"]
    assert low <= number <= high
    assert number in (low, high) or float(f"{number:.{digits}g}") == number


def test_whole_numbers_reach_both_ends(made):
    exercise = parameters(made, "count = { low = 3, high = 6, whole = true }")
    assert {variant(exercise, seed).numbers["count"] for seed in range(80)} == {3.0, 4.0, 5.0, 6.0}


def test_every_choice_is_drawn_and_nothing_else(made):
    exercise = parameters(made, 'word = { choices = ["left", "right"] }')
    assert {variant(exercise, seed).numbers["word"] for seed in range(40)} == {"left", "right"}


def test_decades_are_equally_likely_where_the_spacing_is_log(made):
    exercise = parameters(made, 'rate = { low = 0.001, high = 1, spacing = "log" }')
    drawn = [variant(exercise, seed).numbers["rate"] for seed in range(300)]
    thirds = [sum(low <= rate < 10 * low for rate in drawn) for low in (0.001, 0.01, 0.1)]
    assert min(thirds) > 60


def test_numbers_stand_in_every_text(made):
    exercise = made(
        "number",
        ('hints = { direction = "Left."', 'hints = { direction = "Not {half}."'),
        ('explanation = "Because."', 'explanation = "It is {limit:.2f}."'),
    )
    drawn = variant(exercise, 0)
    assert drawn.prompt == "Descend with curvature 5.9."
    assert drawn.hints == ("Not 0.1695.", "Between 0 and 1.", "One.")
    assert drawn.explanation == "It is 0.34."
    assert drawn.numbers["limit"] == pytest.approx(2 / 5.9)


def test_options_are_shuffled_for_each_learner_and_keep_their_names(made):
    orders = {tuple(offer.name for offer in variant(made("choice"), seed).options) for seed in range(40)}
    assert {frozenset(order) for order in orders} == {frozenset(["converged", "crawling", "unclear"])}
    assert len(orders) == 6


def test_predictions_and_options_in_a_natural_order_are_not_shuffled(made):
    exercise = made("choice", ('correct = "truth"', 'correct = "truth"\nshuffle = false'))
    for unshuffled in (exercise, made("predict")):
        orders = {tuple(offer.name for offer in variant(unshuffled, seed).options) for seed in range(20)}
        assert len(orders) == 1


def test_parameters_can_be_set_for_a_test(made):
    drawn = variant(made("choice"), 0, {"steps": 3})
    assert drawn.numbers["steps"] == 3
    assert drawn.numbers["truth"] == "crawling"


def test_a_value_that_cannot_be_computed_is_named(made):
    exercise = made("number")
    with pytest.raises(ValueError, match=r"values\.limit: largest_stable_rate"):
        variant(exercise, 0, {"curvature": 0.0})
