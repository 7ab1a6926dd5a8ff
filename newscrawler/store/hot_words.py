"""What an item of a hot block said, where it stood, and which article of the archive it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from newscrawler.store.hot_spans import HotSpan
from newscrawler.urls import urlkey

MOST_PAGES = 50
"""Nobody counts on beyond so many: the first crawl of a site meets the same items on every page it has."""
_LATEST = 40
"""Of an item, so many of its latest sightings are looked through for one with a title."""

_OF_ITEM = "block = 'hot' AND site = :site AND coalesce(url, title, summary) = :item"
_WORDS = f"""
    SELECT url, title, summary, position
    FROM (SELECT * FROM links WHERE {_OF_ITEM} ORDER BY last_seen DESC LIMIT {_LATEST})
    ORDER BY title IS NULL, last_seen DESC, position, id LIMIT 1
"""
_PAGES = f"SELECT count(DISTINCT page_url) FROM (SELECT page_url FROM links WHERE {_OF_ITEM} LIMIT {2 * MOST_PAGES})"
_ARTICLE = """
    SELECT id, title FROM articles WHERE urlkey IN (:bare, :slashed) ORDER BY url = :url DESC, last_seen DESC LIMIT 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class HotWords:
    """An item as last seen."""

    url: str | None
    title: str | None
    """Its own, or that of its article where it shows a picture only."""
    summary: str | None
    position: int
    """In the block, counted from 1."""
    pages: int
    """On how many pages it stood; `MOST_PAGES` and more are not told apart."""
    article_id: int | None
    """Of its article, where the archive has it."""


def hot_words(db: Database, span: HotSpan) -> HotWords:
    """Look an item up."""
    values = {"site": span.site, "item": span.item}
    url, title, summary, position = db.conn.execute(_WORDS, values).fetchone()
    (pages,) = db.conn.execute(_PAGES, values).fetchone()
    article_id, article_title = _article(db, url)
    return HotWords(
        url=url,
        title=title or article_title,
        summary=summary,
        position=position,
        pages=min(pages, MOST_PAGES),
        article_id=article_id,
    )


def _article(db: Database, url: str | None) -> tuple[int | None, str | None]:
    """Addresses are compared as loosely as `show` compares them."""
    if not url:
        return None, None
    path, mark, query = urlkey(url).partition("?")
    keys = {"url": url, "bare": path.rstrip("/") + mark + query, "slashed": path.rstrip("/") + "/" + mark + query}
    row = db.conn.execute(_ARTICLE, keys).fetchone()
    return row or (None, None)
