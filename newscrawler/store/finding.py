"""One article, found by its id or address, with all that hangs on it."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlite_utils import Database

from newscrawler.errors import NoSuchArticleError
from newscrawler.store.columns import told
from newscrawler.store.comments import comments_of
from newscrawler.store.history import Version, versions
from newscrawler.store.twins import twins_of
from newscrawler.urls import urlkey

_HAS_WHOLE = "SELECT EXISTS (SELECT 1 FROM sightings WHERE article_id = :article_id AND cut IS NULL)"
_BY_ID = "SELECT * FROM articles WHERE id = :id"
_BY_URL = "SELECT * FROM articles WHERE url = :url"
_BY_URLKEY = "SELECT * FROM articles WHERE urlkey IN (:bare, :slashed) ORDER BY last_seen DESC LIMIT 1"
# An article that has moved is also found under each address it was ever fetched from.
_BY_CAPTURE = """
    SELECT articles.*
    FROM captures
    JOIN sightings ON sightings.capture_id = captures.id
    JOIN articles ON articles.id = sightings.article_id
    WHERE captures.urlkey IN (:bare, :slashed)
    ORDER BY captures.timestamp DESC LIMIT 1
"""
_LINKS_OF = """
    SELECT id, page_url, article_id, block, position, url, title, summary, image_url, first_seen, last_seen, capture_id
    FROM links WHERE article_id = :id ORDER BY block, position, last_seen DESC, id
"""
_MEDIA_OF = """
    SELECT id, article_id, position, kind, url, original_src, caption, credit, capture_id
    FROM media WHERE article_id = :id ORDER BY position
"""


def find_article(db: Database, id_or_url: int | str) -> dict[str, Any]:
    """The columns of an article (authors and tags as lists, origins as an object), with its `links`, `media`,
    `comments` and `twins` as lists of dicts, and whether its text `may_be_cut`: no copy of it is known that certainly
    came whole.

    Addresses are compared loosely: www, http or https, letter case, the order of parameters and a last slash do not
    count, and an address that the article had before is good too. Raises `NoSuchArticleError`.
    """
    wanted = str(id_or_url).encode("utf-8", "replace").decode().strip()
    found = _find_row(db, wanted)
    if found is None:
        raise NoSuchArticleError(f"no article {wanted} in the archive; `newscrawler search` finds others")
    id_ = found["id"]
    has_whole = db.conn.execute(_HAS_WHOLE, {"article_id": id_}).fetchone()[0]
    known = {"links": _rows(db, _LINKS_OF, id=id_), "media": _rows(db, _MEDIA_OF, id=id_)}
    known |= {"comments": comments_of(db, id_), "twins": twins_of(db, id_)}
    return {**told(found), **known, "may_be_cut": not has_whole}


def _find_row(db: Database, wanted: str) -> dict[str, Any] | None:
    if wanted.isascii() and wanted.isdigit():
        rows = _rows(db, _BY_ID, id=int(wanted)) if len(wanted) < 19 else []
        return rows[0] if rows else None
    url = wanted if "://" in wanted else f"http://{wanted}"
    path, mark_, query = urlkey(url).partition("?")
    keys = {"bare": path.rstrip("/") + mark_ + query, "slashed": path.rstrip("/") + "/" + mark_ + query}
    rows = _rows(db, _BY_URL, url=wanted) or _rows(db, _BY_URLKEY, **keys) or _rows(db, _BY_CAPTURE, **keys)
    return rows[0] if rows else None


def _rows(db: Database, sql: str, **values: Any) -> list[dict[str, Any]]:
    cursor = db.conn.cursor()
    cursor.row_factory = sqlite3.Row
    return [dict(row) for row in cursor.execute(sql, values)]


def version_of(db: Database, article_id: int, n: int) -> Version:
    """The version number `n` of an article, counted from 1, the oldest. Raises `NoSuchArticleError`."""
    told = versions(db, article_id)
    if not told:
        raise NoSuchArticleError(f"no article {article_id} in the archive")
    if not 1 <= n <= len(told):
        raise NoSuchArticleError(f"article {article_id} has no version {n}; it has {len(told)}")
    return told[n - 1]
