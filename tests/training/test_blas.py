"""Fact 30: the linear algebra runs on one thread, and gets its threads back afterwards."""

import threading

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from lrlab.training import fit, load
from lrlab.training.blas import one_thread


def threads() -> list[int]:
    return [library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()]


def test_fact_30_blas_is_held_to_one_thread() -> None:
    before = threads()
    with one_thread():
        assert set(threads()) == {1}
    assert threads() == before


def test_fact_30_a_training_runs_on_one_thread() -> None:
    before, during = threads(), []
    fit(load("iris"), "linear", "sgd", 0.1, 16, steps=3, progress=lambda *_: during.append(threads()))
    assert {count for counts in during for count in counts} == {1}
    assert threads() == before


def test_the_last_holder_gives_the_threads_back() -> None:
    before = threads()
    first, second = one_thread(), one_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert set(threads()) == {1}
    second.__exit__(None, None, None)
    assert threads() == before


def test_an_exception_gives_the_threads_back() -> None:
    before = threads()
    with pytest.raises(ZeroDivisionError), one_thread():
        raise ZeroDivisionError
    assert threads() == before


def test_two_trainings_at_once_do_not_disturb_each_other() -> None:
    before = threads()
    alone = fit(load("digits"), "hidden", "sgd", [0.1, 1.0], 64, epochs=1).losses
    found: list[np.ndarray] = []
    workers = [
        threading.Thread(
            target=lambda: found.append(fit(load("digits"), "hidden", "sgd", [0.1, 1.0], 64, epochs=1).losses)
        )
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 4
    for losses in found:
        np.testing.assert_array_equal(losses, alone)
    assert threads() == before
