"""The date that a page prints between its headline and its body."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawler.items import Dated
from newscrawler.reading.dates import parse_stamp
from newscrawler.reading.layout import Layout
from newscrawler.reading.order import ReadingOrder
from newscrawler.text import same_words

MAX_LINE = 80
_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng", re.IGNORECASE)


def stamp_before_body(order: ReadingOrder, title: str | None, layout: Layout, fetched_at: datetime) -> Dated | None:
    """The date of a line between the headline and the nested body, or None.

    Nowhere else: portals print today's date above their menus, and other articles' dates in their blocks.
    """
    if title is None or order.marker is None:
        return None
    before = [text for start, _end, text in order.lines if start < order.marker]
    headline = next((i for i in reversed(range(len(before))) if same_words(before[i], title)), None)
    if headline is None:
        return None
    for line in before[headline + 1 :]:
        if len(line) <= MAX_LINE and _DATE.search(line):
            return parse_stamp(line, fetched_at=fetched_at, zone=layout.zone, source="page")
    return None
