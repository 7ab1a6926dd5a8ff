"""One crawl's hold on its archive: lock, files, database, counters, and how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.records import warc_date
from newscrawler.counters import COUNTERS
from newscrawler.dating import date_undated
from newscrawler.ending import exit_code, exit_code_of_cycle, is_own_limit, nothing_kept
from newscrawler.errors import ArchiveError, DiskError, ExitCode, StoreError, WireTapError
from newscrawler.frontier import Frontier
from newscrawler.items import Capture, Exchange, Page
from newscrawler.pages.whole import ReadPage
from newscrawler.reader.pool import PageReader
from newscrawler.run_files import RunFiles
from newscrawler.stopping import Stopping
from newscrawler.store import Database
from newscrawler.store.database import close_database, open_database, transaction
from newscrawler.store.frontier import State
from newscrawler.store.report import Completeness, class_of, completeness_of
from newscrawler.store.runs import add_problem, finish_run, start_crawl
from newscrawler.upkeep import put_in_order
from newscrawler.warcinfo import warcinfo_fields
from newscrawler.wire.certificates import verification
from newscrawler.wire.tap import fidelity

logger = logging.getLogger(__name__)


class ArchiveRun:
    """Scrapy extension that opens the archive when a crawler is made and closes it behind the spider."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.folder = Path(settings["ARCHIVE_DIR"])
        # A spider may crawl one of many sites; its own name is then the site's.
        self.site: str = getattr(crawler.spider, "name", None) or crawler.spidercls.name
        self.exit_code = ExitCode.ERROR
        self.failure: str | None = None
        """One sentence on why the run did not do what it was asked for."""
        self.left: tuple[str, str] | None = None
        """Kind and sentence of the last host that was left alone."""
        self.broken = False
        """Whether the archive takes no more."""
        self._over = False
        self._last_failure = "every request failed"
        self.report = Completeness()
        """What became of all that the cycle has met, once the run is over."""
        self._lock = ArchiveLock(self.folder)
        try:
            self.db = self._open()
        except BaseException:
            self._lock.release()
            raise
        started_at = now()
        told = {"description": fidelity(), "certificates": verification(crawler)}
        info = warcinfo_fields(settings, self.site, started_at) | told
        self._files = RunFiles(self.folder, self.site, info, self.db, self._store_rows)
        self._reader = PageReader(settings.getint("READING_WORKERS", 1))
        asked = getattr(getattr(crawler.spider, "arguments", None), "asked", {})
        begun = start_crawl(self.db, self.site, settings["RUN_REASON"], started_at, asked)
        self.run_id, self.cycle = begun.run_id, begun.cycle
        self.frontier = Frontier(self.db, self.site, run_id=self.run_id, cycle=self.cycle, now=now)

    def _open(self) -> Database:
        db = open_database(self.folder / "news.db", write=True)
        try:
            put_in_order(self.folder, db)
        except BaseException:
            close_database(db)
            raise
        return db

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveRun:
        """Take the archive of setting ARCHIVE_DIR.

        :raises NewsCrawlerError: if it is locked, full, or its database cannot be used; the crawl does not start.
        """
        run = cls(crawler)
        if crawler.settings.getbool("CONTACT_IS_GUESSED") and crawler.settings["RUN_REASON"] == "by hand":
            logger.warning("the User-Agent gives %s as contact; set NEWSCRAWLER_CONTACT", crawler.settings["CONTACT"])
        crawler.signals.connect(run.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(run.item_error, signal=signals.item_error)
        crawler.signals.connect(run.spider_error, signal=signals.spider_error)
        return run

    @classmethod
    def of(cls, crawler: Crawler) -> ArchiveRun:
        """The run that a crawler has opened."""
        run = crawler.get_extension(cls)
        if run is None:
            raise RuntimeError("the extension newscrawler.run.ArchiveRun is not enabled in EXTENSIONS")
        return run

    def archive(self, exchange: Exchange) -> Capture | None:
        """Write an exchange to the WARC; its row waits for the next `rows`, so that a page costs one transaction.

        :raises DiskError: after telling the engine to stop, since nothing may be fetched that cannot be kept.
        """
        try:
            capture = self._files.keep(exchange)
            if self._files.has_many:
                self._store_rows()
        except (DiskError, StoreError) as error:
            self.fail(error)
            raise
        self.count("bytes", len(exchange.response))
        return capture

    @contextmanager
    def rows(self, capture: Capture | None = None) -> Iterator[int | None]:
        """A transaction that begins with the rows of all captures made since the last one.

        :param capture: the one of which the row's id is wanted; given as the value of the `with`.
        """
        try:
            with transaction(self.db):
                yield self._files.add_rows(self.run_id, capture)
                self.frontier.write()
        except BaseException:
            self.frontier.undo()
            raise
        self._files.rows_stored()
        self.frontier.clear()

    def _store_rows(self) -> None:
        with self.rows():
            pass

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """A block whose writing may fail: then the run ends, and whoever called goes on."""
        try:
            yield
        except (DiskError, StoreError) as error:
            self.fail(error)

    def save(self) -> None:
        """Write what waits for the next page to be stored."""
        if not (self.broken or self._over):
            with self.guarded():
                self._store_rows()

    async def reading(self, page: Page) -> ReadPage:
        """What reading a page gives; see `pages.whole`."""
        with Stopping.of(self.crawler).working():
            return await self._reader.read(page)

    def count(self, counter: str, by: int = 1) -> None:
        """Raise one of COUNTERS."""
        self.crawler.stats.inc_value(f"newscrawler/{counter}", by)

    def counted(self, counter: str) -> int:
        """Value of one of COUNTERS."""
        return int(self.crawler.stats.get_value(f"newscrawler/{counter}", 0))

    def finish(self, url: str, state: State, reason: str | None, capture: Capture | None = None) -> None:
        """Settle an entry of the queue whose page brings no rows of its own."""
        if self.broken:
            return
        with self.guarded(), self.rows(capture):
            self.frontier.finish(url, state, reason)

    def problem(
        self,
        url: str,
        stage: str,
        kind: str,
        message: str,
        capture: Capture | None = None,
        *,
        entry: str | None = None,
        state: State = "given-up",
    ) -> None:
        """Write down what went wrong with one address.

        :param entry: settles this entry of the queue with it, `kind` being the reason.
        """
        if self.broken:
            return
        with self.guarded(), self.rows(capture) as capture_id:
            add_problem(self.db, self.run_id, url, stage, kind, message, now(), capture_id)
            if entry is not None:
                self._last_failure = message
                self.frontier.finish(entry, state, kind)

    def give_up(
        self, url: str, kind: str, message: str, capture: Capture | None = None, *, entry: str | None = None
    ) -> None:
        """Write down that an address could not be had in this run."""
        self.problem(url, "fetching", kind, message, capture, entry=entry)
        self.count("refused" if class_of("given-up", kind) == "refused" else "given_up")
        self._last_failure = message

    def incomplete(self, url: str, kind: Literal["broken-chain", "shrunk"], message: str) -> None:
        """Write down that a list was not walked to its end, so that nobody knows what else it names: the run is not
        finished, whatever it has fetched."""
        self.problem(url, "listing", kind, message)
        self.count("incomplete")

    def leave(self, url: str, kind: str, message: str) -> None:
        """Write down that a host is left alone; its pages stay in the queue.

        :param kind: `host-closed` or `budget`; anything else says why its robots.txt cannot be had.
        """
        self.problem(url, "politeness", kind, message)
        self.count("hosts_closed" if kind in ("host-closed", "budget") else "robots_unreachable")
        self._last_failure = message
        self.left = (kind, message)

    def fail(self, error: DiskError | StoreError | WireTapError) -> None:
        """The archive takes no more: say so once, send nothing more, and ask the engine to close."""
        if self.broken:
            return
        self.broken = True
        self.failure = str(error)
        reason = "disk" if isinstance(error, DiskError) else "store"
        if self.crawler.engine is not None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    def item_error(self, item: Any, failure: Failure) -> None:
        """A pipeline broke down over a page: a row says so, and a broken store or full disk ends the run."""
        page = item if isinstance(item, Page) else getattr(item, "page", None)
        self._broken(page.url if page else "", "storing", failure.value)
        if page is not None:
            self.finish(page.entry, "given-up", "storing")

    def spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        """The spider broke down over a page, over a failure, or (None) at its start."""
        request: Request | None = getattr(response, "request", None)
        url = response.url if isinstance(response, Response) else request.url if request else ""
        self._broken(url, "reading", failure.value)
        entry = request.meta.get("entry") if request else None
        if entry is not None:
            self.finish(entry.url, "given-up", "reading")

    def _broken(self, url: str, stage: str, error: BaseException | None) -> None:
        self.count("unread")
        if isinstance(error, DiskError | StoreError):
            self.fail(error)
        else:
            self._last_failure = f"{type(error).__name__}: {error}"
            self.problem(url, stage, type(error).__name__, str(error))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Give the WARC its final name, write the run's row, free the lock."""
        if self._over:
            return
        self._over = True
        self.exit_code = self._exit_code(reason)
        self._reader.close()
        try:
            self.frontier.release_all()
            self._files.close()
            counters = {name: self.counted(name) for name in COUNTERS} | {"at_limit": int(is_own_limit(reason))}
            self._store_rows()
            date_undated(self.db)
            self.report = completeness_of(self.db, self.site, self.cycle)
            self.exit_code = exit_code_of_cycle(self.exit_code, self.report)
            finish_run(self.db, self.run_id, now(), self.exit_code, counters | self.report.counters)
        except (ArchiveError, StoreError, OSError) as error:
            self.failure = self.failure or str(error)
            if self.exit_code in (ExitCode.COMPLETE, ExitCode.GIVEN_UP, ExitCode.STOPPED):
                self.exit_code = ExitCode.DISK if isinstance(error, OSError) else error.exit_code
        finally:
            close_database(self.db)
            self._lock.release()

    def _exit_code(self, reason: str) -> ExitCode:
        code = exit_code(reason, self.counted, is_work_left=bool(self.frontier.waiting or self.frontier.leased))
        if self.failure is None and reason == "finished":
            if code == ExitCode.ERROR:
                self.failure = f"{nothing_kept(self.counted('pages'))} from {self.site}: {self._last_failure}"
            elif code == ExitCode.STOPPED and self.left is not None:
                self.failure = self.left[1]
        return code


def now() -> str:
    """The present moment as the database writes it: UTC with microseconds."""
    return warc_date(datetime.now(UTC))
