"""The spider of a newspaper that only tests know."""

from __future__ import annotations

from newscrawler.spiders.news import SiteSpider
from tests.spiders.paper_site import SITE


class PaperSpider(SiteSpider):
    """Crawls the newspaper."""

    name = SITE.name
    site = SITE
