"""Files of pages: which capture holds a picture or document, and which were not fetched yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from sqlite_utils import Database

from newscrawler.store.database import transaction

MediaKind = Literal["image", "document", "video", "audio"]
Standing = Literal["held", "settled", "open"]
"""Held: a whole 200 is in the archive. Settled: the server has said not long ago that there is none. Else open."""

_WHOLE = "captures.url = {url} AND captures.status = 200 AND captures.truncated IS NULL"
# Record ids break ties, so that an archive read in another order gives the same rows.
_FIRST = f"""
    SELECT captures.id FROM captures WHERE {_WHOLE.format(url="media.url")}
    ORDER BY captures.timestamp, captures.record_id LIMIT 1
"""
_RELINK_ALL = f"UPDATE media SET capture_id = ({_FIRST}) WHERE capture_id IS NOT ({_FIRST})"
_RELINK = f"{_RELINK_ALL} AND media.url = :url"
# A redirect, and a file over the limit, are answers as final as “not found”.
_STANDING = f"""
    SELECT
        EXISTS (SELECT 1 FROM captures WHERE {_WHOLE.format(url=":url")}),
        EXISTS (
            SELECT 1 FROM captures
            WHERE url = :url AND timestamp >= :since
                AND (status IN (404, 410) OR status BETWEEN 300 AND 399 OR truncated = 'length')
        )
"""
# Those that no run has met a problem with come first: files that fail each time must not keep the others waiting.
_UNFETCHED = """
    SELECT media.kind, media.url
    FROM media JOIN articles ON articles.id = media.article_id
    WHERE articles.site = :site AND media.capture_id IS NULL AND media.url IS NOT NULL
    GROUP BY media.url
    ORDER BY
        EXISTS (SELECT 1 FROM problems WHERE problems.url = media.url AND problems.stage = 'requisite'), min(media.id)
"""
_UNRESOLVED = f"""
    SELECT DISTINCT url FROM problems
    WHERE stage = 'requisite' AND kind NOT IN ('other-site', 'too-many')
        AND run_id IN (SELECT id FROM runs WHERE site = :site)
        AND NOT EXISTS (SELECT 1 FROM media WHERE media.url = problems.url)
        AND NOT EXISTS (SELECT 1 FROM captures WHERE {_WHOLE.format(url="problems.url")})
    ORDER BY id
"""
_NOTED = "SELECT EXISTS (SELECT 1 FROM problems WHERE url = :url AND stage = 'requisite' AND kind = :kind)"


def relink_media(db: Database, urls: Iterable[str] | None = None) -> None:
    """Give each medium the earliest whole 200 capture of exactly its address, or none where there is none.

    The rule asks only what the tables hold, so the rows are the same whether picture or article came first, and after
    a rebuild.

    :param urls: the addresses to look at; None looks at all.
    """
    with transaction(db):
        if urls is None:
            db.conn.execute(_RELINK_ALL)
        else:
            db.conn.executemany(_RELINK, [{"url": url} for url in dict.fromkeys(urls)])


def standing_of(db: Database, url: str, *, since: str) -> Standing:
    """What the archive has of a file; answers older than `since` (UTC, ISO 8601) settle nothing."""
    held, settled = db.conn.execute(_STANDING, {"url": url, "since": since}).fetchone()
    return "held" if held else "settled" if settled else "open"


def unfetched_media(db: Database, site: str) -> Iterator[tuple[MediaKind, str]]:
    """(kind, address) of the media of a site's articles without a capture, each address once."""
    yield from db.conn.execute(_UNFETCHED, {"site": site})


def unfetched_others(db: Database, site: str) -> Iterator[str]:
    """Addresses of other files of pages that runs of a site could not have, and may have another time."""
    for (url,) in db.conn.execute(_UNRESOLVED, {"site": site}):
        yield url


def is_noted(db: Database, url: str, kind: str) -> bool:
    """Whether a run has already written down that a file is missing for this reason."""
    return bool(db.conn.execute(_NOTED, {"url": url, "kind": kind}).fetchone()[0])
