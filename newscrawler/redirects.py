"""Redirects of the live crawl: what stays with a page is followed, and whatever else a server says of another address
is told to the errback instead of vanishing (facts: reliability §2, rows 19-21, 24 and 28-29)."""

from __future__ import annotations

from typing import Any, Literal

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawler.items import Entry
from newscrawler.sites import Site
from newscrawler.urls import urlkey
from newscrawler.wire.addresses import refusal
from newscrawler.wire.location import REDIRECTS, location

RedirectReason = Literal[
    "redirected", "other-site", "redirect-loop", "bad-location", "refused-scheme", "private-address"
]
"""It leads to another page of the site; off the site; in circles; nowhere; out of http; into a private network."""


class RedirectedError(IgnoreRequest):
    """Raised when an answer sends us elsewhere and is not followed; the answer itself is in the archive.

    :param target: where to, absolute and without credentials; None where that cannot be read or asked for.
    :param hops: how many redirects have led to the target, for what its entry carries.
    """

    def __init__(self, target: str | None, reason: RedirectReason, message: str, hops: int = 1) -> None:
        super().__init__(message)
        self.target, self.reason, self.hops = target, reason, hops


class OffsiteRedirectError(RedirectedError):
    """Raised when an answer sends us to another site."""

    def __init__(self, target: str, message: str, hops: int = 1) -> None:
        super().__init__(target, "other-site", message, hops)


class Redirects(RedirectMiddleware):
    """Scrapy's redirects, decided anew. Its filter for other sites and its filter of known addresses drop a request
    without calling its errback, so where a redirect may lead is decided here, where the errback hears of it.

    An entry of the queue stays with its page: another spelling of the same article or list is followed, any other page
    of the site is for an entry of its own. Files may be anywhere that files of the site are fetched from. The setting
    REDIRECT_MAX_TIMES bounds the hops from one address to the last, also where each is an entry of its own (`hops` of
    what an entry carries). Those of robots.txt are `politeness.robots`' own.
    """

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """:raises RedirectedError: if the redirect is not followed."""
        if response.status not in REDIRECTS or self._is_wanted_as_is(request, response.status):
            return response
        hops = _hops(request) + 1
        target = self._target(request, response, hops)
        site: Site | None = getattr(self.crawler.spider, "site", None)
        if site is not None:
            _refuse_other_sites(site, request, target, hops)
        if hops > self.max_redirect_times:
            raise RedirectedError(target, "redirect-loop", f"it redirects {hops} times, and goes on", hops)
        if site is not None and "entry" in request.meta and "requisite" not in request.meta:
            _refuse_other_pages(site, request, target, hops)
        return self._followed(request, response, target)

    def _followed(self, request: Request, response: Response, target: str) -> Request:
        if request.method in ("GET", "HEAD"):
            redirected = self._build_redirect_request(request, response, url=target)
        else:
            redirected = self._redirect_request_using_get(request, response, target)
        followed: Request = self._redirect(redirected, request, response.status)
        followed.dont_filter = True
        return followed

    def _is_wanted_as_is(self, request: Request, status: int) -> bool:
        """Whether the request's callback wants to see redirects; Scrapy's own keys of `meta`."""
        meta = request.meta
        wanted = meta.get("handle_httpstatus_list", getattr(self.crawler.spider, "handle_httpstatus_list", ()))
        return bool(meta.get("dont_redirect") or meta.get("handle_httpstatus_all") or status in wanted)

    def _target(self, request: Request, response: Response, hops: int) -> str:
        """Where a redirect leads.

        :raises RedirectedError: if nowhere, out of http, into a private network, or back.
        """
        raw = (response.headers.get(b"Location") or b"").strip()
        target, scheme = location(request.url, raw)
        if target is None and scheme not in ("http", "https"):
            raise RedirectedError(None, "refused-scheme", f"it redirects to {_short(raw)}, which is not http", hops)
        if target is None:
            what = _short(raw) or "nowhere"
            raise RedirectedError(None, "bad-location", f"it redirects to {what}, which is no address", hops)
        if not self.crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES") and (reason := refusal(target)):
            raise RedirectedError(None, "private-address", f"it redirects to {_short(raw)}: {reason}", hops)
        if target in (request.url, *request.meta.get("redirect_urls", ())):
            raise RedirectedError(target, "redirect-loop", f"it redirects to {target}, where we come from", hops)
        return target


def _refuse_other_sites(site: Site, request: Request, target: str, hops: int) -> None:
    """:raises OffsiteRedirectError: if a redirect leaves the site, or leads from a file to a page."""
    if "requisite" in request.meta:
        # A page in the place of a file would be read from the archive as one that the run has read.
        if not site.serves(target) or site.kind(target) != "other":
            raise OffsiteRedirectError(target, f"it redirects to {target}, which is no file of {site.name}", hops)
    elif not site.owns(target):
        raise OffsiteRedirectError(target, f"it redirects to {target}, which is not an address of {site.name}", hops)


def _refuse_other_pages(site: Site, request: Request, target: str, hops: int) -> None:
    """:raises RedirectedError: if a redirect leaves its entry's page."""
    if not is_same_page(site, request.url, target):
        raise RedirectedError(target, "redirected", f"it redirects to {target}", hops)


def is_same_page(site: Site, first: str, second: str) -> bool:
    """Whether two addresses of a site are one page: the same article, the same page of a list, or equal but for
    scheme, www, letter case and a slash at the end."""
    if urlkey(first) == urlkey(second):
        return True
    if (article := site.canonical(first)) is not None:
        return article == site.canonical(second)
    one, other = site.list_page(first), site.list_page(second)
    return one is not None and other is not None and one.url == other.url


def _hops(request: Request) -> int:
    """Redirects that have led to a request, those before its entry counted in."""
    entry: Entry | None = request.meta.get("entry")
    carried = int(entry.carried.get("hops", 0)) if entry is not None else 0
    return carried + int(request.meta.get("redirect_times", 0))


def _short(raw: bytes) -> str:
    return raw[:200].decode("utf-8", "replace")
