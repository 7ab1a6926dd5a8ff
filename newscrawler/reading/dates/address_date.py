"""The day that an article's own address tells.

It is the day on which the item was begun, which may be days before the day that the page shows (facts: sites §2,
thanhnien.vn): good for a doubt, never for an answer.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newscrawler.items import Claim
from newscrawler.reading.dates.stamps import FIRST_YEAR

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # tuoitre.vn, dantri.com.vn: 20260307075519174; thanhnien.vn, baochinhphu.vn: 185251220151245903
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{9}(?!\d)",
        r"(?<!\d)[1-9]\d\d(?P<y>[0-4]\d)(?P<m>\d\d)(?P<d>\d\d)(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}(?!\d)",
        r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)(?!\d)",
    )
)


def address_date(url: str, fetched_at: datetime) -> Claim | None:
    """The day in an address as a claim on `published`, or None.

    >>> address_date("https://b.vn/tin-185251220151245903.htm", datetime(2026, 3, 8)).value
    '2025-12-20'
    """
    for form in _FORMS:
        for match in form.finditer(url[:2_000]):
            if day := _day(match, fetched_at.date()):
                raw = match[0].strip("/")
                return Claim(
                    field="published", value=day.isoformat(), source="address", where=raw, raw=raw, precision="day"
                )
    return None


def _day(match: re.Match[str], today: date) -> date | None:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    try:
        day = date(year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return day if year >= FIRST_YEAR and day <= today + timedelta(days=1) else None
