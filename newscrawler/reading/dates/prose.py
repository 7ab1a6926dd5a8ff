"""The day of an event as the first paragraphs of an article tell it, for sites that print no date.

Forms, and dates that lie (anniversaries, laws, slips of the pen): facts, sites §1.2. Doubt gives no day, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newscrawler.reading.dates.months import month_number
from newscrawler.reading.dates.stamps import FIRST_YEAR, VIETNAM
from newscrawler.text import fold, one_line

_PARAGRAPHS = 3
_LEDE = 1500
"""Characters of a paragraph that are looked at; a longer one is a body without paragraphs, and tells its news first."""

_WORD_MONTH = "một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai))?"
_NUMBER = r"\d{1,2}(?!\d)"
_YEAR = r"(?:\d{4}|\d{2})(?![\d:]|h\b)"
_LINK = r"(?:\s*,\s*|\s*(?:và|&|đến|tới|-|–|—)\s*(?:hết\s+)?(?:ngày\s+)?)"
_FIRST = rf"(?P<d1>{_NUMBER})(?:[/.-](?P<m1>{_NUMBER})(?:[/.-](?P<y1>\d{{4}}))?)?"
_NUMERIC = rf"(?P<d>{_NUMBER})(?P<sep>[/.-])(?P<m>{_NUMBER})(?:(?P=sep)(?P<y>{_YEAR})|\s+năm\s+(?P<y_after>\d{{4}}))?"
_SPELLED = rf"(?P<dw>{_NUMBER})\s+tháng\s+(?P<mw>{_NUMBER}|{_WORD_MONTH})(?:\s*(?:,|năm|/|-)\s*(?P<yw>\d{{4}}))?"
_DATE = re.compile(
    rf"(?<![\d/.,:+hgv-])(?:{_FIRST}(?:{_LINK}{_NUMBER}){{0,3}}?{_LINK})?(?:{_NUMERIC}|{_SPELLED})(?![/-]?\w|[.,]\d|\s*%)(?P<past>\s+vừa\s+qua)?",
    re.IGNORECASE,
)
_PART = r"rạng\s+sáng|sáng\s+sớm|sáng|trưa|chiều|tối|đêm|khuya"
_LEAD = re.compile(
    rf"(?:(?<!\w)(?:vào|lúc|khoảng|từ|trong|các|những|hai|ba|bốn|\d{{1,2}}(?=\s+ngày)|{_PART}|và|nay|qua|hôm|ngày"
    r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{1,2})?(?:\s*phút)?)[\s,(]*)+$",
    re.IGNORECASE,
)
_HOUR_OF_DAY = re.compile(rf"(?<!\w)(?:{_PART}|lúc|vào)(?!\w)", re.IGNORECASE)
_HAPPENS = re.compile(r"(?:diễn ra|tổ chức|khai mạc|bế mạc|khởi động|ra quân)\s*$", re.IGNORECASE)
_NAMES_A_DAY = re.compile(r"(?<!\w)(?:ngày|hôm|thứ|chủ nhật|từ)(?!\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;:.!?()]*$")
_OTHER_DAY = re.compile(
    r"(?<!\w)(?:kỷ niệm|kỉ niệm|chào mừng|mừng|nhân|dịp|hướng (?:đến|tới|về)|thành lập|truyền thống|sinh|ban hành"
    r"|tính đến|đến|trước|sau|hạn|số|nghị quyết|quyết định|kế hoạch|công văn|thông tư|chỉ thị|nghị định|luật|kết luận"
    r"|hướng dẫn|thông báo|phiên bản|chương trình số|đề án)(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:số|phiếu|triệu|tỷ|tỉ|đồng|người|giờ|phút)\b", re.IGNORECASE)
_HISTORY = re.compile(r"\s*[-–—]\s*\d{1,2}[/.-]\d{1,2}[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Event:
    """A day as the article tells it."""

    value: str | None
    """`2018-05-16`, or None where the year cannot be known."""
    raw: str
    """The words as printed, such as `chiều ngày 16/5/2018`."""
    several: bool = False
    """Whether `value` is the first of several days, as of `từ 18/8 đến 21/8/2011`: then it dates no publication."""


def prose_date(
    paragraphs: Sequence[str], *, fetched_at: datetime, year_hint: tuple[int, int | None] | None
) -> Event | None:
    """The day of the event from the lede and at most two paragraphs after it; of several days the first.

    `year_hint` is year and month (if known) of the images or of the publication: it lends its year to a date that has
    none and lies within a month of it, and a date a year or more away from it is doubted (value None).
    """
    for paragraph in paragraphs[:_PARAGRAPHS]:
        if found := list(_told(one_line(paragraph)[:_LEDE], fetched_at, year_hint)):
            return max(found, key=lambda pair: pair[0])[1]
    return None


def yearless_day(raw: str) -> tuple[int, int] | None:
    """Day and month of an event that is told without its year, by the words of `Event.raw`; None of several days.

    >>> yearless_day("Sáng 26/7"), yearless_day("ngày 5 tháng Sáu"), yearless_day("Sáng 26/7/2018")
    ((26, 7), (5, 6), None)
    """
    match = _DATE.search(raw)
    if match is None or match["d1"] or match["y"] or match["y_after"] or match["yw"]:
        return None
    return int(match["d"] or match["dw"]), month_number(fold(match["m"] or match["mw"]))


def _told(text: str, fetched_at: datetime, hint: tuple[int, int | None] | None) -> Iterator[tuple[int, Event]]:
    """Strength and event of each date that may be the event's; `max` takes the first of the strongest."""
    past = -1
    for match in _DATE.finditer(text):
        if match.start() < past:
            continue
        if ends := _history_end(text, match):
            past = ends
            continue
        lead, strength = _lead(text, match)
        if strength and not _COUNTED.match(text, match.end()):
            raw = text[lead : match.end()].strip(" ,(")
            if event := _event(match, raw + ")" * ("(" in raw), strength, fetched_at, hint):
                yield strength, event


