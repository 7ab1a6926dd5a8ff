"""When a schedule is due: every so often, or by a cron expression. Pure functions of time.

Moments come out in UTC, where sums are lengths of time whatever the zone does in summer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from newscrawler.schedules.crontext import fields_of
from newscrawler.schedules.lengths import length, written

_TICK = timedelta(microseconds=1)
_LOOKS = [timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=366), timedelta(days=8 * 366)]
"""How far back a last due moment is looked for; 29 February may be eight years away."""


@dataclass(frozen=True)
class Every:
    """Due at all multiples of a length of time since a midnight in the zone: known without any memory, so that a
    restart moves nothing."""

    span: timedelta
    zone: ZoneInfo

    @property
    def text(self) -> str:
        """As it may be written in the file.

        >>> Every(length("120 min"), ZoneInfo("Asia/Ho_Chi_Minh")).text
        'every 2 h'
        """
        return f"every {written(self.span)}"

    @property
    def _anchor(self) -> datetime:
        # A Monday, for weeks.
        return datetime(2024, 1, 1, tzinfo=self.zone).astimezone(UTC)

    def after(self, moment: datetime) -> datetime:
        """The first due moment later than this one."""
        return self._anchor + self.span * (self._number(moment) + 1)

    def until(self, moment: datetime) -> datetime:
        """The last due moment that is not later."""
        return self._anchor + self.span * self._number(moment)

    def _number(self, moment: datetime) -> int:
        return (moment.astimezone(UTC) - self._anchor) // self.span


@dataclass(frozen=True)
class Cron:
    """Due when a cron expression of five fields says so, in the zone; days of the week count as cron has them."""

    expression: str
    zone: ZoneInfo

    @property
    def text(self) -> str:
        """As it may be written in the file."""
        return f"cron {self.expression}"

    @cached_property
    def _trigger(self) -> CronTrigger:
        minute, hour, day, month, weekday = fields_of(self.expression)
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=self.zone
        )  # fmt: skip

    def after(self, moment: datetime) -> datetime:
        """The first due moment later than this one.

        :raises ValueError: if none ever comes.
        """
        found: datetime | None = self._trigger.get_next_fire_time(None, moment.astimezone(self.zone) + _TICK)
        if found is None:
            raise ValueError("that day never comes")
        return found.astimezone(UTC)

    def until(self, moment: datetime) -> datetime | None:
        """The last due moment that is not later, or None if there was none for eight years."""
        for look in _LOOKS:
            found = self.after(moment - look)
            if found <= moment:
                return self._last(found, moment)
        return None

    def _last(self, found: datetime, moment: datetime) -> datetime:
        while (later := self.after(found)) <= moment:
            found = later
        return found


Rhythm = Every | Cron


def every(text: str, zone: ZoneInfo) -> Every:
    """The rhythm that `every = "2 h"` writes.

    :raises ValueError: for what is no length of time, or none at all.
    """
    span = length(text)
    if not span:
        raise ValueError("a schedule is due every second at most; write a longer time")
    return Every(span, zone)


def cron(text: str, zone: ZoneInfo) -> Cron:
    """The rhythm of a cron expression.

    :raises ValueError: for what is none, or never comes.
    """
    expression = " ".join(text.split())
    found = Cron(expression, zone)
    found.after(datetime.now(zone))
    return found
