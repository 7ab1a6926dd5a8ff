"""A stretch of time as a line from left to right, with ticks at the turns of hours, days, months or years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Unit = Literal["hour", "day", "month", "year"]

_MOST_TICKS = 9
_STEPS: tuple[tuple[Unit, int, timedelta], ...] = (
    ("hour", 6, timedelta(hours=6)),
    ("day", 1, timedelta(days=1)),
    ("day", 2, timedelta(days=2)),
    ("day", 7, timedelta(days=7)),
    ("month", 1, timedelta(days=30)),
    ("month", 2, timedelta(days=60)),
    ("month", 3, timedelta(days=91)),
    ("month", 6, timedelta(days=182)),
    ("year", 1, timedelta(days=365)),
    ("year", 2, timedelta(days=730)),
    ("year", 5, timedelta(days=1826)),
    ("year", 20, timedelta(days=7305)),
)
_EDGE = 1.0
"""Per cent left free on both sides, so that a dot on the edge is seen whole."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A turn of the clock or calendar."""

    at: datetime
    """In the zone of the sites."""
    x: float
    """Per cent from the left."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """From `start` to `end`, aware and in order."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        """Per cent from the left; of what lies beyond the ends a little outside."""
        share = (moment - self.start) / (self.end - self.start)
        return round(min(max(_EDGE + (100 - 2 * _EDGE) * share, -2.0), 102.0), 2)

    @property
    def unit(self) -> Unit:
        """What the ticks count."""
        return self._step[0]

    @property
    def ticks(self) -> list[Tick]:
        """At most ten, evenly spread."""
        unit, every, _length = self._step
        return [Tick(at, self.x(at)) for at in _turns(self.start.astimezone(ZONE), self.end, unit, every)]

    @property
    def _step(self) -> tuple[Unit, int, timedelta]:
        span = self.end - self.start
        return next((step for step in _STEPS if span / step[2] <= _MOST_TICKS), _STEPS[-1])


def whole_days(start: datetime, end: datetime) -> TimeAxis:
    """The axis for a stretch of time; one of less than two days becomes whole days, so that it has a breadth."""
    if end - start < timedelta(days=2):
        start, end = _midnight(start), _midnight(end) + timedelta(days=1)
    return TimeAxis(start, end)


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def _turns(start: datetime, end: datetime, unit: Unit, every: int) -> Iterator[datetime]:
    at = _first(start, unit, every)
    while at <= end:
        if at >= start:
            yield at
        at = _after(at, unit, every)


def _first(start: datetime, unit: Unit, every: int) -> datetime:
    day = _midnight(start)
    if unit in ("hour", "day"):
        return day - timedelta(days=day.weekday()) if every == 7 else day
    if unit == "month":
        return day.replace(day=1, month=(day.month - 1) // every * every + 1)
    return day.replace(day=1, month=1, year=max(day.year // every * every, 1))


def _after(at: datetime, unit: Unit, every: int) -> datetime:
    if unit == "hour":
        return at + timedelta(hours=every)
    if unit == "day":
        return at + timedelta(days=every)
    months = at.month - 1 + (every if unit == "month" else 12 * every)
    return at.replace(year=at.year + months // 12, month=months % 12 + 1)
