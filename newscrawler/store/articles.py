"""Storing and finding articles: one transaction per page, the same rows whatever order the archive is read in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from newscrawler.errors import NoSuchArticleError
from newscrawler.items import Article, Link, Media
from newscrawler.store.database import transaction
from newscrawler.store.frontier import remember
from newscrawler.store.gone import note_gone
from newscrawler.store.history import Version, add_sighting, add_version, begin_anew, retell, stands, versions
from newscrawler.store.links import store_links
from newscrawler.store.media import relink_media
from newscrawler.urls import urlkey

_KNOWN = """
    SELECT id, content_hash, last_seen FROM articles WHERE site = :site AND site_article_id = :site_article_id
    UNION ALL
    SELECT id, content_hash, last_seen FROM articles WHERE url = :url
    LIMIT 1
"""
_HAS_WHOLE = "SELECT EXISTS (SELECT 1 FROM sightings WHERE article_id = :article_id AND cut IS NULL)"
_ADD = """
    INSERT INTO articles (
        site, site_article_id, url, urlkey, title, summary, byline, category, published, published_precision,
        published_source, published_raw, event_date, language, word_count, content_hash, first_seen, last_seen,
        last_changed, capture_id, extractor, body_text, body_html, other_text
    ) VALUES (
        :site, :site_article_id, :url, :urlkey, :title, :summary, :byline, :category, :published, :published_precision,
        :published_source, :published_raw, :event_date, :language, :word_count, :content_hash, :seen_at, :seen_at,
        :seen_at, :capture_id, :extractor, :body_text, :body_html, :other_text
    )
"""
# An address that another article holds stays with that one: two rows may not share it.
_FREE_URL = "EXISTS (SELECT 1 FROM articles AS other WHERE other.url = :url AND other.id != :article_id)"
_REPLACE = f"""
    UPDATE articles SET
        site = :site, site_article_id = coalesce(:site_article_id, site_article_id),
        url = iif({_FREE_URL}, url, :url), urlkey = iif({_FREE_URL}, urlkey, :urlkey),
        title = :title, summary = :summary, byline = :byline, category = :category, published = :published,
        published_precision = :published_precision, published_source = :published_source,
        published_raw = :published_raw, event_date = :event_date, language = :language, word_count = :word_count,
        content_hash = :content_hash, first_seen = min(first_seen, :seen_at), last_seen = max(last_seen, :seen_at),
        last_changed = :seen_at, capture_id = :capture_id, extractor = :extractor, body_text = :body_text,
        body_html = :body_html, other_text = :other_text
    WHERE id = :article_id
"""
_SEEN_AGAIN = "UPDATE articles SET last_seen = :seen_at WHERE id = :article_id"
_SEEN_ONCE = "UPDATE articles SET first_seen = :seen_at, last_seen = :seen_at WHERE id = :article_id"
_WIDEN = """
    UPDATE articles SET
        first_seen = min(first_seen, :seen_at), last_changed = :last_changed, capture_id = :turn_capture_id
    WHERE id = :article_id
"""
_STORE_MEDIUM = """
    INSERT INTO media (article_id, position, kind, url, original_src, caption, credit, capture_id)
    VALUES (:article_id, :position, :kind, :url, :original_src, :caption, :credit, :capture_id)
    ON CONFLICT (article_id, position) DO UPDATE SET
        kind = excluded.kind, url = excluded.url, original_src = excluded.original_src, caption = excluded.caption,
        credit = excluded.credit, capture_id = iif(url IS excluded.url, capture_id, NULL)
"""
_DROP_MEDIA = "DELETE FROM media WHERE article_id = :article_id AND position > :last"

_DATES = """
    SELECT coalesce(published, event_date) FROM articles
    WHERE url IN (SELECT value FROM json_each(:urls)) AND coalesce(published, event_date) IS NOT NULL
"""
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


class Change(StrEnum):
    """What storing an article did to its row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def store_article(db: Database, article: Article, *, run_id: int | None, seen_at: str) -> Change:
    """Store an article as read at `seen_at` (UTC, ISO 8601, as in `captures.timestamp`), in one transaction.

    With it go its version where the text is another than before, its links and media, and a place in the frontier.
    An older reading than the stored one finds its place in the history and leaves the present text alone; a second
    reading of the same moment (a better extractor) takes the place of the first. A page that may be cut counts only
    where no whole one is known, and its links do not. Raises as `transaction` does.
    """
    row = _row_of(article, seen_at)
    with transaction(db):
        change = _store_row(db, row, article.media)
        note_gone(db, row["urlkey"])
        address = article.page.url if article.page else article.url
        page = {"site": article.site, "seen_at": seen_at, "capture_id": row["capture_id"]}
        links = article.links if row["cut"] is None else ()
        store_links(db, address, links, article_id=row["article_id"], **page)
        remember(db, article.site, address, "article", at=seen_at)
    return change


