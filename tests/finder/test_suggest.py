"""The rules on curves with known landmarks, on curves that have none, and against real training."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrlab.finder import Suggestion, range_test, suggestions
from lrlab.finder.range_test import record
from lrlab.finder.suggest import RULES, smooth
from lrlab.training import fit, load

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "finder_curve.json").read_text(encoding="utf-8"))
RATES = 1e-7 * (10 / 1e-7) ** (np.arange(100) / 99)
DECADES = np.log10(RATES)
LOSSES = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5))) + np.exp(4 * (DECADES - 0.2))


def rules(*curves: np.ndarray, rates: np.ndarray = RATES) -> dict[str, Suggestion]:
    return {found.rule: found for found in suggestions(record(rates, curves, tuple(range(len(curves)))))}


def test_fact_21_minimum_and_steepest_of_the_golden_curve() -> None:
    found = rules(LOSSES)
    assert found["minimum"].rate == pytest.approx(GOLDEN["minimum"]["rate"])
    assert found["minimum_tenth"].rate == pytest.approx(GOLDEN["minimum"]["rate"] / 10)
    assert found["steepest"].rate == pytest.approx(GOLDEN["steepest"]["rate"])


def test_fact_22_a_centred_average_moves_neither_minimum_nor_steepest() -> None:
    smoothed = smooth(LOSSES, sigma=3.0)
    assert smoothed.argmin() == GOLDEN["minimum"]["index"]
    assert np.gradient(smoothed, DECADES).argmin() == GOLDEN["steepest"]["index"]


def test_fact_22_noise_is_smoothed_away_without_a_bias() -> None:
    """The median over noisy copies is where the clean curve has it (noise sd .05, 100 draws)."""
    random = np.random.default_rng(0)
    draws = [rules(LOSSES + 0.05 * random.normal(size=100)) for _ in range(100)]
    minima = np.log10([draw["minimum"].rate for draw in draws])  # type: ignore[misc]
    steepest = np.log10([draw["steepest"].rate for draw in draws])  # type: ignore[misc]
    assert np.median(minima) == pytest.approx(-0.94, abs=0.09)
    assert np.median(steepest) == pytest.approx(-2.47, abs=0.09)


def test_ten_below_the_climb_of_a_curve_with_a_corner() -> None:
    """Falls over (1e-4, 1e-2), is level to 1e-1, then climbs: found within a smoothing width of .24 decades."""
    corner = np.interp(DECADES, [-4, -2, -1, 1], [2.0, 1.0, 1.0, 5.0])
    found = rules(corner)["climb"]
    assert np.log10(found.rate) == pytest.approx(-2.0, abs=0.24)  # type: ignore[arg-type]
    assert "starts to climb at about" in found.sentence


def test_fact_25_the_steepest_fall_is_taken_against_the_logarithm() -> None:
    """A straight line in log rate is equally steep everywhere; against the rate itself its start would win."""
    bent = np.interp(DECADES, [-6, -2, -1.5, 0, 1], [2.0, 1.9, 1.0, 0.9, 3.0])
    steepest = np.log10(rules(bent)["steepest"].rate)  # type: ignore[arg-type]
    assert -2.1 < steepest < -1.4


@pytest.mark.parametrize("seed", range(5))
def test_a_curve_that_never_falls_gets_no_rate_from_any_rule(seed: int) -> None:
    noise = 2.3 + 0.1 * np.random.default_rng(seed).normal(size=100)
    for found in rules(noise).values():
        assert found.rate is None
        assert found.sentence == "The loss never falls below its noise up to 10: nothing was learned."


def test_a_perfectly_flat_curve_gets_no_rate_either() -> None:
    assert all(found.rate is None for found in rules(np.ones(100)).values())


def test_a_curve_that_only_climbs_gets_no_rate() -> None:
    assert all(found.rate is None for found in rules(np.linspace(1.0, 3.0, 100)).values())


def test_a_curve_still_falling_at_its_end_has_no_minimum_and_no_climb() -> None:
    found = rules(2.3 - 1.8 / (1 + np.exp(-3 * (DECADES - 1))))
    for rule in ("climb", "minimum", "minimum_tenth"):
        assert found[rule].rate is None
        assert "test higher rates" in found[rule].sentence
    assert found["steepest"].rate > 1.0  # type: ignore[operator]


def test_a_loss_that_is_suddenly_no_number_marks_the_climb() -> None:
    losses = 2.3 - 1.8 / (1 + np.exp(-3 * (DECADES + 2.5)))
    losses[70:] = np.nan
    found = rules(losses)
    assert found["climb"].rate == pytest.approx(RATES[69] / 10)
    assert found["minimum"].rate == pytest.approx(RATES[69], rel=0.3)
    assert found["steepest"].rate == pytest.approx(10**-2.5, rel=0.3)


def test_an_explosion_does_not_reach_back_into_the_minimum() -> None:
    """A fall to 1e-2 and one last point at 1e12: the minimum stays within the smoothing window of the cliff."""
    losses = np.where(np.arange(100) < 80, 2.0 - 1.5 / (1 + np.exp(-3 * (DECADES + 2.5))), 1e12)
    found = rules(losses)
    assert RATES[68] <= found["minimum"].rate <= RATES[79]  # type: ignore[operator]
    assert found["climb"].rate < RATES[81] / 10  # type: ignore[operator]


@pytest.mark.parametrize("count", range(8))
def test_a_test_that_ends_at_once_says_so(count: int) -> None:
    losses = np.full(100, np.nan)
    losses[:count] = np.linspace(2.0, 1.0, count)
    for found in rules(losses).values():
        assert found.rate is None
        assert found.sentence == "The test ended before 8 points: start it at a lower rate."


@settings(max_examples=60, deadline=None)
@given(
    arrays(np.float64, st.integers(2, 60), elements=st.floats(0, 1e300) | st.sampled_from([np.nan, np.inf]))
)
def test_no_curve_makes_a_rule_fail(losses: np.ndarray) -> None:
    rates = np.geomspace(1e-5, 1.0, len(losses))
    for found in rules(losses, rates=rates).values():
        assert found.rate is None or 1e-7 < found.rate <= 1.0
        assert found.sentence.endswith(".")


def test_seeds_are_averaged_and_their_spread_is_told() -> None:
    random = np.random.default_rng(1)
    shifts = [np.interp(DECADES + shift, DECADES, LOSSES) for shift in (-0.5, 0.0, 0.5)]
    found = rules(*(curve + 0.01 * random.normal(size=100) for curve in shifts))
    minimum = found["minimum"]
    assert minimum.low < minimum.rate < minimum.high  # type: ignore[operator]
    assert np.log10(minimum.high / minimum.low) == pytest.approx(1.0, abs=0.3)  # type: ignore[operator]


def test_each_rule_answers_once_and_in_a_sentence() -> None:
    found = suggestions(range_test(load("digits"), "hidden"))
    assert [suggestion.rule for suggestion in found] == list(RULES)
    for suggestion in found:
        assert suggestion.title
        assert suggestion.sentence[0].isupper() or suggestion.sentence.startswith("fastai")
        assert suggestion.sentence.endswith(".")
        assert suggestion.rate is not None


def test_fact_23_rules_disagree_and_the_minimum_trains_best() -> None:
    """Four data sets, hidden layer, training loss after 100 steps: as the lab measures it, on these sets only."""
    for name, batch_size in (("digits", 64), ("breast_cancer", 64), ("wine", 16), ("iris", 16)):
        data, seeds = load(name), range(3)
        found = suggestions(range_test(data, "hidden", seeds=seeds, batch_size=batch_size))
        rates = np.array([suggestion.rate for suggestion in found])
        grid = np.geomspace(1e-3, 30.0, 24)
        finals = np.mean(
            [
                fit(
                    data, "hidden", "sgd", [*rates, *grid], batch_size, steps=100, seed=s, measure="ends"
                ).train_losses[:, -1]
                for s in seeds
            ],
            axis=0,
        )
        by_rule = dict(zip(RULES, finals[: len(rates)], strict=True))
        best_rate = grid[finals[len(rates) :].argmin()]
        assert min(by_rule, key=by_rule.__getitem__) == "minimum"
        assert rates.max() / rates.min() > 30
        assert found[-1].rule == "valley"
        assert rates[-1] < 0.05 * best_rate


def test_a_sigma_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="sigma is 0"):
        smooth([1.0, 2.0], 0)
