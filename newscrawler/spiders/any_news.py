"""The spider for a news site that no site file knows: it begins at one address and finds its way by what pages say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.decoding import page_of_response
from newscrawler.errors import HostilePageError, LeadsError, UsageError
from newscrawler.items import Article, Blocks, Entry
from newscrawler.pages.whole import ReadPage
from newscrawler.politeness import HostClosedError
from newscrawler.reading.leads.xml_lists import root_of, text_of_list
from newscrawler.reading.page.foreign_addresses import registrable
from newscrawler.redirects import RedirectedError, is_same_page
from newscrawler.sites import Site, site_of
from newscrawler.sites.any_site import ANY_SITE, AnySite, any_site
from newscrawler.spiders.any_discovery import AS_IS, AnyDiscovery
from newscrawler.spiders.any_leads import START, AnyLeads
from newscrawler.spiders.any_outcomes import AnyOutcomes
from newscrawler.spiders.chains import Chains
from newscrawler.spiders.news import UNMODIFIED, SiteSpider
from newscrawler.spiders.openings import named
from newscrawler.spiders.outcomes import PROBE, Outcomes
from newscrawler.spiders.traps import Found
from newscrawler.store.schedule import number_of_articles

NO_ARTICLE = "no-article"
"""Reason of an entry whose address looks like an article's and whose page is none, nor shows a list."""
LISTED = 3
"""From so many articles on a page shows a list."""
_ROBOTS = "/robots.txt"
_FAILED = ("given_up", "unread", "refused", "robots_unreachable")
_NOTHING = "no article was found on {site}, beginning at {url}; give the address of its front page or of an article"


