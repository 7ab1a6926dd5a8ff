"""What a page, a sitemap or a feed of a site leads to that no file knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawler.items import Blocks, Entry
from newscrawler.reading.layout import VIETNAM
from newscrawler.reading.leads.alternates import is_feed_address, named_feeds, usual_feeds
from newscrawler.reading.leads.sitemaps import Lead
from newscrawler.run import ArchiveRun
from newscrawler.sites.any_site import AnySite
from newscrawler.spiders.any_discovery import AnyDiscovery
from newscrawler.spiders.chains import Chains
from newscrawler.spiders.discovery import Named
from newscrawler.spiders.leads import Leads, _links
from newscrawler.spiders.lists import Arrival
from newscrawler.spiders.outcomes import PROBE
from newscrawler.spiders.traps import MOST_REMEMBERED, Found

START = "start"
"""What the entry carries that the crawl begins with."""
MENU = "menu"
"""What the entries carry of what the first page names beside its list: such as sections, whatever they look like."""
MOST_FEEDS = 50
"""That a run asks a site for."""
_NEWS = re.compile(r"news|tin|bai|post|article", re.IGNORECASE)
_NO_ARTICLES = re.compile(
    r"categor|taxonom|tag|author|page-sitemap|sitemap-page|sitemap-pages|chuyen-?muc|tac-?gia|video|image|user|product",
    re.IGNORECASE,
)
"""Names of sitemaps that hold no articles; what stands in them is judged by its address."""


class AnyLeads(Leads):
    """Finds the way by what pages name: feeds, sitemaps, lists and their next pages, articles."""

    discovery: AnyDiscovery
    site: AnySite

    def __init__(
        self, run: ArchiveRun, site: AnySite, discovery: AnyDiscovery, chains: Chains, *, since: date | None
    ) -> None:
        self.run, self.site, self.discovery, self.chains, self.since = run, site, discovery, chains, since
        self._feeds: set[str] = set()
        self._named_by: dict[int, str] = {}
        """Hash of an address that looks like an article's → the page that has named it."""
        self._least_depth = 0
        """Parts that the path of an address needs at least to be taken for an article's where a feed or sitemap names
        it, whatever it looks like."""

    def of_page(self, blocks: Blocks, entry: Entry) -> Iterator[Entry]:
        """Feeds that it names; articles and pages that any part of it leads to; the next page of the list that it
        is."""
        page, hops = blocks.page, int(entry.carried.get("hops", 0))
        is_list, is_start = blocks.main is None, START in entry.carried
        links = _links(blocks)
        behind = Found("link", 0 if is_start else hops + 1)
        # A page that looked like an article and is a list may be one of a maze: what it shows is not trusted as a list.
        is_trusted = entry.kind != "article" or MENU in entry.carried or is_start
        listed = self._shown(blocks, Found("list") if is_trusted else behind) if is_list else []
        carried = {MENU: True} if is_start else {}
        others = [each for url in links if (each := self.discovery.of_site(url, behind, carried=carried))]
        self._judge(entry, listed, others)
        yield from self._feeds_of(page.html, page.url, links, entry)
        yield from self.discovery.ask([*listed, *(each for each in others if each.kind != "listing")])
        if is_list:
            articles = [each.url for each in listed]
            following = self.chains.following(page.url, entry, links, articles)
            if following is not None:
                yield from self.discovery.ask([following])

    def next_page(self, _entry: Entry, _articles: object, _arrival: Arrival, *, at: str) -> Iterator[Entry]:
        """A page that did not come names no next one."""
        del at
        return iter(())

    def of_sitemap(self, body: bytes, entry: Entry) -> Iterator[Entry]:
        """The pages and sitemaps that a sitemap names; the usual address of one, where robots.txt names none.

        :raises LeadsError: if it is none.
        """
        self._least_depth = 99 if _NO_ARTICLES.search(urlsplit(entry.url).path) else 2
        entries = list(super().of_sitemap(body, entry))
        yield from entries
        if urlsplit(entry.url).path == "/robots.txt" and not any(each.kind == "sitemap" for each in entries):
            yield from self.usual_sitemap()

    def of_feed(self, body: bytes, entry: Entry) -> Iterator[Entry]:
        """The pages that a feed names; articles, all of them.

        :raises LeadsError: if it is none.
        """
        self._least_depth = 1
        yield from super().of_feed(body, entry)

    def usual_sitemap(self) -> Iterator[Entry]:
        """The address at which a site may have a sitemap that its robots.txt does not name."""
        url = urljoin(self.site.root.geturl(), "/sitemap.xml")
        yield from self.discovery.ask([Named(url=url, kind="sitemap", found=Found("list"), carried={PROBE: True})])

    def _of_leads(self, leads: Iterable[Lead]) -> Iterator[Entry]:
        yield from self.discovery.ask(each for lead in leads if (each := self._of_lead(lead)))

    def _of_lead(self, lead: Lead) -> Named | None:
        if self.since is not None and lead.changed is not None and _day(lead.changed) < self.since:
            return None  # what has not been changed since was not published since
        found = Found("list", 0)
        named = self.discovery.of_site(lead.url, found, changed=lead.changed)
        if named is None or named.kind == "listing":
            return None  # lists are followed from their first page
        if named.kind == "page" and len(urlsplit(lead.url).path.strip("/").split("/")) >= self._least_depth:
            return self.discovery.as_article(lead.url, found, changed=lead.changed)
        return named

    def _sitemaps(self, leads: Iterable[Lead], level: int) -> Iterator[Named]:
        """Those of news first."""
        yield from super()._sitemaps(sorted(leads, key=lambda each: not _NEWS.search(urlsplit(each.url).path)), level)

    def arrived(self, url: str) -> None:
        """An article was there, which speaks for the page that has named it."""
        if (page := self._named_by.pop(hash(url), None)) is not None:
            self.discovery.traps.led_to(page, 1)

    def _judge(self, entry: Entry, listed: list[Named], others: list[Named]) -> None:
        """Tell the budgets what a list has brought; a page brings only what turns out to be an article."""
        if entry.kind == "listing":
            super()._judge(entry, listed, others)
        elif entry.kind == "page" and len(self._named_by) < MOST_REMEMBERED:
            urls = [each.url for each in (*listed, *others) if each.kind == "article"]
            self._named_by |= {hash(url): entry.url for url in urls if not self.discovery.is_known(url)}

    def _shown(self, blocks: Blocks, found: Found) -> list[Named]:
        """The articles of a list, in its order."""
        urls = dict.fromkeys(link.url for link in blocks.links if link.block == "main" and link.url)
        return [each for url in urls if (each := self.discovery.as_article(url, found))]

    def _feeds_of(self, html: str, url: str, links: Iterable[str], entry: Entry) -> Iterator[Entry]:
        """Feeds that a page names in its head or links to; from the first page, if there are none, the usual ones."""
        named = named_feeds(html, url) if not entry.carried.get("hops") else ()
        feeds = [feed for feed in (*named, *filter(is_feed_address, links)) if self.site.owns(feed)]
        yield from self._ask_feeds(feeds, {})
        if START in entry.carried and not feeds:
            yield from self._ask_feeds(usual_feeds(self.site.root.geturl()), {PROBE: True})

    def _ask_feeds(self, urls: Iterable[str], carried: Mapping[str, Any]) -> Iterator[Entry]:
        for url in urls:
            if url not in self._feeds and len(self._feeds) < MOST_FEEDS:
                self._feeds.add(url)
                yield from self.discovery.ask([Named(url=url, kind="feed", found=Found("list"), carried=carried)])


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
