"""Where the labelled parts of a page begin and end, in reading order."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from newscrawler.reading.layout import Layout
from newscrawler.reading.page.labels import MAX_LABEL, LabelKind
from newscrawler.reading.page.order import Piece, ReadingOrder
from newscrawler.reading.sections.arrow_lines import arrow_lines
from newscrawler.reading.sections.label_places import find_labels
from newscrawler.reading.sections.section import Section
from newscrawler.reading.sections.strips import panels_of
from newscrawler.text import fold, is_capitals

__all__ = ["MIN_TEXT", "Section", "find_sections"]

MIN_TEXT = 25
"""A shorter text without a link to an article is a menu word, not an entry."""
_MOST_LABELS = 100
"""Each costs a look at the whole page; no page has so many."""
_NEAR = 4
"""An entry begins within so many pieces of its label."""
_FOOTER = re.compile(
    r"^(?:©|copyright|ban quyen|giay phep|co quan chu quan|chiu trach nhiem|dia chi:|dien thoai:"
    r"|thiet ke boi|designed by|agile viet nam)",
    re.I,
)
_UNLINKED_FOOTER = re.compile(
    r"^(?:tru so|tong bien tap|truong ban bien tap|ban bien tap|e-?mail|dien thoai|dt|tel|fax|hotline|powered by"
    r"|phat trien boi|all rights reserved|so luot truy cap|tong (?:so )?luot truy cap|(?:dang )?(?:truc tuyen|online))"
    r"\b[^.]{0,40}(?::|$)"
)
_MAX_FOOTER_START = 60
_TEASER = 60
"""So long is a text without link that tells more than a title."""
_MAX_HEADING = 50
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "dt", "th", "caption"})
_LISTS = frozenset({"ul", "ol", "table", "tbody", "dl"})


def find_sections(order: ReadingOrder, layout: Layout, article_hrefs: frozenset[str]) -> list[Section]:
    """All labelled parts of a page, in reading order.

    A label counts only as the whole of a line, outside menus, with an entry close behind it (facts: sites §5.9).

    :param article_hrefs: links of the page known to lead to articles; entries with short texts are told by them. Where
        there are none, those that look so.
    """
    article_hrefs = article_hrefs or order.likely_articles
    labels = find_labels(order)[:_MOST_LABELS]
    stops = sorted({start for start, _end, _kind in labels} | _footer_starts(order, layout) | _marker(order))
    found: list[Section] = []
    strip: list[tuple[int, LabelKind]] = []
    for start, end, kind in labels:
        limit = next((stop for stop in stops if stop >= end), len(order.pieces))
        first = next(
            (i for i in range(end, min(limit, end + _NEAR)) if _is_entry(order.pieces[i], article_hrefs)), None
        )
        if first is None or _in_menu(order, start, article_hrefs):
            strip.append((start, kind))
            if kind in ("comments", "end"):
                found.append(Section(kind, end, end, start, order.pieces[start].element))
            continue
        strip.append((start, kind))
        if len(strip) > 1 and (parts := _strip_parts(order, strip, first)):
            found += parts
        else:
            container = _holding(order, order.pieces[start].element, first)
            stop = _section_end(order, order.pieces[start], container, end, first, limit, article_hrefs)
            found.append(Section(kind, end, stop, start, container))
        strip = []
    return found + arrow_lines(order, found, article_hrefs)


def _strip_parts(order: ReadingOrder, strip: list[tuple[int, LabelKind]], first: int) -> list[Section]:
    """The parts of labels side by side, with the entries of all below them."""
    for begin in range(len(strip) - 1):
        kinds = dict(strip[begin:])
        if panels := panels_of(order, list(kinds), first):
            return [Section(kinds[label], *order.spans[panel], label, panel) for label, panel in panels.items()]
    return []


def _marker(order: ReadingOrder) -> set[int]:
    return set() if order.marker is None else {order.marker}


def _footer_starts(order: ReadingOrder, layout: Layout) -> set[int]:
    return {
        start
        for start, _end, text in order.lines
        if _begins_footer(text[:_MAX_FOOTER_START], layout.end_lines, bool(order.pieces[start].href))
    }


@lru_cache(maxsize=8192)
def _begins_footer(text: str, end_lines: tuple[str, ...], linked: bool) -> bool:
    folded = fold(text)
    if any(folded.startswith(fold(end)) for end in end_lines) or _FOOTER.match(folded):
        return True
    return not linked and _UNLINKED_FOOTER.match(folded) is not None


def _is_entry(piece: Piece, article_hrefs: frozenset[str]) -> bool:
    if piece.aside:
        return False
    return len(piece.text.strip()) >= MIN_TEXT or piece.href in article_hrefs or bool(piece.image_url and piece.href)


def _in_menu(order: ReadingOrder, start: int, article_hrefs: frozenset[str]) -> bool:
    """Whether a label is one of at least three short links side by side."""
    label = order.pieces[start]
    if not label.href:
        return False
    element: HtmlElement | None = label.element
    for _level in range(5):
        element = element.getparent() if element is not None else None
        if element is None or element not in order.spans:
            return False
        links = [piece for piece in order.pieces[slice(*order.spans[element])] if piece.href]
        if any(piece.href in article_hrefs for piece in links):
            return False
        if len({piece.href for piece in links}) >= 3:
            return all(len(piece.text.strip()) < MIN_TEXT for piece in links)
    return False


def _holding(order: ReadingOrder, element: HtmlElement, index: int) -> HtmlElement:
    """The smallest ancestor of an element that holds the piece at an index."""
    while True:
        start, end = order.spans.get(element, (0, 0))
        parent = element.getparent()
        if start <= index < end or parent is None or element is order.root:
            return element
        element = parent


def _section_end(
    order: ReadingOrder,
    label: Piece,
    container: HtmlElement,
    start: int,
    first: int,
    limit: int,
    article_hrefs: frozenset[str],
) -> int:
    """End of the entries: of the container, of the list in it, or the next label, footer or unlinked heading."""
    end = min(limit, order.spans[container][1])
    aside = next((i for i in range(first, end) if order.pieces[i].aside), end)
    end = min(end, aside)
    children = [child for child in container if child in order.spans and order.spans[child][1] > first]
    if children and order.spans[children[0]][0] >= start:
        end = min(end, _entries_end(order, children, article_hrefs))
    return _before_next_heading(order, label, first, end, article_hrefs)


def _entries_end(order: ReadingOrder, children: list[HtmlElement], article_hrefs: frozenset[str]) -> int:
    """A list is followed only by more of its shape; single entries by anything but a list, which is something else,
    unless it is a bare one under an entry with more to it."""
    first = children[0]
    in_list = _is_list(order, first, article_hrefs)
    end = order.spans[first][1]
    for child in children[1:]:
        alike = (child.tag, child.get("class")) == (first.tag, first.get("class"))
        if not alike and (in_list or _is_list(order, child, article_hrefs)):
            if not in_list and _is_rich(order, first) and not _is_rich(order, child):
                end = order.spans[child][1]
            break
        end = order.spans[child][1]
    return end


def _is_rich(order: ReadingOrder, element: HtmlElement) -> bool:
    """Whether an element shows pictures or teasers, not only titles."""
    pieces = order.pieces[slice(*order.spans[element])]
    return any(piece.image_url or (piece.href is None and len(piece.text) >= _TEASER) for piece in pieces)


def _is_list(order: ReadingOrder, element: HtmlElement, article_hrefs: frozenset[str]) -> bool:
    pieces = order.pieces[slice(*order.spans[element])]
    hrefs = {piece.href for piece in pieces if piece.href in article_hrefs} or {
        piece.href for piece in pieces if piece.href
    }
    return element.tag in _LISTS or len(hrefs) > 1


def _before_next_heading(order: ReadingOrder, label: Piece, first: int, end: int, article_hrefs: frozenset[str]) -> int:
    """The first line behind an entry that heads something else: unlinked capitals, or what looks as the label does."""
    look = _look(order, label.element)
    for start, stop, text in order.lines:
        if not first < start < end or len(text) > MAX_LABEL:
            continue
        piece = order.pieces[start]
        if piece.heading and piece.href is None and len(text) <= 40 and is_capitals(text):
            return start
        if len(text) < _MAX_HEADING and not any(order.pieces[i].href in article_hrefs for i in range(start, stop)):
            other = _look(order, piece.element)
            if look and other and not piece.href and (other == look or "h1" <= other[0] < look[0] <= "h6"):
                return start
    return end


def _look(order: ReadingOrder, element: HtmlElement) -> tuple[str, str | None, str] | None:
    """Tag, class and parent's tag of a heading, or of an element with a class, that holds nothing else; or None."""
    parent = element.getparent()
    around = parent if parent is not None and order.spans.get(parent) == order.spans[element] else element
    for inside in (element, around):
        if inside.tag in _HEADINGS or inside.get("class"):
            parent = inside.getparent()
            return inside.tag, inside.get("class"), "" if parent is None else parent.tag
    return None
