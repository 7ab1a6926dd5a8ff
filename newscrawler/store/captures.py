"""Where each response lies in the WARC files: table `captures`."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.store.database import transaction

# A record is its place in the archive: told twice (a repair, a second import), it is still one row.
_ADD = """
    INSERT INTO captures (
        url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, truncated,
        run_id
    ) VALUES (
        :url, :urlkey, :timestamp, :status, :mime, :digest, :filename, :offset, :length, :record_id, :record_type,
        :truncated, :run_id
    )
    ON CONFLICT (filename, offset) DO UPDATE SET
        url = excluded.url, urlkey = excluded.urlkey, timestamp = excluded.timestamp, status = excluded.status,
        mime = excluded.mime, digest = excluded.digest, length = excluded.length, record_id = excluded.record_id,
        record_type = excluded.record_type, truncated = excluded.truncated, run_id = excluded.run_id
    RETURNING id
"""
_FIND = """
    SELECT url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, truncated, id
    FROM captures WHERE id = :id
"""
_COLUMNS = tuple(field.name for field in fields(Capture))


def add_capture(db: Database, capture: Capture, run_id: int | None) -> int:
    """Store where a record lies, after it is safe on disk; gives the row's id."""
    with transaction(db):
        rows = db.conn.execute(_ADD, {**asdict(capture), "run_id": run_id}).fetchall()
    return int(rows[0][0])


def find_capture(db: Database, id: int) -> Capture | None:
    """The capture with this id, or None."""
    row = db.conn.execute(_FIND, {"id": id}).fetchone()
    return None if row is None else Capture(**dict(zip(_COLUMNS, row, strict=True)))
