"""The contest on real data: the same budget for each, halves that do not overlap, seeds that no choice has seen."""

import numpy as np
import pytest

from lrlab.finder.comparison import Judgement
from lrlab.finder.contest import ENTRANTS, SCHEDULES, Entrant, halves, hold
from lrlab.training import fit, load


@pytest.fixture(scope="module")
def contest():
    return hold(load("breast_cancer"), "linear", 32, epochs=3, tuning_seeds=(0, 1), seeds=range(10, 16))


def test_the_halves_share_no_row_and_lose_none():
    data = load("digits")
    one, other = halves(data)
    rows = [tuple(row) for half in (one, other) for row in half.x_validation]
    assert sorted(rows) == sorted(map(tuple, data.x_validation))
    assert abs(len(one.y_validation) - len(other.y_validation)) <= 1
    assert one.x_train is data.x_train is other.x_train


def test_everyone_who_is_tuned_has_the_same_trials(contest):
    assert contest.trials == 15 * 2
    tried = np.isfinite(contest.tuning).sum(axis=1) + np.isinf(contest.tuning).sum(axis=1)
    assert tried.tolist() == [15, 15, 15, 0]
    assert contest.chosen[3] == 1e-3


def test_the_rate_chosen_is_the_best_on_the_half_for_tuning(contest):
    """Adam's row again, one training at a time."""
    tuned_on, _ = halves(load("breast_cancer"))
    means = []
    for rate in contest.rates:
        finals = []
        for seed in (0, 1):
            training = fit(tuned_on, "linear", "adam", float(rate), 32, epochs=3, seed=seed)
            first, *_, last = training.validation_losses[0]
            finals.append(last if last <= first else np.inf)
        means.append(np.mean(finals))
    np.testing.assert_allclose(contest.tuning[2], means, rtol=1e-9)
    assert contest.chosen[2] == contest.rates[int(np.argmin(means))]


def test_the_losses_are_those_of_the_other_half_with_fresh_seeds(contest):
    _, judged_on = halves(load("breast_cancer"))
    for column, seed in enumerate(range(10, 16)):
        training = fit(judged_on, "linear", "adam", 1e-3, 32, epochs=3, seed=seed)
        assert contest.losses[3, column] == pytest.approx(training.validation_losses[0, -1], rel=1e-9)
        assert contest.scores[3, column] == pytest.approx(training.validation_scores[0, -1], rel=1e-9)


def test_a_schedule_falls_to_nothing_over_the_training_and_no_further(contest):
    path = SCHEDULES["cosine"](0.5, 39)(np.arange(39))
    assert path[0] == 0.5
    assert 0.0 < path[-1] < 0.002
    assert (SCHEDULES["constant"](0.5, 39)(np.arange(39)) == 0.5).all()


def test_adam_at_its_default_is_far_behind_after_three_epochs_of_this(contest):
    told = contest.against(3)
    assert told.judgement is Judgement.BETTER
    assert told.wins == 6
    assert told.sentence.startswith(f"Better: {ENTRANTS[0].title}")


def test_a_lost_training_counts_as_one_that_never_began():
    entrants = (Entrant("too fast", "sgd", rate=500.0), Entrant("calm", "sgd", rate=0.01))
    lost = hold(load("diabetes"), "linear", 32, epochs=2, entrants=entrants, seeds=range(10, 16))
    _, judged_on = halves(load("diabetes"))
    untrained = 0.5 * np.mean(judged_on.y_validation**2)
    np.testing.assert_allclose(lost.losses[0], untrained, rtol=1e-12)
    assert np.isfinite(lost.losses).all()
    assert lost.against(1).judgement is Judgement.WORSE


def test_progress_counts_every_pass():
    heard = []
    hold(
        load("iris"), "linear", 16, epochs=1, tuning_seeds=(0,), seeds=range(1, 7),
        progress=lambda done, to_do: heard.append((done, to_do)),
    )  # fmt: skip
    assert heard == [(done, 27) for done in range(1, 28)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rates": [0.1]}, "two or more finite rates"),
        ({"rates": [0.1, np.inf]}, "two or more finite rates"),
        ({"entrants": ENTRANTS[:1]}, "needs at least two"),
        ({"seeds": range(6), "tuning_seeds": (3,)}, "none may be among the tuning seeds"),
        ({"seeds": ()}, "seeds is empty"),
    ],
)
def test_a_bad_argument_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        hold(load("iris"), "linear", 16, epochs=1, **options)
