"""The place of a list's only entry: where one article is linked, nothing beside it tells where it ends."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawler.reading.page.order import Piece, ReadingOrder

_TEASER = 60
_MAX_LEVELS = 3
"""A teaser stands no further from its title."""


def place_of(order: ReadingOrder, indices: list[int], href: str) -> HtmlElement:
    """The smallest element that holds an article's links with its teaser, and the picture beside them.

    :param indices: pieces that may belong to the entry.
    """
    linked = [i for i in indices if order.pieces[i].href == href]
    element = _up(order, order.pieces[linked[0]].element, linked[-1])
    place = element
    for _level in range(_MAX_LEVELS):
        if _has_teaser(_inside(order, place, indices)):
            break
        parent = place.getparent()
        if parent is None or place is order.root:
            break
        place = parent
    if not _has_teaser(_inside(order, place, indices)):
        return element
    while (parent := place.getparent()) is not None and parent in order.spans:
        texts = [sum(not piece.image_url for piece in _inside(order, one, indices)) for one in (place, parent)]
        if texts[0] != texts[1]:
            break
        place = parent
    return place


def _up(order: ReadingOrder, element: HtmlElement, last: int) -> HtmlElement:
    """The smallest element at or above one that also holds the piece at an index."""
    while order.spans[element][1] <= last and (parent := element.getparent()) is not None:
        element = parent
    return element


def _inside(order: ReadingOrder, element: HtmlElement, indices: list[int]) -> list[Piece]:
    start, end = order.spans[element]
    return [order.pieces[i] for i in indices if start <= i < end]


def _has_teaser(pieces: list[Piece]) -> bool:
    return any(len(piece.text) >= _TEASER and not piece.href for piece in pieces)
