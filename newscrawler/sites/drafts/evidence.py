"""What a few pages of a site show: their links, and what the generic reader makes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawler.errors import HostilePageError, NoArticleError
from newscrawler.items import Article, Metadata
from newscrawler.reading.article import read
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.generic.listing import list_links, looks_like_article
from newscrawler.reading.leads.alternates import named_feeds
from newscrawler.reading.page import guard
from newscrawler.reading.page.order import ReadingOrder, reading_order
from newscrawler.reading.page.tree import parse
from newscrawler.sites.any_addresses import is_article_like, is_page, language_of, page_number
from newscrawler.text import one_line
from newscrawler.urls import bare_host, host_of


@dataclass(frozen=True, kw_only=True)
class SeenPage:
    """One page, and what the generic reader makes of it."""

    url: str
    html: str = field(repr=False)
    tree: HtmlElement = field(repr=False)
    metadata: Metadata = field(repr=False)
    article: Article | None
    """None where it is a list, or nothing."""
    is_known: bool
    """Whether its address is known; of one that is not, `url` only says what site it is of."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """All that is known of the site."""

    pages: tuple[SeenPage, ...]
    articles: tuple[str, ...]
    """Addresses of what lists show and feeds name, each once, and of the pages that are articles."""
    others: tuple[str, ...]
    """Addresses of the same host that look like no article's: sections, pages of lists, and what else there is."""
    sections: Counter[str]
    """Those of them that stand in menus and bear no page number → on how many of the pages."""
    feeds: tuple[str, ...] = ()
    has_sitemaps: bool = False
    """Whether robots.txt names any."""

    @property
    def first(self) -> SeenPage:
        """The page that was asked for."""
        return self.pages[0]

    @property
    def articles_read(self) -> tuple[SeenPage, ...]:
        """The pages that hold an article."""
        return tuple(page for page in self.pages if page.article is not None)


def see(
    pages: Iterable[tuple[str, str]],
    *,
    fed: Iterable[str] = (),
    has_sitemaps: bool = False,
    now: datetime | None = None,
) -> Seen:
    """Read pages of one site.

    :param pages: address and HTML of each; the first says what site it is. Of the others the address may be empty.
    :param fed: addresses that a feed of the site names.
    :raises HostilePageError: if parsing one of them would cost too much.
    """
    given, at = list(pages), now or datetime.now(UTC)
    read_pages = tuple(_page(url, html, given[0][0], at) for url, html in given)
    host = bare_host(read_pages[0].url)
    articles = dict.fromkeys(url for url in fed if bare_host(url) == host)
    others: dict[str, None] = {}
    sections: Counter[str] = Counter()
    for page in read_pages:
        order = reading_order(page.tree, page.url)
        linked = _linked(order, host)
        shown = [link.url for link in list_links(page.tree, page.url) if link.url]
        articles |= dict.fromkeys(url for url in (*_own(page), *shown) if _is_of(url, host))
        articles |= dict.fromkeys(url for url in linked if is_article_like(url))
        others |= dict.fromkeys(linked)
        sections.update(_sections(order, host))
    feeds = dict.fromkeys(feed for page in read_pages for feed in named_feeds(page.html, page.url))
    return Seen(
        pages=read_pages,
        articles=tuple(articles),
        others=tuple(url for url in others if url not in articles),
        sections=Counter({url: count for url, count in sections.items() if url not in articles}),
        feeds=tuple(feed for feed in feeds if bare_host(feed) == host),
        has_sitemaps=has_sitemaps,
    )


def _page(known: str, html: str, first: str, now: datetime) -> SeenPage:
    # A page whose address is nobody's front page may be an article.
    url = known or f"{root_of(first)}/?saved"
    tamed = guard.tame(html)
    tree = parse(tamed.html)
    metadata = read_metadata(tree, url=url, fetched_at=now)
    article = None
    if looks_like_article(tree, url, metadata):
        try:
            article = read(tamed.html, url, fetched_at=now)
        except (NoArticleError, HostilePageError):
            article = None
    return SeenPage(url=url, html=tamed.html, tree=tree, metadata=metadata, article=article, is_known=bool(known))


def _own(page: SeenPage) -> list[str]:
    return [page.url] if page.article is not None and page.is_known else []


def _is_of(url: str, host: str) -> bool:
    return bare_host(url) == host and is_page(url) and not language_of(url)


def _linked(order: ReadingOrder, host: str) -> list[str]:
    hrefs = dict.fromkeys(piece.href for piece in order.pieces if piece.href)
    return [url for url in hrefs if _is_of(url, host)]


def _sections(order: ReadingOrder, host: str) -> set[str]:
    """What the menu leads to, by its short words."""
    found = {
        piece.href: one_line(piece.text)
        for piece in order.pieces
        if piece.aside and piece.href and piece.text and bare_host(piece.href) == host
    }
    return {
        url
        for url, label in found.items()
        if 2 <= len(label) <= 40
        and urlsplit(url).path.strip("/")
        and is_page(url)
        and not language_of(url)
        and page_number(url) is None
        and not is_article_like(url)
    }


def root_of(url: str) -> str:
    """Scheme and host, as a site file's `root`."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host_of(url)}{port}"
