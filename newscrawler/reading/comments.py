"""Comments that stand in a page: by the layout's places, by schema.org's marks, by the classes of the usual systems,
under a label such as `Ý kiến bạn đọc`, and in JSON-LD where none of these shows one.

Systems looked at: WordPress (`li.comment` in `ol.comment-list`), NukeViet (`li` in `ul.comment-list`, text before the
name), the papers' own (`comment-item` with author, time and text); labels: facts, sites §2.
"""

from __future__ import annotations

from datetime import datetime

from lxml.html import HtmlElement

from newscrawler.items import Comment
from newscrawler.reading.comment_parts import Said, said_in
from newscrawler.reading.comment_places import comment_elements, level_of, own_number, parent_number
from newscrawler.reading.comments_stated import stated_comments
from newscrawler.reading.layout import Layout

MAX_COMMENTS = 2_000
"""More are not kept of one page."""

__all__ = ["MAX_COMMENTS", "comment_elements", "may_hold_comments", "read_comments"]

_SIGNS = ("omment", "cmt", "Cmt", "CMT", "inh-luan", "inhluan", "inhLuan", "inh_luan")
_MORE_SIGNS = ("hanhoi", "hanHoi", "han-hoi", "han_hoi", "ykien", "yKien", "YKien", "y-kien", "luận", "LUẬN")
_LABEL_SIGNS = ("Ý kiến", "Ý KIẾN", "ý kiến", "hản hồi", "HẢN HỒI")


def may_hold_comments(html: str) -> bool:
    """Whether a page's source has a word that comments are marked by; costs next to nothing."""
    return any(sign in html for sign in (*_SIGNS, *_MORE_SIGNS, *_LABEL_SIGNS))


def read_comments(
    tree: HtmlElement, layout: Layout, fetched_at: datetime, html: str | None = None
) -> tuple[Comment, ...]:
    """The comments of a page in its order, replies with the position of what they answer.

    :param tree: the page around the body; it is not changed.
    :param fetched_at: when the page looked so (aware): “2 giờ trước” counts from there.
    :param html: source of the tree, where it is at hand; a page without any word of comments is then not walked.
    :returns: at most `MAX_COMMENTS`; forms, prompts to log in and templates are none.
    """
    if html is not None and not layout.comments and not may_hold_comments(html):
        return ()
    elements = comment_elements(tree, layout)
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
