"""Searches on real trainings: every loss is that of a training of its own, every update is counted."""

from dataclasses import replace

import numpy as np
import pytest

from lrlab.finder.search import halve, halving_plan, retrained, train_all
from lrlab.finder.spaces import SPACES, Trials, draw, grid
from lrlab.training import fit, hidden, load

MOMENTUM, BATCH = SPACES["momentum"], SPACES["batch_size"]
WINE = load("wine")


def alone(space, rate, second, steps, seed=0):
    """The validation loss of one trial, trained by itself."""
    if space is MOMENTUM:
        training = fit(WINE, "linear", "momentum", rate, 64, steps=steps, seed=seed, momentum=second)
    else:
        training = fit(WINE, "linear", "sgd", rate, int(second), steps=steps, seed=seed)
    first, last = training.validation_losses[0, [0, -1]]
    return last if last <= first else np.inf


@pytest.mark.parametrize("space", [MOMENTUM, BATCH], ids=lambda space: space.name)
def test_stacked_or_alone_a_trial_ends_with_the_same_loss(space) -> None:
    trials = draw(space, 8, seed=4)
    found = train_all(WINE, "linear", space, trials, 30, seed=2)
    by_hand = [alone(space, r, s, 30, seed=2) for r, s in zip(trials.rates, trials.seconds, strict=True)]
    np.testing.assert_allclose(found.losses, by_hand, rtol=1e-9)
    assert found.spent == 240
    assert found.best == int(np.argmin(by_hand))
    np.testing.assert_array_equal(found.best_so_far, np.minimum.accumulate(found.losses))
    np.testing.assert_array_equal(found.spent_at, np.arange(30, 241, 30))


@pytest.mark.parametrize("space", [MOMENTUM, BATCH], ids=lambda space: space.name)
def test_survivors_of_halving_are_resumed_as_if_they_had_never_stopped(space) -> None:
    trials = draw(space, 9, seed=1)
    found = halve(WINE, "linear", space, trials, 6, rounds=3)
    assert found.rounds == ((9, 6), (3, 18), (1, 54))
    first = [alone(space, r, s, 6) for r, s in zip(trials.rates, trials.seconds, strict=True)]
    second_round = np.argsort(first, kind="stable")[:3]
    second = {t: alone(space, trials.rates[t], trials.seconds[t], 18) for t in second_round}
    winner = min(second, key=second.__getitem__)
    assert found.best == winner
    assert found.losses[winner] == pytest.approx(
        alone(space, trials.rates[winner], trials.seconds[winner], 54)
    )
    expected = np.full(9, 6)
    expected[second_round] = 18
    expected[winner] = 54
    np.testing.assert_array_equal(found.updates, expected)
    assert found.spent == 9 * 6 + 3 * 12 + 36
    np.testing.assert_array_equal(found.spent_at, [54, 90, 126])


@pytest.mark.parametrize(
    ("arguments", "plan"),
    [
        ((27, 12), ((27, 12), (9, 36), (3, 108), (1, 324))),
        ((48, 12), ((48, 12), (16, 36), (5, 108), (1, 324))),
        ((16, 5, 2, 9), ((16, 5), (8, 10), (4, 20), (2, 40), (1, 80))),
        ((2, 5, 3, 4), ((2, 5), (1, 15))),
        ((27, 12, 3, 2), ((27, 12), (9, 36))),
    ],
)
def test_the_plan_of_halving(arguments, plan) -> None:
    assert halving_plan(*arguments) == plan


def test_three_times_the_trials_at_a_ninth_cost_what_the_grid_costs() -> None:
    """27 trials by halving spend as many updates as nine trained to 108."""
    plan = halving_plan(27, 12)
    spent = sum(count * (end - before) for (count, end), before in zip(plan, (0, 12, 36, 108), strict=True))
    assert spent == 9 * 108


def test_lost_trials_rank_last_and_never_win() -> None:
    trials = Trials(np.array([1e6, 0.1, 1e6, 0.01]), np.array([0.5, 0.5, 0.9, 0.9]))
    found = halve(load("diabetes"), "linear", MOMENTUM, trials, 20, keep=2, rounds=3)
    assert found.best == 1 or found.best == 3
    assert np.isinf(found.losses[[0, 2]]).all()
    assert np.isfinite(found.losses[found.best])


def test_everything_lost_is_told_by_the_loss() -> None:
    trials = Trials(np.array([1e6, 1e7]), np.array([0.5, 0.5]))
    found = train_all(load("diabetes"), "linear", MOMENTUM, trials, 20)
    assert np.isinf(found.choice[2])


def test_what_was_chosen_is_trained_again_with_new_seeds() -> None:
    search = train_all(WINE, "linear", MOMENTUM, grid(MOMENTUM, 3), 20)
    lost = replace(search, trials=Trials(np.full(9, 1e9), search.trials.seconds))
    losses = retrained(load("diabetes"), hidden(4, "relu"), [search, lost], 25, (7, 8))
    rate, momentum, _ = search.choice
    by_hand = [
        fit(
            load("diabetes"), hidden(4, "relu"), "momentum", rate, 64, steps=25, seed=seed, momentum=momentum
        ).validation_losses[0, -1]
        for seed in (7, 8)
    ]
    np.testing.assert_allclose(losses[0], by_hand)
    assert np.isinf(losses[1]).all()


@pytest.mark.parametrize("way", ["train_all", "halve"])
def test_progress_counts_every_update(way) -> None:
    told: list[tuple[int, int]] = []

    def listen(made: int, of: int) -> None:
        told.append((made, of))

    trials = draw(BATCH, 9, seed=1)
    if way == "halve":
        found = halve(WINE, "linear", BATCH, trials, 6, rounds=3, progress=listen)
    else:
        found = train_all(WINE, "linear", BATCH, trials, 10, progress=listen)
    assert told[-1][1] == found.spent
    assert all(made <= of for made, of in told)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: train_all(WINE, "linear", BATCH, draw(BATCH, 2), 0), "steps is 0"),
        (lambda: halving_plan(0, 5), "count is 0"),
        (lambda: halving_plan(9, 0), "first is 0"),
        (lambda: halving_plan(9, 5, keep=1), "keep is 1"),
        (lambda: halving_plan(9, 5, rounds=0), "rounds is 0"),
        (lambda: retrained(WINE, "linear", [], 5, ()), "seeds is empty"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(call, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()
