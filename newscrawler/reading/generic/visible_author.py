"""The author whom a class names behind the headline of a page of an unknown site."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawler.reading.generic.clutter import is_menu
from newscrawler.reading.page.lines import classes, headline_index, lines, text_of, up
from newscrawler.text import one_line

_AUTHOR_CLASS = re.compile(r"author|tac-?gia|byline|nguoi-?viet|but-?danh", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tác giả|bài viết|người viết|bởi|by|author)\s*[:\-]?\s+", re.IGNORECASE)
_MORE = re.compile(r"\d{2,}|https?:|@|và \d+ tác giả|theo dõi|bài viết|xem thêm|follow", re.IGNORECASE)


def visible_byline(tree: HtmlElement) -> str | None:
    """The author whom a class (author, tacgia, byline) names behind the headline, in the page's words, or None."""
    page = lines(tree)
    head = headline_index(tree, page)
    for line in page[head + 1 :] if head is not None else ():
        for element in line.elements:
            if name := _name(element):
                return name
    return None


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
    return element.get("rel") == "author" or element.get("itemprop") == "author" or of_author(element)


def _in_comments(element: HtmlElement) -> bool:
    marks = (f"{classes(one)} {one.get('itemtype', '')}" for one in element.iterancestors())
    return any(re.search(r"comment|binh-?luan|relate", mark, re.IGNORECASE) for mark in marks)


def of_author(element: HtmlElement) -> bool:
    """Whether an element's class speaks of an author."""
    return _AUTHOR_CLASS.search(classes(element)) is not None
