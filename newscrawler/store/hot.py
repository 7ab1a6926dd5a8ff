"""What stood in the hot blocks of the sites, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

# Grouped and cut to the limit on the index alone (`links_hot` has the same expression); only what is left is looked up.
_HOT = """
    WITH items AS (
        SELECT site, coalesce(url, title, summary) AS item, min(first_seen) AS first_seen, max(last_seen) AS last_seen
        FROM links
        WHERE block = 'hot' AND site = ifnull(:site, site)
        GROUP BY site, coalesce(url, title, summary)
        HAVING max(last_seen) >= ifnull(:since, '') AND min(first_seen) < ifnull(:until, '') || '~'
        ORDER BY max(last_seen) DESC, min(first_seen) DESC, item
        LIMIT :limit
    )
    SELECT items.site, links.url, links.title, links.summary, items.first_seen, items.last_seen,
        count(DISTINCT links.page_url) AS pages, links.position, max(links.last_seen)
    FROM items
    JOIN links ON links.block = 'hot' AND links.site = items.site
        AND coalesce(links.url, links.title, links.summary) IS items.item
    GROUP BY items.site, items.item
    ORDER BY items.last_seen DESC, items.first_seen DESC, items.item
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class HotItem:
    """One item of a hot block, with title and summary as last seen; times are UTC, ISO 8601."""

    site: str
    url: str | None
    title: str | None
    summary: str | None
    first_seen: str
    last_seen: str
    pages: int
    """On how many pages it stood."""
    position: int
    """Its place in the block when it was last seen, counted from 1."""


def hot_items(
    db: Database, site: str | None = None, limit: int = 50, since: str | None = None, until: str | None = None
) -> list[HotItem]:
    """What stood in the hot block of one site, or of all: the latest seen first, at most `limit` items.

    `since` and `until` are days, months or years (UTC), both included: an item is told that stood there between them.

    Rows with the same url are one item; where there is no url, rows with the same words.
    """
    rows = db.conn.execute(_HOT, {"site": site, "limit": limit, "since": since, "until": until})
    names = HotItem.__slots__
    return [HotItem(**dict(zip(names, row, strict=False))) for row in rows]
