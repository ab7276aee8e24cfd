"""Which rows an update sees: decided by seed and epoch, each row at most once an epoch, none left out for ever."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.training.batches import Place, per_epoch, row_numbers, stream

TARGETS = np.arange(10.0)[None] * 100
X = np.column_stack([np.arange(10.0), np.ones(10)])


@given(
    rows=st.integers(1, 200), batch_size=st.integers(1, 60), seed=st.integers(0, 9), epoch=st.integers(0, 9)
)
def test_an_epoch_uses_each_row_at_most_once(rows: int, batch_size: int, seed: int, epoch: int) -> None:
    batch_size = min(batch_size, rows)
    order = row_numbers(rows, batch_size, seed, epoch)
    assert order.shape == (rows // batch_size, batch_size)
    assert len(np.unique(order)) == order.size
    assert set(order.ravel()) <= set(range(rows))


def test_no_row_is_left_out_for_ever() -> None:
    seen = {int(row) for epoch in range(20) for row in row_numbers(10, 4, seed=0, epoch=epoch).ravel()}
    assert seen == set(range(10))


def test_order_depends_on_seed_and_epoch_only() -> None:
    first = row_numbers(50, 5, seed=1, epoch=2)
    np.testing.assert_array_equal(first, row_numbers(50, 5, seed=1, epoch=2))
    np.testing.assert_array_equal(first.ravel(), row_numbers(50, 10, seed=1, epoch=2).ravel())
    assert (first != row_numbers(50, 5, seed=2, epoch=2)).any()
    assert (first != row_numbers(50, 5, seed=1, epoch=3)).any()


def test_independent_rows_repeat_and_cover_evenly() -> None:
    order = row_numbers(4, 1, seed=0, epoch=0, sampling="independent")
    assert order.shape == (4, 1)
    many = np.concatenate([row_numbers(4, 1, 0, epoch, "independent") for epoch in range(1000)])
    np.testing.assert_allclose(np.bincount(many.ravel()) / 1000, 1.0, atol=0.1)
    assert any(len(np.unique(row_numbers(4, 1, 0, e, "independent"))) < 4 for e in range(10))


@pytest.mark.parametrize("sampling", ["shuffled", "independent"])
def test_rows_and_targets_stay_together(sampling: str) -> None:
    for x, targets, _ in islice(stream(X, TARGETS, 3, 0, Place(), sampling), 20):  # type: ignore[arg-type]
        assert x.shape == (3, 2)
        np.testing.assert_array_equal(targets[0], 100 * x[:, 0])


def test_a_stream_taken_up_again_goes_on_where_it_was() -> None:
    whole = list(islice(stream(X, TARGETS, 3, 0, Place(), "shuffled"), 12))
    for start in range(11):
        x, _, place = next(stream(X, TARGETS, 3, 0, whole[start][2], "shuffled"))
        np.testing.assert_array_equal(x, whole[start + 1][0])
        assert place == whole[start + 1][2]
    assert [place for *_, place in whole[:4]] == [Place(0, 1), Place(0, 2), Place(1, 0), Place(1, 1)]


def test_the_full_batch_is_all_rows_as_they_stand() -> None:
    for epoch, (x, targets, place) in enumerate(islice(stream(X, TARGETS, 10, 0, Place(), "shuffled"), 3)):
        np.testing.assert_array_equal(x, X)
        np.testing.assert_array_equal(targets, TARGETS)
        assert place == Place(epoch + 1)


@pytest.mark.parametrize(("rows", "batch_size", "count"), [(133, 16, 8), (64, 64, 1), (10, 1, 10), (5, 9, 1)])
def test_batches_of_an_epoch(rows: int, batch_size: int, count: int) -> None:
    assert per_epoch(rows, batch_size) == count
