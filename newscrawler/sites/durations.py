"""Lengths of time as people write them."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60, "month": 30 * 24 * 60, "year": 365 * 24 * 60}
"""In minutes; a month has 30 days here, and a year 365."""
_WRITTEN = re.compile(rf"\s*(\d{{1,5}})\s*({'|'.join(_UNITS)})s?\s*", re.IGNORECASE)


def duration(text: str) -> timedelta:
    """A length of time.

    :raises ValueError: if it is not written as a number and a unit.

    >>> duration("2 days"), duration("1 hour")
    (datetime.timedelta(days=2), datetime.timedelta(seconds=3600))
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError("a length of time is written as “2 days”, “6 hours”, “30 minutes” or “1 year”")
    return timedelta(minutes=int(match[1]) * _UNITS[match[2].lower()])
