"""What a list of results shows of each article beside the hit itself: short columns, a picture that is held, copies."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from newscrawler.store.times import is_time

_LONGEST = 240
"""Letters of a lede."""

# Titles and the like stand before the long texts, so that no overflow page is read but for articles without summary.
_CARDS = """
    SELECT
        id, summary, published_source, last_changed, gone_at,
        (
            SELECT media.capture_id FROM media
            WHERE media.article_id = articles.id AND kind = 'image' AND media.capture_id IS NOT NULL
            ORDER BY position LIMIT 1
        ),
        CASE WHEN ifnull(summary, '') = '' THEN substr(body_text, 1, 2 * :longest) END
    FROM articles WHERE id IN (SELECT value FROM json_each(:ids))
"""
_COPIES = """
    SELECT pair.id, other.id, other.site
    FROM (
        SELECT article_id AS id, twin_id AS other_id FROM twins WHERE article_id IN (SELECT value FROM json_each(:ids))
        UNION ALL
        SELECT twin_id, article_id FROM twins WHERE twin_id IN (SELECT value FROM json_each(:ids))
    ) AS pair
    JOIN articles AS other ON other.id = pair.other_id
    ORDER BY pair.id, other.site, other.id
"""
# From name to name: the index is not walked through, though SQLite has no such step of its own for DISTINCT.
_SITES = """
    WITH RECURSIVE found(site) AS (
        SELECT min(site) FROM articles
        UNION ALL
        SELECT (SELECT min(site) FROM articles WHERE site > found.site) FROM found WHERE found.site IS NOT NULL
    )
    SELECT site FROM found WHERE site IS NOT NULL
"""
_LAST_RUN = "SELECT max(started_at), max(finished_at) FROM runs"


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a list shows of an article."""

    id: int
    lede: str
    """The beginning of the summary, or of the text."""
    date_source: str | None
    last_changed: str
    gone_at: str | None
    picture: int | None
    """Capture of the first picture that is in the archive."""
    copies: tuple[tuple[int, str], ...] = ()
    """Id and site of the articles with the same text."""


def cards_of(db: Database, ids: Collection[int]) -> dict[int, Card]:
    """The cards of some articles, by id."""
    values = {"ids": json.dumps(list(ids)), "longest": _LONGEST}
    copies: dict[int, list[tuple[int, str]]] = {}
    for id, other, site in db.conn.execute(_COPIES, values):
        copies.setdefault(id, []).append((other, site))
    return {row[0]: _card(row, tuple(copies.get(row[0], ()))) for row in db.conn.execute(_CARDS, values)}


def _card(row: tuple[Any, ...], copies: tuple[tuple[int, str], ...]) -> Card:
    id, summary, source, changed, gone_at, picture, beginning = row
    return Card(
        id=id,
        lede=_cut(" ".join((summary or beginning or "").split())),
        date_source=source,
        last_changed=changed,
        gone_at=gone_at,
        picture=picture,
        copies=copies,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"


def sites_of(db: Database) -> list[str]:
    """The sites that articles are of, in the order of their names."""
    return [site for (site,) in db.conn.execute(_SITES)]


def last_touched(db: Database) -> str:
    """When a run last began or ended (UTC, ISO 8601); the epoch where there was none yet."""
    times = [time for time in db.conn.execute(_LAST_RUN).fetchone() if is_time(time)]
    return max(times, default="1970-01-01T00:00:00Z")
