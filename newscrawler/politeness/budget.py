"""How many requests a host gets in an hour and in a day, over all runs."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scrapy.crawler import Crawler

from newscrawler.archive.records import warc_date
from newscrawler.run import ArchiveRun
from newscrawler.sites import Site
from newscrawler.store.hosts import times_of_host

HOUR, DAY = 3600.0, 86_400.0


class Window:
    """At most so many requests in any stretch of time of a length.

    :param most: requests; :param seconds: the length; :param past: when there were some already, in seconds since 1970,
        oldest first.
    """

    def __init__(self, most: int, seconds: float, past: Iterable[float] = ()) -> None:
        self.seconds = seconds
        self._times: deque[float] = deque(past, maxlen=most)
        self._most = most

    def wait(self, now: float) -> float:
        """Seconds until one more may leave; 0 if it may now.

        >>> window = Window(2, 60.0, [100.0])
        >>> window.wait(110.0), window.take(110.0), window.wait(110.0), window.wait(160.0)
        (0.0, None, 50.0, 0.0)
        """
        if len(self._times) < self._most:
            return 0.0
        # A clock that was set back must not close a host for longer than the window is.
        return max(0.0, min(self._times[0], now) + self.seconds - now)

    def take(self, now: float) -> None:
        """One leaves."""
        self._times.append(now)


@dataclass(frozen=True)
class Budget:
    """All windows of one host."""

    windows: tuple[Window, ...] = ()

    def wait(self) -> float:
        """Seconds until one more request may leave."""
        now = time.time()
        return max((window.wait(now) for window in self.windows), default=0.0)

    def take(self) -> None:
        """One leaves."""
        now = time.time()
        for window in self.windows:
            window.take(now)


def budget_of(crawler: Crawler, host: str) -> Budget:
    """What is left to a host of the settings HOST_BUDGET_HOUR and HOST_BUDGET_DAY, where None leaves the number to the
    site, and 0 means no limit. What runs before have asked it for counts, as far as it was answered."""
    limits = [(most, seconds) for most, seconds in _limits(crawler) if most > 0]
    if not limits:
        return Budget()
    since = datetime.now(UTC) - timedelta(seconds=max(seconds for _most, seconds in limits))
    past = [datetime.fromisoformat(at).timestamp() for at in times_of_host(_run(crawler).db, host, warc_date(since))]
    now = time.time()
    return Budget(tuple(Window(most, length, [at for at in past if at > now - length]) for most, length in limits))


def _run(crawler: Crawler) -> ArchiveRun:
    return ArchiveRun.of(crawler)


def _limits(crawler: Crawler) -> Iterable[tuple[int, float]]:
    site: Site | None = getattr(crawler.spidercls, "site", None)
    # Who has taken the delay away, as for a site of his own, has said how fast it may be asked.
    keeps_pace = site is not None and crawler.settings.getfloat("DOWNLOAD_DELAY") > 0
    for name, own, seconds in (
        ("HOST_BUDGET_HOUR", site.requests_per_hour if site and keeps_pace else 0, HOUR),
        ("HOST_BUDGET_DAY", site.requests_per_day if site and keeps_pace else 0, DAY),
    ):
        yield (own if crawler.settings[name] is None else crawler.settings.getint(name)), seconds