class AnyNewsSpider(SiteSpider):
    """Crawls the news site of the argument `url`, as `newscrawler crawl --url` does. Arguments: url, and full, since,
    limit (see `arguments`). The address of a known site is fetched as that site's spider does, and nothing else."""

    name = ANY_SITE
    site: AnySite

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("url"):
            raise UsageError("url: give the address of a news site, such as -a url=https://host/")
        self.site = any_site(kwargs["url"])
        if kwargs.get("ids"):
            raise UsageError(f"ids: nobody knows the article ids of {self.site.name}, which no site file names")
        super().__init__(*args, **kwargs)
        self.name = self.site.name
        self.allowed_domains = [registrable(self.site.name)]
        self.adopts = True

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """For Scrapy."""
        known = site_of(str(kwargs.get("url", "")))
        if known is not None:
            return cast(Self, _spider_of(known).from_crawler(crawler, *args, **kwargs))
        return super().from_crawler(crawler, *args, **kwargs)

    @property
    def one_address(self) -> bool:
        """The address is where the crawl begins."""
        return False

    @cached_property
    def discovery(self) -> AnyDiscovery:
        """The one place where addresses become entries."""
        all_up_to = self.settings.getint("REVISIT_ALL_UP_TO")
        return AnyDiscovery(self.run, self.site, full=self.arguments.full, all_up_to=all_up_to)

    @cached_property
    def leads(self) -> AnyLeads:
        """What a page leads to."""
        since = self.arguments.since
        chains = Chains(self.run, self.site, full=self.arguments.full, since=since)
        return AnyLeads(self.run, self.site, self.discovery, chains, since=since)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What becomes of entries without a page."""
        return AnyOutcomes(self.run, tells_absent=True)

    def _beginnings(self) -> Iterator[Entry]:
        start = named(self.site, self.site.plain(self.site.start[0]))
        yield from self.discovery.ask([replace(start, at_once=True, carried={START: True})])
        yield from super()._beginnings()

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Any]:
        """See `SiteSpider.parse`. What was taken for a feed or sitemap may be a page, such as one that names feeds."""
        entry: Entry = response.meta["entry"]
        if entry.kind in ("sitemap", "feed") and _is_page(response):
            response.meta["entry"] = replace(entry, kind="page")
        async for each in super().parse(response, **kwargs):
            yield each
        if entry.kind == "sitemap" and response.meta["entry"].kind == "page" and urlsplit(entry.url).path == _ROBOTS:
            for request in self._requests(self._usual_sitemap()):
                yield request

    def _arrived(self, read: ReadPage, entry: Entry, *, is_unmodified: bool) -> Iterator[Any]:
        page, reading = read.page, read.reading
        if is_same_page(self.site, entry.url, page.url):
            self.site.settle(page.url)
        yield from self._led_to(read, entry)
        self.discovery.traps.came(entry.url, there=isinstance(reading, Article))
        if isinstance(reading, Blocks):
            self.discovery.no_articles += entry.kind == "article"
            self.run.finish(entry.url, "done", _reason(reading, entry), page.capture)
            return
        page.cache[UNMODIFIED] = is_unmodified
        yield page
        if isinstance(reading, Article):
            self._count(entry)

    def _count(self, entry: Entry) -> None:
        """An article was there."""
        self.discovery.articles += 1
        if entry.kind == "page":
            self.discovery.traps.led_to(entry.url, 1)
        self.leads.arrived(entry.url)
        self.allowance.stored += 1
        if self.allowance.reached:
            raise CloseSpider("limit")

    def _led_to(self, read: ReadPage, entry: Entry) -> Iterator[Request]:
        if read.blocks is not None:
            yield from self._requests(self.leads.of_page(read.blocks, entry))
        media = read.reading.media if isinstance(read.reading, Article) else ()
        yield from self.requisites.of_page(read.page.url, read.needed, media)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """See `SiteSpider.failed`. A site without robots.txt may have a sitemap all the same."""
        entry: Entry = failure.request.meta["entry"]  # type: ignore[attr-defined]
        yield from super().failed(failure)
        is_closed = isinstance(failure.value, HostClosedError) or self.run.broken
        if entry.kind == "sitemap" and urlsplit(entry.url).path == _ROBOTS and not is_closed:
            yield from self._requests(self._usual_sitemap())

    def _usual_sitemap(self) -> Iterator[Entry]:
        yield from self.leads.usual_sitemap()

    def _redirected(self, error: RedirectedError, entry: Entry) -> Iterator[Entry]:
        """An address of the site that another one leads to stands for itself, as it is written."""
        if error.target is None or error.reason != "redirected" or PROBE in entry.carried:
            return
        is_start = START in entry.carried
        found = Found("list" if is_start or not entry.carried.get("hops") else "link", error.hops)
        target = self.discovery.of_site(error.target, found)
        if target is None and is_start:
            target = named(self.site, error.target, found)
        if target is not None:
            carried = {AS_IS: True} | ({START: True} if is_start else {})
            yield from self.discovery.ask([replace(target, url=error.target, carried=carried, at_once=is_start)])

    def idle(self) -> None:
        """See `SiteSpider.idle`; a run that has met no article has not done what it was asked for."""
        super().idle()
        if self.run.broken or self.run.frontier.waiting or any(map(self.run.counted, _FAILED)):
            return
        if not number_of_articles(self.run.db, self.site.name):
            self.run.failure = _NOTHING.format(site=self.site.name, url=self.site.start[0])
            raise CloseSpider("nothing-found")


def _reason(blocks: Blocks, entry: Entry) -> str:
    shown = sum(link.block == "main" for link in blocks.links)
    return NO_ARTICLE if entry.kind == "article" and shown < LISTED and START not in entry.carried else "page"


def _is_page(response: Response) -> bool:
    """Whether the answer to a feed's or sitemap's address is an HTML page."""
    try:
        return page_of_response(response) is not None and root_of(text_of_list(response.body)) == "html"
    except (LeadsError, HostilePageError):
        return False


def _spider_of(site: Site) -> type[SiteSpider]:
    """A spider for one address of a known site."""
    return type("KnownNewsSpider", (SiteSpider,), {"name": site.name, "site": site})
