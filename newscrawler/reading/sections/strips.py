"""Labels side by side above their parts: a strip of tabs over panels, a row of title cells over a row of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from newscrawler.reading.page.order import ReadingOrder

_PANELS = frozenset({"div", "td", "th", "section", "article", "ul", "ol", "dl", "table", "fieldset"})
_MAX_LEVELS = 4
"""So many levels may lie between a strip and the element beside it, and between that and the panels."""


def panels_of(order: ReadingOrder, labels: Sequence[int], first_entry: int) -> dict[int, HtmlElement]:
    """The panel of each label of a strip, by the label's piece; empty if the labels are no strip.

    :param labels: pieces of labels with no entry between them.
    :param first_entry: the first entry behind them.
    """
    strip = order.pieces[labels[0]].element
    while order.spans[strip][1] <= labels[-1] and (parent := strip.getparent()) is not None:
        strip = parent
    if order.spans[strip][1] > first_entry:
        return {}
    tabs = _walked(order, strip)
    places = [next((n for n, tab in enumerate(tabs) if _holds(order, tab, label)), None) for label in labels]
    if None in places or len(set(places)) < len(places):
        return {}
    panels = _panels(order, strip, len(tabs))
    return {label: panels[place] for label, place in zip(labels, places, strict=True) if panels and place is not None}


def _panels(order: ReadingOrder, strip: HtmlElement, count: int) -> list[HtmlElement]:
    """So many elements of one kind behind a strip: its siblings, or the children of the element behind it."""
    for beside in _beside(order, strip):
        if _are_panels(beside[:count], count):
            return beside
        inner = beside[0]
        for _level in range(_MAX_LEVELS):
            children = _walked(order, inner)
            if _are_panels(children, count) and len(children) == count:
                return children
            if len(children) != 1:
                break
            inner = children[0]
    return []


def _beside(order: ReadingOrder, strip: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Elements with content behind a strip, or behind what holds nothing else."""
    for _level in range(_MAX_LEVELS):
        found = [element for element in strip.itersiblings() if _has_pieces(order, element)]
        if found:
            yield found
            return
        parent = strip.getparent()
        if parent is None or parent is order.root:
            return
        strip = parent


def _are_panels(elements: list[HtmlElement], count: int) -> bool:
    return len(elements) >= count and len({element.tag for element in elements}) == 1 and elements[0].tag in _PANELS


def _walked(order: ReadingOrder, element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child in order.spans]


def _has_pieces(order: ReadingOrder, element: HtmlElement) -> bool:
    start, end = order.spans.get(element, (0, 0))
    return start < end


def _holds(order: ReadingOrder, element: HtmlElement, index: int) -> bool:
    start, end = order.spans[element]
    return start <= index < end
