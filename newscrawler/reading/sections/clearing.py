"""What stands inside a body and is not the article's: parts that the layout cuts, boxes, lists under labels."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from lxml.etree import XPath, tostring
from lxml.html import HtmlElement

from newscrawler.reading.layout import Layout
from newscrawler.reading.page.order import Piece, ReadingOrder
from newscrawler.reading.page.selectors import matching, select_all
from newscrawler.reading.page.tree import parse
from newscrawler.reading.sections.section import Section

_MOST_BOXES = 500
_BOXES = XPath(
    "descendant::*[self::div or self::ul or self::ol or self::aside or self::section or self::table][descendant::a]"
    "[contains(@class,'elate') or contains(@id,'elate') or starts-with(@type,'Relate') or contains(@class,'ien-quan')"
    " or contains(@class,'ienquan') or contains(@class,'ien_quan')]"
)
"""Boxes that call themselves related, such as `type="RelatedOneNews"` in the middle of an article (tuoitre.vn)."""
_TEASERS = 5
"""Teasers are no longer than so many of their headlines."""


def foreign_parts(order: ReadingOrder, body: HtmlElement, layout: Layout, sections: list[Section]) -> list[HtmlElement]:
    """Elements of a page that are no part of its article's text: what the layout cuts, its boxes and comments, the
    lists that hot and related labels head, and boxes in the body that call themselves related.

    :raises UsageError: if the layout names a place by what is no selector.
    """
    found = named_parts(order.root, layout)
    for section in sections:
        if section.kind in ("hot", "related") and _leads_away(order, section):
            found += _elements(order, section)
    return found + _related_boxes(order, body)


def _related_boxes(order: ReadingOrder, body: HtmlElement) -> list[HtmlElement]:
    """Boxes in a body that call themselves related, where they are links with their teasers."""
    found: list[HtmlElement] = []
    end = 0
    for box in matching(_BOXES, body, _MOST_BOXES):
        start, stop = order.spans.get(box, (0, 0))
        if end <= start < stop:  # boxes within boxes are the outer one's affair
            end = stop
            if _is_linked(order.pieces[start:stop]):
                found.append(box)
    return found


def named_parts(tree: HtmlElement, layout: Layout) -> list[HtmlElement]:
    """Those of them that the layout names."""
    named = (*layout.cut, *layout.hot, *layout.related, *layout.comments)
    return select_all(tree, named) if named else []


def _leads_away(order: ReadingOrder, section: Section) -> bool:
    """Whether a labelled part is links with their teasers; what is plain text for the most may be the article's own."""
    return _is_linked(order.pieces[section.start : section.end])


def _is_linked(pieces: list[Piece]) -> bool:
    linked = sum(len(piece.text) for piece in pieces if piece.href)
    return linked * _TEASERS >= sum(len(piece.text) for piece in pieces) > 0


def _elements(order: ReadingOrder, section: Section) -> list[HtmlElement]:
    """The largest elements that hold nothing but the part and its label."""
    found: list[HtmlElement] = []
    waiting = [section.container]
    while waiting:
        element = waiting.pop()
        start, end = order.spans.get(element, (0, 0))
        if section.label_start <= start < end <= section.end:
            found.append(element)
        elif start < section.end and section.label_start < end:
            waiting.extend(element)
    return found


def cleared(element: HtmlElement, parts: Collection[HtmlElement]) -> HtmlElement:
    """An element without those parts that stand in it; itself, or a copy that lacks them."""
    unwanted = set(parts)
    if not unwanted or unwanted.isdisjoint(element.iterdescendants()):
        return element
    copy = deepcopy(element)
    twins = zip(element.iterdescendants(), list(copy.iterdescendants()), strict=True)
    for twin in [twin for original, twin in twins if original in unwanted]:
        if twin.getparent() is not None:
            twin.drop_tree()
    return copy


def cleared_html(html: str, layout: Layout) -> str:
    """HTML of a body that stood apart from its page, without what the layout cuts; as it was where nothing is cut."""
    if not layout.cut:
        return html
    tree = parse(html)
    parts = select_all(tree, layout.cut)
    return str(tostring(cleared(tree, parts), encoding="unicode", method="html")) if parts else html
