"""Where each response lies in the WARC files: table `captures`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.store.database import transaction
from newscrawler.store.gone import GONE, note_gone

# A record is its place in the archive: told twice (a repair, a second import), it is still one row.
_ADD = """
    INSERT INTO captures (
        url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, truncated,
        refers_to, run_id
    ) VALUES (
        :url, :urlkey, :timestamp, :status, :mime, :digest, :filename, :offset, :length, :record_id, :record_type,
        :truncated, :refers_to, :run_id
    )
    ON CONFLICT (filename, offset) DO UPDATE SET
        url = excluded.url, urlkey = excluded.urlkey, timestamp = excluded.timestamp, status = excluded.status,
        mime = excluded.mime, digest = excluded.digest, length = excluded.length, record_id = excluded.record_id,
        record_type = excluded.record_type, truncated = excluded.truncated,
        refers_to = excluded.refers_to, run_id = coalesce(excluded.run_id, run_id)
    RETURNING id
"""
_SELECT = """
    SELECT url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, truncated,
        refers_to, id
    FROM captures
"""
_FIND = f"""
    {_SELECT} WHERE id = :id
"""
_ORIGINAL = f"""
    {_SELECT} WHERE digest = :digest AND record_type = 'response' AND truncated IS NULL
    ORDER BY url = :url DESC, timestamp, id LIMIT 1
"""
_LATEST = f"""
    {_SELECT} WHERE url = :url AND status = 200 AND truncated IS NULL
        AND NOT (:ours AND EXISTS (SELECT 1 FROM runs WHERE runs.id = captures.run_id AND runs.reason = 'import'))
    ORDER BY timestamp DESC, id DESC LIMIT 1
"""
_FETCHED = f"""
    {_SELECT} WHERE url = :url AND status = 200 AND truncated IS NULL
        AND run_id IN (SELECT id FROM runs WHERE cycle = :cycle)
    ORDER BY timestamp DESC, id DESC LIMIT 1
"""
_BY_RECORD = f"""
    {_SELECT} WHERE digest = :digest AND record_id = :record_id
"""
_IN_FILE = f"""
    {_SELECT} WHERE filename = :filename ORDER BY offset
"""
_COLUMNS = tuple(field.name for field in fields(Capture))


def add_capture(db: Database, capture: Capture, run_id: int | None) -> int:
    """Store where a record lies, after it is safe on disk; gives the row's id. An answer that there is nothing at an
    address is noted of the article that was there."""
    with transaction(db):
        rows = db.conn.execute(_ADD, {**_row(capture), "run_id": run_id}).fetchall()
        if capture.status in GONE:
            note_gone(db, capture.urlkey)
    return int(rows[0][0])


def _row(capture: Capture) -> dict[str, object]:
    # `asdict` copies deeply, which took a tenth of a rebuild.
    return {name: getattr(capture, name) for name in _COLUMNS}


def find_capture(db: Database, id: int) -> Capture | None:
    """The capture with this id, or None."""
    return _one(db, _FIND, id=id)


def captures_in(db: Database, filename: str) -> Iterator[Capture]:
    """The captures of one WARC file, in the order of its records."""
    for row in db.conn.execute(_IN_FILE, {"filename": filename}):
        yield Capture(**dict(zip(_COLUMNS, row, strict=True)))


def has_captures(db: Database) -> bool:
    """Whether there is any capture."""
    return db.conn.execute("SELECT 1 FROM captures LIMIT 1").fetchone() is not None


def find_original(db: Database, digest: str, url: str) -> Capture | None:
    """The whole response with this payload digest that a revisit record may point at: one of the same address if there
    is one, else the oldest."""
    return _one(db, _ORIGINAL, digest=digest, url=url)


def find_unmodified(db: Database, url: str) -> Capture | None:
    """The response that a 304 of this address speaks of: the latest good one that has a body, or None."""
    latest = find_latest(db, url)
    return latest and with_payload(db, latest)


def find_latest(db: Database, url: str, *, ours: bool = False) -> Capture | None:
    """The latest whole 200 of an address, or None.

    :param ours: leave out what others have recorded: a server must not confirm to us what we never had from it.
    """
    return _one(db, _LATEST, url=url, ours=ours)


def find_fetched(db: Database, url: str, cycle: int) -> Capture | None:
    """The latest whole 200 of an address that the runs of a cycle have got, or None."""
    return _one(db, _FETCHED, url=url, cycle=cycle)


def with_payload(db: Database, capture: Capture) -> Capture | None:
    """The response that holds the payload of a capture: itself, or what it is a revisit of, or None."""
    if capture.record_type == "response":
        return capture
    return _one(db, _BY_RECORD, digest=capture.digest, record_id=capture.refers_to)


def _one(db: Database, sql: str, **values: object) -> Capture | None:
    row = db.conn.execute(sql, values).fetchone()
    return None if row is None else Capture(**dict(zip(_COLUMNS, row, strict=True)))
