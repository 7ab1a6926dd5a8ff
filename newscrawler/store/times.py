"""Times as the tables write them: UTC, ISO 8601, ended by Z, so that their order is that of the texts."""

from __future__ import annotations

import re
from datetime import datetime

_WRITTEN = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")


def is_time(stamp: object) -> bool:
    """Whether it is one; a database that others have changed may hold anything in its place.

    >>> is_time("2026-01-02T03:04:05.000000Z"), is_time("2026-13-02T03:04:05Z"), is_time("2026-01-02T03:04:05+07:00")
    (True, False, False)
    """
    if not isinstance(stamp, str) or not _WRITTEN.fullmatch(stamp):
        return False
    try:
        return bool(datetime.fromisoformat(stamp))
    except ValueError:
        return False
