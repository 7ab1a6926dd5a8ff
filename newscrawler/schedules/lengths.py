"""Lengths of time as people write them in a schedule."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "day": 86400, "week": 7 * 86400}
_PART = rf"(\d{{1,5}})\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})s?"
_WRITTEN = re.compile(rf"\s*{_PART}(?:\s+{_PART})?\s*", re.IGNORECASE)
HOW = "write a length of time as “30 min”, “2 h”, “1 h 30 min”, “3 days” or “1 week”"


def length(text: str) -> timedelta:
    """A length of time.

    :raises ValueError: if it is not written as one or two numbers with units.

    >>> length("2 h"), length("1 h 30 min"), length("3 days")
    (datetime.timedelta(seconds=7200), datetime.timedelta(seconds=5400), datetime.timedelta(days=3))
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(HOW)
    pairs = ((match[1], match[2]), (match[3], match[4]))
    return timedelta(seconds=sum(int(number) * _UNITS[unit.lower()] for number, unit in pairs if number))


def written(span: timedelta) -> str:
    """A length of time in its two largest units, rounded down.

    >>> written(timedelta(hours=50)), written(timedelta(minutes=90)), written(timedelta(seconds=4))
    ('2 days 2 h', '1 h 30 min', '4 s')
    """
    left, parts = int(span.total_seconds()), list[str]()
    for name, unit in (("day", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        number, left = divmod(left, unit)
        if number:
            parts.append(f"{number} {name}{'s' if name == 'day' and number > 1 else ''}")
    return " ".join(parts[:2]) or "0 s"
