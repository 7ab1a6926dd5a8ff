"""What the archive knows of addresses before they are asked for: articles and when they were looked at last, addresses
that led to nothing, and pages that former runs have given up."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

_ASKED = """
    max(last_seen, coalesce((
        SELECT max(timestamp) FROM captures
        WHERE captures.url = articles.url AND timestamp > last_seen
            AND (status BETWEEN 300 AND 399 OR status IN (404, 410))
    ), ''))
"""
# A copy that may be cut is asked for again by each run, a few times.
_MAY_BE_CUT = """
    (SELECT count(*) < 3 AND sum(cut IS NULL) = 0 FROM sightings WHERE sightings.article_id = articles.id)
"""
_SELECT = f"""
    SELECT site_article_id, url, coalesce(published, event_date), first_seen, {_ASKED}, gone_at IS NOT NULL,
        {_MAY_BE_CUT}
    FROM articles WHERE site = :site AND site_article_id IS NOT NULL
"""
_OF_IDS = f"{_SELECT} AND site_article_id IN (SELECT value FROM json_each(:ids))"
_KNOWN_IDS = """
    SELECT site_article_id FROM articles
    WHERE site = :site AND site_article_id IN (SELECT value FROM json_each(:ids))
"""
_NOTHING_AT = """
    SELECT url, max(at) FROM (
        SELECT url, timestamp AS at FROM captures
        WHERE url IN (SELECT value FROM json_each(:urls)) AND status IN (404, 410)
        UNION ALL
        SELECT url, iif(reason = 'known-absent', json_extract(carried, '$.absent_at'), updated_at) FROM frontier
        WHERE site = :site AND url IN (SELECT value FROM json_each(:urls))
            AND reason IN ('absent', 'soft-404', 'redirected', 'known-absent', 'no-article')
    )
    WHERE at IS NOT NULL GROUP BY url
"""
_GIVEN_UP = """
    SELECT url FROM frontier
    WHERE site = :site AND state = 'given-up' AND kind = 'article' AND cycle IS NOT :cycle
        AND (updated_at < :since OR reason NOT IN (SELECT value FROM json_each(:lasting)))
    ORDER BY updated_at, url LIMIT :limit
"""
_PUT_OFF = """
    SELECT url FROM frontier WHERE site = :site AND cycle = :cycle AND reason IN ('not-due', 'known-absent')
"""
_ASKED_IN = """
    SELECT url, kind FROM frontier
    WHERE site = :site AND cycle = :cycle AND kind IN ('article', 'listing', 'page')
        AND coalesce(reason, '') NOT IN ('not-due', 'known-absent', 'end', 'known')
"""


_NUMBER = "SELECT count(*) FROM articles WHERE site = :site"


class Sighted(NamedTuple):
    """An article that the archive has, and when its server was asked for it last."""

    article_id: str
    url: str
    dated: str | None
    first_seen: str
    asked_at: str
    """UTC, ISO 8601; also of a 404 or a redirect, but not of what was no answer."""
    gone: bool
    may_be_cut: bool
    """Whether no whole copy is there yet, and it was not asked for often."""


def sighted(db: Database, site: str, ids: Collection[str]) -> dict[str, Sighted]:
    """The articles of a site that have these ids, by id."""
    if not ids:
        return {}
    rows = db.conn.execute(_OF_IDS, {"site": site, "ids": json.dumps(list(ids))})
    return {row[0]: Sighted(*row) for row in rows}


def number_of_articles(db: Database, site: str) -> int:
    """How many articles of a site the archive has."""
    return int(db.conn.execute(_NUMBER, {"site": site}).fetchone()[0])


def all_sighted(db: Database, site: str) -> Iterator[Sighted]:
    """All articles of a site."""
    yield from map(Sighted._make, db.conn.execute(_SELECT, {"site": site}))


def known_ids(db: Database, site: str, ids: Collection[str]) -> set[str]:
    """Those of these ids whose article is in the archive."""
    rows = db.conn.execute(_KNOWN_IDS, {"site": site, "ids": json.dumps(list(ids))})
    return {article_id for (article_id,) in rows}


def nothing_at(db: Database, site: str, urls: Collection[str]) -> dict[str, str]:
    """Of addresses at which there was no article: address → when that was said last (UTC, ISO 8601).

    By statuses 404 and 410, which the captures tell, and by redirects and pages that said so with status 200.
    """
    if not urls:
        return {}
    return dict(db.conn.execute(_NOTHING_AT, {"site": site, "urls": json.dumps(list(urls))}).fetchall())


def given_up_before(
    db: Database, site: str, cycle: int, *, lasting: Iterable[str], since: str, limit: int
) -> Iterator[str]:
    """Addresses of articles that other cycles have given up, the longest ago first.

    :param lasting: reasons that hold for a while: these only from before `since` (UTC, ISO 8601).
    """
    row = {"site": site, "cycle": cycle, "lasting": json.dumps(list(lasting)), "since": since, "limit": limit}
    yield from (url for (url,) in db.conn.execute(_GIVEN_UP, row))


def put_off(db: Database, site: str, cycle: int) -> Iterator[str]:
    """Addresses that a cycle has settled without asking."""
    yield from (url for (url,) in db.conn.execute(_PUT_OFF, {"site": site, "cycle": cycle}))


def asked_in(db: Database, site: str, cycle: int) -> Iterator[tuple[str, str]]:
    """Addresses and kinds of the pages that a cycle has asked for, or means to."""
    yield from db.conn.execute(_ASKED_IN, {"site": site, "cycle": cycle})
