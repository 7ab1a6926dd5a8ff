"""What the comparison of queues runs: Scrapy's own queue in the place of the archive's, and a spider that does as
little else as it can.

`python -m benchmarks.queues FOLDER SCHEDULER` crawls with that spider; each page it fetches becomes a row, in a
transaction of its own, whatever the scheduler.
"""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response, TextResponse
from scrapy.settings import Settings

from benchmarks.bare import HOST
from newscrawler.frontier import Group
from newscrawler.items import Entry
from newscrawler.run import ArchiveRun

LEASES = "newscrawler.scheduler.LeaseScheduler"
MEMORY = "scrapy.core.scheduler.Scheduler"
KNOWING = "benchmarks.queues.KnowingScheduler"


class KnowingScheduler(Scheduler):
    """Scrapy's scheduler and its memory queues, under our spiders: they ask the frontier which addresses are known, and
    their requests pass Scrapy's filter of duplicates. Nothing is leased, and nothing written."""

    def open(self, spider: Spider) -> Any:
        """Take the place of the archive's scheduler."""
        assert spider.crawler is not None
        self.run = ArchiveRun.of(spider.crawler)
        return super().open(spider)

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request whose address is not known."""
        entry: Entry | None = request.meta.get("entry")
        if entry is not None and not request.meta.get("redirect_times") and not request.meta.get("retry_times"):
            if self.run.frontier.knows(entry.url):
                return False
            self.run.frontier._known.add(hash(entry.url))
        return super().enqueue_request(request.replace(priority=entry.priority) if entry else request)


class QueueSpider(Spider):
    """Every page of the site, by its links; of entries where the scheduler knows of them, else as any spider."""

    name = "queues"
    links = re.compile(r'href="(/ThanhDoan/webtd/(?:News/\d+|Category\?page=\d+))"')
    adopts = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named: set[str] = set()
        """With it both queues get the same requests; else Scrapy's would filter forty for each page."""

    async def start(self) -> AsyncIterator[Any]:
        """The home page."""
        yield self._request(f"http://{HOST}/ThanhDoan/webtd")

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """A request for each link, then an item."""
        assert isinstance(response, TextResponse)
        named = {f"http://{HOST}{path}" for path in self.links.findall(response.text)}
        for url in sorted(named - self.named):
            yield self._request(url)
        self.named |= named
        entry: Entry | None = response.meta.get("entry")
        asked = entry.url if entry else response.url
        title = response.text.partition("<title>")[2].partition("</title>")[0]
        yield {"url": response.url, "asked": asked, "title": title}

    @property
    def leases(self) -> bool:
        """Whether the queue is the archive's."""
        return bool(self.settings["SCHEDULER"] == LEASES)

    @property
    def run(self) -> ArchiveRun:
        """The archive."""
        return ArchiveRun.of(self.crawler)

    def request_for(self, entry: Entry) -> Request:
        """As `FrontierSpider`."""
        return Request(entry.url, callback=self.parse, meta={"entry": entry}, dont_filter=True)

    def may_lease(self, _group: Group) -> bool:
        """As `FrontierSpider`."""
        return True

    def _request(self, url: str) -> Request:
        return self.request_for(Entry(url=url, kind="page")) if self.leases else Request(url, callback=self.parse)


class Store:
    """A row for each page, in the transaction in which the queue is written, if it is."""

    def __init__(self, crawler: Crawler) -> None:
        self.run = ArchiveRun.of(crawler)
        self.run.db.conn.execute("CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, title TEXT)")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        """For Scrapy."""
        return cls(crawler)

    def process_item(self, item: dict[str, str]) -> dict[str, str]:
        """Store."""
        with self.run.rows():
            self.run.db.conn.execute("INSERT OR REPLACE INTO pages VALUES (:url, :title)", item)
            self.run.frontier.finish(item["asked"], "done", "page")
        return item


def main(folder: str, scheduler: str) -> None:
    """Crawl with Scrapy's global defaults, but for what is compared."""
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="default")  # for what the archive's extension asks of them
    for name, value in Settings().items():
        settings.set(name, value, priority="project")
    own = {
        "ARCHIVE_DIR": folder,
        "SCHEDULER": scheduler,
        "EXTENSIONS": {"newscrawler.run.ArchiveRun": 0},
        "ITEM_PIPELINES": {Store: 0},
        "SPIDER_MODULES": [],
        "LOG_LEVEL": "INFO",
    }
    settings.setdict(own, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(QueueSpider)
    process.start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
