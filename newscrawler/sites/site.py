"""What is known of one news site, as data, and the questions a crawler asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from newscrawler.items import Article, PageKind
from newscrawler.reading.article import read
from newscrawler.reading.layout import Layout
from newscrawler.sites.revisits import Revisits
from newscrawler.urls import host_of

# Without ASCII, digits of all scripts are digits, and ſ is an s.
_FLAGS = re.IGNORECASE | re.ASCII
MOST_KNOWN = 50_000
"""Addresses that a site remembers the article id of."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A series of list pages, newest first."""

    pattern: str
    """Regular expression over path and query, letter case ignored; group `page` is the page number, `series` tells
    lists apart."""
    url: str
    """Address of a page, with `{page}` and, where the pattern has it, `{series}`."""
    first: int = 1


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page of a listing."""

    listing: Listing
    series: str
    number: int

    @property
    def url(self) -> str:
        """Its canonical address."""
        return self.listing.url.format(series=self.series, page=self.number)

    def turn(self, number: int) -> ListPage:
        """Another page of the same list."""
        return ListPage(listing=self.listing, series=self.series, number=number)


@dataclass(frozen=True, kw_only=True)
class Requisites:
    """Which files of its articles' pages a site's crawl archives, and how much of them; sizes are in bytes."""

    wanted: bool = True
    hosts: tuple[str, ...] = ()
    """Hosts beside the site's own that files are fetched from; files of others are written down as missing."""
    run_bytes: int = 2_000_000_000
    """What all files of one run may add to the WARC."""
    picture_bytes: int = 20_000_000
    document_bytes: int = 100_000_000
    film_bytes: int = 500_000_000
    """Of a video or a sound."""
    other_bytes: int = 5_000_000
    """Of a stylesheet, script, icon or font."""
    per_page: int = 100

    def largest(self, kind: str) -> int:
        """How large a file of a kind may be."""
        return {
            "image": self.picture_bytes,
            "document": self.document_bytes,
            "video": self.film_bytes,
            "audio": self.film_bytes,
        }.get(kind, self.other_bytes)


@dataclass(frozen=True, kw_only=True)
class Site:
    """One news site. The key of an article is (name, article id), whatever address it was found under."""

    name: str
    title: str
    hosts: tuple[str, ...]
    """All hosts that are this site; the first is the canonical one."""
    start: tuple[str, ...]
    """Pages where discovery begins."""
    article: str
    """Regular expression over path and query, letter case ignored; group `id` is the article id."""
    article_url: str
    """Canonical address of an article, with `{id}`."""
    listings: tuple[Listing, ...] = ()
    ids_walk: bool = False
    """Whether article ids are numbers that can be walked."""
    empty_pages: int = 3
    """A list ends behind so many pages in a row without any entry that is new: to the walk, where the list is walked
    for the first time or in a full crawl, else to the archive."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of sitemaps, of indexes of sitemaps, and of a robots.txt whose sitemaps are wanted."""
    feeds: tuple[str, ...] = ()
    """Addresses of RSS and Atom feeds."""
    follow: str = ""
    """Regular expression over path and query, letter case ignored: own pages that are no articles and no lists, but
    lead on to some."""
    revisits: Revisits = field(default_factory=Revisits)
    layout: Layout = field(default_factory=Layout)
    """How its pages look today."""
    former: tuple[Layout, ...] = ()
    """How they looked before, each until its `valid_until`."""
    requisites: Requisites = field(default_factory=Requisites)
    requests_per_hour: int = 3600
    """What each of its hosts gets in any hour, over all runs; 0 for no limit."""
    requests_per_day: int = 40_000
    """The same of any 24 hours: 11 hours at one request a second."""
    unverified_hosts: tuple[str, ...] = ()
    """Hosts whose certificate is accepted though it is broken; what is wrong with it is written down."""

    @cached_property
    def _article(self) -> re.Pattern[str]:
        return re.compile(self.article, _FLAGS)

    @cached_property
    def _follow(self) -> re.Pattern[str] | None:
        return re.compile(self.follow, _FLAGS) if self.follow else None

    @cached_property
    def _listings(self) -> tuple[tuple[re.Pattern[str], Listing], ...]:
        return tuple((re.compile(each.pattern, _FLAGS), each) for each in self.listings)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(self.hosts)

    @cached_property
    def _starts(self) -> frozenset[str]:
        return frozenset(map(_comparable, self.start))

    @cached_property
    def _known_ids(self) -> dict[str, str | None]:
        """Answers of `article_id`: menus and blocks name the same addresses on every page."""
        return {}

    def owns(self, url: str) -> bool:
        """Whether an address is of this site."""
        return host_of(url) in self._hosts

    def serves(self, url: str) -> bool:
        """Whether a file at this address is fetched for a page of this site."""
        host = host_of(url)
        return host in self._hosts or host in self.requisites.hosts

    def article_id(self, url: str) -> str | None:
        """The article id in an address of this site, leading zeros dropped, or None."""
        known = self._known_ids
        if url not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            match = self._article.search(_path_and_query(url)) if self.owns(url) else None
            known[url] = (match["id"].lstrip("0") or "0") if match else None
        return known[url]

    def canonical(self, url: str) -> str | None:
        """The one address of the article that an address leads to, or None if it leads to no article."""
        article_id = self.article_id(url)
        return None if article_id is None else self.article_url.format(id=article_id)

    def list_page(self, url: str) -> ListPage | None:
        """The list page that an address names, or None."""
        if not self.owns(url):
            return None
        for pattern, listing in self._listings:
            if match := pattern.search(_path_and_query(url)):
                found = match.groupdict()
                number = int(found.get("page") or listing.first)
                return ListPage(listing=listing, series=found.get("series") or "", number=number)
        return None

    def leads_on(self, url: str) -> bool:
        """Whether an address is one of the pages that are asked for only because of what they lead to."""
        return self._follow is not None and self.owns(url) and self._follow.search(_path_and_query(url)) is not None

    def kind(self, url: str) -> PageKind:
        """What is to be read at an address."""
        if self.article_id(url) is not None:
            return "article"
        starts = self.owns(url) and _comparable(url) in self._starts
        return "listing" if starts or self.list_page(url) is not None else "other"

    def layout_at(self, moment: datetime) -> Layout:
        """The layout of the pages that the site showed at a moment (aware): the first former one that was still valid
        on that day in the site's zone."""
        day = moment.astimezone(self.layout.zone).date()
        valid = [one for one in self.former if one.valid_until is not None and day <= one.valid_until]
        return min(valid, key=lambda one: one.valid_until or day, default=self.layout)

    def read(self, html: str | bytes, url: str, *, fetched_at: datetime | None = None) -> Article:
        """Read one page of this site; see `reading.article.read`.

        :param fetched_at: when the page looked so (aware); now where it is not known.
        """
        at = fetched_at or datetime.now(UTC)
        layout = self.layout_at(at)
        return read(html, url, layout=layout, addresses=self, kind=self.kind(url), site=self.name, fetched_at=at)


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _comparable(url: str) -> str:
    """What is equal of a site's address under www, https, other letter case or a slash at its end."""
    return _path_and_query(url).rstrip("/").lower()
