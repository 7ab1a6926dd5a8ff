"""Nothing is asked for that robots.txt forbids, or before robots.txt could be had (RFC 9309)."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawler.politeness.closing import HostClosedError, OriginClosedError, RobotsForbiddenError, error_of
from newscrawler.politeness.gate import HostGate
from newscrawler.politeness.rules import ROBOTS_LIMIT, Rules
from newscrawler.sites import Site
from newscrawler.urls import host_of
from newscrawler.wire.certificates import fault_of
from newscrawler.wire.endings import first_reason
from newscrawler.wire.location import location

logger = logging.getLogger(__name__)

MOST_HOPS = 5
"""Redirects of a robots.txt that are followed, to whatever host (RFC 9309 §2.3.1.2). Beyond them, in a loop, and where
one leads nowhere, the standard allows to take the file for missing; we take it for unreachable, so that no page is
fetched against rules that we could not read."""
LIFETIME = 24 * 3600.0
"""Seconds that rules hold (RFC 9309 §2.4). Each run asks anew."""
CLOSED_FOR = 600.0
"""Seconds until a robots.txt that could not be had is asked for again, if the run is still there."""

_REDIRECTS = (301, 302, 303, 307, 308)


class NoRobotsError(Exception):
    """Raised where a robots.txt cannot be had; says why."""


@dataclass(frozen=True)
class _Asked:
    """What came of asking for a robots.txt."""

    rules: asyncio.Future[Rules]
    until: float
    """On the monotonic clock."""

    @property
    def holds(self) -> bool:
        """Whether it need not be asked for again. What a closed host is asked for, its gate decides."""
        error = self.rules.exception() if self.rules.done() and not self.rules.cancelled() else None
        held = not self.rules.cancelled() and (error is None or isinstance(error, OriginClosedError))
        return held and self.until > time.monotonic()

    @property
    def good(self) -> bool:
        """Whether there are rules."""
        return self.rules.done() and not self.rules.cancelled() and self.rules.exception() is None


class RobotsPolicy:
    """Downloader middleware that asks for the robots.txt of each origin before its first page.

    Scrapy's own keeps it for ever, reads 50 MB of it into memory, takes the one of http for that of https, goes on
    where it cannot be had, and tells its rules to the first of those who wait for it only (2.19.0: 10 of 12 forbidden
    pages were fetched).
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self._agent = str(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"])
        self._closed_for = settings.getfloat("ROBOTSTXT_CLOSED_FOR", CLOSED_FOR)
        self._lifetime = settings.getfloat("ROBOTSTXT_LIFETIME", LIFETIME)
        self._asked: dict[str, _Asked] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsPolicy:
        """For Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or not.

        :raises RobotsForbiddenError: where robots.txt forbids the address.
        :raises RobotsUnreachableError: where it cannot be had.
        :raises HostClosedError: where the host is left alone for another reason.
        :raises OriginClosedError: where it cannot be had, but that of another origin of the host.
        """
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith(("http:", "https:")):
            return
        rules = await self.rules(request.url)
        if not rules.allow(request.url):
            self._count("forbidden")
            raise RobotsForbiddenError("Forbidden by robots.txt")

    async def rules(self, url: str) -> Rules:
        """The rules for an address; asked for once, however many wait for them.

        :raises HostClosedError, OriginClosedError: as `process_request`.
        """
        closing = HostGate.of(self.crawler).closed(host_of(url))
        if closing is not None:
            raise error_of(closing)
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        asked = self._asked.get(origin)
        if asked is None or not asked.holds:
            asked = _Asked(asyncio.ensure_future(self._ask(origin)), time.monotonic() + self._lifetime)
            self._asked[origin] = asked
        return await asyncio.shield(asked.rules)

    async def _ask(self, origin: str) -> Rules:
        try:
            rules = self._read(await self._fetch(f"{origin}/robots.txt"))
        except (HostClosedError, CloseSpider):  # the latter: the crawl is stopping
            raise
        except Exception as error:
            raise self._unreachable(origin, error) from error
        gate = HostGate.of(self.crawler)
        gate.hold_apart(host_of(origin), rules.crawl_delay or 0.0, f"robots.txt of {origin}")
        return rules

    async def _fetch(self, url: str) -> Response:
        """:raises NoRobotsError: if it is not to be had; :raises Exception: as the download."""
        seen: set[str] = set()
        while True:
            response = await self._download(url)
            if response.status not in _REDIRECTS:
                return response
            seen.add(url)
            target, _scheme = location(url, response.headers.get(b"Location") or b"")
            if target is None or target in seen:
                raise NoRobotsError("it redirects in a loop" if target else "it redirects nowhere")
            if len(seen) > MOST_HOPS:
                raise NoRobotsError(f"it redirects more than {MOST_HOPS} times")
            url = target

    async def _download(self, url: str) -> Response:
        engine = self.crawler.engine
        if engine is None:
            raise NoRobotsError("the crawl has ended")
        free = dict.fromkeys(("dont_obey_robotstxt", "dont_redirect", "allow_offsite"), True)
        meta = {**free, "keep_partial": True, "download_maxsize": ROBOTS_LIMIT}
        # A cut gzip stream would have to be mended before its lines can be read.
        headers = {"Accept-Encoding": "identity"}
        self._count("request_count")
        response = await engine.download_async(Request(url, NO_CALLBACK, headers=headers, meta=meta))
        self._count(f"response_status_count/{response.status}")
        return response

    def _read(self, response: Response) -> Rules:
        """RFC 9309 §2.3.1: a good answer holds rules, 4xx forbids nothing, anything else is no answer.

        :raises NoRobotsError: if it is none.
        """
        if 200 <= response.status < 300:
            return Rules.parse(response.body, self._agent, cut="truncated" in response.flags)
        if 400 <= response.status < 500 and response.status != 429:
            return Rules([], None)
        raise NoRobotsError(f"it answered {response.status}")

    def _unreachable(self, origin: str, error: Exception) -> IgnoreRequest:
        """Close the host, or the origin alone."""
        self._count("unreachable")
        host, gate = host_of(origin), HostGate.of(self.crawler)
        if closing := gate.closed(host):
            return error_of(closing)
        fault = fault_of(error)
        kind = f"tls-{fault}" if fault else "robots-unreachable"
        message = f"robots.txt of {origin} cannot be had ({_why(error)}), so it counts as closed for now"
        if self._is_all_of(host, origin):
            return error_of(gate.close(host, kind, message, self._closed_for))
        self._asked[origin] = replace(self._asked[origin], until=time.monotonic() + self._closed_for)
        return OriginClosedError(kind, message)

    def _is_all_of(self, host: str, origin: str) -> bool:
        """Whether a host has nothing for us but at this origin. One that is not the site's own main one, such as https
        where its pages are at http, must not close them."""
        site: Site | None = getattr(self.crawler.spidercls, "site", None)
        if any(other != origin and host_of(other) == host and asked.good for other, asked in self._asked.items()):
            return False
        if site is None or host not in site.hosts:
            return True
        here, *places = map(urlsplit, (origin, site.article_url, *site.start))
        return (here.scheme, here.port) in {(place.scheme, place.port) for place in places}

    def _count(self, what: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"robotstxt/{what}")


def _why(error: Exception) -> str:
    reason = first_reason(error)
    return " ".join(str(reason).split()) or type(reason).__name__
