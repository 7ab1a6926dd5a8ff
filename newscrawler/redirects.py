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
        if isinstance(result, Request) and site is not None and not _may_lead(site, result):
            what = "no file" if "requisite" in result.meta else "not an address"
            raise OffsiteRedirectError(f"it redirects to {result.url}, which is {what} of {site.name}")
        return result


def _may_lead(site: Site, request: Request) -> bool:
    """Files of pages may lie on more hosts than pages; a page in the place of a file would be read from the archive as
    one that the run has read."""
    if "requisite" in request.meta:
        return site.serves(request.url) and site.kind(request.url) == "other"
    return site.owns(request.url)
