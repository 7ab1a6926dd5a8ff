"""Where the labelled parts of a page begin and end, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawler.reading.labels import LabelKind, label_kind
from newscrawler.reading.layout import Layout
from newscrawler.reading.order import Piece, ReadingOrder
from newscrawler.text import fold, is_capitals, one_line

MIN_TEXT = 25
"""A shorter text without a link to an article is a menu word, not an entry."""
_NEAR = 4
"""An entry begins within so many pieces of its label."""
_FOOTER = re.compile(
    r"^(?:©|copyright|ban quyen|giay phep|co quan chu quan|chiu trach nhiem|dia chi:|dien thoai:"
    r"|thiet ke boi|designed by|agile viet nam)",
    re.I,
)
_MAX_FOOTER_START = 60
_LISTS = frozenset({"ul", "ol", "table", "tbody", "dl"})


@dataclass(frozen=True)
class Section:
    """The pieces of one labelled part, its label left out."""

    kind: LabelKind
    start: int
    end: int
    label_start: int
    container: HtmlElement
    """Smallest element that holds the label and an entry."""


def find_sections(order: ReadingOrder, layout: Layout, article_hrefs: frozenset[str]) -> list[Section]:
    """All labelled parts of a page, in reading order.

    A label counts only as the whole of a line, outside menus, with an entry close behind it (facts: sites §5.9).

    :param article_hrefs: links of the page known to lead to articles; entries with short texts are told by them.
    """
    labels = _labels(order)
    stops = sorted({start for start, _end, _kind in labels} | _footer_starts(order, layout) | _marker(order))
    found = []
    for start, end, kind in labels:
        limit = next((stop for stop in stops if stop >= end), len(order.pieces))
        first = next(
            (i for i in range(end, min(limit, end + _NEAR)) if _is_entry(order.pieces[i], article_hrefs)), None
        )
        if first is None or _in_menu(order, start, article_hrefs):
            if kind in ("comments", "end"):
                found.append(Section(kind, end, end, start, order.pieces[start].element))
            continue
        container = _holding(order, order.pieces[start].element, first)
        stop = _section_end(order, container, end, first, limit, article_hrefs)
        found.append(Section(kind, end, stop, start, container))
    return found


def _labels(order: ReadingOrder) -> list[tuple[int, int, LabelKind]]:
    """(first piece, piece behind the last, kind) of each label."""
    found = []
    for start, end, text in order.lines:
        if not order.pieces[start].aside:
            if kind := label_kind(text):
                found.append((start, end, kind))
            elif end - start > 1 and (opening := _opening_label(order, start, end)):
                found.append(opening)
    return found


def _opening_label(order: ReadingOrder, start: int, end: int) -> tuple[int, int, LabelKind] | None:
    """A label that opens a line and is followed by a link, as in `<b>TIN NÓNG</b> <a>…</a>`."""
    for stop in range(start + 1, min(end, start + 4)):
        kind = label_kind(one_line("".join(piece.text for piece in order.pieces[start:stop])))
        if kind and order.pieces[stop].href and order.pieces[stop].href != order.pieces[stop - 1].href:
            return start, stop, kind
    return None


def _marker(order: ReadingOrder) -> set[int]:
    return set() if order.marker is None else {order.marker}


def _footer_starts(order: ReadingOrder, layout: Layout) -> set[int]:
    ends = [fold(line) for line in layout.end_lines]
    starts = set()
    for start, _end, text in order.lines:
        folded = fold(text[:_MAX_FOOTER_START])
        if _FOOTER.match(folded) or any(folded.startswith(end) for end in ends):
            starts.add(start)
    return starts


def _is_entry(piece: Piece, article_hrefs: frozenset[str]) -> bool:
    if piece.aside:
        return False
    return len(piece.text.strip()) >= MIN_TEXT or piece.href in article_hrefs or bool(piece.image_url and piece.href)


def _in_menu(order: ReadingOrder, start: int, article_hrefs: frozenset[str]) -> bool:
    """Whether a label is one of at least three short links side by side."""
    label = order.pieces[start]
    if label.href is None:
        return False
    element: HtmlElement | None = label.element
    for _level in range(5):
        element = element.getparent() if element is not None else None
        if element is None or element not in order.spans:
            return False
        links = [piece for piece in order.pieces[slice(*order.spans[element])] if piece.href]
        if any(piece.href in article_hrefs for piece in links):
            return False
        if len(links) >= 3:
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
    order: ReadingOrder, container: HtmlElement, start: int, first: int, limit: int, article_hrefs: frozenset[str]
) -> int:
    """End of the entries: of the container, of the list in it, or the next label, footer or unlinked heading."""
    end = min(limit, order.spans[container][1])
    aside = next((i for i in range(first, end) if order.pieces[i].aside), end)
    end = min(end, aside)
    children = [child for child in container if child in order.spans and order.spans[child][1] > first]
    if children and order.spans[children[0]][0] >= start:
        end = min(end, _entries_end(order, children, article_hrefs))
    return _before_next_heading(order, first, end)


def _entries_end(order: ReadingOrder, children: list[HtmlElement], article_hrefs: frozenset[str]) -> int:
    """A list is followed only by more of its shape; single entries by anything but a list, which is something else."""
    first = children[0]
    in_list = _is_list(order, first, article_hrefs)
    end = order.spans[first][1]
    for child in children[1:]:
        alike = (child.tag, child.get("class")) == (first.tag, first.get("class"))
        if not alike and (in_list or _is_list(order, child, article_hrefs)):
            break
        end = order.spans[child][1]
    return end


def _is_list(order: ReadingOrder, element: HtmlElement, article_hrefs: frozenset[str]) -> bool:
    pieces = order.pieces[slice(*order.spans[element])]
    hrefs = {piece.href for piece in pieces if piece.href in article_hrefs} or {
        piece.href for piece in pieces if piece.href
    }
    return element.tag in _LISTS or len(hrefs) > 1


def _before_next_heading(order: ReadingOrder, first: int, end: int) -> int:
    for start, _stop, text in order.lines:
        if first < start < end:
            piece = order.pieces[start]
            if piece.heading and piece.href is None and len(text) <= 40 and is_capitals(text):
                return start
    return end
