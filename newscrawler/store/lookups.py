"""Captures found by what another file says of them: by record id, or by address and second."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.store.captures import find_capture

_IDS = "SELECT record_id, id FROM captures"
_AT = """
    SELECT id FROM captures
    WHERE url = :url AND timestamp >= :second AND timestamp < :second || '~' AND record_type = 'response'
    ORDER BY timestamp, id LIMIT 1
"""


def places_in(db: Database, filename: str) -> dict[int, int]:
    """Where the captures of a WARC file lie in it: offset → length."""
    return dict(db.conn.execute("SELECT offset, length FROM captures WHERE filename = ?", [filename]).fetchall())


def captures_of_records(db: Database, record_ids: Collection[str]) -> dict[str, Capture]:
    """The captures whose record ids are among these: one walk over the table, which has no index on them."""
    ids = [(record_id, id) for record_id, id in db.conn.execute(_IDS) if record_id in record_ids]
    found = ((record_id, find_capture(db, id)) for record_id, id in ids)
    return {record_id: capture for record_id, capture in found if capture is not None}


def find_captured(db: Database, url: str, date: str) -> Capture | None:
    """The response of an address within the second of a date (`2018-05-16T07:30:00…`), or None."""
    row = db.conn.execute(_AT, {"url": url, "second": date[:19]}).fetchone()
    return None if row is None else find_capture(db, int(row[0]))
