"""Entries of a list: which pieces of a page belong together, and what in them is title, summary, image and address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newscrawler.items import BlockName, Link
from newscrawler.reading.order import Piece, ReadingOrder
from newscrawler.reading.tree import parse
from newscrawler.text import fold, one_line

_UNITS = frozenset({"li", "article", "tr", "dd"})
_LONG = 120
"""A single text that is longer, or ends a sentence, is a summary."""
_NOISE = re.compile(
    r"^(?:[\W\d_]*|(?:xem|doc) (?:them|tiep|chi tiet)|chi tiet|read more|more|video|anh|moi|new|hot)[\W\d_]*$"
)
_LITERAL_TAG = re.compile(r"</?(?:p|div|br|span|strong|b|em|font)\b[^>]*>", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", "...", "”", '."')


@dataclass
class _Group:
    """Pieces under one element that lead to at most one article."""

    element: HtmlElement
    pieces: list[Piece]
    href: str | None = None
    unit: bool = False
    texts: list[tuple[str, bool, bool]] = field(default_factory=list)
    """(text, whether it is a heading, whether it is linked)."""


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
    hrefs = frozenset(href for href in known if href) or frozenset(h for i in usable if (h := order.pieces[i].href))
    if not hrefs:
        groups = [] if only_articles else _lines(order, usable)
    else:
        groups = _merge(list(_split(order, container, frozenset(usable), hrefs)))
    groups = [group for group in groups if group.href in article_hrefs] if only_articles else groups
    links = (_link(group, block, single_text) for group in groups)
    return tuple(_numbered(link for link in links if link))


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
    shapes: Counter[tuple[str, str | None]] = Counter()
    for child in children:
        pieces = order.pieces[slice(*order.spans[child])]
        if any(piece.href in hrefs and piece.text.strip() for piece in pieces):
            shapes[child.tag, child.get("class")] += 1
    return any(count > 1 for count in shapes.values())


def _group(element: HtmlElement, pieces: list[Piece], hrefs: frozenset[str]) -> _Group:
    linked = [piece.href for piece in pieces if piece.href in hrefs]
    group = _Group(element, pieces, linked[0] if linked else None, element.tag in _UNITS)
    group.texts = list(_texts(pieces))
    return group


def _texts(pieces: list[Piece]) -> Iterator[tuple[str, bool, bool]]:
    """Pieces of one line and one look are one text; the same text a second time, and words without news, are left
    out."""
    joined: list[tuple[tuple[int, bool, bool], str]] = []
    for piece in pieces:
        look = (piece.line, piece.heading, piece.href is not None)
        if joined and joined[-1][0] == look:
            joined[-1] = (look, joined[-1][1] + piece.text)
        else:
            joined.append((look, piece.text))
    seen = set()
    for (_line, heading, linked), raw in joined:
        text = without_literal_tags(one_line(raw))
        if text and text not in seen and not _NOISE.match(fold(text)):
            seen.add(text)
            yield text, heading, linked


def without_literal_tags(text: str) -> str:
    """A text in which an editor's tags show as letters (`<p align="justify">…`), read as they were meant."""
    if "<" not in text or not _LITERAL_TAG.search(text):
        return text
    return one_line(_LITERAL_TAG.sub(" ", "".join(parse(f"<div>{text}</div>").itertext())))


def _merge(groups: list[_Group]) -> list[_Group]:
    """Put beside its article what has no link of its own: picture before, teaser after."""
    merged: list[_Group] = []
    waiting: list[_Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if group.href is None:
            if last is not None and not group.unit and _beside(last, group) and group.texts:
                last.pieces += group.pieces
                last.texts += [text for text in group.texts if text not in last.texts]
            elif not group.texts and any(piece.image_url for piece in group.pieces):
                waiting.append(group)
            continue
        if last is not None and _continues(last, group):
            last.pieces += group.pieces
            last.texts += group.texts
        else:
            group.pieces = [piece for other in waiting for piece in other.pieces] + group.pieces
            merged.append(group)
        waiting = []
    return merged


def _beside(last: _Group, group: _Group) -> bool:
    """Whether a text without link stands under the same parent as the entry before it, or in that parent itself."""
    parent = last.element.getparent()
    return group.element is parent or group.element.getparent() is parent or group.element is last.element


def _continues(last: _Group, group: _Group) -> bool:
    if last.href != group.href:
        return False
    if not any(linked for _text, _heading, linked in group.texts):
        # A teaser whose only link says “more”, in a row of its own under the row of the title.
        return True
    if last.unit or group.unit:
        return False
    return not any(text == other for text, _h, _l in group.texts for other, _h2, _l2 in last.texts)


def _link(group: _Group, block: BlockName, single_text: str) -> Link | None:
    title, summary = _title_and_summary(group.texts, single_text)
    image = next((piece.image_url for piece in group.pieces if piece.image_url), None)
    if not title and not summary:
        hint = next((piece.hint for piece in group.pieces if piece.hint and len(piece.hint) > 10), None)
        title = one_line(hint) if hint else None
    if not title and not summary:
        return None
    return Link(block=block, position=0, url=group.href, title=title, summary=summary, image_url=image)


def _title_and_summary(texts: list[tuple[str, bool, bool]], single_text: str) -> tuple[str | None, str | None]:
    if not texts:
        return None, None
    if len(texts) == 1:
        text, heading, _linked = texts[0]
        is_summary = not heading and (single_text == "summary" or len(text) > _LONG or text.endswith(_SENTENCE_END))
        return (None, text) if is_summary else (text, None)
    at = next((i for i, (_t, heading, _l) in enumerate(texts) if heading), None)
    if at is None:
        at = next((i for i, (_t, _h, linked) in enumerate(texts) if linked), 0)
    rest = [text for i, (text, _h, _l) in enumerate(texts) if i != at]
    return texts[at][0], " ".join(rest) or None
