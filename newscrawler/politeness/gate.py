"""The gate that every request passes last: so many at a time, apart, within the budget, and not while its host is left
alone."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.politeness.backoff import MOST_REFUSALS, Backoff
from newscrawler.politeness.budget import Budget, budget_of
from newscrawler.politeness.closing import HOST_CLOSED, Closing, error_of, until
from newscrawler.politeness.memory import remembered, write_down
from newscrawler.politeness.retry_after import retry_after

LONGEST_PAUSE = 600.0
"""Seconds that a run waits for a host; one that asks for more is left alone, and its pages stay in the queue."""
LONGEST_CLOSING = 86_400.0
"""Seconds after which a host may be asked again, however long it wants to be left alone."""


@dataclass
class _Host:
    """What the gate knows of one host; times are on the monotonic clock."""

    passing: asyncio.Semaphore
    budget: Budget
    apart: dict[str, float] = field(default_factory=dict)
    """Seconds between two requests, by who asks for them."""
    open_at: float = 0.0
    last_sent: float = -math.inf
    backoff: Backoff = field(default_factory=Backoff)
    closing: Closing | None = None


def _nobody(_closing: Closing) -> None:
    """Nobody wants to know."""


def _nothing(_host: str) -> Closing | None:
    """Nothing is remembered."""
    return None


class HostGate:
    """Scrapy extension through which every request passes last.

    Scrapy's own slots let a burst through where DOWNLOAD_DELAY is 0: they count a transfer only when its task has begun
    (seen in 2.19.0: 14 at once with CONCURRENT_REQUESTS_PER_DOMAIN=1).

    :param at_a_time: requests per host; :param apart: seconds between two of them; :param longest_pause: in seconds.
    :param budget: gives what a host has left, once the first request goes to it.
    :param remembered: gives why a host was left alone by a run before, if it still is.
    :param on_closing: told of each host that is left alone.
    """

    def __init__(
        self,
        at_a_time: int,
        apart: float = 0.0,
        *,
        longest_pause: float = LONGEST_PAUSE,
        budget: Callable[[str], Budget] = lambda _host: Budget(),
        remembered: Callable[[str], Closing | None] = _nothing,
        on_closing: Callable[[Closing], None] = _nobody,
    ) -> None:
        self.at_a_time, self.apart, self.longest_pause = at_a_time, apart, longest_pause
        self._budget, self._remembered, self._on_closing = budget, remembered, on_closing
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostGate:
        """For Scrapy."""
        settings = crawler.settings
        return cls(
            settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            settings.getfloat("DOWNLOAD_DELAY"),
            longest_pause=settings.getfloat("LONGEST_PAUSE", LONGEST_PAUSE),
            budget=partial(budget_of, crawler),
            remembered=partial(remembered, crawler),
            on_closing=partial(write_down, crawler),
        )

    @classmethod
    def of(cls, crawler: Crawler) -> HostGate:
        """The gate of a crawl."""
        gate = crawler.get_extension(cls)
        if gate is None:
            raise RuntimeError("the extension newscrawler.politeness.HostGate is not enabled in EXTENSIONS")
        return gate

    def hold_apart(self, host: str, seconds: float, who: str = "") -> None:
        """From now on, at least so many seconds between two requests to a host; the longest that anybody (`who`) has
        asked for last counts."""
        self._host(host).apart[who] = seconds

    def pause(self, host: str, seconds: float, why: str = "") -> None:
        """No request to a host for so many seconds; if that is longer than a run waits, the host is left alone.

        :param why: the beginning of a sentence, such as `a.vn asks for it`.
        """
        if seconds > self.longest_pause:
            seconds = min(seconds, LONGEST_CLOSING)
            self.close(host, HOST_CLOSED, until(why or f"{host} is not to be asked", seconds), seconds)
        else:
            known = self._host(host)
            known.open_at = max(known.open_at, time.monotonic() + seconds)

    def close(self, host: str, kind: str, message: str, seconds: float = math.inf) -> Closing:
        """Leave a host alone for so many seconds, or for the rest of the run."""
        closing = Closing(host=host, kind=kind, message=message, until=time.monotonic() + seconds)
        self._host(host).closing = closing
        self._on_closing(closing)
        return closing

    def closed(self, host: str) -> Closing | None:
        """Why a host is left alone at present, or None."""
        closing = self._hosts[host].closing if host in self._hosts else None
        return closing if closing is not None and closing.until > time.monotonic() else None

    def may_leave(self, host: str) -> bool:
        """Whether pages of a host may be taken from the queue."""
        return self.closed(host) is None

    @property
    def outcome(self) -> str | None:
        """Why pages stay in the queue if nothing else is left to do, in one word; None if no host is left alone."""
        found = (closing for host in self._hosts if (closing := self.closed(host)))
        return next((closing.kind for closing in found), None)

    def sent(self, host: str) -> None:
        """A request has just left: what holds two apart counts from here, as the dates in the archive do."""
        self._host(host).last_sent = time.monotonic()

    def heard(self, host: str, response: Response) -> None:
        """An answer has come; called within the passage, so that nobody slips through before a pause.

        Retry-After counts on any answer but a good one: the standard knows it for 3xx, 413, 429 and 503.
        """
        known = self._host(host)
        wait = known.backoff.after(response.status, self._apart(known))
        asked = retry_after(response) if response.status >= 300 else None
        if known.backoff.hopeless and not (asked or 0.0) > self.longest_pause:
            self.close(host, HOST_CLOSED, f"{host} has refused the last {MOST_REFUSALS} requests (429 or 503)")
        elif wait or asked:
            self.pause(host, max(wait, asked or 0.0), f"{host} answered {response.status} and is not to be asked")

    @asynccontextmanager
    async def passage(self, host: str) -> AsyncIterator[None]:
        """Wait until a request to the host may leave; the `with` block is its exchange.

        :raises HostClosedError: if the host is left alone, also while others wait.
        """
        known = self._host(host)
        async with known.passing:
            while (wait := self._wait(host, known)) > 0:
                await asyncio.sleep(wait)
            known.last_sent = time.monotonic()
            known.budget.take()
            yield

    def _host(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            known = self._hosts[host] = _Host(asyncio.Semaphore(self.at_a_time), self._budget(host))
            known.closing = self._remembered(host)
            if known.closing is not None:
                self._on_closing(known.closing)
        return known

    def _apart(self, known: _Host) -> float:
        return max([self.apart, *known.apart.values()])

    def _wait(self, host: str, known: _Host) -> float:
        """:raises HostClosedError: if the host is left alone, or waiting for its budget would take too long."""
        if closing := self.closed(host):
            raise error_of(closing)
        left = known.budget.wait()
        if left > self.longest_pause:
            message = until(f"{host} has had all requests of its budget, and gets no other", left)
            raise error_of(self.close(host, "budget", message, left))
        # Scrapy keeps DOWNLOAD_DELAY too, but before the connection is made: bytes would leave closer together.
        now = time.monotonic()
        return max(known.last_sent + self._apart(known) - now, known.open_at - now, left)
