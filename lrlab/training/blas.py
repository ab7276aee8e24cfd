"""One thread for the linear algebra: on products this small, sharing the work costs more than doing it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

_lock = threading.Lock()
_holders = 0
_held = ExitStack()


@cache
def _controller() -> ThreadpoolController:
    """The BLAS libraries of this process; finding them takes milliseconds, so they are looked for once."""
    return ThreadpoolController().select(user_api="blas")


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS to one thread until the last holder leaves, then give it back the threads it had.

    The number of threads belongs to the whole process, so holders are counted: two trainings on two threads of a
    server must not hand each other's setting back. Source: threadpoolctl 3.8.
    """
    global _holders
    with _lock:
        if _holders == 0:
            _held.enter_context(_controller().limit(limits=1))
        _holders += 1
    try:
        yield
    finally:
        with _lock:
            _holders -= 1
            if _holders == 0:
                _held.close()
