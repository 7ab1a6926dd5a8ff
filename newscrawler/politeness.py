"""Manners: robots.txt as RFC 9309 has it, Crawl-delay, Retry-After. All waits of a host meet in one gate before the
network."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.urls import host_of

logger = logging.getLogger(__name__)

ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 §2.5)."""
LONGEST_PAUSE = 600.0
"""Seconds of a Retry-After that a run waits for; a longer one makes the page given up."""
LONGEST_CRAWL_DELAY = 120.0


class HostGate:
    """Scrapy extension through which every request passes last: so many at a time, apart, and not while a host pauses.

    Scrapy's own slots let a burst through where DOWNLOAD_DELAY is 0: they count a transfer only when its task has begun
    (seen in 2.19.0: 14 at once with CONCURRENT_REQUESTS_PER_DOMAIN=1).
    """

    def __init__(self, at_a_time: int, apart: float = 0.0) -> None:
        self.at_a_time = at_a_time
        self.apart = apart
        self._passing: dict[str, asyncio.Semaphore] = {}
        self._apart: dict[str, float] = {}
        self._open_at: dict[str, float] = {}
        self._last_sent: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostGate:
        """For Scrapy."""
        settings = crawler.settings
        return cls(settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), settings.getfloat("DOWNLOAD_DELAY"))

    @classmethod
    def of(cls, crawler: Crawler) -> HostGate:
        """The gate of a crawl."""
        gate = crawler.get_extension(cls)
        if gate is None:
            raise RuntimeError("the extension newscrawler.politeness.HostGate is not enabled in EXTENSIONS")
        return gate

    def hold_apart(self, host: str, seconds: float) -> None:
        """From now on, at least so many seconds between two requests to a host."""
        self._apart[host] = seconds

    def pause(self, host: str, seconds: float) -> None:
        """No request to a host for so many seconds."""
        self._open_at[host] = max(self._open_at.get(host, 0.0), time.monotonic() + seconds)

    def sent(self, host: str) -> None:
        """A request has just left: what holds two apart counts from here, as the dates in the archive do."""
        self._last_sent[host] = time.monotonic()

    @asynccontextmanager
    async def passage(self, host: str) -> AsyncIterator[None]:
        """Wait until a request to the host may leave; the `with` block is its exchange."""
        async with self._passing.setdefault(host, asyncio.Semaphore(self.at_a_time)):
            while (wait := self._wait(host)) > 0:
                await asyncio.sleep(wait)
            self._last_sent[host] = time.monotonic()
            yield

    def _wait(self, host: str) -> float:
        # Scrapy keeps DOWNLOAD_DELAY too, but before the connection is made: bytes would leave closer together.
        apart = self._last_sent.get(host, float("-inf")) + max(self._apart.get(host, 0.0), self.apart)
        return max(apart, self._open_at.get(host, 0.0)) - time.monotonic()


class RobotsUnreachableError(IgnoreRequest):
    """Raised when robots.txt answers 5xx or not at all: the host is closed for now (RFC 9309 §2.3.1.4)."""


class _Closed(RobotParser):
    """The rules of a host whose robots.txt cannot be had."""

    @classmethod
    def from_crawler(cls, _crawler: Crawler, _robotstxt_body: bytes) -> _Closed:
        return cls()

    def allowed(self, _url: str | bytes, _user_agent: str | bytes) -> bool:
        return False


class RobotsPolicy(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware, closed where the file cannot be had, and keeping Crawl-delay."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """:raises IgnoreRequest: where robots.txt forbids the address, or cannot be had."""
        if isinstance(rp, _Closed):
            raise RobotsUnreachableError(
                f"robots.txt of {host_of(request.url)} cannot be had, so the host counts as closed for now"
            )
        super().process_request_2(rp, request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of a request's host.

        Scrapy 2.19.0 hands them to the first of several requests that wait for one robots.txt, and None, which means
        “allowed”, to all behind it: 10 of 12 forbidden pages were fetched.
        """
        await super().robot_parser(request)
        rules = self._parsers[urlparse_cached(request).netloc]
        return rules if isinstance(rules, RobotParser) else None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._robots_error(OSError(f"robots.txt answered {response.status}"), netloc)
            return
        body = response.body[:ROBOTS_LIMIT] if response.status < 400 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)
        self._keep_delay(netloc, request)

    def _keep_delay(self, netloc: str, request: Request) -> None:
        parser = self._parsers[netloc]
        agent = self._robotstxt_useragent or self._default_useragent
        delay = parser.crawl_delay(agent) if isinstance(parser, RobotParser) else None
        if delay:
            HostGate.of(self.crawler).hold_apart(host_of(request.url), min(float(delay), LONGEST_CRAWL_DELAY))

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        waiting: Any = self._parsers[netloc]
        self._parsers[netloc] = _Closed()
        self._stats.inc_value("robotstxt/unreachable")
        logger.warning("robots.txt of %s cannot be had (%s); the host counts as closed for now", netloc, exc)
        waiting.callback(self._parsers[netloc])


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, but a host that says Retry-After is left alone for that long."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Pause the host if it asks for it; an answer that asks for too long is final."""
        wait = retry_after(response)
        if wait is not None and response.status in self.retry_http_codes:
            if wait > LONGEST_PAUSE:
                return response
            HostGate.of(self.crawler).pause(host_of(request.url), wait)
        return super().process_response(request, response)


def retry_after(response: Response) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms (RFC 9110 §10.2.3); None without a readable
    one."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
