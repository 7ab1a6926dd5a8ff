"""Entries of a list: which pieces of a page belong together, and what in them is title, summary, image and address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newscrawler.items import BlockName, Link
from newscrawler.reading.page.order import Piece, ReadingOrder
from newscrawler.reading.sections.entry_texts import EntryText, is_noise, texts_of, title_and_summary
from newscrawler.reading.sections.single_entry import place_of
from newscrawler.text import one_line

_UNITS = frozenset({"li", "article"})
"""Elements that hold one whole entry; rows of a table often share one."""
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)(?:[?#]|$)", re.IGNORECASE)


@dataclass
class _Group:
    """Pieces under one element that lead to at most one article."""

    element: HtmlElement
    pieces: list[Piece]
    href: str | None = None
    unit: bool = False
    closed: bool = False
    """Whether it ended with a “more”, so that a text behind it belongs to the next."""
    texts: list[EntryText] = field(default_factory=list)


def read_entries(
    order: ReadingOrder,
    container: HtmlElement,
    indices: range,
    block: BlockName,
    *,
    article_hrefs: frozenset[str] = frozenset(),
    single_text: str = "title",
    only_articles: bool = False,
    skip: frozenset[int] = frozenset(),
) -> tuple[Link, ...]:
    """The entries among some pieces of a page, in order; an item that stands there twice is two entries.

    :param container: element that holds all the pieces.
    :param article_hrefs: links known to lead to articles; where there are some, others do not part entries.
    :param single_text: what an entry's only text is where its form does not tell: `title` or `summary`.
    :param only_articles: keep only entries that lead to an article.
    :param skip: indices of pieces to be passed over.
    """
    usable = [i for i in indices if i not in skip and not order.pieces[i].aside]
    known = {order.pieces[i].href for i in usable} & article_hrefs
    hrefs = frozenset(href for href in known if href) or _other_hrefs(order, usable, bool(article_hrefs))
    if not article_hrefs:
        hrefs = _likely(order, hrefs)
    if not hrefs:
        groups = [] if only_articles else _lines(order, usable)
    else:
        if only_articles and len(hrefs) == 1:
            container = place_of(order, usable, next(iter(hrefs)))
        groups = _merge(list(_split(order, container, frozenset(usable), hrefs)))
    groups = [group for group in groups if group.href in article_hrefs] if only_articles else groups
    links = (_link(group, block, single_text) for group in groups)
    return tuple(_numbered(link for link in links if link))


def _other_hrefs(order: ReadingOrder, usable: list[int], of_known_site: bool) -> frozenset[str]:
    """Links where none is known to lead to an article; a “more” may do so on an unknown site only."""
    pieces = (order.pieces[i] for i in usable)
    return frozenset(
        piece.href for piece in pieces if piece.href and not (of_known_site and piece.text and is_noise(piece.text))
    )


def _likely(order: ReadingOrder, hrefs: frozenset[str]) -> frozenset[str]:
    """Of an unknown site's links those that look like an article's, where most do; others are buttons and menus."""
    likely = hrefs & order.likely_articles
    return likely if len(likely) * 2 >= len(hrefs) else hrefs


def _numbered(links: Iterator[Link | None]) -> Iterator[Link]:
    for position, link in enumerate((link for link in links if link), start=1):
        yield Link(
            block=link.block,
            position=position,
            url=link.url,
            title=link.title,
            summary=link.summary,
            image_url=link.image_url,
        )


def _lines(order: ReadingOrder, usable: list[int]) -> list[_Group]:
    """Without any link, each line is an entry."""
    by_line: dict[int, list[Piece]] = {}
    for i in usable:
        by_line.setdefault(order.pieces[i].line, []).append(order.pieces[i])
    return [_group(pieces[0].element, pieces, frozenset()) for pieces in by_line.values()]


def _split(
    order: ReadingOrder, element: HtmlElement, usable: frozenset[int], hrefs: frozenset[str]
) -> Iterator[_Group]:
    """Part an element until no part leads to two articles."""
    start, end = order.spans.get(element, (0, 0))
    inside = [i for i in range(start, end) if i in usable]
    if not inside:
        return
    children = [child for child in element if child in order.spans and order.spans[child][1] > order.spans[child][0]]
    distinct = {order.pieces[i].href for i in inside} & hrefs
    if not children or (len(distinct) <= 1 and not _repeats(order, children, hrefs)):
        yield _group(element, [order.pieces[i] for i in inside], hrefs)
        return
    position = start
    for child in children:
        child_start, child_end = order.spans[child]
        yield from _loose(order, element, range(position, child_start), usable, hrefs)
        yield from _split(order, child, usable, hrefs)
        position = child_end
    yield from _loose(order, element, range(position, end), usable, hrefs)


def _loose(
    order: ReadingOrder, element: HtmlElement, between: range, usable: frozenset[int], hrefs: frozenset[str]
) -> Iterator[_Group]:
    pieces = [order.pieces[i] for i in between if i in usable]
    if pieces:
        group = _group(element, pieces, hrefs)
        group.unit = False
        yield group


def _repeats(order: ReadingOrder, children: list[HtmlElement], hrefs: frozenset[str]) -> bool:
    """Whether siblings of one shape each hold a linked text: the same item standing there twice."""
    while children:
        linked = [child for child in children if _holds_linked_text(order, child, hrefs)]
        if len(linked) != 1:
            shapes = Counter((child.tag, child.get("class")) for child in linked)
            return any(count > 1 for count in shapes.values())
        children = [child for child in linked[0] if child in order.spans]
    return False


def _holds_linked_text(order: ReadingOrder, element: HtmlElement, hrefs: frozenset[str]) -> bool:
    pieces = order.pieces[slice(*order.spans[element])]
    return any(piece.href in hrefs and piece.text.strip() for piece in pieces)


def _group(element: HtmlElement, pieces: list[Piece], hrefs: frozenset[str]) -> _Group:
    linked = [piece.href for piece in pieces if piece.href in hrefs]
    group = _Group(element, pieces, linked[0] if linked else None, element.tag in _UNITS)
    group.texts = texts_of(pieces, group.href)
    return group


def _merge(groups: list[_Group]) -> list[_Group]:
    """Put beside its article what has no link of its own: picture before, teaser after, teaser before a “more”."""
    merged: list[_Group] = []
    waiting: list[_Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if group.href is None:
            if last is not None and _takes(last, group):
                last.pieces += [piece for other in waiting for piece in other.pieces if piece.image_url] + group.pieces
                waiting = []
                last.texts += [text for text in group.texts if text not in last.texts]
            elif group.texts or any(piece.image_url for piece in group.pieces):
                waiting.append(group)
            continue
        if last is not None and _continues(last, group):
            last.pieces += group.pieces
            last.texts += group.texts
        else:
            _take_waiting(group, waiting)
            merged.append(group)
        waiting = []
    return _with_pictures_above(merged)


def _with_pictures_above(groups: list[_Group]) -> list[_Group]:
    """Give a picture without words to the next showing of its article, as in a row of pictures over one of titles."""
    kept = []
    for i, group in enumerate(groups):
        below = next((other for other in groups[i + 1 :] if other.href == group.href), None)
        if group.texts or below is None or not below.texts or any(piece.image_url for piece in below.pieces):
            kept.append(group)
        else:
            below.pieces = group.pieces + below.pieces
    return kept


def _takes(last: _Group, group: _Group) -> bool:
    """Whether a text without link is the teaser of the entry before it."""
    return bool(group.texts and last.texts) and not group.unit and not last.closed and _beside(last, group)


def _take_waiting(group: _Group, waiting: list[_Group]) -> None:
    """What stood unlinked before an entry: pictures; and, where its only link says “more”, its text."""
    group.closed = not group.texts and any(other.texts for other in waiting)
    usable = [other for other in waiting if group.closed or not other.texts]
    group.texts = [text for other in usable for text in other.texts] + group.texts
    group.pieces = [piece for other in usable for piece in other.pieces] + group.pieces


def _beside(last: _Group, group: _Group) -> bool:
    """Whether a text without link stands under the same parent as the entry before it, or in that parent itself."""
    parent = last.element.getparent()
    return group.element is parent or group.element.getparent() is parent or group.element is last.element


def _continues(last: _Group, group: _Group) -> bool:
    """Whether a link leads where the one before it led, and is no second showing of that item."""
    if last.href != group.href:
        return False
    if not group.texts and not last.texts:
        return False
    return not any(text == other for text, _h, _l in group.texts for other, _h2, _l2 in last.texts)


def _link(group: _Group, block: BlockName, single_text: str) -> Link | None:
    texts = [(_in_full(text, group.pieces), heading, linked) for text, heading, linked in group.texts]
    title, summary = title_and_summary(texts, single_text)
    image = next((piece.image_url for piece in group.pieces if piece.image_url and _is_own(piece, group.href)), None)
    if not title and not summary:
        hint = next((piece.hint for piece in group.pieces if piece.hint and len(piece.hint) > 10), None)
        title = one_line(hint) if hint else None
    if not title and not summary:
        return None
    return Link(block=block, position=0, url=group.href, title=title, summary=summary, image_url=image)


def _in_full(text: str, pieces: list[Piece]) -> str:
    """A text cut short by dots, in full where the link's title has it."""
    if not text.endswith(("...", "…")):
        return text
    hints = (one_line(piece.hint) for piece in pieces if piece.hint)
    return next((hint for hint in hints if hint.startswith(text.rstrip(".… "))), text)


def _is_own(image: Piece, href: str | None) -> bool:
    """Whether a picture belongs to an entry: an advertisement beside it leads elsewhere."""
    return not href or not image.href or image.href == href or _IMAGE_FILE.search(image.href) is not None
