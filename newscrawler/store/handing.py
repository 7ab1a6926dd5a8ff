"""Articles as they are handed on: each row with the capture it was read from, and with what hangs on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from newscrawler.errors import DamagedDatabaseError
from newscrawler.store.columns import told
from newscrawler.store.comments import comments_of
from newscrawler.store.database import explain, path_of
from newscrawler.store.history import versions
from newscrawler.store.twins import twins_of

CAPTURE = ("url", "timestamp", "filename", "offset", "length", "digest", "record_id", "record_type", "refers_to")
"""Columns of `captures` that an article is handed on with, each behind `capture_`."""

_ROW = f"""
    SELECT
        articles.*, {", ".join(f"captures.{name} AS capture_{name}" for name in CAPTURE)},
        NOT EXISTS (SELECT 1 FROM sightings WHERE article_id = articles.id AND cut IS NULL) AS may_be_cut
    FROM articles LEFT JOIN captures ON captures.id = articles.capture_id
    WHERE articles.id = ?
"""
_LINKS = """
    SELECT id, page_url, block, position, url, title, summary, image_url, first_seen, last_seen, capture_id
    FROM links WHERE article_id = ? ORDER BY block, position, last_seen DESC, id
"""
_MEDIA = """
    SELECT id, position, kind, url, original_src, caption, credit, capture_id
    FROM media WHERE article_id = ? ORDER BY position
"""


def whole_articles(db: Database, ids: Iterable[int], parts: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """Articles in the order of `ids`, one in memory at a time; an id that nothing has is passed over.

    Each is a dict of all columns of `articles`, those of JSON as lists and objects, of `capture_…` (see CAPTURE; None
    where the capture is not known), of `may_be_cut`, and of lists under the names of `parts`.

    :param parts: some of PARTS.
    :raises DamagedDatabaseError: if a row holds what we never write there.
    """
    for id_ in ids:
        yield from _found(db, id_, parts)


def _found(db: Database, id_: int, parts: Collection[str]) -> list[dict[str, Any]]:
    """The one article, or none."""
    try:
        return [{**_whole(row), **{name: PARTS[name](db, id_) for name in parts}} for row in _rows(db, _ROW, id_)]
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        path = path_of(db)
        known = explain(error, path) if isinstance(error, sqlite3.DatabaseError) else error
        if known is error:
            sentence = f"article {id_} of {path} holds what is no text or no JSON; run `newscrawler rebuild`"
            known = DamagedDatabaseError(f"{sentence}, which makes it again")
        raise known from error


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    keys = json.loads(row["twin_hash"] or "[]")
    return {**told(row), "twin_hash": keys, "may_be_cut": bool(row["may_be_cut"])}


def _rows(db: Database, sql: str, id_: int) -> list[dict[str, Any]]:
    cursor = db.conn.cursor()
    cursor.row_factory = sqlite3.Row
    rows = [dict(row) for row in cursor.execute(sql, (id_,))]
    if any(isinstance(value, bytes) for row in rows for value in row.values()):
        raise ValueError("bytes in place of a text")
    return rows


def _without_article(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "article_id"} for row in rows]


PARTS: Mapping[str, Callable[[Database, int], list[dict[str, Any]]]] = MappingProxyType(
    {
        "links": lambda db, id_: _rows(db, _LINKS, id_),
        "media": lambda db, id_: _rows(db, _MEDIA, id_),
        "comments": lambda db, id_: _without_article(comments_of(db, id_)),
        "versions": lambda db, id_: _without_article(map(asdict, versions(db, id_))),
        "twins": twins_of,
    }
)
"""What may hang on an article → how it is found."""
