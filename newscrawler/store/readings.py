"""Articles that were read at other addresses than the one that they are kept under."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

_ELSEWHERE = """
    SELECT DISTINCT captures.url, articles.site_article_id
    FROM articles
    JOIN sightings ON sightings.article_id = articles.id
    JOIN captures ON captures.id = sightings.capture_id
    WHERE articles.site = :site AND articles.site_article_id IS NOT NULL AND captures.urlkey <> articles.urlkey
"""


def read_elsewhere(db: Database, site: str) -> Iterator[tuple[str, str]]:
    """(address that an article of a site was fetched from, the site's own id of it), where its page states another
    address as its own, or it has moved. One pass over the readings of the site."""
    yield from db.conn.execute(_ELSEWHERE, {"site": site})
