"""What former crawls remember of lists: what they showed, how far they went."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlite_utils import Database

_SHOWN = """
    SELECT url, page_url, title, summary, image_url, last_seen FROM links
    WHERE block = 'main' AND article_id IS NULL AND url IN (SELECT value FROM json_each(:urls))
"""
_SHOWN_SINCE = """
    SELECT DISTINCT page_url, url FROM links
    WHERE site = :site AND block = 'main' AND article_id IS NULL AND url IS NOT NULL AND last_seen >= :since
"""
_ON_PAGE = "SELECT DISTINCT url FROM links WHERE page_url = :page_url AND block = 'main' AND url IS NOT NULL"
_ENDS = """
    SELECT url, carried FROM frontier WHERE site = :site AND kind = 'listing' AND reason IN ('end', 'known')
    ORDER BY updated_at, url
"""


class Shown(NamedTuple):
    """One entry of a list, as a page of it showed it when it was seen last."""

    url: str
    page_url: str
    title: str | None
    summary: str | None
    image_url: str | None
    last_seen: str


def shown(db: Database, urls: Collection[str]) -> Iterator[Shown]:
    """What list pages have shown of these addresses."""
    yield from map(Shown._make, db.conn.execute(_SHOWN, {"urls": json.dumps(list(urls))}))


def shown_since(db: Database, site: str, since: str) -> Iterator[tuple[str, str]]:
    """(address of the list page, address that it showed), of all that was seen from a time on (UTC, ISO 8601)."""
    yield from db.conn.execute(_SHOWN_SINCE, {"site": site, "since": since})


def on_page(db: Database, page_url: str) -> set[str]:
    """The addresses that a list page has ever shown."""
    return {url for (url,) in db.conn.execute(_ON_PAGE, {"page_url": page_url})}


def list_ends(db: Database, site: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Addresses of list pages that were not asked for because their list ends before them, or everything behind was
    known, with what was noted of the list; the oldest first."""
    for url, carried in db.conn.execute(_ENDS, {"site": site}):
        yield url, json.loads(carried) if carried else {}
