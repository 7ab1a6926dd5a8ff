"""Where the fields of articles stand: selectors that find one element on every page that was seen, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawler.items import Article
from newscrawler.reading.page import selectors
from newscrawler.reading.page.lines import text_of
from newscrawler.sites.drafts.evidence import SeenPage
from newscrawler.text import one_line, same_words

_NAME = re.compile(r"[A-Za-z][\w-]*")
_LONGEST = 300
"""Elements within which a short field is looked for have no more letters."""
_TITLES = ("h1", "h2", "h3")
_KEPT = 0.9


@dataclass(frozen=True, kw_only=True)
class Place:
    """A selector, and the number of pages on which it finds what it should."""

    field: str
    selector: str
    pages: int


def find_places(pages: tuple[SeenPage, ...]) -> tuple[Place, ...]:
    """The places of headline, lede, body, date and byline, as far as one selector finds each on all these pages."""
    found = (_place(field, find, pages) for field, find in _FINDERS.items()) if pages else ()
    return tuple(place for place in found if place is not None)


_Finder = Callable[[HtmlElement, Article], "HtmlElement | None"]


def _place(field: str, find: _Finder, pages: tuple[SeenPage, ...]) -> Place | None:
    wanted = [(page.tree, find(page.tree, page.article)) for page in pages if page.article is not None]
    known = [(tree, element) for tree, element in wanted if element is not None]
    if not known:
        return None
    for selector in _selectors(known[0][1]):
        if all(_finds(tree, selector, element) for tree, element in wanted):
            return Place(field=field, selector=selector, pages=len(known))
    return None


def _finds(tree: HtmlElement, selector: str, element: HtmlElement | None) -> bool:
    """Whether it finds this element and no other; where a page has not the field, whether it finds nothing."""
    found = selectors.select(tree, (selector,))
    return found == [element] if element is not None else not found


def _selectors(element: HtmlElement) -> Iterator[str]:
    """What may name an element: its id, a class, its tag beside a class above it."""
    own = element.get("id") or ""
    if _NAME.fullmatch(own) and not any(char.isdigit() for char in own):
        yield f"#{own}"
    names = [name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)]
    yield from (f"{element.tag}.{name}" for name in names)
    if element.tag in ("h1", "time", "article"):
        yield str(element.tag)
    for above in list(element.iterancestors())[:3]:
        for name in (above.get("class") or "").split():
            if _NAME.fullmatch(name):
                yield from (f".{name} {element.tag}{inner}" for inner in ["", *(f".{each}" for each in names)])


def _title(tree: HtmlElement, article: Article) -> HtmlElement | None:
    found = [one for one in tree.iter(*_TITLES) if article.title and same_words(text_of(one), article.title)]
    return found[0] if len(found) == 1 else None


def _short(text: str | None, tree: HtmlElement) -> HtmlElement | None:
    """The innermost element that holds a short text and next to nothing else, if there is only one."""
    wanted = one_line(text or "")
    if not wanted:
        return None
    longest = max(len(wanted) * 2, len(wanted) + 30)
    found = [
        one
        for one in tree.iter("p", "div", "span", "time", "li", "h2", "h3", "h4", "strong", "em", "b", "i", "a", "td")
        if len(one) < 20 and wanted in (shown := selectors.shown(one)) and len(shown) <= longest
    ]
    inner = [one for one in found if not any(other is not one and one in other.iterancestors() for other in found)]
    return inner[0] if len(inner) == 1 else None


def _summary(tree: HtmlElement, article: Article) -> HtmlElement | None:
    element = _short(article.summary, tree)
    return None if element is None or element.tag in _TITLES else element


def _published(tree: HtmlElement, article: Article) -> HtmlElement | None:
    return _short(article.published_raw, tree) if article.published_source == "page" else _stated(tree)


def _stated(tree: HtmlElement) -> HtmlElement | None:
    """Where the page states its date in its metadata, a lone `time` shows it too."""
    found = [one for one in tree.iter("time") if text_of(one)]
    return found[0] if len(found) == 1 else None


def _byline(tree: HtmlElement, article: Article) -> HtmlElement | None:
    return _short(article.byline, tree) if article.byline and len(article.byline) < _LONGEST else None


def _main(tree: HtmlElement, article: Article) -> HtmlElement | None:
    """The innermost element that holds nearly all paragraphs."""
    wanted = {one_line(text) for text in article.body_text.split("\n\n")}
    holders = [one for one in tree.iter("p", "div", "td", "li", "h2", "h3", "h4") if selectors.shown(one) in wanted]
    inner = [one for one in holders if not any(other.getparent() is one for other in holders)]
    if len(inner) < max(2, _KEPT * len(wanted)):
        return None
    for above in inner[0].iterancestors():
        inside = sum(above in one.iterancestors() for one in inner)
        if inside >= _KEPT * len(inner) and inside >= 2:
            return None if above.tag in ("body", "html") else above
    return None


_FINDERS: dict[str, _Finder] = {
    "title": _title,
    "summary": _summary,
    "main": _main,
    "published": _published,
    "byline": _byline,
}
