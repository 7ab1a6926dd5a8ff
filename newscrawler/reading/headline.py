"""Which of the lines that could be a page's headline is it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawler.items import Metadata
from newscrawler.reading.layout import Layout
from newscrawler.reading.order import Piece, ReadingOrder
from newscrawler.text import fold, one_line, same_words

_TITLE_NAME = re.compile(r"title|headline|tieu-?_?de|tieude", re.IGNORECASE)


def page_title(tree: HtmlElement) -> str:
    """The first `title` element that has text, on one line."""
    for element in tree.iter("title"):
        if text := one_line("".join(element.itertext())):
            return text
    return ""


def find_headline(tree: HtmlElement, order: ReadingOrder, layout: Layout, metadata: Metadata) -> str | None:
    """The headline of an article page, or None.

    The layout's own place first; then a heading that the page's title or metadata confirms; then the title without the
    site's name; then the last heading before the body.
    """
    if layout.title and (found := _by_xpath(tree, layout.title)):
        return found
    title = layout.strip_site_name(page_title(tree))
    stated = layout.strip_site_name(metadata.title or "")
    headings = _headings(order, layout)
    for heading in headings:
        if same_words(heading, title) or same_words(heading, stated) or _contains(title, heading):
            return heading
    return stated or title or (headings[-1] if headings else None)


def _by_xpath(tree: HtmlElement, xpath: str) -> str | None:
    found = tree.xpath(xpath)
    first = found[0] if isinstance(found, list) and found else None
    return one_line("".join(first.itertext())) or None if isinstance(first, HtmlElement) else None


def _headings(order: ReadingOrder, layout: Layout) -> list[str]:
    """Unlinked headings before the body, the site's own name left out."""
    end = len(order.pieces) if order.marker is None else order.marker
    names = {fold(name) for name in layout.site_names}
    return [
        text
        for start, _stop, text in order.lines
        if start < end
        and order.pieces[start].href is None
        and _is_heading(order.pieces[start])
        and fold(text) not in names
    ]


def _is_heading(piece: Piece) -> bool:
    """A heading by its tag, or by what its element or the one around it is called."""
    parent = piece.element.getparent()
    elements = [piece.element] if parent is None else [piece.element, parent]
    return piece.heading or any(_TITLE_NAME.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in elements)


def _contains(title: str, heading: str) -> bool:
    """Whether a title is the heading with something before or behind it, such as a site's unknown name."""
    return len(heading) >= 15 and fold(heading) in fold(title)
