"""The files that pages need, fetched beside the pages: each once, within the site's budget, and what is missing noted.

They stay out of the counters of pages and of the argument `limit`; what they are lies in the WARC, and table `media`
points at it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawler.archive.records import warc_date
from newscrawler.errors import DiskError, StoreError, UsageError
from newscrawler.items import Capture, Entry, Media
from newscrawler.politeness import HostClosedError
from newscrawler.reading.encoding import decode
from newscrawler.reading.leads.requisites import Requisite, RequisiteKind, kind_at, stylesheet_links
from newscrawler.redirects import OffsiteRedirectError
from newscrawler.run import ArchiveRun
from newscrawler.sites import Site
from newscrawler.spiders.failures import sentence_of, short_kind_of
from newscrawler.store.media import is_noted, relink_media, standing_of, unfetched_media, unfetched_others

logger = logging.getLogger(__name__)

PRIORITY = 20
"""Over that of articles: their files follow them at once, and a run that is stopped leaves few articles bare."""
MOST_LEFT_OVER = 500
"""Files that earlier runs have left, and that a run asks for before it begins."""
SETTLED_FOR = timedelta(days=30)
"""How long “not found” is believed."""
MOST_IMPORTS = 2
"""Levels of stylesheets that import stylesheets."""
LONG_TIMEOUT = 300
"""Seconds that a document or film may take; it is large, and nobody waits for it."""

_LARGE: tuple[RequisiteKind, ...] = ("document", "video", "audio")
_SAID_ONCE = frozenset({"other-site", "budget", "too-many"})
"""Kinds of what each run would find again: one row tells it for good."""


class BudgetError(IgnoreRequest):
    """Raised for a file's request when the run has spent what its site allows for files."""


def budget_of(settings: BaseSettings, site: Site) -> int:
    """What files may add to the WARC in one run, in bytes: setting REQUISITES_BUDGET, else what the site allows.

    :raises UsageError: if the setting is no number.
    """
    given = settings["REQUISITES_BUDGET"]
    if given is None:
        return site.requisites.run_bytes
    if str(given).isascii() and str(given).isdigit():
        return int(given)
    raise UsageError(f"REQUISITES_BUDGET={given}: say how many bytes files of pages may add to the archive in one run")