def _history_end(text: str, match: re.Match[str]) -> int:
    """Where a range over years ends, such as `26/3/1931 – 26/3/2011`; 0 if there is none."""
    if match["y1"] and match["y"] and int(match["y"]) - int(match["y1"]) > 1:
        return match.end()
    after = _HISTORY.match(text, match.end()) if match["y"] else None
    return after.end() if after and int(after[1]) - _whole_year(match["y"]) > 1 else 0


def _lead(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the words that announce the date begin, and how surely they announce an event; 0 refuses it."""
    head = text[max(0, match.start() - 80) : match.start()]
    found = _LEAD.search(head)
    lead = found[0] if found else ""
    before = head[: len(head) - len(lead)]
    start = match.start() - len(lead)
    if _HOUR_OF_DAY.search(lead) or _HAPPENS.search(before):
        return start, 3
    clause = _CLAUSE.search(before)
    if _OTHER_DAY.search(clause[0] if clause else ""):
        return start, 0
    if _NAMES_A_DAY.search(lead) or match["past"] or match["dw"]:
        return start, 2
    return start, 1 if match["y"] and len(match["y"]) == 4 else 0


def _event(
    match: re.Match[str], raw: str, strength: int, fetched_at: datetime, hint: tuple[int, int | None] | None
) -> Event | None:
    """The event of one match; None where its date cannot be or lies after `fetched_at`."""
    last_month = month_number(fold(match["m"] or match["mw"]))
    year_words = match["y"] or match["y_after"] or match["yw"]
    year = _whole_year(year_words) if year_words else _year_from(hint, last_month)
    day, month = int(match["d1"] or match["d"] or match["dw"]), int(match["m1"] or last_month)
    if year is not None and match["d1"] and month > last_month:
        year -= 1  # from 28/12 to 02/01/2017
    today, several = fetched_at.astimezone(VIETNAM).date(), match["d1"] is not None
    if year is None:
        return Event(None, raw, several) if strength > 1 and _date(2000, month, day) else None
    found = _date(int(match["y1"] or year), month, day)
    if found is None or found > today or found.year < FIRST_YEAR:
        return None
    return Event(None if _doubtful(found, hint) else found.isoformat(), raw, several)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _year_from(hint: tuple[int, int | None] | None, month: int) -> int | None:
    """The year that puts `month` at most one month away from the hint's."""
    if hint is None:
        return None
    year, near = hint
    if near is None or abs(near - month) <= 1:
        return year
    return {11: year - 1, -11: year + 1}.get(month - near)


def _doubtful(found: date, hint: tuple[int, int | None] | None) -> bool:
    """`11/09/2015` beside images of 2016/9 is a slip of the pen, a day of 2009 beside images of 2017 not the event."""
    if hint is None:
        return False
    if hint[1] is None:
        return abs(found.year - hint[0]) > 1
    return abs((found.year - hint[0]) * 12 + found.month - hint[1]) >= 12
