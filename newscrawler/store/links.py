"""What stood in the blocks of a page, from when to when: table `links`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from sqlite_utils import Database

from newscrawler.items import Link
from newscrawler.store.database import transaction

_KNOWN = "SELECT link_key FROM links WHERE page_url = :page_url"
_ADD = """
    INSERT INTO links (
        site, page_url, article_id, block, position, url, title, summary, image_url, first_seen, last_seen, capture_id,
        link_key
    ) VALUES (
        :site, :page_url, :article_id, :block, :position, :url, :title, :summary, :image_url, :seen_at, :seen_at,
        :capture_id, :link_key
    )
"""
# Whatever the order of reading, the row ends the same: seen from the earliest to the latest, and placed as at the
# latest.
_SEEN_AGAIN = """
    UPDATE links SET
        position = iif(:seen_at >= last_seen, :position, position),
        image_url = iif(:seen_at >= last_seen, :image_url, image_url),
        capture_id = iif(:seen_at >= last_seen, :capture_id, capture_id),
        first_seen = min(first_seen, :seen_at),
        last_seen = max(last_seen, :seen_at)
    WHERE page_url = :page_url AND link_key = :link_key
"""


def store_links(
    db: Database,
    page_url: str,
    links: Iterable[Link],
    *,
    site: str,
    seen_at: str,
    capture_id: int | None = None,
    article_id: int | None = None,
) -> None:
    """Store the entries of a page's blocks as seen at `seen_at` (UTC, ISO 8601, as in `captures.timestamp`).

    An entry is known again by its page, block, url, title, summary and its count among equals, since the same item may
    stand twice in one block. `article_id` is None for listing pages.
    """
    page = {"site": site, "page_url": page_url, "article_id": article_id, "capture_id": capture_id, "seen_at": seen_at}
    with transaction(db):
        # Asked first, not ON CONFLICT: for an upsert SQLite keeps a statement journal, which doubles the cost of a row.
        known = {key for (key,) in db.conn.execute(_KNOWN, page)}
        rows = list(_rows(page, links))
        db.conn.executemany(_ADD, (row for row in rows if row["link_key"] not in known))
        db.conn.executemany(_SEEN_AGAIN, (row for row in rows if row["link_key"] in known))


def _rows(page: dict[str, str | int | None], links: Iterable[Link]) -> Iterator[dict[str, str | int | None]]:
    times: Counter[str] = Counter()
    for link in links:
        words = "\x1f".join((link.block, link.url or "", link.title or "", link.summary or ""))
        times[words] += 1
        yield {
            **page,
            "block": link.block,
            "position": link.position,
            "url": link.url,
            "title": link.title,
            "summary": link.summary,
            "image_url": link.image_url,
            "link_key": blake2b(f"{words}\x1f{times[words]}".encode("utf-8", "replace"), digest_size=8).hexdigest(),
        }
