"""The end of a crawl by Ctrl-C or SIGTERM: once lets finish what is in flight, twice stops now; nothing is lost either
way, since whatever is cut off returns to the queue."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from newscrawler.interrupts import STOPPING, hand_to, leave_at_once, leave_hard, say

logger = logging.getLogger(__name__)

FINISHING = 20.0
"""Seconds that exchanges and readings have for their end; then they are cut off."""
CLOSING = 8.0
"""Seconds for the rest, such as the index; then the archive is closed whatever Scrapy still waits for."""
REASON = "shutdown"
"""How Scrapy calls a crawl's end by a signal."""
SENTENCE = "stopped with work left; the same command goes on"


class StoppedError(CloseSpider):
    """Raised in place of what was to be waited for, since the crawl is stopping. Scrapy takes it for no failure of the
    spider."""

    def __init__(self) -> None:
        super().__init__(REASON)


class Stopping:
    """Scrapy extension that takes the signals; first in EXTENSIONS, so that it has them while the archive is opened."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked = 0
        """Signals so far."""
        self._started = False
        self._over = False
        self._waiting: set[asyncio.Task[object]] = set()
        self._working: set[asyncio.Task[object]] = set()
        self._ending: asyncio.Future[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopping:
        """For Scrapy."""
        stopping = cls(crawler)
        stopping._take_signals()
        crawler.signals.connect(stopping.opened, signal=signals.spider_opened)
        crawler.signals.connect(stopping.started, signal=signals.engine_started)
        crawler.signals.connect(stopping.closing, signal=signals.spider_closed)
        crawler.signals.connect(stopping.closed, signal=signals.engine_stopped)
        return stopping

    @classmethod
    def of(cls, crawler: Crawler) -> Stopping:
        """The one of a crawl."""
        stopping = crawler.get_extension(cls)
        if stopping is None:
            raise RuntimeError("the extension newscrawler.stopping.Stopping is not enabled in EXTENSIONS")
        return stopping

    # What others do within these blocks ends when the crawl does.

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """A block in which a request waits for its turn: it ends as soon as the crawl is to stop.

        :raises StoppedError: then, and at once where the crawl is stopping already.
        """
        if self.begun:
            self._let_through()
            raise StoppedError
        with self._ended_by(self._waiting):
            yield

    @contextmanager
    def working(self) -> Iterator[None]:
        """A block in which an exchange is under way, or a page is read: it has FINISHING seconds when the crawl is to
        stop.

        :raises StoppedError: when those are over.
        """
        with self._ended_by(self._working):
            yield

    @contextmanager
    def _ended_by(self, tasks: set[asyncio.Task[object]]) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            yield
        except asyncio.CancelledError:
            if not self.begun:
                raise
            task.uncancel()
            raise StoppedError from None
        finally:
            tasks.discard(task)

    @property
    def begun(self) -> bool:
        """Whether no new request may leave: after a signal, or when a limit is reached."""
        return self.asked > 0 or self._is_closing()

    def _is_closing(self) -> bool:
        # Scrapy says so nowhere else.
        slot = self.crawler.engine._slot if self.crawler._engine is not None else None
        return slot is not None and slot.closing is not None

    # Signals.

    def _take_signals(self) -> None:
        self._loop = asyncio.get_event_loop()
        self._give_back = hand_to(self._signalled)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        """Runs between any two steps of the program, so it does no more than it must."""
        self.asked += 1
        if self.asked >= 2:
            for each in STOPPING:
                signal.signal(each, signal.SIG_DFL)
        if self._over:
            return
        if self.crawler._extensions is None:
            leave_at_once()
        self._loop.call_soon_threadsafe(self._obey, self.asked)

    def opened(self) -> None:
        """:raises CloseSpider: if a signal came while the crawl was being set up."""
        if self.asked:
            raise CloseSpider(REASON)

    def started(self) -> None:
        """Scrapy may have installed handlers of its own by now, and from now on can be stopped."""
        if not self.asked:
            self._give_back()
            self._take_signals()
        self._started = True
        if self.asked:
            self._obey(self.asked)

    def closing(self) -> None:
        """The archive is being closed: how the crawl has ended stands fast, and no signal changes it any more."""
        self._over = True
        for timer in self._timers:
            timer.cancel()

    def closed(self) -> None:
        """The signals go to whom they went before."""
        self._give_back()

    # The end.

    def _obey(self, nth: int) -> None:
        if self._over or not self._started:
            return
        if nth >= 2:
            self._cut_off(CLOSING / 4)
        elif self._ending is None:
            self._finish()

    def _finish(self) -> None:
        self._tell()
        for task in self._waiting - self._working:
            task.cancel()
        self._timers = [self._loop.call_later(FINISHING, self._cut_off, CLOSING)]
        self._let_through()
        self._ending = asyncio.ensure_future(self._close())

    def _tell(self) -> None:
        count = len(self._working)
        what = f"{count} request{' is' if count == 1 else 's are'} being finished; " if count else ""
        # Through Python's stream: a progress bar keeps its line below what is said there.
        print(f"newscrawler: stopping: {what}press Ctrl-C again to stop at once", file=sys.stderr, flush=True)

    async def _close(self) -> None:
        # A second close beside one that is under way would let the reactor stop before the archive is closed.
        if not self._is_closing():
            await self.crawler.engine.stop_async()

    def _let_through(self) -> None:
        """What waits in Scrapy's slots, for minutes perhaps, comes to `waiting` now."""
        downloader = self.crawler.engine.downloader
        for slot in downloader.slots.values():
            slot.close()
            slot.delay = 0.0
            slot.concurrency = len(slot.queue) + len(slot.transferring) + 1
            downloader._process_queue(slot)

    def _cut_off(self, patience: float) -> None:
        """What is under way ends now; so many seconds later the archive is closed, whatever happens."""
        for task in self._waiting | self._working:
            task.cancel()
        self._timers.append(self._loop.call_later(patience, self._close_regardless))

    def _close_regardless(self) -> None:
        if self._over:
            return
        logger.warning("Scrapy does not end, so the archive is closed without it")
        self.crawler.signals.send_catch_log(signals.spider_closed, spider=self.crawler.spider, reason=REASON)
        say(SENTENCE)
        # Not by an exception: the reactor's threads would be waited for, and one of them may be what hangs.
        leave_hard()


class BackToQueue:
    """Downloader middleware nearer to the network than the retries: what fails while the crawl is stopping was not
    tried, so it is queued again and nobody is told of a failure."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackToQueue:
        """For Scrapy."""
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request itself, for the queue; None for one that is not from there, such as for robots.txt."""
        if "entry" in request.meta and Stopping.of(self.crawler).begun:
            return request
        return None
