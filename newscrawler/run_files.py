"""The WARC files of a run: what is fetched goes into them at once, its row waits for the next transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from newscrawler.archive.message import Message, digest_of, payload_digest
from newscrawler.archive.writer import WarcWriter
from newscrawler.items import Capture, Exchange
from newscrawler.store import Database
from newscrawler.store.captures import add_capture, find_latest, find_original, with_payload
from newscrawler.upkeep import ClosedFiles

EMPTY = digest_of(())
"""Digest of no payload at all, which nothing needs to point at."""

MOST_WAITING = 100
"""Captures whose rows may wait; a walk over absent ids stores nothing else for a long time."""


class RunFiles:
    """Of one run, with the captures in them that have no row yet."""

    def __init__(
        self, folder: Path, site: str, info: Mapping[str, str], db: Database, store_rows: Callable[[], None]
    ) -> None:
        """:param info: fields of the files' warcinfo records.
        :param store_rows: stores the rows of all captures that wait: a file has its rows before its line in the
            manifest.
        """
        self._db, self._info, self._store_rows = db, dict(info), store_rows
        self._closed = ClosedFiles(folder)
        self._writer = WarcWriter(folder / "warc", site, self._info | self._closed.anchor, on_close=self._file_closed)
        self._waiting: dict[str, Capture] = {}

    def keep(self, exchange: Exchange) -> Capture | None:
        """Write an exchange to the WARC; its row waits from then on.

        :raises DiskError: if it cannot be written.
        """
        capture = self._writer.write(exchange, self._original(exchange))
        if capture is not None:
            self._waiting[capture.record_id] = capture
        return capture

    @property
    def has_many(self) -> bool:
        """Whether so many rows wait that they should be stored."""
        return len(self._waiting) >= MOST_WAITING

    def add_rows(self, run_id: int, capture: Capture | None = None) -> int | None:
        """Add the rows that wait, within a transaction of the caller.

        :param capture: the one of which the row's id is wanted, and given.
        """
        ids = {record_id: add_capture(self._db, each, run_id) for record_id, each in self._waiting.items()}
        if capture is None:
            return None
        # One with an id has a row already, which may be of an earlier run.
        return ids.get(capture.record_id) or capture.id or add_capture(self._db, capture, run_id)

    def rows_stored(self) -> None:
        """The transaction has ended well: nothing waits any more."""
        self._waiting.clear()

    def close(self) -> None:
        """Give the last file its final name, and all that were written their lines in the index."""
        self._writer.close()
        self._closed.index(self._db)

    def _file_closed(self, path: Path) -> None:
        self._store_rows()
        self._closed.add(path)
        self._writer.info = self._info | self._closed.anchor

    def _original(self, exchange: Exchange) -> Capture | None:
        """The capture whose payload this exchange brought again."""
        if exchange.truncated or not len(exchange.response):
            return None
        message = Message.of(exchange.response)
        if message.head.status == HTTPStatus.NOT_MODIFIED:
            asked = Message.of(exchange.request).head.conditional
            latest = find_latest(self._db, exchange.url, ours=True) if asked else None
            return latest and with_payload(self._db, latest)
        digest = payload_digest(message)
        if digest == EMPTY:
            return None
        waiting = (each for each in self._waiting.values() if each.digest == digest and not each.truncated)
        known = next((each for each in waiting if each.record_type == "response"), None)
        return known or find_original(self._db, digest, exchange.url)