def _row_of(article: Article, seen_at: str) -> dict[str, Any]:
    capture_id = article.capture_id
    if capture_id is None and article.page and article.page.capture:
        capture_id = article.page.capture.id
    # Of the page, not of what was read out of it: the menu of half a page may pass for an article (facts: reliability
    # §2, rows 8 and 40).
    cut = len(article.page.html) if article.page and article.page.cut else None
    more = {"seen_at": seen_at, "capture_id": capture_id, "urlkey": urlkey(article.url), "cut": cut}
    return {**vars(article), **more}


def _store_row(db: Database, row: dict[str, Any], media: tuple[Media, ...]) -> Change:
    known = db.conn.execute(_KNOWN, row).fetchone()
    if known is None:
        row["article_id"] = db.conn.execute(_ADD, row).lastrowid
        _note_version(db, row)
        _store_media(db, row, media)
        return Change.NEW
    row["article_id"], content_hash, last_seen = known
    has_whole = bool(db.conn.execute(_HAS_WHOLE, row).fetchone()[0])
    if row["cut"] is not None or not has_whole:
        return _store_beside_cut(db, row, media, has_whole=has_whole, changed=content_hash != row["content_hash"])
    if row["seen_at"] >= last_seen:
        _store_media(db, row, media)
    if row["seen_at"] <= last_seen:
        return _store_late(db, row)
    return _store_latest(db, row, changed=content_hash != row["content_hash"])


def _note_version(db: Database, row: Mapping[str, Any]) -> None:
    add_sighting(db, row)
    add_version(db, row)


def _store_latest(db: Database, row: Mapping[str, Any], *, changed: bool) -> Change:
    if changed:
        db.conn.execute(_REPLACE, row)
        _note_version(db, row)
        return Change.CHANGED
    db.conn.execute(_SEEN_AGAIN, row)
    add_sighting(db, row)
    return Change.UNCHANGED


def _store_beside_cut(
    db: Database, row: Mapping[str, Any], media: tuple[Media, ...], *, has_whole: bool, changed: bool
) -> Change:
    """One of two copies may be cut: a whole one takes the place of all that may be, and of those the longest stands.
    Which it is does not depend on the order in which they are read."""
    add_sighting(db, row)
    if has_whole or not stands(db, row):
        return Change.UNCHANGED
    db.conn.execute(_REPLACE, row)
    db.conn.execute(_SEEN_ONCE, row)
    begin_anew(db, row)
    _store_media(db, row, media)
    return Change.CHANGED if changed else Change.UNCHANGED


def _store_late(db: Database, row: Mapping[str, Any]) -> Change:
    add_sighting(db, row)
    turn, retold = retell(db, row)
    if turn.seen_at == row["seen_at"]:
        db.conn.execute(_REPLACE, row)
    else:
        db.conn.execute(_WIDEN, {**row, "last_changed": turn.seen_at, "turn_capture_id": turn.capture_id})
    return Change.CHANGED if retold else Change.UNCHANGED


def _store_media(db: Database, row: Mapping[str, Any], media: tuple[Media, ...]) -> None:
    # The capture of a medium is its own, made when the picture itself is fetched, not the page's; maybe it is there.
    place = {"article_id": row["article_id"], "capture_id": None}
    db.conn.executemany(_STORE_MEDIUM, [{**_fields(medium), **place} for medium in media])
    last = max((medium.position for medium in media), default=0)
    db.conn.execute(_DROP_MEDIA, {**place, "last": last})
    relink_media(db, [medium.url for medium in media if medium.url])


def _fields(medium: Media) -> dict[str, Any]:
    return {name: getattr(medium, name) for name in Media.__slots__}


def store_listing(
    db: Database,
    page_url: str,
    links: Iterable[Link],
    *,
    site: str,
    run_id: int | None,
    seen_at: str,
    capture_id: int | None = None,
) -> None:
    """Store what a listing page showed at `seen_at` (UTC, ISO 8601), and give it a place in the frontier."""
    with transaction(db):
        store_links(db, page_url, links, site=site, seen_at=seen_at, capture_id=capture_id)
        remember(db, site, page_url, "listing", at=seen_at)


def dates_of(db: Database, urls: Iterable[str]) -> list[str]:
    """The dates of those articles that are stored and dated, as ISO 8601 text as long as their precision."""
    return [date for (date,) in db.conn.execute(_DATES, {"urls": json.dumps(list(urls))})]


def find_article(db: Database, id_or_url: int | str) -> dict[str, Any]:
    """The columns of an article, with its `links` and `media` as lists of dicts, and whether its text `may_be_cut`: no
    copy of it is known that certainly came whole.

    Addresses are compared loosely: www, http or https, letter case, the order of parameters and a last slash do not
    count, and an address that the article had before is good too. Raises `NoSuchArticleError`.
    """
    wanted = str(id_or_url).encode("utf-8", "replace").decode().strip()
    found = _find_row(db, wanted)
    if found is None:
        raise NoSuchArticleError(f"no article {wanted} in the archive; `newscrawler search` finds others")
    has_whole = db.conn.execute(_HAS_WHOLE, {"article_id": found["id"]}).fetchone()[0]
    known = {"links": _rows(db, _LINKS_OF, id=found["id"]), "media": _rows(db, _MEDIA_OF, id=found["id"])}
    return {**found, **known, "may_be_cut": not has_whole}


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
