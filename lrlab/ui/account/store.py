"""The classes' store as the pages meet it: opened once for the whole server, or the words for why it is not.

Nothing in here is inside a transaction, and no transaction calls anything in here: `lrlab.classroom` opens and ends
its own, and knows no Streamlit.
"""

import logging
import os
import threading
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from lrlab.classroom import database, privacy
from lrlab.classroom.database import DEFAULT_URL, Store, Trouble
from lrlab.classroom.refusals import Refusal
from lrlab.ui.account.secrets import section

AGAIN_AFTER = timedelta(seconds=30)
"""How long a database that could not be opened is left alone before it is tried again."""

_A_DAY = timedelta(days=1)
_log = logging.getLogger("lrlab")


class _Cabinet:
    """One database, shared by everyone on this server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._held: Store | Trouble | None = None
        self._tried_at = self._tidied_at = datetime.min.replace(tzinfo=UTC)
        self._opening = threading.Lock()

    def store(self, at: datetime) -> Store | Trouble:
        held = self._held
        if isinstance(held, Store):
            self._keep_house(held, at)
            return held
        if held is not None and at - self._tried_at < AGAIN_AFTER:
            return held
        # Whoever comes first waits for the database; later visitors meanwhile read what was wrong with it.
        if not self._opening.acquire(blocking=held is None):
            return held or Trouble("The class database is being opened.")
        try:
            if not isinstance(self._held, Store) and (self._held is held):
                self._held, self._tried_at = self._open(), at
            return self._held or Trouble("The class database is being opened.")
        finally:
            self._opening.release()

    def _open(self) -> Store | Trouble:
        opened = database.open(self._url)
        if isinstance(opened, Trouble):
            _log.error("%s %s", opened.sentence, opened.detail)
        return opened

    def _keep_house(self, store: Store, at: datetime) -> None:
        if at - self._tidied_at < _A_DAY:
            return
        self._tidied_at = at
        try:
            privacy.keep_house(store, at)
        except Refusal as refusal:
            _log.warning("The daily tidying of the class database did not happen: %s", refusal.sentence)


def store() -> Store | Trouble:
    """The open store, or what is wrong with it in words for a page; labs and exercises work without."""
    return _cabinet(address()).store(now())


def now() -> datetime:
    """The time, in UTC: the one clock of the pages."""
    return datetime.now(UTC)


def address() -> str:
    """Where the classes are kept: LRLAB_DATABASE_URL, else the secrets' [connections.lrlab] url, else a local file."""
    given = os.environ.get("LRLAB_DATABASE_URL", "").strip()
    if given:
        return given
    try:
        return str(section("connections")["lrlab"]["url"])
    except (KeyError, TypeError):
        return DEFAULT_URL


@lru_cache
def _cabinet(url: str) -> _Cabinet:
    return _Cabinet(url)
