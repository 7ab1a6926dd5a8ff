"""The dates that a page prints between its headline and its nested body."""

from __future__ import annotations

from datetime import datetime

from newscrawler.reading.dates.published import parse_stamp
from newscrawler.reading.dates.stamps import parse_edit
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.generic.visible import VisibleDates, told_apart
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.foreign_addresses import TITLE
from newscrawler.reading.page.order import ReadingOrder
from newscrawler.text import same_words

MAX_LINE = 80
_OTHER_WORDS = 6
"""A line of date, section, author and counts has a few; a sentence that tells a date has more."""


def stamps_before_body(order: ReadingOrder, title: str | None, layout: Layout, fetched_at: datetime) -> VisibleDates:
    """The dates of the lines between the headline and the nested body.

    Nowhere else: portals print today's date above their menus, and other articles' dates in their blocks. A line by a
    link of many words is another article's.
    """
    if title is None or order.marker is None:
        return VisibleDates()
    before = [line for line in order.lines if line[0] < order.marker]
    headline = next((i for i in reversed(range(len(before))) if same_words(before[i][2], title)), None)
    if headline is None:
        return VisibleDates()
    found = []
    was_link = False
    for start, end, text in before[headline + 1 :]:
        is_link = any(piece.href and len(piece.text) >= TITLE for piece in order.pieces[start:end])
        if not (is_link or was_link) and len(text) <= MAX_LINE and is_stamp_line(text, _OTHER_WORDS):
            stamp = parse_stamp(text, fetched_at=fetched_at, zone=layout.zone, source="page")
            if stamp is not None:
                edit = parse_edit(text, fetched_at=fetched_at, zone=layout.zone, source="page")
                found.append((stamp, edit))
        was_link = is_link
    return told_apart(found)
