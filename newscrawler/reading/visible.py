"""What a reader sees of date and author around the headline of a page of an unknown site.

Traps: the clock in a page's header shows today, related and hot lists show the dates of others (facts, sites §3).
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from newscrawler.items import Dated
from newscrawler.reading.clutter import is_clutter, is_menu
from newscrawler.reading.lines import Line, classes, headline_index, lines, text_of, up
from newscrawler.reading.stamps import parse_stamp
from newscrawler.text import fold, one_line

_BEFORE, _AFTER = 6, 14
"""Lines around the headline in which the date is looked for."""
_PARAGRAPH = 200
_SHAPE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}"
    r"|\d{1,2}\s+(?:thang|th|thg)\W{0,2}\w+(?: (?:mot|hai))?\W+(?:nam\s+)?\d{4}|thang \d{1,2} \d{1,2},? \d{4}"
    r"|\d+ (?:phut|gio|ngay|tuan) truoc|\bhom (?:qua|nay)\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
_STAMP_WORDS = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)|ngay|luc|gio|phut|cap nhat|dang|dang tai|xuat ban|gui luc|thoi gian|gmt|utc|am"
    r"|pm|sa|ch|h|g|sang|chieu|toi|trua|cuoi|lan|posted|published|updated|on|at|last|ict)\b"
)
_DATE_CLASS = re.compile(r"date|time|publish|ngay|posted|entry-meta|post-meta|article-meta|meta-info", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(r"author|tac-?gia|byline|nguoi-?viet|but-?danh", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tác giả|bài viết|người viết|bởi|by|author)\s*[:\-]?\s+", re.IGNORECASE)
_MORE = re.compile(r"\d{2,}|https?:|@|và \d+ tác giả|theo dõi|bài viết|xem thêm|follow", re.IGNORECASE)
_SPLIT_DATE = re.compile(r"\d{1,2} \d{1,2} (?:19|20)\d\d")


def visible_date(tree: HtmlElement, fetched_at: datetime) -> Dated | None:
    """The stamp that a page shows by its headline, source `page`; None rather than one that may be another article's.

    Looked for behind the headline up to the first long paragraph, then close before it in the same box.
    """
    page = lines(tree)
    head = headline_index(tree, page)
    if head is None:
        return None
    end = next((i for i in range(head + 1, len(page)) if len(page[i].text) > _PARAGRAPH), len(page))
    after = range(head + 1, min(head + 1 + _AFTER, end + 1, len(page)))
    before = [i for i in range(head - 1, max(head - 1 - _BEFORE, -1), -1) if _together(page[i], page[head])]
    for i in (*after, *before):
        if found := _stamp(page, i, fetched_at):
            return found
    return None


def visible_byline(tree: HtmlElement) -> str | None:
    """The author whom a class (author, tacgia, byline) names behind the headline, in the page's words, or None."""
    page = lines(tree)
    head = headline_index(tree, page)
    for line in page[head + 1 :] if head is not None else ():
        for element in line.elements:
            if name := _name(element):
                return name
    return None


def is_stamp_line(text: str, other_words: int = 0) -> bool:
    """Whether a line is a date and nothing else but `other_words` words.

    >>> is_stamp_line("Thứ bảy, 07/03/2026 - 08:07"), is_stamp_line("Giá vàng ngày 7/3/2026")
    (True, False)
    """
    folded = fold(text)
    if len(folded) > 120 or not _SHAPE.search(folded):
        return False
    rest = re.sub(r"\d+h\d*|\d+g\d*", " ", _SHAPE.sub(" ", folded))
    return len(re.findall(r"[^\W\d_]+", _STAMP_WORDS.sub(" ", rest))) <= other_words


def _together(line: Line, headline: Line) -> bool:
    """Whether a line before the headline belongs to the article: both stand in one box that is not the page."""
    boxes = set(up(headline.block, 3))
    shared = next((one for one in up(line.block, 6) if one in boxes), None)
    return shared is not None and shared.tag not in ("html", "body", "header") and not _elsewhere(line.block)


def _elsewhere(element: HtmlElement) -> bool:
    """Whether an element stands in a menu, a related list or the page's header."""
    for one in element.iterancestors():
        if is_menu(one):
            return True
        listed = one.tag in ("header", "li") and one.find(".//a") is not None
        clutter = one.tag != "header" and is_clutter(one) and not _of_author(one)
        if (listed or clutter) and one.find(".//h1") is None:
            return True
    return False


def _of_author(element: HtmlElement) -> bool:
    return _AUTHOR_CLASS.search(classes(element)) is not None


def _stamp(page: list[Line], index: int, fetched_at: datetime) -> Dated | None:
    line = page[index]
    if _elsewhere(line.block):
        return None
    text, moment = line.text, _moment(line, fetched_at)
    named = any(one.tag == "time" or _DATE_CLASS.search(classes(one)) for one in (*line.elements, *up(line.block, 1)))
    if is_stamp_line(text, 6 if named else 4 if "-" in text or "|" in text else 1):
        seen = parse_stamp(text, fetched_at=fetched_at, source="page")
        return moment if seen and moment and moment.value.startswith(seen.value) else seen
    split = " ".join(part.text for part in page[index : index + 3])
    if _SPLIT_DATE.fullmatch(split):
        return parse_stamp(split, fetched_at=fetched_at, source="page")
    return moment


def _moment(line: Line, fetched_at: datetime) -> Dated | None:
    """What a `time` element of the line says in its attribute."""
    said = next((one.get("datetime") for one in line.elements if one.tag == "time" and one.get("datetime")), None)
    return parse_stamp(said, fetched_at=fetched_at, source="page") if said else None


def _name(element: HtmlElement) -> str | None:
    """The name in an element that is marked as the author's, if it reads like one."""
    marked = next((one for one in up(element, 2) if _is_author(one)), None)
    if marked is None or any(is_menu(one) for one in element.iterancestors()) or _in_comments(element):
        return None
    for text in (text_of(marked), text_of(element)):
        name = one_line(_LABEL.sub("", text)).strip(" -|,")
        if 2 <= len(name) <= 60 and len(name.split()) <= 8 and not _MORE.search(name) and name[0].isalpha():
            return name
    return None


def _is_author(element: HtmlElement) -> bool:
    return element.get("rel") == "author" or element.get("itemprop") == "author" or _of_author(element)


def _in_comments(element: HtmlElement) -> bool:
    return any(re.search(r"comment|binh-?luan|relate", classes(one), re.IGNORECASE) for one in element.iterancestors())
