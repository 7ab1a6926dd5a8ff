"""The peer: Scrapy as a newcomer uses it, with Scrapy's own default settings.

It follows all links of the site and yields url and title; `python -m benchmarks.bare OUT` writes them to OUT as JSON
Lines. Nothing of newscrawler is imported.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor

HOST = "thanhdoan.hochiminhcity.gov.vn"


class BareSpider(Spider):
    """Every page of the site, by its links."""

    name = "bare"
    links = LinkExtractor(allow=(r"/News/\d+$", r"/Category\?page=\d+$"), allow_domains=HOST)

    async def start(self) -> AsyncIterator[Any]:
        """The home page."""
        yield Request(f"http://{HOST}/ThanhDoan/webtd")

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """One item, and a request for each link."""
        assert isinstance(response, TextResponse)
        yield {"url": response.url, "title": response.css("title::text").get()}
        yield from response.follow_all(self.links.extract_links(response), callback=self.parse)


def main() -> None:
    """Crawl with Scrapy's global defaults; only the feed is named."""
    process = AsyncCrawlerProcess({"FEEDS": {sys.argv[1]: {"format": "jsonlines"}}})
    process.crawl(BareSpider)
    process.start()


if __name__ == "__main__":
    main()
