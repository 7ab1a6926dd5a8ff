"""Page → Blocks → Article → rows: thin shells over pure functions, in the order of ITEM_PIPELINES."""

from __future__ import annotations

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawler.errors import DiskError, ReadingError, StoreError
from newscrawler.items import Article, Blocks, Capture, Page
from newscrawler.pages.keeping import Outcome, keep
from newscrawler.pages.reading import clean, split
from newscrawler.run import ArchiveRun
from newscrawler.store.absent import SOFT_404

COUNTERS = {
    Outcome.NEW: "articles_new",
    Outcome.CHANGED: "articles_changed",
    Outcome.UNCHANGED: "articles_unchanged",
    Outcome.LISTING: "listings",
}
"""What storing a page did → the counter of the run."""


class _Station:
    """What the three stations share: the run, and the rule that an unreadable page is a row, not a lost line of the
    log."""

    def __init__(self, run: ArchiveRun) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Station:
        """For Scrapy."""
        return cls(ArchiveRun.of(crawler))

    def unread(self, page: Page, error: ReadingError) -> DropItem:
        """Write down why a page could not be read; its bytes stay in the archive."""
        self.run.problem(page.url, "reading", error.kind, str(error), page.capture, entry=page.entry)
        self.run.count("absent" if error.kind == SOFT_404 else "unread")
        return DropItem(str(error), log_level="WARNING")


class SplitBlocks(_Station):
    """Page → Blocks, by the layout of its site."""

    def process_item(self, page: Page) -> Blocks:
        """Main, hot and related; whatever the page holds of them."""
        try:
            return split(page)
        except ReadingError as error:
            raise self.unread(page, error) from error


class CleanBody(_Station):
    """Blocks → Article; lists pass through."""

    def process_item(self, blocks: Blocks) -> Blocks | Article:
        """A page whose address is an article's must hold one."""
        try:
            return clean(blocks)
        except ReadingError as error:
            raise self.unread(blocks.page, error) from error


class StoreArticle(_Station):
    """Article or list → rows, in one transaction."""

    def process_item(self, item: Article | Blocks) -> Article | Blocks:
        """The page's WARC record is on disk before this runs."""
        page = item.page
        if page is None or page.capture is None:
            raise DropItem(f"{ItemAdapter(item).get('url')} has no capture, so no row may be made of it")
        if self.run.broken:
            raise DropItem(f"{page.url} is not stored, the archive takes no more", log_level="DEBUG")
        try:
            self._store(item, page, page.capture)
        except (DiskError, StoreError) as error:
            self.run.fail(error)
            raise DropItem(str(error), log_level="DEBUG") from error
        return item

    def _store(self, item: Article | Blocks, page: Page, capture: Capture) -> None:
        # One transaction: the captures, the rows, what the page has led to, and that its entry is done.
        with self.run.rows(capture) as capture_id:
            outcome = keep(self.run.db, item, capture_id=capture_id, run_id=self.run.run_id)
            if page.cut:
                self.run.frontier.finish(page.entry, "given-up", "cut")
            else:
                same = page.cache.get("unmodified")
                self.run.frontier.finish(page.entry, "done", "not-modified" if same else str(outcome))
        if outcome in COUNTERS:
            self.run.count(COUNTERS[outcome])
