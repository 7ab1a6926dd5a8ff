"""What a reader sees of dates around the headline of a page of an unknown site.

Traps: the clock in a page's header shows today, related and hot lists show the dates of others (facts, sites §3).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawler.items import Dated
from newscrawler.reading.dates.stamps import parse_edit, parse_stamp
from newscrawler.reading.generic.beside import elsewhere, link_of, of_another, together
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.page.labels import label_kind
from newscrawler.reading.page.lines import Line, classes, headline_index, lines, text_of, up

_BEFORE, _AFTER = 6, 14
"""Lines around the headline in which the date is looked for."""
_PARAGRAPH = 200
_DATE_CLASS = re.compile(r"date|time|publish|ngay|posted|entry-meta|post-meta|article-meta|meta-info", re.IGNORECASE)
_SPLIT_DATE = re.compile(
    r"(\d{1,2})(?: ?[/.-] ?| )(?:(?:tháng|thg|th)\W{0,2})?(\d{1,2})(?: ?[,/.-] ?| )((?:19|20)\d\d)", re.IGNORECASE
)
_ASIDE = frozenset({"span", "i", "em", "small", "font"})
_FRAMES = frozenset({"td", "div", "section", "article"})
_PART = 12
"""Letters of the longest part of a date whose day, month and year stand on lines of their own."""


class VisibleDates(NamedTuple):
    """What a page shows by its headline."""

    published: Dated | None = None
    modified: Dated | None = None
    """Only where it is told from the other one."""


def visible_date(tree: HtmlElement, fetched_at: datetime, url: str = "") -> Dated | None:
    """The stamp of publication that a page shows by its headline; see `visible_dates`."""
    return visible_dates(tree, fetched_at, url).published


def visible_dates(tree: HtmlElement, fetched_at: datetime, url: str = "") -> VisibleDates:
    """The stamps that a page shows by its headline, source `page`; None rather than one that may be another article's.

    Looked for behind the headline up to the first long paragraph or the label of a block, then close before it in the
    same box. A stamp that says `Cập nhật` is the publication's only where there is no other.

    :param url: address of the page, by which links to other articles are told.
    """
    page = lines(tree, parted=True)
    head = headline_index(tree, page)
    if head is None:
        return VisibleDates()
    long = _paragraphs(page, page[head].block)
    end = next((i for i in range(head + 1, len(page)) if page[i].block in long or _ends(page[i])), len(page))
    end += end < len(page) and len(page[end].text) > _PARAGRAPH
    after = range(head + 1, min(head + 1 + _AFTER, end))
    before = [i for i in range(head - 1, max(head - 1 - _BEFORE, -1), -1) if together(page[i], page[head])]
    found = [
        (stamp, parse_edit(stamp.raw, fetched_at=fetched_at, source="page"))
        for i in (*after, *before)
        if (stamp := _stamp(page, i, fetched_at)) and not of_another(page, i, page[head], url)
    ]
    return told_apart(found)


def told_apart(found: list[tuple[Dated, Dated | None]]) -> VisibleDates:
    """Of stamps, each with the edit that it marks (`parse_edit`): the first that is more than an edit, and the first
    edit; an edit alone stands for the publication."""
    plain = next((stamp for stamp, edit in found if edit is None or edit.value != stamp.value), None)
    edited = next((edit for _stamp, edit in found if edit is not None), None)
    if plain is None:
        return VisibleDates(edited)
    return VisibleDates(plain, edited)


def _paragraphs(page: list[Line], headline: HtmlElement) -> set[HtmlElement]:
    """Blocks whose lines, parted by breaks, make a long text; one that holds the headline is a frame."""
    letters: Counter[HtmlElement] = Counter()
    for line in page:
        letters[line.block] += len(line.text)
    frames = {headline, *headline.iterancestors()}
    return {block for block, count in letters.items() if count > _PARAGRAPH and block not in frames}


def _ends(line: Line) -> bool:
    """Whether a line is the article's text, or the label of a block; a section may bear the same name, as a link."""
    if len(line.text) > _PARAGRAPH:
        return True
    label = label_kind(line.text)
    return label is not None and label != "end" and not any(link_of(one) is not None for one in line.elements)


def _stamp(page: list[Line], index: int, fetched_at: datetime) -> Dated | None:
    line = page[index]
    if elsewhere(line.block):
        return None
    text, moment = line.text, _moment(line, fetched_at)
    named = any(one.tag == "time" or _DATE_CLASS.search(classes(one)) for one in (*line.elements, *up(line.block, 1)))
    if is_stamp_line(text, 6 if named else 4 if "-" in text or "|" in text else 1):
        seen = parse_stamp(text, fetched_at=fetched_at, source="page")
        return moment if seen and moment and moment.value.startswith(seen.value) else seen
    return _split(page, index, fetched_at) or moment or _opening(line, fetched_at)


def _split(page: list[Line], index: int, fetched_at: datetime) -> Dated | None:
    """A date whose day, month and year, and maybe the strokes between them, stand on lines of their own."""
    if not page[index].text[0].isdecimal() or len(page[index].text) > _PART:
        return None
    for count in (2, 3, 5):
        parts = [line.text for line in page[index : index + count]]
        whole = " ".join(parts)
        if len(parts) == count and max(map(len, parts)) <= _PART and (match := _SPLIT_DATE.fullmatch(whole)):
            found = parse_stamp("/".join(match.groups()), fetched_at=fetched_at, source="page")
            return replace(found, raw=whole) if found else None
    return None


def _opening(line: Line, fetched_at: datetime) -> Dated | None:
    """A stamp in an element of its own, behind which the text goes on in the same line."""
    first = line.elements[0]
    if first is line.block or first.tag not in _ASIDE or line.block.tag not in _FRAMES:
        return None
    text = text_of(first)
    return parse_stamp(text, fetched_at=fetched_at, source="page") if is_stamp_line(text) else None


def _moment(line: Line, fetched_at: datetime) -> Dated | None:
    """What a `time` element of the line says in its attribute."""
    said = next((one.get("datetime") for one in line.elements if one.tag == "time" and one.get("datetime")), None)
    return parse_stamp(said, fetched_at=fetched_at, source="page") if said else None
