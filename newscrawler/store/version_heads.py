"""The versions of an article without their texts: an article that changes every day has thousands of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_HEADS = """
    SELECT row_number() OVER (ORDER BY seen_at, id) AS number, seen_at, title, capture_id, length(body_text)
    FROM versions WHERE article_id = :article_id
    ORDER BY seen_at DESC, id DESC LIMIT :limit
"""
_COUNT = "SELECT count(*) FROM versions WHERE article_id = :article_id"
_PART = """
    SELECT title, summary, byline, body_text, seen_at, capture_id, body_html
    FROM versions WHERE article_id = :article_id ORDER BY seen_at, id LIMIT 1 OFFSET :before
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionHead:
    """When a version was seen first, and how it is called."""

    number: int
    """Counted from 1, the oldest."""
    seen_at: str
    """UTC, ISO 8601."""
    title: str | None
    capture_id: int | None
    letters: int
    """Of its text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionText:
    """What a version says."""

    number: int
    seen_at: str
    """UTC, ISO 8601."""
    title: str
    summary: str
    byline: str
    body_text: str
    body_html: str
    capture_id: int | None


def version_heads(db: Database, article_id: int, *, limit: int = 200) -> list[VersionHead]:
    """The versions of an article, the latest first."""
    rows = db.conn.execute(_HEADS, {"article_id": article_id, "limit": limit})
    names = ("number", "seen_at", "title", "capture_id", "letters")
    return [VersionHead(**dict(zip(names, row, strict=True))) for row in rows]


def count_versions(db: Database, article_id: int) -> int:
    """How many there are of them."""
    return int(db.conn.execute(_COUNT, {"article_id": article_id}).fetchone()[0])


def version_text(db: Database, article_id: int, number: int) -> VersionText | None:
    """One version by its number, counted from 1, the oldest; None if there is no such."""
    row = db.conn.execute(_PART, {"article_id": article_id, "before": number - 1}).fetchone() if number > 0 else None
    if row is None:
        return None
    title, summary, byline, body, seen_at, capture_id, html = row
    return VersionText(
        number=number,
        seen_at=seen_at,
        title=title or "",
        summary=summary or "",
        byline=byline or "",
        body_text=body,
        body_html=html,
        capture_id=capture_id,
    )
