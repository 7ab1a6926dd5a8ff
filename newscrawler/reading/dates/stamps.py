"""One date as a page prints it or its metadata state it: fixed patterns, day first, dateparser only after them.

Forms and traps: facts, reliability §3c (40 forms), news §4 (43 forms, NukeViet), sites §3. Patterns run on folded text
(lower case, no marks), so that capitals, NFD and sites that type without accents need no pattern of their own.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newscrawler.items import Dated, DateSource, Precision
from newscrawler.reading.dates.clock import Clock, clocks, zone_of
from newscrawler.reading.dates.months import MONTH, month_number
from newscrawler.reading.dates.no_dates import is_no_stamp
from newscrawler.reading.dates.relative import is_stamp_words, relative
from newscrawler.text import fold, one_line

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR = 1990
"""No Vietnamese paper was on the web before; older years are history or slips."""
_LONGEST = 200
"""A stamp is a short line; a paragraph is none, and would cost time."""

_Answer = tuple[str, Precision]
_DAY = r"(?<!\d)(?P<d>\d{1,2})(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_FULL = tuple(
    re.compile(pattern)
    for pattern in (
        # 2018-03-05; NukeViet prints the zone where it meant to print a T: 2018-03-05+0708:15:00, 2018-03-05ICT08:15:00
        r"(?<!\d)(?P<y>\d{4})\s?(?P<s>[-/.])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)"
        r"(?:(?P<zone>[+-]\d\d|[a-z]{3,4})(?=\d\d:\d\d))?",
        r"(?<!\d)(?P<d>\d{1,2})\s*(?P<s>[-/.–])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4}|\d{2}(?!\s*:))(?!\d)",
        rf"{_DAY}[\s,./-]*(?:of )?{MONTH}[\s,./-]*(?:nam\s+)?{_YEAR}",
        rf"{MONTH}[\s,./-]*{_DAY}[\s,]+(?:nam\s+)?{_YEAR}",
    )
)
_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t?(?P<clock>\d{6}))?",
        r"(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4})",
    )
)
_MONTH_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{MONTH}\s*(?:[,/-]|nam\b)?\s*{_YEAR}",
        r"(?P<m>\d{1,2})\s*[/-]\s*(?P<y>\d{4})",
        r"(?P<y>\d{4})[/-](?P<m>\d{1,2})",
    )
)
_EPOCH = re.compile(r"(?:/date\()?(?P<seconds>\d{10})(?:\d{3})?(?:[+-]\d{4})?(?:\)/)?")
_YEARLESS = re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})(?![\d/.-])")
_YEARLESS_SIGN = re.compile(r"\bngay\b|\bthu \w+|\bchu nhat\b|\bcn\b")
_EDITED = re.compile(r"\b(?:cap nhat|sua|updated|modified)\b[^\d]{0,40}$")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RISKY = re.compile(r"\d\s*[/.-]\s*\d|thang|\bth\d|^\W*\d+\W*$")
"""What dateparser must not see: digits beside digits, which it may swap, and month names, which it misreads."""


class _Day(NamedTuple):
    day: date | None
    """None: written like a date, yet no such day."""
    start: int
    end: int
    zone: tzinfo | None


def parse_stamp(text: str, *, fetched_at: datetime, zone: ZoneInfo = VIETNAM, source: DateSource) -> Dated | None:
    """The moment or day that one short date string names, or None where it names none that can be.

    `fetched_at` (aware) is what `2 giờ trước` counts from, and bounds the years: 1990 to its year + 1. A time without
    a zone is in `zone`, one with a zone is told in `zone`. Seconds stay where stated; a missing time stays missing. Of
    several dates the first that is not marked as the last edit counts; spans of days and what else is no stamp (see
    `no_dates`) give None. A weekday that contradicts the date is passed over: the date stands.
    """
    raw = _printed(text)
    if not raw:
        return None
    folded, now = fold(raw), fetched_at.astimezone(zone)
    if is_no_stamp(folded):
        return None
    answer = _fixed(folded, now, zone) or _by_dateparser(raw, folded, now, zone)
    return Dated(value=answer[0], precision=answer[1], source=source, raw=raw) if answer else None


def parse_edit(text: str, *, fetched_at: datetime, zone: ZoneInfo = VIETNAM, source: DateSource) -> Dated | None:
    """The moment of the last edit, where a stamp marks one as such (`Cập nhật: …`); as `parse_stamp` else.

    >>> now = datetime(2018, 6, 20, tzinfo=UTC)
    >>> parse_edit("Đăng: 01/02/2018 | Cập nhật: 03/02/2018", fetched_at=now, source="page").value
    '2018-02-03'
    """
    raw = _printed(text)
    folded, now = fold(raw), fetched_at.astimezone(zone)
    if not raw or is_no_stamp(folded):
        return None
    days = _days(folded, now)
    bare = _without_clocks(folded)
    edited = next((day for day in days if day.day and _EDITED.search(bare[: day.start])), None)
    answer = _with_clock(folded, days, edited, zone) if edited else None
    return Dated(value=answer[0], precision=answer[1], source=source, raw=raw) if answer else None


def _printed(text: str) -> str:
    """A stamp on one line, entities read; empty if it is too long for one."""
    raw = one_line(html.unescape(text) if "&" in text else text)
    return raw if len(raw) <= _LONGEST else ""


def _fixed(text: str, now: datetime, zone: ZoneInfo) -> _Answer | None:
    if days := _days(text, now):
        return _with_clock(text, days, _stated_first(text, days), zone)
    return (
        _epoch(text, now, zone)
        or _alone(text, now, zone)
        or _back(text, now)
        or _yearless(text, now, zone)
        or _month_alone(text.strip(" .,()"), now)
    )


def _day(match: re.Match[str], now: datetime) -> _Day:
    parts = match.groupdict()
    year = int(parts["y"]) if len(parts["y"]) == 4 else 2000 + int(parts["y"])
    day = _possible(year, _month(parts), int(parts["d"]), now)
    return _Day(day, match.start(), match.end(), zone_of(parts.get("zone") or ""))


def _month(parts: dict[str, str | None]) -> int:
    return month_number(parts.get("m") or parts.get("vi") or parts.get("en") or "")


def _possible(year: int, month: int, day: int, now: datetime) -> date | None:
    if not FIRST_YEAR <= year <= now.year + 1:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(text: str, now: datetime) -> list[_Day]:
    """All days that the first pattern finds which finds any, in order."""
    for pattern in _FULL:
        if days := [_day(match, now) for match in pattern.finditer(text)]:
            return days
    return []


def _stated_first(text: str, days: list[_Day]) -> _Day | None:
    """The first day that is not the day of the last edit."""
    possible = [day for day in days if day.day]
    if len(possible) < 2:
        return possible[0] if possible else None
    bare = _without_clocks(text)
    return next((day for day in possible if not _EDITED.search(bare[: day.start])), possible[0])


def _without_clocks(text: str) -> str:
    for clock in clocks(text):
        text = text[: clock.start] + " " * (clock.end - clock.start) + text[clock.end :]
    return text


def _with_clock(text: str, days: list[_Day], chosen: _Day | None, zone: ZoneInfo) -> _Answer | None:
    """A day with the time that stands nearest to it, and to no other day nearer."""
    if chosen is None or chosen.day is None:
        return None
    without_days = text
    for day in days:
        without_days = without_days[: day.start] + "\0" * (day.end - day.start) + without_days[day.end :]
    near = min(clocks(without_days), key=lambda clock: _distance(clock, chosen), default=None)
    if near and any(_distance(near, day) < _distance(near, chosen) for day in days):
        near = None
    return _answer(chosen.day, near, zone, chosen.zone)


def _distance(clock: Clock, day: _Day) -> int:
    return clock.start - day.end if clock.start >= day.end else day.start - clock.end


def _answer(day: date, clock: Clock | None, zone: ZoneInfo, stated: tzinfo | None = None) -> _Answer:
    if clock is None:
        return day.isoformat(), "day"
    return _minute(datetime.combine(day, clock.time, clock.zone or stated or zone).astimezone(zone))


def _minute(moment: datetime) -> _Answer:
    return moment.isoformat(timespec="seconds"), "minute"


def _epoch(text: str, now: datetime, zone: ZoneInfo) -> _Answer | None:
    if not (match := _EPOCH.fullmatch(text)):
        return None
    moment = datetime.fromtimestamp(int(match["seconds"]), UTC).astimezone(zone)
    return _minute(moment) if FIRST_YEAR <= moment.year <= now.year + 1 else None


def _alone(text: str, now: datetime, zone: ZoneInfo) -> _Answer | None:
    """Forms that might be anything inside a longer text: `20180305`, `26 05 2025`."""
    for pattern in _ALONE:
        if (match := pattern.fullmatch(text)) and (day := _day(match, now).day):
            digits = match.groupdict().get("clock") or ""
            clock = clocks(f"{digits[:2]}:{digits[2:4]}:{digits[4:]}") if digits else []
            return _answer(day, clock[0] if clock else None, zone)
    return None


def _back(text: str, now: datetime) -> _Answer | None:
    found = relative(text, now)
    return found if found and int(found[0][:4]) >= FIRST_YEAR else None


def _yearless(text: str, now: datetime, zone: ZoneInfo) -> _Answer | None:
    """`Ngày 16/5` or `14:30 16/5`: the last such day before the page was fetched; `24/7` is a promise."""
    match = _YEARLESS.search(text)
    if not match or not is_stamp_words(text[: match.start()] + " " + text[match.end() :]):
        return None
    clock = next(iter(clocks(text)), None)
    if not _YEARLESS_SIGN.search(text) and (clock is None or match[0] == "24/7"):
        return None
    days = (_possible(year, int(match["m"]), int(match["d"]), now) for year in (now.year, now.year - 1))
    day = next((day for day in days if day and day <= now.date()), None)
    return _answer(day, clock, zone) if day else None


def _month_alone(text: str, now: datetime) -> _Answer | None:
    for pattern in _MONTH_ALONE:
        if match := pattern.fullmatch(text):
            month = _possible(int(match["y"]), _month(match.groupdict()), 1, now)
            return (month.isoformat()[:7], "month") if month else None
    if len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= now.year + 1:
        return text, "year"
    return None


def _by_dateparser(raw: str, folded: str, now: datetime, zone: ZoneInfo) -> _Answer | None:
    """What no pattern knows, if it names its year: of less the library makes moments near now (`8h`, `10 phút`)."""
    if len(raw) > 60 or not _WHOLE_YEAR.search(raw) or _RISKY.search(folded):
        return None
    import dateparser  # slow to import, and rarely needed

    moment = dateparser.parse(
        raw,
        languages=["vi", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": True,
            "TIMEZONE": str(zone),
        },
    )
    if moment is None or not FIRST_YEAR <= moment.year <= now.year + 1:
        return None
    return _minute(moment.astimezone(zone)) if clocks(fold(raw)) else (moment.date().isoformat(), "day")
