"""Regret: what is trained, and each sentence on a rule made to deserve it."""

import numpy as np
import pytest

from lrlab.finder import Suggestion, range_test, suggestions
from lrlab.finder.regrets import regrets
from lrlab.training import fit, load
from lrlab.training.sklearn_sgd import estimator_for, fit_estimator


def rule(rate: float | None) -> Suggestion:
    return Suggestion(f"at {rate}", f"At {rate}", rate, rate, rate, "")


def test_the_trainings_are_those_of_fit_and_the_regret_is_a_share_of_the_best() -> None:
    data = load("wine")
    asked, sweep = (0.003, 0.3), (0.01, 0.1, 1.0)
    found = regrets(
        data, "hidden", [rule(rate) for rate in asked], sweep, "momentum", batch_size=16, steps=30
    )
    finals = np.array(
        [
            fit(data, "hidden", "momentum", [*sweep, *asked], 16, steps=30, seed=seed).validation_losses[
                :, -1
            ]
            for seed in (0, 1, 2)
        ]
    ).mean(axis=0)
    np.testing.assert_allclose(found.means, finals[:3])
    np.testing.assert_allclose([each.loss for each in found.rules], finals[3:])
    np.testing.assert_allclose([each.regret for each in found.rules], finals[3:] / finals.min() - 1)
    assert found.best_loss == pytest.approx(finals.min())
    assert found.best_rate == [*sweep, *asked][finals.argmin()]
    assert [each.times for each in found.rules] == pytest.approx([rate / found.best_rate for rate in asked])


def test_every_case_has_its_sentence() -> None:
    """Least squares on the diabetes data: 2/L is about .4, so 10 is lost, and 1e-5 has hardly moved."""
    found = regrets(
        load("diabetes"), "linear", [rule(rate) for rate in (1e-5, 0.01, 0.012, 10.0, None)], [0.02, 0.05]
    )
    told = [each.sentence for each in found.rules]
    assert told[0].startswith("Too low: its loss is")
    assert told[3] == "At least one training ended worse than it began."
    assert told[4] == "It gave no rate."
    assert any(
        each == "The best of all that was tried." or each.startswith("As good as") for each in told[1:3]
    )
    assert found.rules[3].loss == np.inf
    assert found.rules[4].regret is None


def test_too_high_is_told_from_too_low() -> None:
    found = regrets(load("digits"), "hidden", [rule(20.0)], [0.5, 1.0], steps=60)
    assert found.rules[0].sentence.startswith(("Too high: its loss is", "At least one training"))


def test_where_nothing_learns_no_rule_is_blamed() -> None:
    found = regrets(load("diabetes"), "linear", [rule(50.0)], [20.0, 100.0], steps=50)
    assert found.best_loss == np.inf
    assert found.rules[0].sentence == "Nothing learned anything, at no rate."


def test_an_estimator_is_trained_by_its_own_rule() -> None:
    data = load("iris")
    found = regrets(data, estimator_for(data), [rule(0.01)], [0.001, 0.1], batch_size=8, steps=10, seeds=(1,))
    alone = fit_estimator(data, estimator_for(data), 0.01, 80, steps=1, seed=1).validation_losses[0, -1]
    assert found.rules[0].loss == pytest.approx(alone)
    with pytest.raises(ValueError, match="optimizer is adam; a scikit-learn"):
        regrets(data, estimator_for(data), [rule(0.01)], [0.1], "adam")


def test_the_rules_keep_their_order_and_progress_ends_with_all_of_it() -> None:
    data = load("iris")
    said = suggestions(range_test(data, "linear", batch_size=16))
    told: list[tuple[int, int]] = []
    found = regrets(data, "linear", said, [0.1], steps=10, progress=lambda done, of: told.append((done, of)))
    assert [each.rule for each in found.rules] == [each.rule for each in said]
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


@pytest.mark.parametrize("rates", [[], [0.1, 0.1], [0.2, 0.1], [0.0, 1.0]])
def test_rates_that_do_not_rise_are_refused(rates: list[float]) -> None:
    with pytest.raises(ValueError, match="rising from above 0"):
        regrets(load("iris"), "linear", [rule(0.1)], rates)
