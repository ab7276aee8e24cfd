"""Work of more than half a second: shown as it goes, given up when a control is touched, remembered within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

Result = TypeVar("Result")
Progress = Callable[[int, int], None]

MOST = 256
"""Results kept on the server, for everyone; the one unused for longest goes first."""


class _Shelf:
    """Finished results by key, at most `MOST` of them."""

    def __init__(self) -> None:
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def look(self, key: Hashable) -> Any:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: Hashable, result: Any) -> None:
        with self._lock:
            self._results[key] = result
            while len(self._results) > MOST:
                self._results.popitem(last=False)


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def done(kind: str, settings: Hashable, words: str, work: Callable[[Progress], Result]) -> Result:
    """The result of `work` for `settings`, from the shelf or computed now behind a progress bar.

    `work` is called with a function of (done, to do) and calls it now and then. Streamlit stops a run at such a call
    when the student touches a control; nothing half-done is kept. `words` say what is being computed. Results must
    not be None, and nobody may write to them: they are shared by all.
    """
    key = (kind, settings)
    kept: Result | None = _shelf().look(key)
    if kept is not None:
        return kept
    bar = st.progress(0.0, text=words)
    result = work(lambda so_far, all_of_it: _advance(bar, so_far / max(all_of_it, 1), words))
    bar.empty()
    _shelf().put(key, result)
    return result


def _advance(bar: Any, share: float, words: str) -> None:
    bar.progress(min(max(share, 0.0), 1.0), text=words)
