"""Which elements of a page hold one comment each, and which of them answers which."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawler.reading.generic.clutter import link_share
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.labels import MAX_LABEL, label_kind
from newscrawler.reading.page.lines import strings
from newscrawler.reading.page.selectors import select_all
from newscrawler.reading.page.tree import SILENT_TAGS
from newscrawler.text import one_line

MOST_ELEMENTS = 10_000
"""Elements of one page that are looked at as comments."""

_WORD = r"(?:comments?|cmt|binh-?luan|y-?kien|phan-?hoi)"
_ITEM = re.compile(
    r"(?:(?:li|item|single|row|sub|child|reply)-?)*(?:comment|cmt|binh-?luan|y-?kien|phan-?hoi)"
    r"(?:-?(?:item|row|li|entry|node|single|parent|child|reply|thread))*(?:-?\d+)?"
    r"|(?:reply|answer)-?item|item-?(?:reply|answer)"
)
_LIST = re.compile(
    rf"(?:(?:list|ul|ol|items?)-?)+{_WORD}|{_WORD}(?:-?(?:lists?|listing|items|content-?list))+"
    r"|(?:list-?)?(?:replies|answers|children)|repl(?:y|ies)-?list|list-?reply|(?:sub|child)-?comments?|sub-?cmt"
)
_ITEM_ID = re.compile(r"(?:li-|item-)?(?:comment|cmt|cid|c)(?:-item)?-?\d+")
_SCHEMA = re.compile(r"schema\.org/(?:User)?Comments?$")
_LISTED = ("li", "article", "div", "tr", "dd")
_LEVEL = re.compile(r"(?:depth|level|lv|cap)-?(\d{1,2})")
_LOWER = re.compile(
    r"(?:reply|child|sub|answer|tra-?loi)(?:-?(?:comment|cmt|item|binh-?luan))?|(?:comment|cmt)-?(?:reply|child|sub)"
)
_PARENT = ("data-parent", "data-parent-id", "data-parentid", "data-reply-to", "data-replyto", "data-parent-comment")
_NUMBER = re.compile(r"\d{1,12}")
_NONE_OF_IT = re.compile(r"form|input|editor|respond|login|count|total|button|btn")
_BOXES_ABOVE_LABEL = 4
_ENDS = ("h1", "h2", "h3", "h4", "footer", "nav")
_MOST_LINKED = 0.3
"""Share of the letters of a list of comments that links may have."""


def comment_elements(tree: HtmlElement, layout: Layout, *, marked: bool = True) -> list[HtmlElement]:
    """Elements that may hold one comment each, in the order of the page, outer ones before those inside them.

    :param marked: whether any class, id or type of the page may be a comment's; else only labels are looked for.
    """
    if layout.comments:
        chosen = set(select_all(tree, layout.comments))
        return [element for element in tree.iter() if element in chosen][:MOST_ELEMENTS] if chosen else []
    return (marked_comments(tree) if marked else []) or _labelled(tree)


def level_of(element: HtmlElement) -> int:
    """How deep a comment says that it stands, from 1; 2 for what is called a reply."""
    tokens = _tokens(element.get("class"))
    stated = next((int(match[1]) for token in tokens if (match := _LEVEL.fullmatch(token))), 0)
    return stated or (2 if any(_LOWER.fullmatch(token) for token in tokens) else 1)


def own_number(element: HtmlElement) -> str:
    """The number by which others may name a comment, or nothing."""
    stated = element.get("data-id") or element.get("data-comment-id") or element.get("id") or ""
    match = _NUMBER.search(stated[-40:])
    return match.group() if match else ""


def parent_number(element: HtmlElement) -> str:
    """The number of the comment that this one says it answers, or nothing."""
    stated = next((value for name in _PARENT if (value := element.get(name))), "")
    match = _NUMBER.search(stated[-40:])
    return match.group() if match and match.group().strip("0") else ""


def marked_comments(tree: HtmlElement) -> list[HtmlElement]:
    """What classes, ids or schema.org's types mark, in one walk over the page."""
    found: dict[HtmlElement, None] = {}
    for element in tree.iter():
        if len(found) >= MOST_ELEMENTS:
            break
        attributes = element.attrib
        if not attributes or element.tag in SILENT_TAGS:
            continue
        kind = _kind(attributes.get("class", ""), attributes.get("id", ""))
        if (kind == "item" and not _same_within(element, found)) or _SCHEMA.search(attributes.get("itemtype", "")):
            found[element] = None
        elif kind == "list":
            found.update(dict.fromkeys(child for child in element if child.tag in _LISTED and _may_be(child)))
    return _in_order(found, tree)


def _same_within(element: HtmlElement, found: dict[HtmlElement, None]) -> bool:
    """Whether a box inside a comment only bears its number once more, as WordPress's `div` in its `li` does."""
    number = own_number(element)
    return bool(number) and any(
        one in found and own_number(one) == number for one in islice(element.iterancestors(), 3)
    )


def _in_order(found: dict[HtmlElement, None], tree: HtmlElement) -> list[HtmlElement]:
    """A list names its children before the walk comes to them and to what stands in them."""
    if len(found) < 2:
        return list(found)
    return [element for element in tree.iter() if element in found]


def _may_be(element: HtmlElement) -> bool:
    return not any(_NONE_OF_IT.search(token) for token in _tokens(element.get("class")))


@lru_cache(maxsize=4096)
def _kind(classes: str, identity: str) -> str:
    """`item`, `list` or nothing, by what an element is called."""
    tokens = _tokens(classes)
    if any(_LIST.fullmatch(token) for token in tokens) or any(_LIST.fullmatch(token) for token in _tokens(identity)):
        return "list"
    if any(_NONE_OF_IT.search(token) for token in tokens):
        return ""
    if any(_ITEM.fullmatch(token) for token in tokens) or any(_ITEM_ID.fullmatch(one) for one in _tokens(identity)):
        return "item"
    return ""


@lru_cache(maxsize=4096)
def _tokens(classes: str | None) -> tuple[str, ...]:
    """Names in small letters, parted by hyphens alone.

    >>> _tokens("Comment_Item commentItem even")
    ('comment-item', 'comment-item', 'even')
    """
    if not classes:
        return ()
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", classes[:400])
    return tuple(re.sub(r"[_-]+", "-", token.lower()).strip("-") for token in parted.split())


def _labelled(tree: HtmlElement) -> list[HtmlElement]:
    """The entries of a list under a label such as `Ý kiến bạn đọc`, whatever their classes are."""
    for element in tree.iter("h2", "h3", "h4", "h5", "strong", "b", "span", "div", "p", "td", "legend"):
        text = element.text or ""
        is_label = 0 < len(text) <= MAX_LABEL * 2 and label_kind(one_line(text)) == "comments"
        if is_label and (entries := _entries_below(element)):
            return entries
    return []


def _entries_below(label: HtmlElement) -> list[HtmlElement]:
    """The entries of the first list that follows a label in the boxes around it; not past the next label, and no
    list of links."""
    box = label
    for _level in range(_BOXES_ABOVE_LABEL):
        for follower in box.itersiblings():
            if not isinstance(follower.tag, str) or follower.tag in _ENDS or _begins_with_label(follower):
                return []
            entries = [child for child in follower if child.tag in _LISTED and _may_be(child)]
            if entries:
                return [] if link_share(follower) > _MOST_LINKED else entries[:MOST_ELEMENTS]
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return []
        box = parent
    return []


def _begins_with_label(element: HtmlElement) -> bool:
    first = next((line for _inside, text in strings(element) if (line := one_line(text))), "")
    return label_kind(first[: MAX_LABEL + 1]) is not None
