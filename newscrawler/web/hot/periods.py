"""A stretch of time that a reader chose: the last days before the end of what is there, or from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawler.web.asked import Asked
from newscrawler.web.plots.time_axis import ZONE
from newscrawler.web.typed_days import typed_day

LAST = ("7", "30", "365", "all")
"""Days back that can be chosen with one click."""
_USUAL = "30"
_YEARS = range(1900, 2200)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """What was chosen. `since` and `until` are aware times; None is as far as there is anything."""

    last: str
    """One of `LAST`, or empty where days were given."""
    begin: str = ""
    """The first day, month or year, as typed but in ISO order; so is `end`, the last one."""
    end: str = ""
    since: datetime | None = None
    until: datetime | None = None
    misread: str = ""
    """A date that makes no sense."""


def period(asked: Asked, latest: datetime) -> Period:
    """Read `last`, `from` and `to`; both dates are included.

    :param latest: from which days are counted back.
    """
    typed = [asked.text("from"), asked.text("to")]
    begin, end = map(_day, typed)
    if begin or end:
        since, until = _begin(begin) if begin else None, _end(end) if end else None
        misread = next((text for text, day in zip(typed, (begin, end), strict=True) if text and not day), "")
        return Period(last="", begin=begin, end=end, since=since, until=until, misread=misread)
    last = asked.text("last") if asked.text("last") in LAST else _USUAL
    back = None if last == "all" else latest - timedelta(days=int(last))
    return Period(last=last, since=back, misread=typed[0] or typed[1])


def _day(text: str) -> str:
    day = typed_day(text) or ""
    return day if day and int(day[:4]) in _YEARS else ""


def _begin(day: str) -> datetime:
    """Of a day, month or year, in the zone of the sites."""
    year, month, date = (*map(int, day.split("-")), 1, 1)[:3]
    return datetime(year, month, date, tzinfo=ZONE)


def _end(day: str) -> datetime:
    """The same for the end.

    >>> str(_end("2024-02"))
    '2024-02-29 23:59:59.999999+07:00'
    """
    begin = _begin(day)
    match len(day):
        case 10:
            behind = begin + timedelta(days=1)
        case 7:
            behind = (begin + timedelta(days=31)).replace(day=1)
        case _:
            behind = begin.replace(year=begin.year + 1)
    return behind - timedelta(microseconds=1)
