"""Decaying the rate against growing the batch."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lrlab.finder.growing import decay_or_grow
from lrlab.training import fit, hidden, load

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "batch_sizes.json").read_text(encoding="utf-8"))[
    "decay_or_grow"
]


def digits_with(rows: int):
    """That many rows of the digits, on one scale, to train on."""
    raw = load("digits", standardise=False)
    x = np.vstack([raw.x_train, raw.x_validation])[:rows]
    y = np.concatenate([raw.y_train, raw.y_validation])[:rows]
    spread = np.where(np.ptp(x, axis=0) > 0, x.std(axis=0), 1.0)
    return replace(raw, x_train=(x - x.mean(axis=0)) / spread, y_train=y)


def test_fact_16_growing_the_batch_does_what_decaying_the_rate_does_in_fewer_updates() -> None:
    growth = decay_or_grow(digits_with(GOLDEN["rows"]), hidden(32, "relu"), 0.2, 16)
    assert growth.updates == tuple(GOLDEN["updates"])
    ends = [training.train_losses[0, -1] for training in (growth.decayed, growth.grown)]
    assert ends[0] == pytest.approx(ends[1], rel=0.03)
    np.testing.assert_allclose(ends, GOLDEN["train_losses"], rtol=0.15)


def test_the_stages_are_what_they_say() -> None:
    data = load("wine")
    growth = decay_or_grow(data, "linear", 0.08, 4, factor=2, every=3, seed=5)
    per_epoch = [133 // size for size in (4, 8, 16)]
    assert growth.rates == (0.08, 0.04, 0.02)
    assert growth.batch_sizes == (4, 8, 16)
    assert growth.updates == (9 * per_epoch[0], 3 * sum(per_epoch))
    stages = [0.08] * 3 * per_epoch[0] + [0.04] * 3 * per_epoch[0] + [0.02] * 3 * per_epoch[0]
    by_hand = fit(data, "linear", "sgd", [stages], 4, epochs=9, seed=5)
    np.testing.assert_allclose(growth.decayed.train_losses, by_hand.train_losses)
    assert (growth.grown.rates == 0.08).all()
    np.testing.assert_array_equal(growth.epochs, np.arange(10))
    assert growth.grown.train_losses.shape == (1, 10)


def test_the_noise_scale_is_taken_at_the_start_and_after_every_stage() -> None:
    growth = decay_or_grow(load("digits"), hidden(32, "relu"), 0.2, 16)
    assert len(growth.noise_scales) == 4
    assert growth.noise_scales[0] < 100
    assert growth.noise_scales[-1] > 10 * growth.noise_scales[0]


def test_progress_counts_the_updates_of_both() -> None:
    told: list[tuple[int, int]] = []
    decay_or_grow(load("wine"), "linear", 0.1, 4, factor=2, progress=lambda made, of: told.append((made, of)))
    made, of = told[-1]
    assert 0 < made <= of
    assert all(0 < m <= of for m, _ in told)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rate": 0.0}, "rate is 0.0"),
        ({"batch_size": 16}, "batch_size grows to 256; Wine has 133 rows"),
        ({"factor": 1}, "factor is 1"),
        ({"every": 0}, "every is 0"),
        ({"stages": 1}, "stages is 1"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(changes, complaint) -> None:
    arguments = {"rate": 0.1, "batch_size": 4} | changes
    with pytest.raises(ValueError, match=complaint):
        decay_or_grow(load("wine"), "linear", **arguments)
