"""A crawl of given requests, so many at a time as the settings say, through this project's stations into an archive.

Run as `python -m tests.hostile_crawl PLAN`, where PLAN is a JSON file: `settings` and a list of `requests`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import scrapy
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response

from newscrawler.capture import CapturingHandler
from newscrawler.crawl import outcome, project_settings
from newscrawler.sites import get_site
from newscrawler.spiders.failures import kind_of
from newscrawler.wire.tap import TappedFactory, TappedProtocol


class Untapped(CapturingHandler):
    """As if an upgrade had changed how connections are made."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _LenientHTTP11ClientFactory


class _Bending(TappedProtocol):
    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data.replace(b"\xe9", b"e"))


class _BendingFactory(TappedFactory):
    def buildProtocol(self, addr: Any) -> TappedProtocol:
        return _Bending(self._quiescentCallback)


class Bent(CapturingHandler):
    """As if an upgrade had put a filter below the tap: one byte differs."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BendingFactory


class ThroughProxy:
    """Downloader middleware that sends all requests through the proxy of setting PROXY."""

    def __init__(self, proxy: str) -> None:
        self.proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ThroughProxy:
        return cls(crawler.settings["PROXY"])

    def process_request(self, request: scrapy.Request) -> None:
        request.meta["proxy"] = self.proxy


class HostileSpider(scrapy.Spider):
    name = "hostile"
    site = get_site("thanhdoan")

    def __init__(self, requests: list[dict[str, Any]], at_a_time: int, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.at_a_time = at_a_time
        self.seen: list[dict[str, Any]] = []
        self._waiting: Iterator[dict[str, Any]] = iter(requests)

    async def start(self) -> AsyncIterator[Any]:
        for _ in range(self.at_a_time):
            for request in self._next():
                yield request

    def _next(self) -> Iterator[scrapy.Request]:
        for wanted in self._waiting:
            yield scrapy.Request(**wanted, callback=self.came, errback=self.failed, dont_filter=True)
            return

    def came(self, response: Response) -> Iterator[scrapy.Request]:
        self._note(response.request, response.status, len(response.body), "", response.flags)
        yield from self._next()

    def failed(self, failure: Any) -> Iterator[scrapy.Request]:
        self._note(failure.request, 0, 0, kind_of(failure.value))
        yield from self._next()

    def _note(self, request: Any, status: int, size: int, error: str, flags: Sequence[str] = ()) -> None:
        capture = request.meta.get("capture")
        self.seen.append(
            {
                "url": request.url,
                "given": request.meta.get("given"),
                "status": status,
                "size": size,
                "error": error,
                "flags": list(flags),
                "capture": capture and [capture.status, capture.truncated],
                "kilobytes": most_memory(),
            }
        )


def most_memory() -> int:
    """Kilobytes of memory that this process ever took; getrusage would count its parent's as well (Linux, across exec)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))


def main(plan: Path) -> int:
    wanted = json.loads(plan.read_text("utf-8"))
    if wanted["file_limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted["file_limit"], resource.RLIM_INFINITY))
    settings = project_settings(wanted["settings"])
    HostileSpider.site = replace(
        HostileSpider.site,
        hosts=tuple(settings.getlist("SITE_HOSTS")) or HostileSpider.site.hosts,
        unverified_hosts=tuple(settings.getlist("UNVERIFIED_HOSTS")),
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(HostileSpider)
    at_a_time = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
    task = process.crawl(crawler, requests=wanted["requests"], at_a_time=at_a_time)
    process.start()
    result = outcome(crawler, task)
    seen = getattr(crawler.spider, "seen", [])
    plan.with_suffix(".seen").write_text(json.dumps(seen), "utf-8")
    print(result.message or "")
    return int(result.exit_code)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
