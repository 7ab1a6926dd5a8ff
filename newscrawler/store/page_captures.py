"""Every capture of an article's page, with what it gave: for those who ask where a text comes from."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlite_utils import Database

from newscrawler.items import Capture

_CAPTURE = ", ".join(f"captures.{field.name}" for field in fields(Capture))
_CHOSEN = """
    SELECT id FROM captures WHERE urlkey = :urlkey
    UNION SELECT capture_id FROM sightings WHERE article_id = :article_id
    UNION SELECT capture_id FROM versions WHERE article_id = :article_id
"""
_ALL = f"""
    WITH seen AS MATERIALIZED (
        SELECT capture_id, content_hash, cut FROM sightings WHERE article_id = :article_id
    )
    SELECT captures.run_id, seen.content_hash, seen.cut, {_CAPTURE}
    FROM captures LEFT JOIN seen ON seen.capture_id = captures.id
    WHERE captures.id IN ({_CHOSEN})
    ORDER BY captures.timestamp DESC, captures.id DESC LIMIT :limit
"""
_COUNT = f"SELECT count(*) FROM ({_CHOSEN}) WHERE id IS NOT NULL"
_IS_ONE = f"SELECT :id IN ({_CHOSEN})"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageCapture:
    """One time that an article's page was asked for."""

    capture: Capture
    run_id: int | None
    content_hash: str | None
    """Of the text that was read in it; None where none was, as in an answer that there is nothing."""
    cut: int | None
    """How many letters of the page have come, where it may break off."""


def captures_of_article(db: Database, article_id: int, urlkey: str, *, limit: int = 200) -> list[PageCapture]:
    """The captures in which an article was read, and all others of its address, the latest first."""
    rows = db.conn.execute(_ALL, {"article_id": article_id, "urlkey": urlkey, "limit": limit})
    return [_told(row) for row in rows]


def count_captures_of_article(db: Database, article_id: int, urlkey: str) -> int:
    """How many there are of them."""
    return int(db.conn.execute(_COUNT, {"article_id": article_id, "urlkey": urlkey}).fetchone()[0])


def is_capture_of_article(db: Database, id: int, article_id: int, urlkey: str) -> bool:
    """Whether a capture is one of them."""
    values = {"id": id, "article_id": article_id, "urlkey": urlkey}
    return bool(db.conn.execute(_IS_ONE, values).fetchone()[0])


def _told(row: tuple[object, ...]) -> PageCapture:
    run_id, content_hash, cut, *rest = row
    capture = Capture(**dict(zip((field.name for field in fields(Capture)), rest, strict=True)))  # type: ignore[arg-type]
    return PageCapture(capture=capture, run_id=run_id, content_hash=content_hash, cut=cut)  # type: ignore[arg-type]
