"""Comments that stand in a page: by the layout's places, by schema.org's marks, by the classes of the usual systems,
under a label such as `Ý kiến bạn đọc`, and in JSON-LD where none of these shows one.

Systems looked at: WordPress (`li.comment` in `ol.comment-list`), NukeViet (`li` in `ul.comment-list`, text before the
name), the papers' own (`comment-item` with author, time and text); labels: facts, sites §2.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import takewhile
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawler.items import Comment
from newscrawler.reading.comments.parts import Said, said_in
from newscrawler.reading.comments.places import (
    comment_elements,
    level_of,
    marked_comments,
    own_number,
    parent_number,
)
from newscrawler.reading.comments.stated import stated_comments
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.lines import text_of

MAX_COMMENTS = 2_000
"""More are not kept of one page."""
_MOST_CUT = 200
"""Comments inside a body by which their boxes are told."""
_WORDS_ON_COMMENTS = 120
"""Letters of a label, a prompt and buttons."""
_SIGNS = (
    *("omment", "cmt", "Cmt", "CMT", "inh-luan", "inhluan", "inhLuan", "inh_luan", "hanhoi", "hanHoi", "han-hoi"),
    *("han_hoi", "ykien", "yKien", "YKien", "y-kien", "y_kien"),
)
_CLASSES, _IDS, _TYPES = (
    XPath(f"descendant-or-self::*/@{name}", smart_strings=False) for name in ("class", "id", "itemtype")
)
_IN_TEXT = ("Ý kiến", "Ý KIẾN", "ý kiến", "hản hồi", "HẢN HỒI", "ình luận", "ình Luận", "ÌNH LUẬN", "omment")
"""Words of labels, and of JSON-LD."""


def _may_be_marked(element: HtmlElement) -> bool:
    """Whether a class, id or type in an element has such a word; costs next to nothing."""
    names = " ".join(cast("list[str]", [*_CLASSES(element), *_IDS(element), *_TYPES(element)]))  # type: ignore[misc]
    return any(sign in names for sign in _SIGNS)


def read_comments(
    tree: HtmlElement, layout: Layout, fetched_at: datetime, html: str | None = None
) -> tuple[Comment, ...]:
    """The comments of a page in its order, replies with the position of what they answer.

    :param tree: the page around the body; it is not changed.
    :param fetched_at: when the page looked so (aware): “2 giờ trước” counts from there.
    :param html: source of the tree, where it is at hand; a page without any word of comments is then not walked.
    :returns: at most `MAX_COMMENTS`; forms, prompts to log in and templates are none.
    """
    marked = bool(layout.comments) or _may_be_marked(tree)
    if not marked and html is not None and not any(sign in html for sign in _IN_TEXT):
        return ()
    elements = comment_elements(tree, layout, marked=marked)
    inner = frozenset(elements)
    found: list[tuple[HtmlElement, Said]] = []
    for element in elements:
        said = said_in(element, inner, fetched_at, layout.zone)
        if said.text and (layout.comments or said.author or said.published):
            found.append((element, said))
            if len(found) == MAX_COMMENTS:
                break
    if not found:
        return stated_comments(tree, fetched_at, layout.zone, MAX_COMMENTS)
    return _numbered(found)


def commented_parts(body: HtmlElement, layout: Layout, fetched_at: datetime) -> list[HtmlElement]:
    """What in an article's element are readers' comments by their marks: the boxes that hold nothing but comments and a
    few words on them, or single comments. Under a label alone they stay: an article may have such a heading.
    """
    if not _may_be_marked(body):
        return []
    elements = marked_comments(body)
    inner = frozenset(elements)
    said = ((one, said_in(one, inner, fetched_at, layout.zone)) for one in elements[:_MOST_CUT])
    found = {one for one, what in said if one is not body and what.text and (what.author or what.published)}
    outer = [one for one in found if found.isdisjoint(one.iterancestors())]
    said_by: Counter[HtmlElement] = Counter()
    for one in outer:
        letters = len(text_of(one))
        for above in takewhile(lambda above: above is not body, one.iterancestors()):
            said_by[above] += letters
    boxes = {one for one, letters in said_by.items() if len(text_of(one)) - letters <= _WORDS_ON_COMMENTS}
    return [one for one in (*outer, *boxes) if boxes.isdisjoint(one.iterancestors())]


def _numbered(found: list[tuple[HtmlElement, Said]]) -> tuple[Comment, ...]:
    position_of = {element: position for position, (element, _said) in enumerate(found, start=1)}
    by_number: dict[str, int] = {}
    by_level: dict[int, int] = {}
    comments = []
    for position, (element, said) in enumerate(found, start=1):
        level = level_of(element)
        above = next((position_of[one] for one in element.iterancestors() if one in position_of), None)
        named = by_number.get(parent_number(element))
        flat = max((by_level[low] for low in by_level if low < level), default=None)
        comments.append(
            Comment(
                position=position,
                text=said.text,
                author=said.author,
                published=said.published,
                published_raw=said.published_raw,
                reply_to=above or named or flat,
            )
        )
        by_level = {low: at for low, at in by_level.items() if low < level} | {level: position}
        if number := own_number(element):
            by_number.setdefault(number, position)
    return tuple(comments)
