"""What a reader sees of dates and author around the headline of a page of an unknown site.

Traps: the clock in a page's header shows today, related and hot lists show the dates of others (facts, sites §3).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawler.items import Dated
from newscrawler.reading.clutter import is_clutter, is_menu
from newscrawler.reading.foreign_addresses import TITLE, is_article_address
from newscrawler.reading.labels import label_kind
from newscrawler.reading.lines import Line, classes, headline_index, lines, text_of, up
from newscrawler.reading.no_dates import is_no_stamp
from newscrawler.reading.stamps import parse_edit, parse_stamp
from newscrawler.text import fold, one_line

_BEFORE, _AFTER = 6, 14
"""Lines around the headline in which the date is looked for."""
_PARAGRAPH = 200
_TEASER = 700
"""Letters of the largest box that shows another article and its date."""
_MOST_ELEMENTS, _MOST_LINKS = 300, 30
_LONGEST_STAMP = 120
_WORDS_ALONE = 60
_DIGIT = re.compile(r"\d")
_SHAPE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}"
    r"|\d{1,2}\s+(?:thang|th|thg)\W{0,2}\w+(?: (?:mot|hai))?\W+(?:nam\s+)?\d{4}|thang \d{1,2} \d{1,2},? \d{4}"
    r"|\d+ ?(?:giay|phut|gio|ngay|tuan|thang|nam|h|p|') truoc\b|\bhom (?:qua|nay|kia)\b|\bvua xong\b"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat) tuan (?:truoc|qua)\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
_STAMP_WORDS = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)|ngay|luc|gio|phut|cap nhat|dang|dang tai|xuat ban|gui luc|thoi gian|gmt|utc|am"
    r"|pm|sa|ch|h|g|sang|chieu|toi|trua|dem|khuya|sua|cuoi|lan|posted|published|updated|on|at|last|ict)\b"
)
_DATE_CLASS = re.compile(r"date|time|publish|ngay|posted|entry-meta|post-meta|article-meta|meta-info", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(r"author|tac-?gia|byline|nguoi-?viet|but-?danh", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tác giả|bài viết|người viết|bởi|by|author)\s*[:\-]?\s+", re.IGNORECASE)
_MORE = re.compile(r"\d{2,}|https?:|@|và \d+ tác giả|theo dõi|bài viết|xem thêm|follow", re.IGNORECASE)
_SPLIT_DATE = re.compile(
    r"(\d{1,2})(?: ?[/.-] ?| )(?:(?:tháng|thg|th)\W{0,2})?(\d{1,2})(?: ?[,/.-] ?| )((?:19|20)\d\d)", re.IGNORECASE
)
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
    page = lines(tree)
    head = headline_index(tree, page)
    if head is None:
        return VisibleDates()
    end = next((i for i in range(head + 1, len(page)) if _ends(page[i])), len(page))
    end += end < len(page) and len(page[end].text) > _PARAGRAPH
    after = range(head + 1, min(head + 1 + _AFTER, end))
    before = [i for i in range(head - 1, max(head - 1 - _BEFORE, -1), -1) if _together(page[i], page[head])]
    found = [
        (stamp, parse_edit(stamp.raw, fetched_at=fetched_at, source="page"))
        for i in (*after, *before)
        if (stamp := _stamp(page, i, fetched_at)) and not _of_another(page, i, page[head], url)
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


def _ends(line: Line) -> bool:
    """Whether a line is the article's text, or the label of a block; a section may bear the same name, as a link."""
    if len(line.text) > _PARAGRAPH:
        return True
    label = label_kind(line.text)
    return label is not None and label != "end" and not any(_link(one) is not None for one in line.elements)


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
    # Decomposed letters take up to three characters; without digits only short words such as `hôm qua` remain.
    if len(text) > (3 * _LONGEST_STAMP if _DIGIT.search(text) else _WORDS_ALONE):
        return False
    folded = fold(text)
    if len(folded) > _LONGEST_STAMP or not _SHAPE.search(folded) or is_no_stamp(folded):
        return False
    rest = re.sub(r"\d+h\d*|\d+g\d*", " ", _SHAPE.sub(" ", folded))
    return len(re.findall(r"[^\W\d_]+", _STAMP_WORDS.sub(" ", rest))) <= other_words


def _together(line: Line, headline: Line) -> bool:
    """Whether a line before the headline belongs to the article: both stand in one box that is not the page."""
    boxes = set(up(headline.block, 3))
    shared = next((one for one in up(line.block, 6) if one in boxes), None)
    return shared is not None and shared.tag not in ("html", "body", "header") and not _elsewhere(line.block)


def _elsewhere(element: HtmlElement) -> bool:
    """Whether an element is, or stands in, a menu, a related list, a comment or the page's header."""
    for one in (element, *element.iterancestors()):
        if is_menu(one):
            return True
        listed = one.tag in ("header", "li") and one.find(".//a") is not None
        clutter = one.tag != "header" and is_clutter(one) and not _of_author(one)
        if (listed or clutter) and one.find(".//h1") is None:
            return True
    return False


def _of_author(element: HtmlElement) -> bool:
    return _AUTHOR_CLASS.search(classes(element)) is not None


def _of_another(page: list[Line], index: int, headline: Line, url: str) -> bool:
    """Whether a stamp stands by a link to another article: right behind it, or with it in a box of its own."""
    line, before = page[index], page[index - 1] if index else headline
    beside = before is not headline and before.block.getparent() is line.block.getparent()
    if beside and all(_leads_away(_link(one), url) for one in before.elements):
        return True
    above = {headline.block, *headline.block.iterancestors()}
    for box in up(line.block, 4):
        if box in above or not _is_short(box):
            return False
        if any(_leads_away(link, url) for link in islice(box.iter("a"), _MOST_LINKS)):
            return True
    return False


def _is_short(box: HtmlElement) -> bool:
    """Whether an element may show one teaser and no more; of a large one only the beginning is looked at."""
    letters = count = 0
    for one in islice(box.iter(), _MOST_ELEMENTS + 1):
        letters += len((one.text or "").strip()) + len((one.tail or "").strip())
        count += 1
    return letters <= _TEASER and count <= _MOST_ELEMENTS


def _link(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in up(element, 4) if one.tag == "a"), None)


def _leads_away(link: HtmlElement | None, url: str) -> bool:
    """Whether a link names another article; where the page's own address is not known, by a long text and a number."""
    href = (link.get("href") or "").partition("#")[0] if link is not None else ""
    if link is None or not href or href == url:
        return False
    title = text_of(link)
    if not url:
        return len(title) >= TITLE and any(char.isdecimal() for char in href)
    return is_article_address(href, url, title)


def _stamp(page: list[Line], index: int, fetched_at: datetime) -> Dated | None:
    line = page[index]
    if _elsewhere(line.block):
        return None
    text, moment = line.text, _moment(line, fetched_at)
    named = any(one.tag == "time" or _DATE_CLASS.search(classes(one)) for one in (*line.elements, *up(line.block, 1)))
    if is_stamp_line(text, 6 if named else 4 if "-" in text or "|" in text else 1):
        seen = parse_stamp(text, fetched_at=fetched_at, source="page")
        return moment if seen and moment and moment.value.startswith(seen.value) else seen
    return _split(page, index, fetched_at) or moment


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
    marks = (f"{classes(one)} {one.get('itemtype', '')}" for one in element.iterancestors())
    return any(re.search(r"comment|binh-?luan|relate", mark, re.IGNORECASE) for mark in marks)
