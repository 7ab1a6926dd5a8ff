"""The peer of the kills: a bare Scrapy spider with JOBDIR, all other settings as Scrapy has them.

`python -m tests.jobdir_spider JOBDIR OUT` appends the address of each page that it has read to OUT, so that nothing
lost in a buffer counts as lost by the queue.
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


class JobdirSpider(Spider):
    """Every page of the site, by its links."""

    name = "jobdir"
    out = ""
    links = LinkExtractor(allow=(r"/News/\d+$", r"/Category\?page=\d+$"), allow_domains=HOST)

    async def start(self) -> AsyncIterator[Any]:
        """The home page."""
        yield Request(f"http://{HOST}/ThanhDoan/webtd")

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """A request for each link, then the page's line."""
        assert isinstance(response, TextResponse)
        yield from response.follow_all(self.links.extract_links(response), callback=self.parse)
        with open(self.out, "a", encoding="utf-8") as file:
            file.write(f"{response.url}\n")


def main() -> None:
    """Crawl, or go on with a crawl."""
    process = AsyncCrawlerProcess({"JOBDIR": sys.argv[1], "LOG_LEVEL": "WARNING"})
    process.crawl(JobdirSpider, out=sys.argv[2])
    process.start()


if __name__ == "__main__":
    main()
