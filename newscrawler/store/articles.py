"""Storing and finding articles: one transaction per page, the same rows whatever order the archive is read in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from newscrawler.items import Article, Link, Media
from newscrawler.store.columns import ADD, REFRESH, REPLACE, RETELL, row_of
from newscrawler.store.comments import store_comments
from newscrawler.store.database import transaction
from newscrawler.store.frontier import remember
from newscrawler.store.gone import note_gone
from newscrawler.store.history import add_sighting, add_version, begin_anew, outdate, retell, stands
from newscrawler.store.links import store_links
from newscrawler.store.media import relink_media
from newscrawler.store.twins import renew_twins, twin_hash

_NAMES = "id, content_hash, last_seen, last_changed, twin_hash"
_KNOWN = f"""
    SELECT {_NAMES} FROM articles WHERE site = :site AND site_article_id = :site_article_id
    UNION ALL
    SELECT {_NAMES} FROM articles WHERE url = :url
    LIMIT 1
"""
_HAS_WHOLE = "SELECT EXISTS (SELECT 1 FROM sightings WHERE article_id = :article_id AND cut IS NULL)"
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


class Change(StrEnum):
    """What storing an article did to its row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the table says of an article before it is stored again."""

    article_id: int
    content_hash: str
    last_seen: str
    last_changed: str
    twin_hash: str | None


def store_article(db: Database, article: Article, *, run_id: int | None, seen_at: str) -> Change:
    """Store an article as read at `seen_at` (UTC, ISO 8601, as in `captures.timestamp`), in one transaction.

    With it go its version where the text is another than before, its links, media and comments, its twins, and a place
    in the frontier. An older reading than the stored one finds its place in the history and leaves the present text
    alone; a second reading of the same moment (a better extractor) takes the place of the first. What makes no version
    (tags, dates, comments …) is that of the latest reading. A page that may be cut counts only where no whole one is
    known, and its links do not. Raises as `transaction` does.
    """
    row = row_of(article, seen_at)
    with transaction(db):
        change = _store_row(db, row, article)
        note_gone(db, row["urlkey"])
        address = article.page.url if article.page else article.url
        page = {"site": article.site, "seen_at": seen_at, "capture_id": row["capture_id"]}
        links = article.links if row["cut"] is None else ()
        store_links(db, address, links, article_id=row["article_id"], **page)
        remember(db, article.site, address, "article", at=seen_at)
    return change


def _store_row(db: Database, row: dict[str, Any], article: Article) -> Change:
    found = db.conn.execute(_KNOWN, row).fetchone()
    if found is None:
        return _store_new(db, row, article)
    known = _Known(*found)
    row["article_id"] = known.article_id
    has_whole = bool(db.conn.execute(_HAS_WHOLE, row).fetchone()[0])
    if row["cut"] is not None or not has_whole:
        return _store_beside_cut(db, row, article, known, has_whole=has_whole)
    store = _store_latest if row["seen_at"] > known.last_seen else _store_late
    change = store(db, row, known)
    if row["seen_at"] >= known.last_seen:
        db.conn.execute(REFRESH, row)
        _store_parts(db, row, article)
    return change


def _store_new(db: Database, row: dict[str, Any], article: Article) -> Change:
    row["twin_hash"] = twin_hash(row["body_text"])
    row["article_id"] = db.conn.execute(ADD, row).lastrowid
    renew_twins(db, row["article_id"], None, row["twin_hash"])
    add_sighting(db, row)
    add_version(db, row)
    _store_parts(db, row, article, known=False)
    return Change.NEW


def _tell(db: Database, row: dict[str, Any], known: _Known, sql: str) -> None:
    """Write the text of `row` with one of the statements that do so."""
    row["twin_hash"] = twin_hash(row["body_text"])
    db.conn.execute(sql, row)
    renew_twins(db, known.article_id, known.twin_hash, row["twin_hash"])


def _store_latest(db: Database, row: dict[str, Any], known: _Known) -> Change:
    add_sighting(db, row)
    if known.content_hash == row["content_hash"]:
        db.conn.execute(_SEEN_AGAIN, row)
        return Change.UNCHANGED
    _tell(db, row, known, REPLACE)
    add_version(db, row)
    return Change.CHANGED


def _store_beside_cut(db: Database, row: dict[str, Any], article: Article, known: _Known, *, has_whole: bool) -> Change:
    """One of two copies may be cut: a whole one takes the place of all that may be, and of those the longest stands.
    Which it is does not depend on the order in which they are read."""
    add_sighting(db, row)
    if has_whole or not stands(db, row):
        return Change.UNCHANGED
    _tell(db, row, known, REPLACE)
    db.conn.execute(_SEEN_ONCE, row)
    begin_anew(db, row)
    _store_parts(db, row, article)
    return Change.CHANGED if known.content_hash != row["content_hash"] else Change.UNCHANGED


def _store_late(db: Database, row: dict[str, Any], known: _Known) -> Change:
    add_sighting(db, row)
    turn, retold = retell(db, row)
    own = turn.seen_at == row["seen_at"]
    # Read again as of the latest moment, it may now say what was said before: then this text is the turn's, too.
    if own or turn.content_hash != known.content_hash:
        _tell(db, row, known, RETELL)
    if not own:
        db.conn.execute(_WIDEN, {**row, "last_changed": turn.seen_at, "turn_capture_id": turn.capture_id})
        if turn.seen_at != known.last_changed:
            outdate(db, known.article_id, turn.seen_at)
    return Change.CHANGED if retold else Change.UNCHANGED


def _store_parts(db: Database, row: Mapping[str, Any], article: Article, *, known: bool = True) -> None:
    _store_media(db, row, article.media)
    store_comments(db, article.comments, article_id=row["article_id"], capture_id=row["capture_id"], known=known)


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
