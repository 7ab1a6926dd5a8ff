"""Where a page's labels stand: whole lines, tabs in one line, words that open a line, images of words."""

from __future__ import annotations

from collections import Counter

from newscrawler.reading.page.labels import LabelKind, label_kind
from newscrawler.reading.page.order import Piece, ReadingOrder
from newscrawler.reading.sections.entry_texts import is_noise
from newscrawler.text import label_key, one_line

PlacedLabel = tuple[int, int, LabelKind]
"""(first piece, piece behind the last, kind)."""

_BETWEEN_TABS = " \t\r\n\u00a0|/•·-–"
_MAX_TAB = 25
"""A tab has fewer letters."""


def find_labels(order: ReadingOrder) -> list[PlacedLabel]:
    """All labels of a page outside its menus and footers, in reading order."""
    found = []
    for start, end, text in order.lines:
        if not order.pieces[start].aside:
            if kind := label_kind(text):
                while order.pieces[end - 1].image_url:
                    end -= 1
                found.append((start, end, kind))
            elif end - start > 1:
                found += _labels_in_line(order, start, end)
    if pictured := _pictured_labels(order):
        found = sorted([*found, *pictured])
    return _without_counters(order, found)


def _without_counters(order: ReadingOrder, labels: list[PlacedLabel]) -> list[PlacedLabel]:
    """Labels less what each entry of a list shows: `Bình luận: 3`, `Chia sẻ`."""
    small = [label for label in labels if label[2] in ("comments", "end")]
    if len(small) < 2:
        return labels
    texts = {label: one_line("".join(piece.text for piece in order.pieces[label[0] : label[1]])) for label in small}
    keys = Counter(label_key(text) for text in texts.values())
    return [
        label
        for label in labels
        if label not in texts
        or keys[label_key(texts[label])] < 2
        or (label[2] == "comments" and not any(letter.isdecimal() for letter in texts[label]))
    ]


def _pictured_labels(order: ReadingOrder) -> list[PlacedLabel]:
    """Labels drawn as an image, told by its alternative text."""
    images = [(i, piece) for i, piece in enumerate(order.pieces) if piece.image_url and piece.hint and not piece.aside]
    named = [(i, kind) for i, piece in images if (kind := label_kind(piece.hint))]
    written = {order.pieces[start].line for start, _end, _text in order.lines} if named else set()
    return [(i, i + 1, kind) for i, kind in named if order.pieces[i].line not in written]


def _labels_in_line(order: ReadingOrder, start: int, end: int) -> list[PlacedLabel]:
    """Tabs in one line, or a label that opens it."""
    words = [(i, order.pieces[i].text) for i in range(start, end) if order.pieces[i].text.strip(_BETWEEN_TABS)]
    if len(words) > 1 and all(len(word) < _MAX_TAB for _i, word in words):
        tabs = [(i, i + 1, kind) for i, word in words if (kind := label_kind(word.strip(_BETWEEN_TABS)))]
        if len(tabs) > 1:
            return tabs
    opening = _opening_label(order, start, end)
    return [opening] if opening else []


def _opening_label(order: ReadingOrder, start: int, end: int) -> PlacedLabel | None:
    """A label that opens a line and is followed by a link, as in `<b>TIN NÓNG</b> <a>…</a>`."""
    for stop in range(start + 1, min(end, start + 4)):
        kind = label_kind(one_line("".join(piece.text for piece in order.pieces[start:stop])))
        if kind and order.pieces[stop].href is not None and _other_link(order.pieces[stop - 1], order.pieces[stop]):
            return start, stop, kind
    return None


def _other_link(last: Piece, piece: Piece) -> bool:
    return piece.href != last.href or (piece.element is not last.element and is_noise(piece.text))
