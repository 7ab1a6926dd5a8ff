"""The spider that all sites share: lists → pages → the way on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.archive.records import warc_date
from newscrawler.decoding import page_of_response
from newscrawler.errors import NoPageError, ReadingError, RefusalPageError, UsageError
from newscrawler.frontier import Group
from newscrawler.items import Article, Capture, Entry, Page
from newscrawler.pages.whole import ReadPage
from newscrawler.politeness import HostClosedError, HostGate
from newscrawler.redirects import RedirectedError
from newscrawler.run import ArchiveRun
from newscrawler.sites import Site
from newscrawler.spiders.allowance import Allowance
from newscrawler.spiders.arguments import CrawlArguments
from newscrawler.spiders.discovery import Discovery, entry_of
from newscrawler.spiders.leads import Leads
from newscrawler.spiders.openings import Openings, named
from newscrawler.spiders.outcomes import PROBE, Outcomes, arrival_of
from newscrawler.spiders.probe import MOST_BLOCKS, AbsenceProbe, ClosedDoor
from newscrawler.spiders.requisites import RequisiteFetch
from newscrawler.spiders.traps import Found
from newscrawler.spiders.walking import Walks

_CLOSED = (
    "{site} has answered {pages} pages in a row with a refusal, a captcha or a login; wait some days, or write to the "
    "site, then run the same command again"
)


class SiteSpider(Spider):
    """Crawls one `Site`. Arguments: full, since, ids, url, limit (see `arguments`)."""

    site: Site

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = ("full", "since", "ids", "url", "limit")
        self.arguments = CrawlArguments.parse(**{name: kwargs.pop(name) for name in names if name in kwargs})
        if self.arguments.url and not self.site.owns(self.arguments.url):
            hosts = ", ".join(self.site.hosts)
            raise UsageError(f"url={self.arguments.url} is not an address of {self.site.name} ({hosts})")
        if self.arguments.ids is not None and not self.site.ids_walk:
            raise UsageError(f"ids: the article ids of {self.site.name} are no numbers that can be walked")
        super().__init__(*args, **kwargs)
        self.allowed_domains = [*self.site.hosts, *self.site.requisites.hosts]
        self.allowance = Allowance(self.arguments.limit)
        self.adopts = self.arguments.url is None and self.arguments.ids is None
        self._door, self._probe = ClosedDoor(), AbsenceProbe(self.site)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """For Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    @property
    def one_address(self) -> bool:
        """Whether the argument `url` is all that is asked for."""
        return self.arguments.url is not None

    @cached_property
    def run(self) -> ArchiveRun:
        """The archive that this crawl writes to."""
        return ArchiveRun.of(self.crawler)

    @cached_property
    def requisites(self) -> RequisiteFetch:
        """The files of pages that this crawl fetches."""
        return RequisiteFetch(self.run, self.site, self.settings, full=self.arguments.full)

    @cached_property
    def discovery(self) -> Discovery:
        """The one place where addresses become entries."""
        all_up_to = self.settings.getint("REVISIT_ALL_UP_TO")
        return Discovery(self.run, self.site, full=self.arguments.full, all_up_to=all_up_to)

    @cached_property
    def openings(self) -> Openings:
        """What is asked for though no page has named it."""
        takes_overdue = not (self.one_address or self.arguments.full)
        return Openings(self.site, self.discovery, ids=self.arguments.ids, takes_overdue=takes_overdue)

    @cached_property
    def leads(self) -> Leads:
        """What a page leads to."""
        walks = Walks(self.run, self.site, full=self.arguments.full, since=self.arguments.since)
        return Leads(self.run, self.site, self.discovery, walks)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What becomes of entries without a page."""
        return Outcomes(self.run, tells_absent=self.arguments.ids is None)

    def request_for(self, entry: Entry) -> Request:
        """The request for an entry of the queue."""
        if entry.kind == "file":
            return self.requisites.request_for(entry)
        # The queue knows each address once; Scrapy's filter would cost 0.1 ms for each of the forty on a page.
        meta = {"entry": entry}
        return Request(entry.url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)

    def may_lease(self, group: Group) -> bool:
        """Whether entries of a group may be asked for now."""
        if group.kind == "article" and self.allowance.used_up(self.run.frontier.in_hand("article")):
            return False
        return HostGate.of(self.crawler).may_leave(group.host)

    async def start(self) -> AsyncIterator[Any]:
        """One address, a walk over article ids, or the site's starting pages, lists of addresses, and articles that
        former runs could not have."""
        if self.one_address and self.arguments.url:
            url = self.site.canonical(self.arguments.url) or self.arguments.url
            yield self.request_for(entry_of(named(self.site, url)))
            return
        for request in self.requisites.left_over():
            yield request
        for request in self._requests(self._beginnings()):
            yield request

    def _beginnings(self) -> Iterator[Entry]:
        yield from self.openings.first()

    def idle(self) -> None:
        """When nothing is left to do: the next of the article ids, or articles that no list has named.

        :raises DontCloseSpider: if there were any.
        """
        if self.run.broken or not self.may_lease(Group("article", self.site.hosts[0])):
            return
        requests = list(self._requests(self.openings.further()))
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _requests(self, entries: Iterable[Entry]) -> Iterator[Request]:
        yield from map(self.request_for, entries)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Any]:
        """Yield the requests that a page leads to, then the page: what it leads to is queued in the transaction that
        stores it."""
        self.run.count("pages")
        if response.meta.get("unmodified"):
            self.run.count("not_modified")
        entry: Entry = response.meta["entry"]
        if entry.kind in ("sitemap", "feed"):
            for request in self._of_addresses(response, entry):
                yield request
            return
        try:
            read = await self._read(response, entry)
        except ReadingError as error:
            for request in self._without(entry, error):
                yield request
            self.outcomes.unread(response.url, error, response.meta["capture"], entry)
            return
        is_closed = self._door.saw(read)
        if isinstance(read.reading, RefusalPageError):
            for request in self._refused(read.page, entry, read.reading):
                yield request
        else:
            for each in self._arrived(read, entry, is_unmodified=bool(response.meta.get("unmodified"))):
                yield each
        if is_closed:
            self.run.failure = self.run.failure or _CLOSED.format(site=self.site.name, pages=MOST_BLOCKS)
            raise CloseSpider("blocked")

    async def _read(self, response: Response, entry: Entry) -> ReadPage:
        """The page that an answer holds, read.

        :raises ReadingError: if it holds none.
        """
        page = page_of_response(response)
        if page is None:
            raise NoPageError("the answer is no page")
        page = replace(page, entry=entry.url)
        return (await self.run.reading(page)).with_page(page)

    def _arrived(self, read: ReadPage, entry: Entry, *, is_unmodified: bool) -> Iterator[Any]:
        page = read.page
        yield from self._led_to(read, entry)
        self.discovery.traps.came(entry.url, there=not isinstance(read.reading, ReadingError))
        if page.kind == "other":
            self.run.finish(entry.url, "done", "page", page.capture)  # it leads on, but nothing of it is stored
        else:
            page.cache[UNMODIFIED] = is_unmodified
            yield page
        self._count_article(page)

    def _led_to(self, read: ReadPage, entry: Entry) -> Iterator[Request]:
        if self.adopts:
            if read.blocks is not None:
                yield from self._requests(self.leads.of_page(read.blocks, entry))
            else:
                # The pipeline writes down why the page cannot be split; here it means only that it leads nowhere.
                yield from self._requests(self.leads.next_page(entry, {}, "failed", at=_now()))
        if (probe := self._probe.address(read)) is not None:
            probed = replace(named(self.site, probe), at_once=True, carried={PROBE: True})
            yield from self._requests(self.discovery.ask([probed]))
        media = read.reading.media if isinstance(read.reading, Article) else ()
        yield from self.requisites.of_page(read.page.url, read.needed, media)

    def _of_addresses(self, response: Response, entry: Entry) -> Iterator[Request]:
        """A sitemap or feed leads on; nothing of it is stored."""
        of = self.leads.of_sitemap if entry.kind == "sitemap" else self.leads.of_feed
        capture: Capture = response.meta["capture"]
        try:
            entries = list(of(response.body, entry)) if self.adopts else []
        except ReadingError as error:
            self.outcomes.unread(response.url, error, capture, entry)
            return
        yield from self._requests(entries)
        self.run.finish(entry.url, "done", entry.kind, capture)

    def _refused(self, page: Page, entry: Entry, error: RefusalPageError) -> Iterator[Request]:
        """A page that only says that there is nothing to be had."""
        yield from self._without(entry, error)
        self.discovery.traps.came(entry.url, there=False)
        self.outcomes.unread(page.url, error, page.capture, entry)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A page that was not there, or could not be had: a row says so, and a list goes on behind it."""
        if self.run.broken:
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        entry: Entry = request.meta["entry"]
        error = failure.value or RuntimeError("no reason given")
        if not isinstance(error, HostClosedError):
            yield from self._without(entry, error)
            self.discovery.traps.came(entry.url, there=False)
        if isinstance(error, RedirectedError):
            yield from self._requests(self._redirected(error, entry))
        self.outcomes.failed(request.url, entry, error, request.meta.get("capture"))

    def closed(self, reason: str) -> None:
        """Scrapy calls this before the archive is closed."""
        if "discovery" in vars(self):
            self.discovery.traps.close()
            self.run.count("trapped", self.discovery.traps.refused.total())

    def _without(self, entry: Entry, error: BaseException) -> Iterator[Request]:
        """A missing list page does not end its list."""
        if self.adopts and entry.kind == "listing":
            yield from self._requests(self.leads.next_page(entry, {}, arrival_of(error), at=_now()))

    def _redirected(self, error: RedirectedError, entry: Entry) -> Iterator[Entry]:
        """An address of the site that another one leads to stands for itself."""
        if error.target is None or error.reason != "redirected":
            return
        target = self.site.canonical(error.target) or error.target
        if self.arguments.ids is None or self.site.kind(target) == "article":
            found = Found("link" if entry.carried.get("hops") else "list", error.hops)
            yield from self.discovery.ask([named(self.site, target, found)])

    def _count_article(self, page: Page) -> None:
        if page.kind == "article" and not self.one_address:
            self.allowance.stored += 1
            if self.allowance.reached:
                raise CloseSpider("limit")


UNMODIFIED = "unmodified"
"""Where `Page.cache` keeps whether the server has only confirmed what the archive holds."""


def _now() -> str:
    return warc_date(datetime.now(UTC))
