"""Redirects: followed within the site; one that leads out of it is written down instead of vanishing."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.sites import Site


class OffsiteRedirectError(IgnoreRequest):
    """Raised when an answer sends us to another site; the answer itself is in the archive."""


class Redirects(RedirectMiddleware):
    """Scrapy's redirects. Its filter for other sites drops such a request without calling its errback (facts:
    reliability §2, row 28), so it is refused here, where the errback hears of it."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """:raises OffsiteRedirectError: if the redirect leaves the spider's site."""
        result: Request | Response = super().process_response(request, response)
        site: Site | None = getattr(self.crawler.spider, "site", None)
        if isinstance(result, Request) and site is not None and not site.owns(result.url):
            raise OffsiteRedirectError(f"it redirects to {result.url}, which is not an address of {site.name}")
        return result
