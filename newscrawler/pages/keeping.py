"""The rows of a page: an article, a list, or the reason why neither could be read."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from newscrawler.errors import ReadingError
from newscrawler.items import Article, Blocks, Page
from newscrawler.pages.reading import Reading, read
from newscrawler.sites import SITES, Site
from newscrawler.store import Database, transaction
from newscrawler.store.absent import is_answer_of_absence, note_answer_of_absence, note_soft_404
from newscrawler.store.articles import store_article, store_listing
from newscrawler.store.runs import add_problem

PROBE_ID = 999_999_937
"""No site has so many articles."""


class Outcome(StrEnum):
    """What storing a page did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LISTING = "listing"
    NOTHING = "nothing"
    """The page is neither an article nor a list of a site; it stays in the archive without rows."""
    UNREAD = "unread"
    """A row of table `problems` says why."""


def probe_address(site: Site) -> str | None:
    """Address of an article that a site has not; what it answers there, it answers for all that it has not. None where
    an article's id alone does not make its address."""
    return site.address_of(str(PROBE_ID))


def keep(db: Database, item: Article | Blocks, *, capture_id: int | None, run_id: int | None) -> Outcome:
    """Store an article or list as seen when its page was captured, in one transaction; raises as `transaction` does."""
    page = item.page
    if page is None or page.capture is None:
        raise ValueError("an item without a capture has no place in the archive")
    seen: dict[str, Any] = {"run_id": run_id, "seen_at": page.capture.timestamp}
    with transaction(db):
        for note in page.notes:
            add_problem(db, run_id, page.url, "decoding", "note", note, page.capture.timestamp, capture_id)
        for note in page.left_out:
            add_problem(db, run_id, page.url, "reading", "note", note, page.capture.timestamp, capture_id)
        if isinstance(item, Article):
            if _is_absence(db, item, page, capture_id, seen):
                return Outcome.UNREAD
            return Outcome(store_article(db, replace(item, capture_id=capture_id), **seen))
        if page.kind != "listing":
            return Outcome.NOTHING
        links = () if page.cut else item.links
        store_listing(db, page.url, links, site=page.site, capture_id=capture_id, **seen)
    return Outcome.LISTING


def _is_absence(db: Database, article: Article, page: Page, capture_id: int | None, seen: dict[str, Any]) -> bool:
    """Whether an article is what its site answers for articles that it has not; a row says so then."""
    site = SITES.get(page.site)
    probe = probe_address(site) if site else None
    if site is None or probe is None:
        return False
    content = article.content_hash
    if page.url == probe:
        note_answer_of_absence(db, site.name, probe, content, capture_id=capture_id, **seen)
        return True
    if not is_answer_of_absence(db, probe, content):
        return False
    note_soft_404(db, page.url, capture_id=capture_id, **seen)
    return True


def store_reading(db: Database, page: Page, reading: Reading, *, capture_id: int | None, run_id: int | None) -> Outcome:
    """Store what came of reading a page; an unreadable one is a row of table `problems`."""
    if not isinstance(reading, ReadingError):
        return keep(db, reading, capture_id=capture_id, run_id=run_id)
    report(db, page.url, reading, seen_at=_seen_at(page), capture_id=capture_id, run_id=run_id)
    return Outcome.UNREAD


def _seen_at(page: Page) -> str:
    return page.capture.timestamp if page.capture else page.fetched_at.isoformat()


def report(
    db: Database, url: str, error: ReadingError, *, seen_at: str, capture_id: int | None, run_id: int | None
) -> None:
    """Write down why a page could not be read."""
    add_problem(db, run_id, url, "reading", error.kind, str(error), seen_at, capture_id)


def store_page(db: Database, page: Page, capture_id: int | None, run_id: int | None) -> Outcome:
    """Read a page and store what it holds; raises as `transaction` does."""
    return store_reading(db, page, read(page), capture_id=capture_id, run_id=run_id)
