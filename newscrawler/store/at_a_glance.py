"""What the front page of the reading room tells of the archive: its newest stories, its months, its sites."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

# One step of the index for each month there is, and the count of its entries; never a row of the table itself.
_MONTHS = """
    WITH RECURSIVE months(month) AS (
        SELECT substr(min(published), 1, 7) FROM articles
        UNION ALL
        SELECT (
            SELECT substr(min(published), 1, 7) FROM articles
            WHERE published > CASE length(month) WHEN 7 THEN month || '~' ELSE month END
        )
        FROM months WHERE month IS NOT NULL
    )
    SELECT month, CASE length(month)
        WHEN 7 THEN (SELECT count(*) FROM articles WHERE published >= month AND published < month || '~')
        ELSE (SELECT count(*) FROM articles WHERE published = month)
    END
    FROM months WHERE month IS NOT NULL
"""
_NEWEST = "SELECT id FROM articles WHERE published <= :day || '~' ORDER BY published DESC, id DESC LIMIT :limit"
_LATEST = "SELECT id FROM articles ORDER BY id DESC LIMIT :limit"
_STORIES = """
    SELECT articles.id, articles.site, articles.title, articles.byline, articles.published,
        ifnull(nullif(articles.summary, ''), substr(articles.body_text, 1, 400)), picture.capture_id, picture.caption
    FROM json_each(:ids) AS wanted
    JOIN articles ON articles.id = wanted.value
    LEFT JOIN media AS picture ON picture.id = (
        SELECT id FROM media
        WHERE article_id = articles.id AND kind = 'image' AND capture_id IS NOT NULL ORDER BY position LIMIT 1
    )
    ORDER BY wanted.key
"""
_OLDEST = "SELECT min(published) FROM articles WHERE site = :site AND published IS NOT NULL"
_IDS = "SELECT url, id FROM articles WHERE url IN (SELECT value FROM json_each(:urls))"
_KNOWS = """
    SELECT EXISTS (SELECT 1 FROM articles WHERE site = :site) OR EXISTS (SELECT 1 FROM runs WHERE site = :site)
"""
_HAS = "SELECT EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :words)"


@dataclass(frozen=True, slots=True)
class Story:
    """An article as a front page tells it."""

    id: int
    site: str
    title: str | None
    byline: str | None
    published: str | None
    """ISO 8601, as precise as it is known."""
    summary: str
    """Or how the text begins."""
    picture: int | None
    """Capture of its first picture, where that is in the archive."""
    caption: str | None


def articles_per_month(db: Database) -> dict[str, int]:
    """Month of publication (`2018-05`) → articles, in order; what is known by its year only stands under `2018`, and
    what has no date is left out."""
    return dict(db.conn.execute(_MONTHS).fetchall())


def newest_stories(db: Database, day: str, limit: int = 10) -> list[Story]:
    """The articles published last, the latest first; those stored last where no date is known at all.

    :param day: `2026-11-23`; a later date is a misprint, and must not stand on top for years.
    """
    row = {"day": day, "limit": limit}
    ids = [id for (id,) in db.conn.execute(_NEWEST, row)] or [id for (id,) in db.conn.execute(_LATEST, row)]
    return [Story(*each) for each in db.conn.execute(_STORIES, {"ids": json.dumps(ids)})]


def oldest_published(db: Database, site: str) -> str | None:
    """When the first article of a site came out, as far as dates are known."""
    row = db.conn.execute(_OLDEST, {"site": site}).fetchone()
    return None if row is None else row[0]


def knows_site(db: Database, site: str) -> bool:
    """Whether the archive has articles or runs of a site."""
    return bool(db.conn.execute(_KNOWS, {"site": site}).fetchone()[0])


def ids_of_addresses(db: Database, urls: Iterable[str]) -> dict[str, int]:
    """Address → id, of those that are articles of the archive."""
    return dict(db.conn.execute(_IDS, {"urls": json.dumps(list(urls))}).fetchall())


def has_words(db: Database, words: str) -> bool:
    """Whether any article has all of these words, accents or not; cheaper than a search, since nothing is ranked."""
    wanted = " ".join(f'"{word}"' for word in re.findall(r"\w+", words.replace("đ", "d").replace("Đ", "D")))
    return bool(wanted) and bool(db.conn.execute(_HAS, {"words": wanted}).fetchone()[0])
