"""What a page holds, by the layout of its site: without a database, so that a process of its own can do it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from newscrawler.errors import MemoryPageError, NoArticleError, ReadingError
from newscrawler.items import Article, Blocks, Page
from newscrawler.reading.article import article_of
from newscrawler.reading.blocks import split_blocks
from newscrawler.reading.layout import Layout
from newscrawler.reading.leads.refusals import refusal_of
from newscrawler.reading.page.own_addresses import UNKNOWN_SITE
from newscrawler.sites import SITES
from newscrawler.sites.any_addresses import key_of, own_address

logger = logging.getLogger(__name__)

Reading = Article | Blocks | ReadingError
"""What came of reading a page: an article, a list (or a page that is neither), or the reason why nothing did."""


READ = "read"
"""Where `Page.cache` keeps the `ReadPage` that another process has made of it."""


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
