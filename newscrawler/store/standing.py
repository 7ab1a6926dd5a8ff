"""What the archive holds under many addresses at once: articles, and the captures of one moment."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.urls import urlkey

_MOST = 300
"""Addresses that are looked up for one page."""
_ARTICLE = "SELECT id FROM articles WHERE urlkey = ? ORDER BY last_seen DESC LIMIT 1"
_GOOD = "urlkey = :urlkey AND truncated IS NULL AND (status = 200 OR (status = 304 AND record_type = 'revisit'))"
_PICTURE = "mime NOT LIKE 'text/%' AND mime NOT LIKE '%svg%' AND mime NOT LIKE '%json%'"
_BEFORE = """
    SELECT offset + length FROM captures WHERE filename = :filename AND offset < :offset ORDER BY offset DESC LIMIT 1
"""
_NEAREST = f"""
    SELECT id FROM (
        SELECT * FROM (
            SELECT id, timestamp FROM captures WHERE {_GOOD} AND timestamp <= :at ORDER BY timestamp DESC LIMIT 1
        )
        UNION ALL
        SELECT * FROM (
            SELECT id, timestamp FROM captures WHERE {_GOOD} AND timestamp > :at ORDER BY timestamp LIMIT 1
        )
    )
    ORDER BY abs(julianday(timestamp) - julianday(:at)) LIMIT 1
"""


def known_articles(db: Database, urls: Iterable[str | None]) -> dict[str, int]:
    """The article at each of these addresses, for those that the archive has one of; compared as `find_article` does,
    addresses that an article had before aside."""
    found = {}
    for url in _distinct(urls):
        row = db.conn.execute(_ARTICLE, (urlkey(url),)).fetchone()
        if row:
            found[url] = int(row[0])
    return found


def nearest_captures(db: Database, urls: Iterable[str | None], at: str) -> dict[str, int]:
    """The good capture of each of these addresses that is nearest to a moment, for those that there is one of.

    :param at: UTC, ISO 8601.
    """
    found = {}
    for url in _distinct(urls):
        row = db.conn.execute(_NEAREST, {"urlkey": urlkey(url), "at": at}).fetchone()
        if row:
            found[url] = int(row[0])
    return found


def _distinct(urls: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(url for url in urls if url))[:_MOST]


def end_before(db: Database, capture: Capture) -> int:
    """Where in its file the answer before that of a capture ends; 0 where there is none."""
    row = db.conn.execute(_BEFORE, {"filename": capture.filename, "offset": capture.offset}).fetchone()
    return int(row[0]) if row else 0


def pictures_among(db: Database, ids: Iterable[int]) -> set[int]:
    """Those of the captures that may be pictures: servers answer 200 with a page where a picture is gone."""
    wanted = list(dict.fromkeys(ids))[:_MOST]
    marks = ", ".join("?" * len(wanted))
    return {
        int(id_) for (id_,) in db.conn.execute(f"SELECT id FROM captures WHERE id IN ({marks}) AND {_PICTURE}", wanted)
    }
