"""The hot and related boxes that a layout names, among the parts that labels have told."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from newscrawler.reading.layout import Layout
from newscrawler.reading.page.labels import LabelKind, label_kind
from newscrawler.reading.page.order import ReadingOrder
from newscrawler.reading.page.selectors import select_all
from newscrawler.reading.sections.section import Section

_MOST = 200
_SHORT = 60
"""A heading of a box has fewer letters."""


def with_named_boxes(sections: list[Section], order: ReadingOrder, layout: Layout) -> list[Section]:
    """The parts of a page with the boxes of the layout among them, in reading order.

    A part that a label has told gives way where a box holds most of it, so that no entry stands twice; what else it
    holds stays.

    :raises UsageError: if the layout names a place by what is no selector.
    """
    boxes = named_boxes(order, layout)
    if not boxes:
        return sections
    kept = [part for section in sections for part in _less(section, boxes)]
    return sorted([*kept, *boxes], key=lambda section: (section.start, section.end))


def named_boxes(order: ReadingOrder, layout: Layout) -> list[Section]:
    """One part for each box that the layout names; of boxes within boxes the outer one."""
    found: list[Section] = []
    places: tuple[tuple[LabelKind, tuple[str, ...]], ...] = (("hot", layout.hot), ("related", layout.related))
    for kind, selectors in places:
        for element in select_all(order.root, selectors)[:_MOST] if selectors else ():
            start, end = order.spans.get(element, (0, 0))
            if start < end and not _within(element, found):
                found.append(Section(kind, _behind_label(order, start, end), end, start, element))
    return found


def _within(element: HtmlElement, boxes: list[Section]) -> bool:
    around = {box.container for box in boxes}
    return element in around or not around.isdisjoint(element.iterancestors())


def _behind_label(order: ReadingOrder, start: int, end: int) -> int:
    """Where the entries begin: behind a first line that is a label, or a short heading that leads nowhere."""
    piece = order.pieces[start]
    stop = next((i for i in range(start, end) if order.pieces[i].line != piece.line), end)
    text = "".join(one.text for one in order.pieces[start:stop]).strip()
    unlinked = not any(one.href or one.image_url for one in order.pieces[start:stop])
    heading = piece.heading and unlinked and len(text) < _SHORT
    return stop if stop < end and (heading or label_kind(text) is not None) else start


def _less(section: Section, boxes: list[Section]) -> list[Section]:
    """A labelled part without what boxes hold of it: cut at a box, or nothing where boxes hold most of it."""
    if section.kind in ("comments", "end"):
        return [section]
    shared = [box for box in boxes if box.label_start < section.end and section.start < box.end]
    if not shared:
        return [section]
    held = sum(min(box.end, section.end) - max(box.label_start, section.start) for box in shared)
    if held * 2 >= section.end - section.start:
        return []
    first = min(box.label_start for box in shared)
    return [replace(section, end=first)] if first > section.start else []
