"""Stamps that count back from the moment the page was fetched: `2 giờ trước`, `hôm qua`; text comes in folded."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newscrawler.items import Precision
from newscrawler.reading.clock import clocks

_AGO = re.compile(
    r"(?<!\d)(?P<number>\d{1,3}|mot)\s*(?P<unit>giay|phut|gio|ngay|tuan|thang|nam|second|minute|min|hour|day|week|month|year)s?"
    r" (?:truoc|ago)\b"
)
_SECONDS = {"giay": 1, "second": 1, "phut": 60, "minute": 60, "min": 60, "gio": 3600, "hour": 3600}
_DAYS = {"ngay": 1, "day": 1, "tuan": 7, "week": 7, "thang": 30.44, "month": 30.44, "nam": 365.25, "year": 365.25}
_BACK = {"hom nay": 0, "today": 0, "hom qua": 1, "yesterday": 1, "hom kia": 2}
_DAY_WORD = re.compile(r"\b(" + "|".join(_BACK) + r")\b")


def relative(text: str, now: datetime) -> tuple[str, Precision] | None:
    """ISO value and precision of a relative stamp, or None; `now` is aware, in the zone of the site.

    >>> relative("hom qua, 14:30", datetime.fromisoformat("2018-06-20T10:00:00+07:00"))
    ('2018-06-19T14:30:00+07:00', 'minute')
    """
    if match := _DAY_WORD.search(text):
        return _on_day(text, now - timedelta(days=_BACK[match[1]]))
    if text == "vua xong":
        return _minute(now)
    if match := _AGO.search(text):
        return _ago(1 if match["number"] == "mot" else int(match["number"]), match["unit"], now)
    return None


def _on_day(text: str, day: datetime) -> tuple[str, Precision]:
    clock = next(iter(clocks(text)), None)
    if clock is None:
        return day.date().isoformat(), "day"
    return _minute(datetime.combine(day.date(), clock.time, clock.zone or day.tzinfo).astimezone(day.tzinfo))


def _ago(number: int, unit: str, now: datetime) -> tuple[str, Precision]:
    """A stamp that counts weeks does not know the day, and one that counts years not the month."""
    if unit in _SECONDS:
        return _minute(now - timedelta(seconds=number * _SECONDS[unit]))
    day = (now - timedelta(days=number * _DAYS[unit])).date().isoformat()
    if _DAYS[unit] == 1:
        return day, "day"
    return (day[:4], "year") if _DAYS[unit] > 31 else (day[:7], "month")


def _minute(moment: datetime) -> tuple[str, Precision]:
    return moment.replace(second=0, microsecond=0).isoformat(timespec="seconds"), "minute"
