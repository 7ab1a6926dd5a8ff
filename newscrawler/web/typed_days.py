"""Dates as people type them into a form: a year, a month or a day, in Vietnamese or in ISO order."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")


def typed_day(text: str) -> str | None:
    """The date as `2018`, `2018-05` or `2018-05-16`; None where there is no such date.

    >>> typed_day("16/5/2018"), typed_day("5/2018"), typed_day("2018"), typed_day("2018-5"), typed_day("30/2/2018")
    ('2018-05-16', '2018-05', '2018', '2018-05', None)
    """
    year, month, day = _parts("".join(text.split()))
    try:
        date(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def is_before(until: str, since: str) -> bool:
    """Whether a span ends before it begins; dates known less exactly overlap.

    >>> is_before("2017", "2018-05"), is_before("2018", "2018-05")
    (True, False)
    """
    shorter = min(len(until), len(since))
    return until[:shorter] < since[:shorter]


def _parts(text: str) -> tuple[str, str, str]:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups(default="")
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups(default="")
    else:
        return "", "", ""
    return year, month, day
