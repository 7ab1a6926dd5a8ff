"""The time of day that stands beside a date in a stamp, and its zone; text comes in folded.

`00:35 AM` stands on real pages whose clock has 24 hours (facts, sites §3), so AM and PM never make a time invalid.
"""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from typing import NamedTuple

_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s*(?::|h|gio|g(?!mt|io))\s*"
    r"(?:(?P<minute>\d{1,2})(?!\d)\s*(?:phut|p\b|')?(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"(?:\s*(?P<half>am|pm|sa|ch|sang|trua|chieu|toi|dem|khuya)\b)?"
    r"(?:\s*\(?\s*(?P<zone>(?:(?:gmt|utc)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?|z|utc|gmt|ict)(?![\w:])))?"
)
_OFFSET = re.compile(r"([+-])\s*(\d{1,2}?):?(\d{2})?$")
_LATE = ("pm", "ch", "chieu", "toi")
_NIGHT = ("dem", "khuya")


class Clock(NamedTuple):
    """A time of day, its zone where one is stated, and where both stand in the text."""

    time: time
    zone: tzinfo | None
    start: int
    end: int


def clocks(text: str) -> list[Clock]:
    """All valid times of day in folded text, in order.

    >>> [c.time.isoformat() for c in clocks("dang luc 14h30, sua 8 gio 15 phut")]
    ['14:30:00', '08:15:00']
    """
    found = (_read(match) for match in _CLOCK.finditer(text))
    return [clock for clock in found if clock]


def zone_of(words: str) -> tzinfo | None:
    """`gmt+7`, `+07:00`, `+07`, `z` as a zone; None for words that name none we know.

    >>> zone_of("gmt +7"), zone_of("est")
    (datetime.timezone(datetime.timedelta(seconds=25200)), None)
    """
    if words in ("z", "utc", "gmt"):
        return UTC
    if words == "ict":
        return timezone(timedelta(hours=7))
    if not (match := _OFFSET.search(words)):
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes <= 14 * 60 else None


def _read(match: re.Match[str]) -> Clock | None:
    hour = _on_24_hours(int(match["hour"]), match["half"])
    minute, second = int(match["minute"] or 0), min(int(match["second"] or 0), 59)
    if hour > 23 or minute > 59:
        return None
    return Clock(time(hour, minute, second), zone_of(match["zone"] or ""), match.start(), match.end())


def _on_24_hours(hour: int, half: str | None) -> int:
    if half in _LATE and hour < 12:
        return hour + 12
    if half in ("am", "sa", "sang", *_NIGHT) and hour == 12:
        return 0
    if (half == "trua" and hour < 10) or (half in _NIGHT and 5 < hour < 12):
        return hour + 12
    return hour
