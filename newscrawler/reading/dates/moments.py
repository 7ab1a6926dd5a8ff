"""Points in time as sitemaps and feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_W3C = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def moment_of(text: str) -> datetime | None:
    """A date of W3C form (`2018`, `2018-05`, `2018-05-16`, `2018-05-16T14:30:00+07:00`) or of mail (RFC 822) as the UTC
    moment at which it begins; None of anything else. Without a zone it is taken for UTC.

    >>> moment_of("2018-05-16T14:30:00+07:00").isoformat()
    '2018-05-16T07:30:00+00:00'
    >>> moment_of("Wed, 16 May 2018 14:30:00 +0700").isoformat()
    '2018-05-16T07:30:00+00:00'
    >>> moment_of("hôm qua") is None
    True
    """
    text = text.strip()
    try:
        if match := _W3C.match(text):
            return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
        moment = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
