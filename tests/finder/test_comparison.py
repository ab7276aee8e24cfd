"""The paired comparison: chances counted by hand, and by SciPy's own permutation test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from lrlab.finder.comparison import Judgement, compare


def pairs(count, low=0.0, high=1.0):
    return st.lists(st.tuples(st.floats(low, high), st.floats(low, high)), min_size=count, max_size=count)


def test_six_of_six_is_two_flips_in_sixty_four():
    told = compare([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7])
    assert told.chance == pytest.approx(2 / 64)
    assert (told.judgement, told.wins, told.mean) == (Judgement.BETTER, 6, -1.0)
    assert told.gap == pytest.approx(1 / 4.5)


def test_five_of_six_with_a_large_sixth_is_not_enough():
    """Differences −1, −1, −1, −1, −1, +2. Of 64 flips, 34 have |sum| ≥ 3, counted by hand.

    Five signs sum to ±5, ±3 and ±1 in 2, 10 and 20 ways, each joined by +2 and by −2. All 4 from ±5 reach 3, of the 20
    from ±3 those 10 that move outwards do, and of the 40 from ±1 those 20 that move outwards.
    """
    told = compare([0, 0, 0, 0, 0, 3], [1, 1, 1, 1, 1, 1])
    assert told.chance == pytest.approx((4 + 10 + 20) / 64)
    assert told.judgement is Judgement.ALIKE


@given(pairs(7))
def test_the_chance_is_scipys(values):
    first, second = np.array(values).T.round(
        3
    )  # no differences of 1e-300, whose ties are a matter of rounding
    if np.allclose(first, second):
        return
    theirs = permutation_test(
        (first, second),
        lambda a, b: np.mean(a - b),
        permutation_type="samples",
        n_resamples=np.inf,
    )
    assert compare(first, second).chance == pytest.approx(theirs.pvalue, abs=1e-12)


@given(pairs(6, low=0.1))
def test_the_order_of_the_two_turns_the_answer_round(values):
    first, second = np.array(values).T
    one, other = compare(first, second), compare(second, first)
    opposite = {
        Judgement.BETTER: Judgement.WORSE,
        Judgement.WORSE: Judgement.BETTER,
        Judgement.ALIKE: Judgement.ALIKE,
    }
    assert other.judgement is opposite[one.judgement]
    assert (other.chance, other.mean) == (one.chance, -one.mean)


def test_a_gap_too_small_to_matter_is_not_called_a_difference():
    """Ahead ten times of ten, by one in a thousand: beyond chance, and of no use to anyone."""
    first = np.linspace(1.0, 2.0, 10)
    told = compare(first * 0.999, first)
    assert told.chance == pytest.approx(2 / 1024)
    assert told.judgement is Judgement.ALIKE
    assert "too small to matter" in told.sentence
    assert compare(first * 0.999, first, margin=0.0005).judgement is Judgement.BETTER


def test_the_same_results_are_alike():
    told = compare([1.0] * 8, [1.0] * 8)
    assert (told.judgement, told.chance, told.wins, told.gap) == (Judgement.ALIKE, 1.0, 0, 0.0)


def test_the_sentence_carries_the_names_and_the_evidence():
    told = compare([1.0] * 6, [1.5] * 6, ("momentum", "Adam"))
    assert told.sentence == (
        "Better: momentum had the lower loss with 6 of 6 seeds, and its mean loss is 33.3 % lower; coin flips "
        "alone would reach that far in 0.031 of all cases."
    )
    assert "the other's mean loss is 33.3 % lower" in compare([1.5] * 6, [1.0] * 6).sentence


@pytest.mark.parametrize(
    ("first", "second", "options", "message"),
    [
        ([1.0] * 5, [1.0] * 5, {}, "6 to 16 losses each"),
        ([1.0] * 17, [1.0] * 17, {}, "6 to 16 losses each"),
        ([1.0] * 6, [1.0] * 7, {}, "they must pair"),
        ([1.0] * 5 + [np.inf], [1.0] * 6, {}, "negative or not finite"),
        ([-1.0] * 6, [1.0] * 6, {}, "negative or not finite"),
        ([1.0] * 6, [1.0] * 6, {"level": 0.0}, "level is 0.0"),
        ([1.0] * 6, [1.0] * 6, {"margin": -0.1}, "margin -0.1"),
    ],
)
def test_what_does_not_pair_is_refused(first, second, options, message):
    with pytest.raises(ValueError, match=message):
        compare(first, second, **options)
