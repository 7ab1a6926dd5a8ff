"""What an article said, and when: tables `sightings` (every reading) and `versions` (every change)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

_VERSIONS = """
    SELECT id, article_id, row_number() OVER (ORDER BY seen_at, id) AS number, seen_at, content_hash, title, summary,
        byline, body_text, body_html, capture_id
    FROM versions WHERE article_id = :article_id ORDER BY seen_at, id
"""
_SIGHT = """
    INSERT INTO sightings (article_id, seen_at, content_hash, capture_id, cut)
    VALUES (:article_id, :seen_at, :content_hash, :capture_id, :cut)
    ON CONFLICT (article_id, seen_at) DO UPDATE SET
        content_hash = excluded.content_hash, capture_id = excluded.capture_id, cut = excluded.cut, outdated = NULL
"""
_ADD = """
    INSERT INTO versions (article_id, seen_at, content_hash, title, summary, byline, body_text, body_html, capture_id)
    VALUES (:article_id, :seen_at, :content_hash, :title, :summary, :byline, :body_text, :body_html, :capture_id)
"""
_CHANGES = """
    SELECT seen_at, content_hash, capture_id
    FROM (
        SELECT seen_at, content_hash, capture_id, lag(content_hash) OVER (ORDER BY seen_at) AS hash_before
        FROM sightings WHERE article_id = :article_id AND cut IS NULL
    )
    WHERE hash_before IS NULL OR hash_before != content_hash
    ORDER BY seen_at
"""
_KNOWN = "SELECT seen_at, content_hash, id FROM versions WHERE article_id = :article_id"
_COPY = """
    INSERT INTO versions (article_id, seen_at, content_hash, title, summary, byline, body_text, body_html, capture_id)
    SELECT article_id, :seen_at, content_hash, title, summary, byline, body_text, body_html, :capture_id
    FROM versions WHERE article_id = :article_id AND content_hash = :content_hash LIMIT 1
"""
_AGAIN = """
    UPDATE versions SET
        title = :title, summary = :summary, byline = :byline, body_text = :body_text, body_html = :body_html,
        capture_id = :capture_id
    WHERE article_id = :article_id AND seen_at = :seen_at
"""
_OUTDATE = "UPDATE sightings SET outdated = 1 WHERE article_id = :article_id AND seen_at = :seen_at"
_OUTDATED = """
    SELECT sightings.capture_id, captures.filename, captures.offset, captures.run_id, ifnull(runs.reason, '')
    FROM sightings
    JOIN captures ON captures.id = sightings.capture_id
    LEFT JOIN runs ON runs.id = captures.run_id
    WHERE sightings.outdated IS NOT NULL
    ORDER BY sightings.seen_at
"""
_FORGET = "DELETE FROM versions WHERE id = :id"
_FORGET_ALL = "DELETE FROM versions WHERE article_id = :article_id"
# A whole copy before any that may be cut, and of those the longest.
_BEST = (
    "SELECT seen_at FROM sightings WHERE article_id = :article_id ORDER BY cut IS NOT NULL, cut DESC, seen_at LIMIT 1"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What an article said from `seen_at` (UTC, ISO 8601) until the next version; `number` counts from 1, the
    oldest."""

    id: int
    article_id: int
    number: int
    seen_at: str
    content_hash: str
    title: str | None
    summary: str | None
    byline: str | None
    body_text: str
    body_html: str
    capture_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A point in time at which an article began to say something else."""

    seen_at: str
    content_hash: str
    capture_id: int | None


def versions(db: Database, article_id: int) -> list[Version]:
    """All versions of an article, oldest first; empty where there is no such article."""
    cursor = db.conn.execute(_VERSIONS, {"article_id": article_id})
    names = [column[0] for column in cursor.description]
    return [Version(**dict(zip(names, row, strict=True))) for row in cursor]


def add_sighting(db: Database, row: Mapping[str, Any]) -> None:
    """Note that an article was read; read again from the same capture, the later reading holds.

    Column `cut` is empty for a whole copy; for one that may be cut it tells how many letters of the page have come.
    """
    db.conn.execute(_SIGHT, row)


def stands(db: Database, row: Mapping[str, Any]) -> bool:
    """Whether the copy read at `row["seen_at"]` is the best there is: a whole one, or else the longest of those that
    may be cut, the earliest of equals."""
    (best,) = db.conn.execute(_BEST, row).fetchone()
    return bool(best == row["seen_at"])


def begin_anew(db: Database, row: Mapping[str, Any]) -> None:
    """The texts of `row` become the only version."""
    db.conn.execute(_FORGET_ALL, row)
    add_version(db, row)


def add_version(db: Database, row: Mapping[str, Any]) -> None:
    """Add a version with the texts of `row`."""
    db.conn.execute(_ADD, row)


def retell(db: Database, row: Mapping[str, Any]) -> tuple[Turn, bool]:
    """Make the versions of an article follow from its sightings, after one was added that is not the latest.

    Texts not in the table yet are those of `row`. Gives the last turn, and whether any version came or went.
    """
    article = {"article_id": row["article_id"]}
    changes = db.conn.execute(_CHANGES, article)
    turns = [Turn(seen_at=at, content_hash=hash_, capture_id=id_) for at, hash_, id_ in changes]
    known = {(at, hash_): id_ for at, hash_, id_ in db.conn.execute(_KNOWN, article)}
    missing = [turn for turn in turns if (turn.seen_at, turn.content_hash) not in known]
    for turn in missing:
        _add_turn(db, turn, row)
    if (row["seen_at"], row["content_hash"]) in known:
        db.conn.execute(_AGAIN, row)
    told = {(turn.seen_at, turn.content_hash) for turn in turns}
    outdated = [{"id": id_} for key, id_ in known.items() if key not in told]
    db.conn.executemany(_FORGET, outdated)
    return turns[-1], bool(missing or outdated)


def _add_turn(db: Database, turn: Turn, row: Mapping[str, Any]) -> None:
    if turn.seen_at == row["seen_at"]:
        add_version(db, row)
        return
    # Equal hash, equal text: the same words came back, or were known later than they now turn out to begin.
    place = {"seen_at": turn.seen_at, "content_hash": turn.content_hash, "capture_id": turn.capture_id}
    db.conn.execute(_COPY, {**place, "article_id": row["article_id"]})
    outdate(db, row["article_id"], turn.seen_at)


def outdate(db: Database, article_id: int, seen_at: str) -> None:
    """Note that a text now counts as that of this moment, but was read at another: equal words, though the markup
    around them may differ. Reading the moment's capture again puts it right, and takes the note away."""
    db.conn.execute(_OUTDATE, {"article_id": article_id, "seen_at": seen_at})


class Outdated(NamedTuple):
    """A capture that is to be read again, and the run that recorded it."""

    capture_id: int
    filename: str
    offset: int
    run_id: int | None
    reason: str


def outdated(db: Database) -> list[Outdated]:
    """The captures that are to be read again, the oldest first; none where all was read in the order of time."""
    return [Outdated._make(row) for row in db.conn.execute(_OUTDATED)]
