"""Progress of a crawl: a live bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import logging
import time

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call

from newscrawler.run import ArchiveRun

logger = logging.getLogger(__name__)

_MEGABYTE = 1_000_000


class Progress:
    """Scrapy extension that tells how far a run is; PROGRESS_BAR chooses the bar, PROGRESS_INTERVAL the seconds
    between lines."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.bar_wanted = crawler.settings.getbool("PROGRESS_BAR")
        self.interval = 0.25 if self.bar_wanted else crawler.settings.getfloat("PROGRESS_INTERVAL")
        self.started = time.monotonic()
        self.bar: Bar | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """For Scrapy."""
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def opened(self) -> None:
        """Begin to tell."""
        self.run = ArchiveRun.of(self.crawler)
        if self.bar_wanted:
            self.bar = Bar(
                SpinnerColumn(),
                TextColumn("[bold]{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[told]}", markup=False),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task(self.run.site, total=None, told="")
            self.bar.start()
        self.call: AsyncioLoopingCall = create_looping_call(self.tell)  # type: ignore[assignment]
        self.call.start(self.interval, now=False)

    def closed(self) -> None:
        """Stop telling."""
        if self.call.running:
            self.call.stop()
        if self.bar is not None:
            self.bar.stop()

    def tell(self) -> None:
        """One look at the counters."""
        if self.bar is None:
            logger.info("%s", self.line())
        else:
            done = self.run.counted("pages")
            self.bar.update(self.task, completed=done, total=self.total(done), told=self.line())

    def line(self) -> str:
        """The counters in words."""
        count = self.run.counted
        pages, seconds = count("pages"), max(time.monotonic() - self.started, 0.001)
        failed = count("given_up") + count("unread")
        return (
            f"{pages:,} pages · {count('articles_new'):,} new · {count('articles_changed'):,} changed · "
            f"{pages / seconds:.1f} pages/s · {count('bytes') / _MEGABYTE:.1f} MB"
            + (f" · {failed:,} failed" if failed else "")
        )

    def total(self, done: int) -> int | None:
        """Pages in all, where that is known: the walk over ids, else what stands in the queue."""
        arguments = getattr(self.crawler.spider, "arguments", None)
        if arguments is not None and arguments.ids is not None:
            return len(arguments.ids)
        left = self.run.frontier.waiting + self.run.frontier.leased
        return done + left if left > 0 else None
