"""Quiet hours: times of the day in which nothing is asked for. Pure functions of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"\s*(\d{1,2}):(\d\d)\s*(?:-|–|to)\s*(\d{1,2}):(\d\d)\s*")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Quiet:
    """From one time of the day to another, which may be of the next day; the end is outside."""

    begin: time
    end: time

    @property
    def text(self) -> str:
        """As it may be written in the file."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"

    def end_after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet time ends in which a moment lies; None if it lies in none."""
        local = moment.astimezone(zone)
        for day in (local.date() - _DAY, local.date()):
            begin = datetime.combine(day, self.begin, zone)
            end = datetime.combine(day if self.begin < self.end else day + _DAY, self.end, zone)
            if begin <= local < end:
                return end
        return None


def quiet(text: str) -> Quiet:
    """What `quiet_hours = "07:00-09:00"` writes.

    :raises ValueError: for anything else.
    """
    match = _WRITTEN.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        found = Quiet(time(int(match[1]), int(match[2])), time(int(match[3]) % 24, int(match[4])))
    except ValueError:
        raise ValueError("write a time of the day as “07:00-09:00”, or “22:00-05:00” over midnight") from None
    if found.begin == found.end:
        raise ValueError("the quiet hours end when they begin; give another end")
    return found


def quiet_until(quiets: Sequence[Quiet], moment: datetime, zone: ZoneInfo) -> datetime | None:
    """When no quiet time lasts any more, in UTC, if one does at this moment; None if none does."""
    end, is_moved = moment, True
    # One may end within another; more rounds than there are would go round the clock.
    for _ in quiets:
        if not is_moved:
            break
        is_moved = False
        for each in quiets:
            later = each.end_after(end, zone)
            if later is not None:
                end, is_moved = later, True
    return end.astimezone(UTC) if end != moment else None
