"""What `newscrawler.toml` plans, as values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from newscrawler.schedules.quiet import Quiet, quiet_until
from newscrawler.schedules.rhythm import Rhythm
from newscrawler.urls import bare_host

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Sites that are crawled at the same times in the same way."""

    sites: tuple[str, ...]
    """Names of known sites, or addresses of others."""
    rhythm: Rhythm
    jitter: timedelta = timedelta()
    """A run begins up to so much later than it is due."""
    longest: timedelta | None = None
    """A run is ended after so much time; the next one goes on."""
    limit: int | None = None
    since: str | None = None
    full: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings of Scrapy by name."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One site of a schedule: what is begun, waited for and remembered."""

    target: str
    """Name of the site, or an address of it."""
    schedule: Schedule

    @property
    def site(self) -> str:
        """The site's name, as table `runs` has it."""
        return bare_host(self.target) if is_address(self.target) else self.target

    @property
    def key(self) -> str:
        """What tells it from all others, also after the file was put into another order."""
        return f"{self.site} {self.schedule.rhythm.text}"

    def reason(self, due: datetime) -> str:
        """Why a run is made, as table `runs` and the WARC files keep it: it tells which due moment had its run.

        :param due: aware; written in UTC.
        """
        return f"schedule {stamp(due)} {self.schedule.rhythm.text}"

    def start(self, due: datetime) -> datetime:
        """When the run that is due at a moment begins: the same moment whoever works it out, before or after a
        restart."""
        seed = hashlib.sha256(f"{self.key} {stamp(due)}".encode()).digest()
        return due.astimezone(UTC) + self.schedule.jitter * (int.from_bytes(seed[:4], "big") / 2**32)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The whole file."""

    schedules: tuple[Schedule, ...] = ()
    contact: str = ""
    operator: str = ""
    zone: ZoneInfo = VIETNAM
    quiet: tuple[Quiet, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that runs get, such as http_proxy."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Each site of each schedule, in the order of the file."""
        return tuple(Job(target=target, schedule=schedule) for schedule in self.schedules for target in schedule.sites)

    def quiet_until(self, moment: datetime) -> datetime | None:
        """When the quiet hours end in which a moment lies; None if it lies in none."""
        return quiet_until(self.quiet, moment, self.zone)

    def next_start(self, job: Job, after: datetime) -> datetime:
        """When a job begins next, later than `after`: what is due in quiet hours begins at their end."""
        due = job.schedule.rhythm.after(after - job.schedule.jitter)
        while True:
            start = job.start(due)
            start = self.quiet_until(start) or start
            if start > after:
                return start
            due = job.schedule.rhythm.after(due)

    def starts(self, job: Job, after: datetime, count: int) -> list[datetime]:
        """The same of the next so many."""
        return list(islice(self._starts(job, after), count))

    def _starts(self, job: Job, after: datetime) -> Iterator[datetime]:
        while True:
            after = self.next_start(job, after)
            yield after

    def pending(self, job: Job, now: datetime, done: datetime) -> datetime | None:
        """The due moment whose run should begin now: the last one, if that is later than `done`, since what was missed
        is caught up once; None in quiet hours.

        :param done: of the last run that was brought to an end, or when the job was met first; aware.
        """
        if self.quiet_until(now):
            return None
        due = job.schedule.rhythm.until(now)
        while due is not None and due > done and job.start(due) > now:
            due = job.schedule.rhythm.until(due - timedelta(microseconds=1))
        return due if due is not None and due > done else None

    def longest_wait(self, job: Job, now: datetime) -> timedelta:
        """After how long without a success something is wrong: two runs may fail, and one may take its time."""
        starts = self.starts(job, now, 30)
        gap = max(late - early for early, late in pairwise(starts))
        return max(2 * gap, gap + timedelta(hours=1))


def is_address(target: str) -> bool:
    """Whether a site is given by an address rather than by its name."""
    return target.startswith(("http://", "https://"))


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the second.

    >>> stamp(datetime(2026, 1, 1, 7, tzinfo=VIETNAM))
    '2026-01-01T00:00:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def expected(plan: Plan, now: datetime) -> dict[str, timedelta]:
    """Site → longest time between two successes that its schedules allow; see `store.status.alarms`."""
    found: dict[str, timedelta] = {}
    for job in plan.jobs:
        wait = plan.longest_wait(job, now)
        found[job.site] = min(wait, found.get(job.site, wait))
    return found
