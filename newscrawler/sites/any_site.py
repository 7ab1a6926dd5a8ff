"""A news site that no site file knows, made from one of its addresses: what can be told without knowing it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import SplitResult, urljoin, urlsplit

from newscrawler.errors import UsageError
from newscrawler.items import PageKind
from newscrawler.reading.page.foreign_addresses import registrable
from newscrawler.sites.any_addresses import (
    is_article_like,
    is_page,
    key_of,
    language_of,
    page_number,
    plain,
    series_of,
)
from newscrawler.sites.listing import Listing, ListPage
from newscrawler.sites.site import MOST_KNOWN, Site
from newscrawler.urls import absolute, bare_host

ANY_SITE = "news"
"""Name of the spider that crawls such a site; no site may bear it."""
_NO_ARTICLE = r"(?!)(?P<id>)"
_LISTING = Listing(pattern=r"(?!)", url="")


@dataclass(frozen=True, kw_only=True)
class NamedPage(ListPage):
    """A page of a list that is known only because a page has named it; nobody can tell the address of another."""

    address: str = ""

    @property
    def url(self) -> str:
        """As it was named."""
        return self.address

    def turn(self, number: int) -> ListPage:
        """A stand-in for another page of the same list, whose `url` tells lists apart and is no address."""
        return replace(self, number=number, address=f"{self.series}#{number}")


@dataclass(frozen=True, kw_only=True)
class AnySite(Site):
    """One host, with and without `www.`; no other one belongs to it.

    An article's id is what tells its address from the others of the host (`any_addresses.key_of`). The answers here say
    what is expected at an address; what is there, the page says.
    """

    _settled: dict[str, SplitResult] = field(default_factory=dict, compare=False, repr=False)
    _known_here: dict[str, tuple[PageKind, str] | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def root(self) -> SplitResult:
        """Scheme and host that the site's addresses are written under: the first that has answered, or was given."""
        return self._settled.get("root") or urlsplit(self.start[0])

    def settle(self, url: str) -> None:
        """An own address has answered: the others are written under its scheme and host from now on."""
        answered = urlsplit(url)
        if self.owns(url) and answered[:2] != self.root[:2]:
            self._settled["root"] = answered
            self._known_here.clear()

    @cached_property
    def language(self) -> str:
        """The language that the first address names; pages that name another are not asked for."""
        return language_of(self.start[0])

    @cached_property
    def _port(self) -> int | None:
        return urlsplit(self.start[0]).port

    def owns(self, url: str) -> bool:
        """The same host, with or without `www.`, at the same port."""
        return bare_host(url) == self.name and _port_of(url) == self._port

    def serves(self, url: str) -> bool:
        """Files may lie on any host under the name that the site's own was registered with, such as `cdn.a.vn`."""
        return registrable(bare_host(url)) == registrable(self.name)

    def is_wanted(self, url: str) -> bool:
        """Whether an own address may be asked for as a page, whatever is there."""
        return self.owns(url) and is_page(url) and language_of(url) in ("", self.language)

    def expected(self, url: str) -> tuple[PageKind, str] | None:
        """What is expected at an address, and one writing of it; None for what is not asked for. Pages name the same
        addresses again and again."""
        known = self._known_here
        if url not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[url] = (self.kind(url), self.plain(url)) if self.is_wanted(url) else None
        return known[url]

    def article_id(self, url: str) -> str | None:
        """The key that an article would have at an address; None only for what is no page of the site."""
        return key_of(url) if self.owns(url) and is_page(url) else None

    def canonical(self, url: str) -> str | None:
        """One writing of an address that looks like an article's."""
        return self.plain(url) if self.is_wanted(url) and is_article_like(url) else None

    def address_of(self, article_id: str) -> str | None:
        """Nobody knows."""
        return None

    def plain(self, url: str) -> str:
        """One writing of an own address."""
        return plain(url, self.root)

    def list_page(self, url: str) -> ListPage | None:
        """A page of a list, where the address bears its number."""
        if not self.owns(url) or (number := page_number(url)) is None or not self.is_wanted(url):
            return None
        return NamedPage(listing=_LISTING, series=series_of(url), number=number, address=self.plain(url))

    def leads_on(self, url: str) -> bool:
        """Any page may."""
        return self.is_wanted(url)

    def kind(self, url: str) -> PageKind:
        """What is expected at an address."""
        if not self.owns(url):
            return "other"
        if self.list_page(url) is not None:
            return "listing"
        return "article" if self.canonical(url) is not None else "other"


def any_site(url: str) -> AnySite:
    """The site that an address belongs to, named as its host without `www.`.

    :raises UsageError: if it is no address of a page.
    """
    address = absolute(url, url) if "://" in url else None
    if address is None or not bare_host(address):
        raise UsageError(f"url={url} is no address of a page; write it as https://host/path")
    name = bare_host(address)
    return AnySite(
        name=name,
        title=name,
        hosts=(name, f"www.{name}"),
        start=(address,),
        article=_NO_ARTICLE,
        sitemaps=(urljoin(address, "/robots.txt"),),
    )


def _port_of(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
