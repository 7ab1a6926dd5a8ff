"""One spider for each site that is known, those of one's own among them; `scrapy list` shows their names."""

from __future__ import annotations

from newscrawler.sites import SITES, Site
from newscrawler.spiders.news import SiteSpider


def spider_of(site: Site) -> type[SiteSpider]:
    """The spider that walks a site's lists, or with `ids=A-B` its article ids."""
    words = {"name": site.name, "site": site, "__module__": __name__, "__doc__": f"Crawls {site.title}."}
    return type(f"{site.name}-spider", (SiteSpider,), words)


SPIDERS: dict[str, type[SiteSpider]] = {site.name: spider_of(site) for site in SITES.values()}
globals().update({spider.__name__: spider for spider in SPIDERS.values()})  # where Scrapy looks for them
