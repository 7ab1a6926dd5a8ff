"""Crawls that `newscrawler crawl` does not make: run as `python -m tests.frontier.crawls SPIDER FOLDER`."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.crawl import outcome, project_settings
from newscrawler.spiders.of_sites import SPIDERS

HOST = "http://thanhdoan.hochiminhcity.gov.vn"
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "REQUISITES_ENABLED": False, "LOG_LEVEL": "WARNING"}


class Others(scrapy.Spider):
    """A spider as in Scrapy's tutorial: it knows nothing of entries."""

    name = "others"
    custom_settings: ClassVar = {"CONCURRENT_REQUESTS": 1, "DEPTH_LIMIT": 1}

    async def start(self) -> AsyncIterator[Any]:
        yield Request(f"{HOST}/first")

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        for name, priority in (("low", -5), ("high", 5), ("middle", 0), ("high", 9)):
            yield Request(f"{HOST}/{name}", priority=priority)


class Dropping:
    """Downloader middleware that sends the request of one article back to the scheduler, where a filter drops it: as a
    redirect to another site is by Scrapy's own."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.scheduled, signal=signals.request_scheduled)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Dropping:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if not request.url.endswith("/News/31190"):
            return response
        return request.replace(dont_filter=True, meta={**request.meta, "dropped": True})

    def scheduled(self, request: Request) -> None:
        if request.meta.get("dropped"):
            raise IgnoreRequest


def main(name: str, folder: Path) -> int:
    settings = project_settings({**FAST, "ARCHIVE_DIR": str(folder)})
    if name == "losing":
        stations = settings.getdict("DOWNLOADER_MIDDLEWARES") | {Dropping: 610}
        settings.set("DOWNLOADER_MIDDLEWARES", stations, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Others if name == "others" else SPIDERS["thanhdoan"])
    task = process.crawl(crawler, **({} if name == "others" else {"ids": "31190-31191"}))

    process.start(install_signal_handlers=False)
    result = outcome(crawler, task)
    stats = {name: value for name, value in crawler.stats.get_stats().items() if isinstance(value, int)}
    print(json.dumps(stats))
    return int(result.exit_code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
