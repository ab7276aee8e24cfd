"""The best rate for each batch size: where it is placed, what counts as lost, and fact 15."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lrlab.finder.batch_sizes import best_rates, growth
from lrlab.training import fit, hidden, load

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "batch_sizes.json").read_text(encoding="utf-8"))[
    "best_rate_after_5_epochs"
]
RATES = {"sgd": 0.05 * 2.0 ** np.arange(8), "adam": 0.004 * 2.0 ** np.arange(7)}


@pytest.fixture(scope="module")
def sweeps():
    return {
        optimizer: best_rates(
            load("digits"),
            hidden(32, "relu"),
            optimizer,
            GOLDEN["batch_sizes"],
            rates,
            epochs=5,
            seeds=(0, 1, 2),
        )
        for optimizer, rates in RATES.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_fact_15_the_best_rates_themselves(sweeps, optimizer) -> None:
    """One grid step of a factor two is the resolution; the batch sizes agree within it, and on average."""
    times = sweeps[optimizer].best / GOLDEN[optimizer]
    assert times.min() > 0.5
    assert times.max() < 2.0
    assert np.exp(np.log(times).mean()) == pytest.approx(1.0, abs=0.2)


@pytest.mark.slow
def test_fact_15_sgd_grows_linearly_and_then_saturates(sweeps) -> None:
    assert growth(sweeps["sgd"], 8, 64) == pytest.approx(GOLDEN["sgd_slope_8_to_64"], abs=0.15)
    assert growth(sweeps["sgd"], 128, 512) < 0.3


@pytest.mark.slow
def test_fact_15_adam_grows_with_the_square_root(sweeps) -> None:
    assert growth(sweeps["adam"], 8, 512) == pytest.approx(GOLDEN["adam_slope"], abs=0.1)


def test_each_loss_is_that_of_a_training_of_its_own() -> None:
    data = load("wine")
    sweep = best_rates(
        data, "hidden", "momentum", [4, 16], [0.01, 0.1, 1.0], epochs=2, seeds=(3, 1), momentum=0.5
    )
    assert sweep.updates == (2 * (133 // 4), 2 * (133 // 16))
    for s, seed in enumerate((3, 1)):
        for b, size in enumerate((4, 16)):
            training = fit(
                data, "hidden", "momentum", [0.01, 0.1, 1.0], size, epochs=2, seed=seed, momentum=0.5
            )
            np.testing.assert_array_equal(sweep.losses[s, b], training.train_losses[:, -1])


def test_a_budget_of_steps_gives_every_batch_as_many_updates() -> None:
    sweep = best_rates(load("wine"), "linear", "sgd", [4, 64], [0.01, 0.1, 1.0], steps=7)
    assert sweep.updates == (7, 7)


def test_the_best_lies_between_the_rates_tried_where_a_parabola_says_so() -> None:
    """Losses made to lie on exp((ln rate − ln 0.2)²): the parabola must find 0.2 from a grid that misses it."""
    data, rates = load("wine"), np.array([0.01, 0.05, 0.3, 1.0, 5.0])
    sweep = best_rates(data, "linear", "sgd", [4, 16], rates, steps=2)
    from lrlab.finder.batch_sizes import _lowest

    assert _lowest(rates, np.exp(np.log(rates / 0.2) ** 2)) == pytest.approx(0.2)
    assert (sweep.lowest <= sweep.highest).all()


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([3.0, 2.0, 1.0, np.inf], 1.0),
        ([1.0, 2.0, 3.0, 4.0], 0.01),
        ([3.0, 0.0, 1.0, 2.0], 0.1),
        ([np.inf] * 4, np.nan),
    ],
    ids=["beside a lost one", "at the end", "a loss of exactly zero", "all lost"],
)
def test_where_no_parabola_can_be_drawn_the_rate_tried_stands(losses, expected) -> None:
    from lrlab.finder.batch_sizes import _lowest

    np.testing.assert_equal(_lowest(np.array([0.01, 0.1, 1.0, 10.0]), np.array(losses)), expected)


def test_worse_than_untrained_counts_as_lost() -> None:
    sweep = best_rates(load("diabetes"), "linear", "sgd", [4, 331], [0.01, 0.1, 100.0], steps=5)
    assert np.isfinite(sweep.losses[..., 0]).all()
    assert np.isinf(sweep.losses[..., 2]).all()


def test_growth_is_the_slope_between_two_batch_sizes() -> None:
    sweep = best_rates(load("wine"), "linear", "sgd", [2, 8, 32], [0.01, 0.1, 1.0], steps=3)
    bent = replace(sweep, best=np.array([0.1, 0.4, 0.4]))
    assert growth(bent, 2, 8) == pytest.approx(1.0)
    assert growth(bent, 8, 32) == pytest.approx(0.0)
    assert growth(bent, 2, 32) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="low is 9 and high is 33"):
        growth(bent, 9, 33)


def test_progress_counts_every_update() -> None:
    told: list[tuple[int, int]] = []
    best_rates(
        load("wine"),
        "linear",
        "sgd",
        [4, 16],
        [0.01, 0.1, 1.0],
        steps=30,
        seeds=(0, 1),
        progress=lambda made, of: told.append((made, of)),
    )
    assert told == sorted(told)
    assert told[-1] == (120, 120)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rates": [0.1, 0.2]}, "give at least three"),
        ({"rates": [0.1, 0.3, 0.2]}, "ascending"),
        ({"batch_sizes": []}, "batch_sizes is"),
        ({"batch_sizes": [16, 4]}, "they must ascend"),
        ({"batch_sizes": [4, 4096]}, "Wine has 133 rows"),
        ({"seeds": ()}, "seeds is empty"),
        ({"epochs": 3}, "give exactly one"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes, complaint) -> None:
    arguments = {"batch_sizes": [4, 16], "rates": [0.01, 0.1, 1.0], "steps": 3} | changes
    with pytest.raises(ValueError, match=complaint):
        best_rates(load("wine"), "linear", "sgd", **arguments)
