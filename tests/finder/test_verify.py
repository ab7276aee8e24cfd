"""Verification: what is trained, and each verdict on a training made to deserve it."""

import numpy as np
import pytest

from lrlab.finder import range_test, suggestions, verify
from lrlab.finder.verify import Finding
from lrlab.training import fit, linear, load
from lrlab.training.curvature import largest_stable_rate
from lrlab.training.sklearn_sgd import estimator_for, fit_estimator

FULL = 10**6


def test_the_trainings_are_those_of_fit_at_the_five_rates() -> None:
    data = load("iris")
    verification = verify(data, "hidden", 0.1, "momentum", batch_size=16, steps=50, momentum=0.5)
    np.testing.assert_allclose(verification.rates, [0.01, 0.1 / 3, 0.1, 0.3, 1.0])
    assert verification.validation_losses.shape == (3, 5, len(verification.measured_at))
    for s, seed in enumerate(verification.seeds):
        training = fit(data, "hidden", "momentum", verification.rates, 16, steps=50, seed=seed, momentum=0.5)
        np.testing.assert_array_equal(verification.validation_losses[s], training.validation_losses)
        np.testing.assert_array_equal(verification.scores[s], training.validation_scores[:, -1])
    means = verification.validation_losses[..., -1].mean(axis=0)
    np.testing.assert_allclose(verification.regrets, means / means.min() - 1)
    assert verification.regrets[verification.best] == 0.0


def test_the_minimum_of_a_range_test_on_digits_holds() -> None:
    data = load("digits")
    rate = {s.rule: s.rate for s in suggestions(range_test(data, "hidden", seeds=(0, 1, 2)))}["minimum"]
    verification = verify(data, "hidden", rate)  # type: ignore[arg-type]
    assert verification.finding is Finding.HOLDS
    assert verification.regrets[2] <= 0.1
    assert (verification.scores[:, 2] > 0.95).all()
    assert verification.sentence.startswith(f"{rate:.3g} holds: over 3 seeds its mean validation loss is 0.0")


@pytest.mark.parametrize(
    ("times_the_limit", "finding", "words"),
    [
        (0.002, Finding.TOO_LOW, ("is too low", "was ahead every time")),
        (0.2, Finding.HOLDS, ("holds", "over 3 seeds")),
        (
            1.5,
            Finding.DIVERGES,
            ("diverges: 3 of 3 trainings ended worse than untrained", "the best of the rates tried"),
        ),
        (1e3, Finding.DIVERGES, ("so did every other rate from", "test far lower ones")),
        (1e-9, Finding.NOTHING_LEARNS, ("Nothing was learned at any rate from", "allow more steps")),
    ],
)
def test_verdicts_on_least_squares_whose_limit_is_known(
    times_the_limit: float, finding: Finding, words: tuple[str, ...]
) -> None:
    data = load("diabetes")
    rate = times_the_limit * largest_stable_rate(data.x_train, "squares")
    verification = verify(data, "linear", rate, batch_size=FULL, steps=60)
    assert verification.finding is finding
    for word in words:
        assert word in verification.sentence
    lost = verification.rates > 1.2 * largest_stable_rate(data.x_train, "squares")
    np.testing.assert_array_equal(
        np.isinf(verification.regrets), lost if not lost.all() else np.ones(5, bool)
    )


def test_a_rate_above_the_best_is_too_high() -> None:
    verification = verify(load("digits"), "hidden", 0.3, "adam")
    assert verification.finding is Finding.TOO_HIGH
    assert verification.best < 2
    assert "is too high" in verification.sentence


def test_seeds_that_disagree_leave_it_in_doubt() -> None:
    """Adam on 38 validation flowers: the best rate wins in the mean by far, and loses with one of the seeds."""
    verification = verify(load("iris"), "hidden", 0.1, "adam", batch_size=16)
    final = verification.validation_losses[..., -1]
    assert verification.finding is Finding.UNCLEAR
    assert verification.regrets[2] > 0.1
    assert (final[:, 2] < final[:, verification.best]).any()
    assert "is in doubt" in verification.sentence


def test_a_scikit_learn_estimator_is_verified_with_as_many_rows() -> None:
    data = load("breast_cancer")
    estimator = estimator_for(data)
    verification = verify(data, estimator, 0.03, steps=50)
    assert not hasattr(estimator, "coef_")
    assert verification.finding is Finding.HOLDS
    np.testing.assert_array_equal(verification.measured_at, [0, 50])
    training = fit_estimator(data, estimator, 0.03, 64, steps=50, seed=1)
    np.testing.assert_allclose(verification.validation_losses[1, 2], training.validation_losses[0], rtol=1e-9)
    assert (verification.scores[:, 2] > 0.9).all()


def test_a_loss_of_exactly_zero_has_finite_regrets() -> None:
    data = load("wine")
    verification = verify(data, linear(), 10.0, "adam", batch_size=16, factors=(0.1, 1.0))
    assert verification.validation_losses[:, 1, -1].max() == 0.0
    assert 0.0 < verification.regrets[0] < 0.01
    assert verification.regrets[1] == 0.0


def test_progress_counts_seeds() -> None:
    told: list[tuple[int, int]] = []
    verify(load("iris"), "linear", 0.1, steps=5, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rate": 0.0}, "rate is 0.0"),
        ({"rate": np.nan}, "rate is nan"),
        ({"factors": (0.1, 10.0)}, r"factors is \(0.1, 10.0\); they must ascend"),
        ({"factors": (1.0, 0.1)}, "must ascend"),
        ({"factors": (-1.0, 1.0)}, "must ascend from above 0"),
        ({"seeds": ()}, "seeds is empty"),
        ({"steps": 0}, "steps is 0"),
        ({"optimizer": "lion"}, "'lion'"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        verify(load("iris"), "linear", **({"rate": 0.1} | changes))  # type: ignore[arg-type]
