"""A page read, and its rows stored: the steps of the pipelines, for a crawl, a rebuild and an import alike."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import Any

from newscrawler.errors import MemoryPageError, NoArticleError, ReadingError
from newscrawler.items import Article, Blocks, Page
from newscrawler.reading.article import article_of
from newscrawler.reading.blocks import split_blocks
from newscrawler.reading.layout import Layout
from newscrawler.reading.own_addresses import UNKNOWN_SITE
from newscrawler.reading.refusals import refusal_of
from newscrawler.sites import SITES, Site
from newscrawler.sites.any_addresses import key_of, own_address
from newscrawler.store import Database, transaction
from newscrawler.store.absent import is_answer_of_absence, note_answer_of_absence, note_soft_404
from newscrawler.store.articles import store_article, store_listing
from newscrawler.store.runs import add_problem

logger = logging.getLogger(__name__)

Reading = Article | Blocks | ReadingError
"""What came of reading a page: an article, a list (or a page that is neither), or the reason why nothing did."""


READ = "read"
"""Where `Page.cache` keeps the `ReadPage` that another process has made of it."""


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


def split(page: Page) -> Blocks:
    """Page → Blocks, by the layout of its site.

    :raises HostilePageError: if parsing the page would cost too much.
    """
    if (known := page.cache.get(READ)) is not None:
        blocks: Blocks = _given(known.blocks or known.reading)
        return blocks
    site = SITES.get(page.site)
    with _foreseen(page):
        return (
            split_blocks(page, site.layout_at(page.fetched_at), site)
            if site
            else split_blocks(page, Layout(), UNKNOWN_SITE)
        )


def clean(blocks: Blocks) -> Article | Blocks:
    """Blocks → Article, where the page is one; lists and others pass through.

    :raises NoArticleError: if an address that is an article's holds none.
    :raises RefusalPageError: if the page only says that there is nothing to be had.
    """
    page = blocks.page
    if (known := page.cache.get(READ)) is not None:
        reading: Article | Blocks = _given(known.reading)
        return reading
    with _foreseen(page):
        try:
            reading = _cleaned(blocks)
        except NoArticleError:
            _refuse_refusal(blocks, None)
            raise
        _refuse_refusal(blocks, reading)
        return reading


def _cleaned(blocks: Blocks) -> Article | Blocks:
    site = SITES.get(blocks.page.site)
    if site is None:
        return _of_unknown_site(blocks)
    layout = site.layout_at(blocks.page.fetched_at)
    return article_of(blocks, layout, site) if blocks.page.kind == "article" else blocks


def _refuse_refusal(blocks: Blocks, reading: Article | Blocks | None) -> None:
    tree = blocks.page.cache.get("tree")
    article = reading if isinstance(reading, Article) else None
    if tree is not None and (refusal := refusal_of(blocks, article, tree)) is not None:
        raise refusal


def _given(reading: Any) -> Any:
    """What another process has found; what the page refused there, it refuses here."""
    if isinstance(reading, ReadingError):
        raise reading
    return reading


@contextmanager
def _foreseen(page: Page) -> Iterator[None]:
    """Whatever goes wrong over a page is a reason not to read it: nobody foresees every page, and one must not stop a
    crawl or the reading of an archive."""
    try:
        yield
    except ReadingError:
        raise
    except MemoryError as error:
        raise MemoryPageError(page.url) from error
    except Exception as error:
        logger.debug("%s cannot be read", page.url, exc_info=True)
        raise ReadingError(f"{page.url} cannot be read: {type(error).__name__}: {error}") from error


def _of_unknown_site(blocks: Blocks) -> Article | Blocks:
    """Only what reads as an article; the address that it states must not take the place of another host's article."""
    try:
        article = article_of(blocks, Layout(), UNKNOWN_SITE) if blocks.main is not None else None
    except NoArticleError:
        article = None
    if article is None or not article.body_text:
        return blocks
    url = own_address(article.url, blocks.page.url)
    return replace(article, url=url, site_article_id=key_of(url))


def read(page: Page) -> Reading:
    """Read a page; what it refuses is given, not raised."""
    try:
        return clean(split(page))
    except ReadingError as error:
        return error


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
