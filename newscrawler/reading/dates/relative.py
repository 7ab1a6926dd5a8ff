"""Stamps that count back from the moment the page was fetched: `2 giờ trước`, `hôm qua`; text comes in folded."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newscrawler.items import Precision
from newscrawler.reading.dates.clock import clocks

_UNITS = "giay|phut|gio|ngay|tuan|thang|nam|second|minute|min|hour|day|week|month|year|h|p|'"
_NUMBER = r"(?<![\d.,:/-])(?P<number>\d{1,3}|mot)\s*"
_AGO = re.compile(rf"{_NUMBER}(?P<unit>{_UNITS})s?\s+(?:truoc|ago)\b")
_SINCE = re.compile(r"\bcach day (?:khoang )?(?P<number>\d{1,3}|mot)\s*(?P<unit>giay|phut|gio|ngay|tuan|thang|nam)\b")
_SECONDS = {"giay": 1, "second": 1, "phut": 60, "minute": 60, "min": 60, "p": 60, "'": 60}
_SECONDS |= {"gio": 3600, "hour": 3600, "h": 3600}
_DAYS = {"ngay": 1, "day": 1, "tuan": 7, "week": 7}
_MONTHS = {"thang": 1, "month": 1, "nam": 12, "year": 12}
_BACK = {"hom nay": 0, "today": 0, "hom qua": 1, "yesterday": 1, "hom kia": 2}
_DAY_WORD = re.compile(r"\b(" + "|".join(_BACK) + r")\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6, "cn": 6}
_LAST_WEEK = re.compile(
    r"\b(?:thu (?P<weekday>[2-7]|hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat|cn)) tuan (?:truoc|qua)\b"
)
_JUST_NOW = ("vua xong", "just now")
_PARTS = re.compile(r"\s*[|·•–—]\s*|\s+-\s+")
_STAMP_WORDS = re.compile(
    r"\b(?:cap nhat|dang tai|dang|xuat ban|luc|vao|ngay|khoang|gmt|utc|ict|posted|published|updated|on|at|about"
    r"|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\b"
)
_LETTERS = re.compile(r"[^\W\d_]")


def relative(text: str, now: datetime) -> tuple[str, Precision] | None:
    """ISO value and precision of a relative stamp, or None; `now` is aware, in the zone of the site.

    A stamp that counts days knows the day, one that counts months the month: no more is claimed.

    >>> relative("hom qua, 14:30", datetime.fromisoformat("2018-06-20T10:00:00+07:00"))
    ('2018-06-19T14:30:00+07:00', 'minute')
    >>> relative("thu 5 tuan truoc", datetime.fromisoformat("2018-06-20T10:00:00+07:00"))
    ('2018-06-14', 'day')
    """
    for part in _PARTS.split(text):
        answer: tuple[str, Precision] | None
        if match := _LAST_WEEK.search(part):
            answer = _on_day(text, now, _last_week(match, now))
        elif match := _DAY_WORD.search(part):
            answer = _on_day(text, now, now.date() - timedelta(days=_BACK[match[1]]))
        elif match := _AGO.search(part) or _SINCE.search(part):
            answer = _ago(1 if match["number"] == "mot" else int(match["number"]), match["unit"], now)
        elif part in _JUST_NOW:
            return _minute(now)
        else:
            continue
        return answer if is_stamp_words(part[: match.start()] + " " + part[match.end() :]) else None
    return None


def is_stamp_words(others: str) -> bool:
    """Whether the other words beside a date, in folded text, are those of stamps, not of a sentence.

    >>> is_stamp_words("thu tu, luc 14:30"), is_stamp_words(", t.u doan to chuc")
    (True, False)
    """
    for clock in reversed(clocks(others)):
        others = others[: clock.start] + " " + others[clock.end :]
    return not _LETTERS.search(_STAMP_WORDS.sub(" ", others))


def _last_week(match: re.Match[str], now: datetime) -> date:
    """A day of the week before this one; weeks begin on Monday."""
    word = match["weekday"] or match["sunday"]
    number = int(word) - 2 if word.isdecimal() else _WEEKDAYS[word]
    return now.date() - timedelta(days=now.weekday() + 7 - number)


def _on_day(text: str, now: datetime, day: date) -> tuple[str, Precision]:
    clock = next(iter(clocks(text)), None)
    if clock is None:
        return day.isoformat(), "day"
    return _minute(datetime.combine(day, clock.time, clock.zone or now.tzinfo).astimezone(now.tzinfo))


def _ago(number: int, unit: str, now: datetime) -> tuple[str, Precision] | None:
    if unit in _SECONDS:
        return _minute(now - timedelta(seconds=number * _SECONDS[unit]))
    if unit in _MONTHS:
        months = now.year * 12 + now.month - 1 - number * _MONTHS[unit]
        return (f"{months // 12:04}", "year") if _MONTHS[unit] == 12 else (_month(months), "month")
    day = now.date() - timedelta(days=number * _DAYS[unit])
    return (day.isoformat(), "day") if _DAYS[unit] == 1 else _about(day)


def _about(day: date) -> tuple[str, Precision] | None:
    """A count of weeks is rounded: the month, where it is the same three days sooner and later, else the year."""
    sooner, later = ((day + timedelta(days=days)).isoformat() for days in (-3, 3))
    if sooner[:7] == later[:7]:
        return later[:7], "month"
    return (later[:4], "year") if sooner[:4] == later[:4] else None


def _month(months: int) -> str:
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _minute(moment: datetime) -> tuple[str, Precision]:
    return moment.replace(second=0, microsecond=0).isoformat(timespec="seconds"), "minute"
