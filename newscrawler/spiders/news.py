"""The spider that all sites share: lists → pages → the way on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.decoding import page_of_response
from newscrawler.errors import ReadingError, UsageError
from newscrawler.items import Article, Blocks, Capture, Page
from newscrawler.pages import clean, split
from newscrawler.run import ArchiveRun
from newscrawler.sites import ListPage, Site
from newscrawler.spiders.allowance import Allowance
from newscrawler.spiders.arguments import CrawlArguments
from newscrawler.spiders.failures import is_absent, kind_of, sentence_of
from newscrawler.spiders.lists import ListWalk
from newscrawler.spiders.requisites import RequisiteFetch
from newscrawler.store.articles import dates_of

ARTICLES_FIRST = 10
"""Priority of articles over list pages: what a list has named is fetched before the list drifts on."""


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
        self.walks: dict[str, ListWalk] = {}
        self.allowance = Allowance(self.arguments.limit)

    @property
    def run(self) -> ArchiveRun:
        """The archive that this crawl writes to."""
        return ArchiveRun.of(self.crawler)

    @cached_property
    def requisites(self) -> RequisiteFetch:
        """The files of pages that this crawl fetches."""
        return RequisiteFetch(self.run, self.site, self.settings, full=self.arguments.full)

    async def start(self) -> AsyncIterator[Any]:
        """One address, a walk over article ids, or the site's starting pages."""
        if self.arguments.url:
            yield self._single(self.arguments.url)
            return
        for request in self.requisites.left_over():
            yield request
        if self.arguments.ids is not None:
            for request in self._articles(self.site.article_url.format(id=each) for each in self.arguments.ids):
                yield request
        else:
            for url in self.site.start:
                yield self._page(url)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """Yield the page, then the requests that it leads to."""
        self.run.count("pages")
        page = self._read(response)
        if page is None:
            yield from self._go_on_without(response.url)
            return
        if page.kind != "other":  # such a page leads on, but nothing of it is stored
            yield page
        try:
            blocks = split(page)
        except ReadingError:
            # The pipeline writes down why; here it means only that the page leads nowhere.
            blocks = Blocks(page=page, title=None, main=None, form="unread")
        if not self.arguments.url:
            yield from self._go_on(blocks)
        yield from self._files(blocks)

    def _go_on(self, blocks: Blocks) -> Iterator[Request]:
        if blocks.page.kind == "article":
            self._count_article()
        if self.arguments.ids is None:
            yield from self._discover(blocks)
        yield from self._articles(())

    def _files(self, blocks: Blocks) -> Iterator[Request]:
        """Requests for what an article's page needs; a page that cannot be read needs nothing that we know of."""
        if blocks.page.kind == "article":
            with suppress(ReadingError):
                article = clean(blocks)
                media = article.media if isinstance(article, Article) else ()
                yield from self.requisites.of_page(blocks, media)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A page that was not there, or could not be had: a row says so, and a list goes on behind it."""
        if self.run.broken:
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        self._note_failure(request, error)
        yield from self._go_on_without(request.url)

    def closed(self, reason: str) -> None:
        """Scrapy calls this before the archive is closed."""
        self.requisites.closed()

    def _go_on_without(self, url: str) -> Iterator[Request]:
        """A missing article leaves its place to another; a missing list page does not end its list."""
        if self.arguments.url is not None or self.run.broken:
            return
        if self.site.article_id(url) is not None:
            self.allowance.refund()
            yield from self._articles(())
        elif list_page := self.site.list_page(url):
            yield from self._turn(list_page, set())

    def _read(self, response: Response) -> Page | None:
        """The page that an answer holds; a row says why there is none."""
        capture: Capture = response.meta["capture"]
        try:
            page = page_of_response(response)
        except ReadingError as error:
            self._note_unread(response.url, error, capture)
            return None
        if page is None:
            self.run.problem(response.url, "reading", "no-page", "the answer is no page", capture)
        return page

    def _note_unread(self, url: str, error: ReadingError, capture: Capture | None) -> None:
        self.run.problem(url, "reading", type(error).__name__, str(error), capture)
        self.run.count("unread")

    def _discover(self, blocks: Blocks) -> Iterator[Request]:
        """Articles that any part of the page leads to; lists that it names; the next page of the list that it is."""
        listed = {link.url for link in blocks.links if link.block == "main" and link.url}
        urls = list(dict.fromkeys([*(link.url for link in blocks.links if link.url), *blocks.hrefs]))
        yield from self._articles(canonical for url in urls if (canonical := self.site.canonical(url)))
        for url in urls:
            if list_page := self.site.list_page(url):
                yield from self._begin(list_page)
        current = self.site.list_page(blocks.page.url)
        if current is not None:
            yield from self._turn(current, {url for url in listed if self.site.article_id(url)})

    def _begin(self, named: ListPage) -> Iterator[Request]:
        """A list is walked from its first page, wherever the link led into it."""
        key = named.turn(0).url
        if key not in self.walks:
            self.walks[key] = ListWalk(self.site.empty_pages)
            yield self._page(named.turn(named.listing.first).url)
        self.walks[key].last_known = max(self.walks[key].last_known, named.number)

    def _turn(self, page: ListPage, articles: set[str]) -> Iterator[Request]:
        walk = self.walks.setdefault(page.turn(0).url, ListWalk(self.site.empty_pages))
        following = walk.next_page(page, articles, old=self._older_than_wanted(walk.before))
        if following is not None:
            yield self._page(following.url)

    def _older_than_wanted(self, urls: set[str]) -> bool:
        """Whether some of these articles are dated, and all of those lie before the argument `since`."""
        if self.arguments.since is None:
            return False
        since = self.arguments.since.isoformat()
        dates = dates_of(self.run.db, urls)
        return bool(dates) and all(date < since[: len(date)] for date in dates)

    def _articles(self, urls: Iterable[str]) -> Iterator[Request]:
        """Requests for as many of these, and of those that waited, as the limit allows."""
        for url in self.allowance.admit(urls):
            yield Request(url, callback=self.parse, errback=self.failed, priority=ARTICLES_FIRST)

    def _page(self, url: str) -> Request:
        return Request(url, callback=self.parse, errback=self.failed)

    def _single(self, url: str) -> Request:
        return self._page(self.site.canonical(url) or url)

    def _count_article(self) -> None:
        self.allowance.stored += 1
        if self.allowance.reached:
            raise CloseSpider("limit")

    def _note_failure(self, request: Request, error: BaseException) -> None:
        capture = request.meta.get("capture")
        if isinstance(error, ReadingError):
            self._note_unread(request.url, error, capture)
            return
        if is_absent(error):
            self.run.count("pages")
            self.run.count("absent")
            if self.arguments.ids is None:
                self.run.problem(request.url, "fetching", "absent", sentence_of(error), capture)
            return
        self.run.give_up(request.url, kind_of(error), sentence_of(error), capture)
