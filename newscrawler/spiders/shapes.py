"""What addresses look like: the family one belongs to, and what makes it look like a trap. Pure; nothing is fetched."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from newscrawler.sites.uniform import without_session

__all__ = ["family", "oddity", "without_session"]

LONGEST = 2_000
"""Characters of an address; servers and browsers stop at about as many."""
MOST_SEGMENTS = 20
"""Parts of a path (Heritrix's TooManyPathSegments has the same)."""
MOST_REPEATS = 2
"""How often one part may stand in a path (facts: reliability §2, row 68)."""
MOST_PARAMETERS = 12

_NUMBER = re.compile(r"\d+")
_MIXED = re.compile(r"(?=[^/]*\d)(?=[^/]*[a-z])[0-9a-z_-]{16,}", re.IGNORECASE)
"""A part that is neither word nor number, such as a session or a hash."""


def oddity(url: str) -> str | None:
    """What makes an address look like a trap: `too-long`, `too-deep`, `repeats`, `too-many-parameters`; or None.

    >>> oddity("http://a.vn/x/y/x/y/x/y"), oddity("http://a.vn/2018/5/5/5")
    ('repeats', None)
    """
    if len(url) > LONGEST:
        return "too-long"
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MOST_SEGMENTS:
        return "too-deep"
    words = Counter(segment.lower() for segment in segments if not segment.isdigit())
    if words and max(words.values()) > MOST_REPEATS:
        return "repeats"
    return "too-many-parameters" if parts.query.count("&") >= MOST_PARAMETERS else None


def family(url: str) -> str:
    """The form that an address shares with others of its kind: numbers as #, long mixtures of both as *, parameters by
    their names in order.

    >>> family("http://www.a.vn/lich/2026-11/tuan3?ngay=5&thang=11")
    'a.vn/lich/#-#/tuan#?ngay&thang'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = "/".join("*" if _MIXED.fullmatch(part) else _NUMBER.sub("#", part.lower()) for part in parts.path.split("/"))
    names = sorted({name.lower() for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{host}{path}{'?' + '&'.join(names) if names else ''}"
