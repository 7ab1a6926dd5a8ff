"""Which of the lines that could be a page's headline is it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from newscrawler.items import Claim, Metadata
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.order import Piece, ReadingOrder
from newscrawler.reading.page.selectors import found_by, place_name, shown
from newscrawler.reading.sections.entry_texts import is_noise
from newscrawler.text import fold, one_line, same_words

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEAR = 4
"""A headline that no tag and no name tells stands within so many lines above the body."""
_LEAST, _MOST = 20, 300
LONGEST_TITLE = 1_000
"""Characters of a page's title that are looked at; it is compared with every line."""
_PORTAL = re.compile(
    r"^(?:(?:trang|cong) (?:thong )?tin(?: dien tu)?|trang (?:chu|web)|website|home(?:page)?|tin tuc|news|index"
    r"|chi tiet(?: (?:tin|bai)(?: (?:tuc|viet))?)?|untitled.*)(?: cua)?\b"
)
_SITE_WIDE = re.compile(r"(?:trang|cong) (?:thong )?tin\b|trang chu\b|website\b")
"""How a title begins that stands on every page of a site, whatever the site is called."""
_BEGINNING = 3000
_HEAD = re.compile(r"^.*?(?:</head>|<body\b[^>]*>)|<!--.*?-->|<style\b.*?</style>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_OWN_HEADLINE = re.compile(r"(?:align\s*[=:]\s*[\"']?center|<center)[^.]{0,120}?<(?:b|strong)\b", re.IGNORECASE)
_TITLE_NAME = re.compile(r"title|headline|tieu-?_?de|tieude", re.IGNORECASE)


def page_title(tree: HtmlElement) -> str:
    """The first `title` element that has text, on one line."""
    for element in tree.iter("title"):
        if text := one_line("".join(element.itertext())[:LONGEST_TITLE]):
            return text
    return ""


def find_headline(
    tree: HtmlElement, order: ReadingOrder, layout: Layout, metadata: Metadata, own_url: str = "", body: str = ""
) -> Claim | None:
    """The headline of an article page with the place that it was read at, or None.

    The layout's own place first; then a heading or line that the page's title or metadata confirms; then the title
    without the site's name; then the last heading before the body; then the last line before it.

    :param own_url: address of the page, as the links to it have it.
    :param body: the nested document; many repeat the headline as their first line.
    """
    for selector, element in found_by(tree, layout.title):
        if text := shown(element):
            return Claim(field="title", value=text, source="selector", where=selector)
    title = layout.strip_site_name(page_title(tree))
    stated = layout.strip_site_name(metadata.title or "")
    lines = _lines_before_body(order, layout, own_url)
    headings = [(start, text) for start, text in lines if _is_heading(order.pieces[start])]
    for start, heading in headings:
        if same_words(heading, title) or same_words(heading, stated) or _after_site_name(title, heading, layout):
            return _seen(order, start, heading)
    confirmed = [one for one in headings if _contains(title, one[1])]
    if not confirmed and order.marker is not None:
        confirmed = [one for one in lines if _contains(title, one[1])]
    if confirmed:
        return _seen(order, *max(confirmed, key=lambda one: len(one[1])))
    if stated and not _names_site(stated, layout.site_names):
        return _stated(stated, metadata)
    named = [one for one in headings if len(one[1]) >= _LEAST]
    if order.marker is None and named and _SITE_WIDE.match(fold(title)):
        return _seen(order, *named[0])
    if title and not _names_site(title, layout.site_names):
        return Claim(field="title", value=title, source="meta", where="title")
    if order.marker is None:
        return _seen(order, *(named or headings[::-1])[0]) if headings else None
    return _unnamed(order, headings, lines, body)


def _seen(order: ReadingOrder, start: int, text: str) -> Claim:
    """A line of the page as its headline."""
    element = order.pieces[start].element
    around = [element, *islice(element.iterancestors(), 3)]
    place = next((one for one in around if one.tag in _HEADINGS), element)
    return Claim(field="title", value=text, source="heuristic", where=place_name(place))


def _stated(title: str, metadata: Metadata) -> Claim:
    said = (one for one in metadata.claims if one.field == "title" and one.value == metadata.title)
    found = next(said, None)
    return Claim(
        field="title", value=title, source=found.source if found else "meta", where=found.where if found else ""
    )


def _unnamed(
    order: ReadingOrder, headings: list[tuple[int, str]], lines: list[tuple[int, str]], body: str
) -> Claim | None:
    """The headline of a page whose title says nothing: the line that the body begins with, else the last heading
    before the body, else, if the body has no headline of its own, the last line that could be one."""
    beginning = fold(one_line(unescape(_TAG.sub(" ", _HEAD.sub("", body[:_BEGINNING])))))
    for start, text in reversed(lines):
        if len(text) >= _LEAST and beginning.startswith(fold(text)):
            return _seen(order, start, text)
    if headings:
        return _seen(order, *headings[-1])
    near = [one for one in lines[-_NEAR:] if _LEAST <= len(one[1]) <= _MOST]
    return _seen(order, *near[-1]) if near and not _OWN_HEADLINE.search(body[:_BEGINNING]) else None


@lru_cache(maxsize=4096)
def _names_site(text: str, site_names: tuple[str, ...]) -> bool:
    """Whether a text is only the name of a site or of one of its pages."""
    bare = _PORTAL.sub("", fold(text)).strip(" -|:")
    return not bare or any(same_words(bare, name) for name in site_names)


def _lines_before_body(order: ReadingOrder, layout: Layout, own_url: str) -> list[tuple[int, str]]:
    """(first piece, text) of lines before the body that lead nowhere else, less dates and the site's own name."""
    end = len(order.pieces) if order.marker is None else order.marker
    return [
        (start, text)
        for start, _stop, text in order.lines
        if start < end
        and order.pieces[start].href in (None, "", own_url)
        and not order.pieces[start].aside
        and not is_noise(text)
        and not _names_site(text, layout.site_names)
    ]


def _is_heading(piece: Piece) -> bool:
    """A heading by its tag, or by what its element or the one around it is called."""
    parent = piece.element.getparent()
    elements = [piece.element] if parent is None else [piece.element, parent]
    return piece.heading or any(_TITLE_NAME.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in elements)


def _after_site_name(title: str, heading: str, layout: Layout) -> bool:
    """Whether a title is the site's name with the heading behind it, as on list pages."""
    return title.endswith(heading) and any(same_words(title, f"{name} {heading}") for name in layout.site_names)


def _contains(title: str, heading: str) -> bool:
    """Whether a title is the heading with something before or behind it, such as a site's unknown name."""
    return len(heading) >= 15 and fold(heading) in fold(title)