class RequisiteFetch:
    """What a run fetches beside its pages."""

    def __init__(self, run: ArchiveRun, site: Site, settings: BaseSettings, *, full: bool) -> None:
        self.run, self.site, self.full = run, site, full
        self.wanted = site.requisites.wanted and settings.getbool("REQUISITES_ENABLED", True)
        self.budget = budget_of(settings, site)
        self.spent = 0
        self.refused = 0
        self._since = warc_date(datetime.now(UTC) - SETTLED_FOR)
        self._met: set[int] = set()
        """Hashes of addresses whose standing has been looked up."""

    def of_page(self, url: str, needed: Sequence[Requisite], media: Iterable[Media]) -> Iterator[Request]:
        """Requests for what a page needs and the archive has not."""
        if not self.wanted:
            return
        self.run.count("requisites_missing", sum(medium.url is None for medium in media))
        most = self.site.requisites.per_page
        if len(needed) > most:
            message = f"the page names {len(needed):,} files, of which {most:,} are fetched"
            self._missing(url, "too-many", message)
        yield from self._ask(needed[:most])

    def left_over(self) -> Iterator[Request]:
        """Requests for files that earlier runs have left: media of stored articles, and what was written down."""
        if self.wanted:
            media = [Requisite(kind, url) for kind, url in unfetched_media(self.run.db, self.site.name)]
            others = [Requisite(kind_at(url), url) for url in unfetched_others(self.run.db, self.site.name)]
            may_come = (each for each in chain(media, others) if self._is_open(each.url))
            yield from islice(self._ask(may_come), MOST_LEFT_OVER)

    def arrived(self, response: Response) -> Iterator[Request]:
        """A file is in the archive; a stylesheet leads on."""
        capture: Capture | None = response.meta.get("capture")
        asked = response.meta.get("redirect_urls", [response.url])[0]
        self._spend(capture)
        leads_to = self._of_stylesheet(response) if response.meta["requisite"] == "stylesheet" else ()
        yield from leads_to
        try:
            with self.run.rows(capture):
                relink_media(self.run.db, {asked, response.url})
                self.run.frontier.finish(asked, "done", "file")
        except (DiskError, StoreError) as error:
            self.run.fail(error)
            return
        if capture is None or response.status != 200 or capture.truncated:
            self._missing(asked, f"http-{response.status}", "the answer is no whole file", capture)
            return
        if asked == response.url:
            self.run.count("requisites")
        else:
            self._missing(asked, "redirected", f"it redirects to {response.url}, which is in the archive", capture)

    def failed(self, failure: Failure) -> None:
        """A file could not be had: a row says why."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        capture = request.meta.get("capture")
        asked = request.meta.get("redirect_urls", [request.url])[0]
        self._spend(capture)
        if isinstance(error, HostClosedError):
            self.run.frontier.release(asked, error.kind)
            return
        if isinstance(error, BudgetError):
            kind = "budget"
        else:
            kind = "other-site" if isinstance(error, OffsiteRedirectError) else short_kind_of(error)
        self._missing(asked, kind, sentence_of(error), capture, entry=asked)

    def check_budget(self) -> None:
        """:raises BudgetError: if the run may fetch no more files."""
        if self.spent < self.budget:
            return
        sentence = f"the run's budget of {self.budget:,} bytes for files of pages is used up"
        if not self.refused:
            logger.warning("%s; `newscrawler gaps %s` lists what is missing", sentence, self.site.name)
        self.refused += 1
        raise BudgetError(sentence)

    def _of_stylesheet(self, response: Response) -> Iterator[Request]:
        """Its pictures and fonts; stylesheets that it imports a few levels deep."""
        level = response.meta["requisite_level"] + 1
        links = stylesheet_links(decode(response.body), response.url)
        deep_enough = [each for each in links if each.kind != "stylesheet" or level <= MOST_IMPORTS]
        yield from self._ask(deep_enough[: self.site.requisites.per_page], level)

    def _ask(self, needed: Iterable[Requisite], level: int = 0) -> Iterator[Request]:
        for requisite in needed:
            if hash(requisite.url) not in self._met and not self.run.broken:
                self._met.add(hash(requisite.url))
                if not self.run.frontier.knows(requisite.url) and self._is_to_be_asked(requisite.url):
                    yield self.request_for(_entry(requisite, level))

    def _is_to_be_asked(self, url: str) -> bool:
        if self.site.kind(url) != "other":
            return False  # a page is fetched as a page; as a file it would be read only from the archive
        if not self.site.serves(url):
            self._missing(
                url, "other-site", f"its host is none of those that files of {self.site.name} are fetched from"
            )
            return False
        if self.full:
            return True
        standing = standing_of(self.run.db, url, since=self._since)
        if standing == "settled":
            self.run.count("requisites_missing")
        return standing == "open"

    def _is_open(self, url: str) -> bool:
        """Whether a file of earlier runs is worth asking for; what is said of those that are not stands there since."""
        return self.site.serves(url) and standing_of(self.run.db, url, since=self._since) == "open"

    def request_for(self, entry: Entry) -> Request:
        """The request for a file in the queue."""
        kind: RequisiteKind = entry.carried["requisite"]
        meta: dict[str, Any] = {
            "entry": entry,
            "requisite": kind,
            "requisite_level": entry.carried.get("level", 0),
            "download_maxsize": self.site.requisites.largest(kind),
            # Only stylesheets are read; the body of all others goes from the wire to the disk.
            "archive_only": kind != "stylesheet",
        }
        if kind in _LARGE:
            meta["download_timeout"] = LONG_TIMEOUT
        # The filter of requests takes two addresses for one where only the order of parameters differs.
        return Request(entry.url, callback=self.arrived, errback=self.failed, meta=meta, dont_filter=True)

    def _spend(self, capture: Capture | None) -> None:
        self.spent += capture.length if capture is not None else 0

    def _missing(
        self, url: str, kind: str, message: str, capture: Capture | None = None, *, entry: str | None = None
    ) -> None:
        if self.run.broken:
            return
        self.run.count("requisites_missing")
        if kind not in _SAID_ONCE or not is_noted(self.run.db, url, kind):
            self.run.problem(url, "requisite", kind, message, capture, entry=entry)
        elif entry is not None:
            self.run.finish(entry, "given-up", kind, capture)


def _entry(requisite: Requisite, level: int) -> Entry:
    carried = {"requisite": requisite.kind} | ({"level": level} if level else {})
    return Entry(url=requisite.url, kind="file", priority=PRIORITY, carried=carried)


class RequisiteBudget:
    """Downloader middleware that stops a file's request before it leaves, once the run's budget is used up.

    Requests under way by then are let finish: at most CONCURRENT_REQUESTS files over the budget.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RequisiteBudget:
        """For Scrapy.

        :raises UsageError: if the budget is no number, before anything is fetched.
        """
        site = getattr(crawler.spider, "site", None)  # a spider of somebody else's has none, and no files of pages
        if site is not None:
            budget_of(crawler.settings, site)
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """:raises BudgetError: see `RequisiteFetch.check_budget`."""
        if "requisite" in request.meta:
            fetch: RequisiteFetch = self.crawler.spider.requisites  # type: ignore[union-attr]
            fetch.check_budget()
