"""Which of the lines that could be a page's headline is it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from lxml.html import HtmlElement

from newscrawler.items import Metadata
from newscrawler.reading.entry_texts import is_noise
from newscrawler.reading.layout import Layout
from newscrawler.reading.order import Piece, ReadingOrder
from newscrawler.reading.selectors import text_at
from newscrawler.text import fold, one_line, same_words

_NEAR = 4
"""A headline that no tag and no name tells stands within so many lines above the body."""
_LEAST, _MOST = 20, 300
LONGEST_TITLE = 1_000
"""Characters of a page's title that are looked at; it is compared with every line."""
_PORTAL = re.compile(
    r"^(?:(?:trang|cong) (?:thong )?tin(?: dien tu)?|trang (?:chu|web)|website|home(?:page)?|tin tuc|news|index"
    r"|chi tiet(?: (?:tin|bai)(?: (?:tuc|viet))?)?|untitled.*)(?: cua)?\b"
)
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
) -> str | None:
    """The headline of an article page, or None.

    The layout's own place first; then a heading or line that the page's title or metadata confirms; then the title
    without the site's name; then the last heading before the body; then the last line before it.

    :param own_url: address of the page, as the links to it have it.
    :param body: the nested document; many repeat the headline as their first line.
    """
    if found := text_at(tree, layout.title):
        return found
    title = layout.strip_site_name(page_title(tree))
    stated = layout.strip_site_name(metadata.title or "")
    lines = _lines_before_body(order, layout, own_url)
    headings = [text for start, text in lines if _is_heading(order.pieces[start])]
    for heading in headings:
        if same_words(heading, title) or same_words(heading, stated) or _after_site_name(title, heading, layout):
            return heading
    confirmed = [text for text in headings if _contains(title, text)]
    if not confirmed and order.marker is not None:
        confirmed = [text for _start, text in lines if _contains(title, text)]
    if confirmed:
        return max(confirmed, key=len)
    named = next((text for text in (stated, title) if text and not _names_site(text, layout.site_names)), None)
    if named or order.marker is None:
        return named or (headings[-1] if headings else None)
    return _unnamed(headings, [text for _start, text in lines], body)


def _unnamed(headings: list[str], lines: list[str], body: str) -> str | None:
    """The headline of a page whose title says nothing: the line that the body begins with, else the last heading
    before the body, else, if the body has no headline of its own, the last line that could be one."""
    beginning = fold(one_line(unescape(_TAG.sub(" ", _HEAD.sub("", body[:_BEGINNING])))))
    for text in reversed(lines):
        if len(text) >= _LEAST and beginning.startswith(fold(text)):
            return text
    if headings:
        return headings[-1]
    near = [text for text in lines[-_NEAR:] if _LEAST <= len(text) <= _MOST]
    return near[-1] if near and not _OWN_HEADLINE.search(body[:_BEGINNING]) else None


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
