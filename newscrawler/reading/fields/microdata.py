"""Microdata: what `itemprop` marks say of a page's own article.

Only statements of the article's own scope: a list of other articles marks each of them likewise, and persons, pictures
and comments within have scopes of their own. NukeViet's `datePublished` holds the time of the last edit (facts: news
§4): such dates stand behind all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawler.reading.fields.jsonld import plain
from newscrawler.reading.page.selectors import is_short, matching, shown

PROPERTIES = frozenset(
    "headline datePublished dateModified author articleSection description keywords inLanguage".split()
)
MOST_MARKS = 2_000
"""Marks of one page that are looked at."""
_MOST_SCOPES = 100
_MOST_LETTERS = 10_000
_HIGHEST = 200
"""Levels above a mark at which its scope is looked for."""
_ARTICLE = re.compile(r"(?:Article|BlogPosting)\s*$")
_MARKS = XPath("descendant-or-self::*[@itemprop]")
_SCOPES = XPath("descendant-or-self::*[@itemscope]")
_LISTS = frozenset({"li", "aside", "nav", "ul", "ol"})

Mark = tuple[str, str]
"""(property, value)."""


def microdata(tree: HtmlElement) -> list[Mark]:
    """What the marks of the page's own article state, in order; at most the first `MOST_MARKS` marks are looked at.

    Marks outside all scopes that are `meta` elements of the head are the page's, too (seen on vnexpress.net).
    """
    marks = matching(_MARKS, tree, MOST_MARKS)
    if not marks:
        return []
    own = _own_scope(matching(_SCOPES, tree, _MOST_SCOPES))
    return list(_stated(marks, own))


def _stated(marks: list[HtmlElement], own: HtmlElement | None) -> Iterator[Mark]:
    for mark in marks:
        names = PROPERTIES.intersection((mark.get("itemprop") or "").split())
        if not names:
            continue
        scope = _scope_of(mark)
        loose = scope is None and mark.tag == "meta"
        if loose or (own is not None and scope is own):
            value = _name_in(mark) if mark.get("itemscope") is not None else _value(mark)
            if value:
                yield from ((name, value) for name in names)


def _own_scope(scopes: list[HtmlElement]) -> HtmlElement | None:
    """The scope of the page's article: the one with the headline; of those without, only one that is alone."""
    articles = [scope for scope in scopes if _ARTICLE.search(scope.get("itemtype") or "")]
    headed = [scope for scope in articles if scope.find(".//h1") is not None]
    if headed:
        return headed[-1]  # the innermost: a page may be an article's scope around another
    free = [scope for scope in articles if not any(one.tag in _LISTS for one in _above(scope))]
    return free[0] if len(free) == 1 and free[0].tag not in _LISTS else None


def _above(element: HtmlElement) -> Iterator[HtmlElement]:
    for level, one in enumerate(element.iterancestors()):
        if level == _HIGHEST:
            return
        yield one


def _scope_of(mark: HtmlElement) -> HtmlElement | None:
    return next((one for one in _above(mark) if one.get("itemscope") is not None), None)


def _name_in(mark: HtmlElement) -> str:
    """The name of a person or body that is a scope of its own."""
    for one in matching(_MARKS, mark, 20)[1:]:
        if "name" in (one.get("itemprop") or "").split():
            return _value(one)
    return ""


def _value(mark: HtmlElement) -> str:
    stated = mark.get("content") or mark.get("datetime")
    if stated:
        return plain(stated[:_MOST_LETTERS])
    return shown(mark) if is_short(mark, _MOST_LETTERS) else ""
