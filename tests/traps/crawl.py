"""A crawl of one trap site by the project's own spider, as `python -m tests.traps.crawl SITE FOLDER FOLLOW`."""

from __future__ import annotations

import sys
from dataclasses import replace

from scrapy.crawler import AsyncCrawlerProcess

from newscrawler.crawl import outcome, project_settings
from newscrawler.sites import get_site
from newscrawler.spiders.news import SiteSpider
from newscrawler.spiders.of_sites import SPIDERS

SITE = get_site("thanhdoan")

MOST = 2_000
"""Pages behind which a crawl is ended, trap or not."""


def spider_for(follow: str) -> type[SiteSpider]:
    """The spider of the site, told to follow more of its pages."""

    class Following(SPIDERS["thanhdoan"]):
        site = replace(SITE, follow=follow) if follow else SITE

    return Following


def main(folder: str, follow: str) -> int:
    settings = project_settings(
        {
            "ARCHIVE_DIR": folder,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "CLOSESPIDER_PAGECOUNT": MOST,
            "LOG_LEVEL": "WARNING",
        }
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider_for(follow))
    task = process.crawl(crawler)
    process.start()
    result = outcome(crawler, task)
    print(result.message or "")
    return int(result.exit_code)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
