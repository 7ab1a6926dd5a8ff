"""Scrapy's scheduler on the archive's own queue, in the place of its memory queues and of JOBDIR, which loses half of
what is in it to a kill (facts: reliability §0.1)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler, Scheduler
from scrapy.crawler import Crawler

from newscrawler.archive.records import warc_date
from newscrawler.frontier import Group
from newscrawler.items import Entry
from newscrawler.run import ArchiveRun

PAGES_HOLD = timedelta(hours=6)
"""How long a cycle that goes on believes what its starting pages and lists led to."""
UNWRITTEN = 1.0
"""Seconds that a lease may be known to memory alone, where no page is stored meanwhile."""


LEAST_IN_HAND = 8
"""Entries of one host that may be in hand, or twice as many as it may be asked for at a time if that is more: a host
that makes us wait must not keep others waiting too, and pages that are fetched faster than read must not pile up."""


class FrontierSpider(Protocol):
    """What a spider offers whose requests come out of the frontier; each bears its `Entry` as `meta["entry"]`."""

    adopts: bool
    """Whether a run also takes up what other cycles have left."""

    def request_for(self, entry: Entry) -> Request:
        """The request for an entry, which may have been queued by a run before."""

    def may_lease(self, group: Group) -> bool:
        """Whether entries of a group may be asked for now."""


class LeaseScheduler(BaseScheduler):
    """Gives out entries of the frontier as requests. Requests without an entry, as of spiders of others, wait in
    Scrapy's own scheduler, by its settings, and are forgotten with the run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._again: deque[Request] = deque()
        """Of leased entries: retries, and redirects that stay with their entry."""
        self._most_of_host = max(LEAST_IN_HAND, 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self._nameless = Scheduler.from_crawler(crawler)
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LeaseScheduler:
        """For Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> Any:
        """Take over what earlier runs have left."""
        self.run = ArchiveRun.of(self.crawler)
        self.frontier = self.run.frontier
        self.spider: FrontierSpider | None = spider if hasattr(spider, "request_for") else None  # type: ignore[assignment]
        if self.spider is not None:
            since = warc_date(datetime.now(UTC) - PAGES_HOLD)
            self.frontier.load(adopt=self.spider.adopts, since=since)
            self.crawler.signals.connect(self.idle, signal=signals.spider_idle)
        return self._nameless.open(spider)

    def close(self, reason: str) -> Any:
        """What is in hand goes back to the queue when the archive is closed."""
        if self._timer is not None:
            self._timer.cancel()
        return self._nameless.close(reason)

    def has_pending_requests(self) -> bool:
        """Whether there is a request that may leave now."""
        return bool(self._again) or self._nameless.has_pending_requests() or self._has_waiting()

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request; False if its address was met before."""
        entry = request.meta.get("entry")
        if self.spider is None or not isinstance(entry, Entry):
            return self._nameless.enqueue_request(request)
        if self.frontier.holds(entry):
            self._again.append(request)
        elif not self._add(entry):
            return False
        self._remind()
        self.crawler.stats.inc_value("scheduler/enqueued")
        return True

    def next_request(self) -> Request | None:
        """The request to send next: second tries first, what has no place in the queue second."""
        if not self._again:
            request = self._nameless.next_request()
            if request is not None:
                return request
        request = self._again.popleft() if self._again else self._leased()
        if request is not None:
            self.crawler.stats.inc_value("scheduler/dequeued")
        return request

    def idle(self) -> None:
        """Nothing is under way, so nobody will ever settle what is in hand still: a station dropped its request without
        telling the spider, as Scrapy's own filters do (facts: reliability §2, row 28)."""
        for entry in self.frontier.in_hands:
            message = "its request was dropped on the way, and nobody was told"
            self.run.give_up(entry.url, "lost", message, entry=entry.url)

    def _has_waiting(self) -> bool:
        if self.spider is not None:
            with self.run.guarded():
                return self.frontier.has_waiting(self._may)
        return False

    def _add(self, entry: Entry) -> bool:
        with self.run.guarded():
            return self.frontier.add(entry)
        return False

    def _leased(self) -> Request | None:
        if self.spider is None:
            return None
        with self.run.guarded():
            entry = self.frontier.lease(self._may)
            if entry is not None:
                self._remind()
                return self.spider.request_for(entry)
        return None

    def _may(self, group: Group) -> bool:
        assert self.spider is not None
        if self.run.broken or self.frontier.in_hand_of(group.host) >= self._most_of_host:
            return False
        return self.spider.may_lease(group)

    # Leases are written with the next page, or soon.

    def _remind(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(UNWRITTEN, self._write)

    def _write(self) -> None:
        """One look a second while something happens, and none while nothing does."""
        self._timer = None
        since = self.frontier.unwritten_since
        if since is None or self.run.broken:
            return
        if time.monotonic() - since < UNWRITTEN:
            self._remind()
        else:
            self.run.save()
