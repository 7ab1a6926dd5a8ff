"""What is known of one news site, as data, and the questions a crawler asks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from string import Formatter
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from newscrawler.items import Article, PageKind
from newscrawler.reading.article import read
from newscrawler.reading.layout import Layout
from newscrawler.sites.listing import Listing, ListPage
from newscrawler.sites.requisites import Requisites
from newscrawler.sites.revisits import Revisits
from newscrawler.sites.uniform import article_key, escaped, uniform, without_session
from newscrawler.urls import host_of

__all__ = ["ListPage", "Listing", "Requisites", "Site"]

# Without ASCII, digits of all scripts are digits, and ſ is an s.
_FLAGS = re.IGNORECASE | re.ASCII
# What stands in addresses as people write them, and is sent as percent escapes.
_UNWRITTEN = re.compile(r"[^!#-;=?-\[\]_a-z~]")
MOST_KNOWN = 50_000
"""Addresses that a site remembers the article of."""


class _Place(NamedTuple):
    """The article that an address leads to."""

    article_id: str
    url: str


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
    """Regular expression over path and query, letter case ignored; group `id` is the article id, a number or a word.
    What tells visitors apart is no part of the query, and what a listing's pattern finds is no article."""
    article_url: str = ""
    """Canonical address of an article, with `{id}` and any other group of `article`; where it is empty, an article's
    own address counts, under the site's scheme and first host."""
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
    def _known(self) -> dict[str, _Place | None]:
        """Addresses and their articles: menus and blocks name the same addresses on every page."""
        return {}

    @cached_property
    def _root(self) -> SplitResult:
        """Scheme and host that addresses are written under."""
        own = next((start for start in self.start if host_of(start) == self.hosts[0]), f"https://{self.hosts[0]}/")
        return urlsplit(own)

    @cached_property
    def _is_told_by_id(self) -> bool:
        """Whether an article's address can be made of its id alone."""
        return {name for _text, name, _spec, _conversion in Formatter().parse(self.article_url) if name} == {"id"}

    def owns(self, url: str) -> bool:
        """Whether an address is of this site."""
        return host_of(url) in self._hosts

    def serves(self, url: str) -> bool:
        """Whether a file at this address is fetched for a page of this site."""
        host = host_of(url)
        return host in self._hosts or host in self.requisites.hosts

    def article_id(self, url: str) -> str | None:
        """The article id in an address of this site, written in one way, or None."""
        place = self._place(url)
        return place.article_id if place else None

    def canonical(self, url: str) -> str | None:
        """The one address of the article that an address leads to, or None if it leads to no article."""
        place = self._place(url)
        return place.url if place else None

    def address_of(self, article_id: str) -> str | None:
        """The canonical address of an article of which only the id is known, or None where that does not tell it."""
        return self.article_url.format(id=article_id) if self._is_told_by_id else None

    def _place(self, url: str) -> _Place | None:
        known = self._known
        if url not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[url] = self._found(url) if self.owns(url) else None
        return known[url]

    def _found(self, url: str) -> _Place | None:
        url = without_session(escaped(url) if _UNWRITTEN.search(url) else url)
        match = self._article.search(_path_and_query(url))
        if match is None or self.list_page(url) is not None:
            return None
        article_id = article_key(match["id"])
        if not self.article_url:
            return _Place(article_id, uniform(url, self._root))
        if self._is_told_by_id and article_id.isdigit():
            return _Place(article_id, self.article_url.format(id=article_id))
        groups = {name: value or "" for name, value in match.groupdict().items()}
        return _Place(article_id, escaped(self.article_url.format_map(groups)))

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
