"""Where in a page of an unknown site the article stands: trafilatura finds the text, the tree says what holds it.

trafilatura alone loses ledes, subheads and boxed paragraphs and keeps some menus (measured on real pages); the element
that holds the text it found has them all, in their own markup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawler.reading.lines import block_of, squeeze, strings

_SHORTEST = 25
"""Letters without which a line could stand anywhere on the page."""
_KEY = 60
_NEARLY_ALL = 0.93
"""Share of the found text that the article's element must hold; the rest is what was found by mistake."""

MOST_FOR_FALLBACK = 4_000
"""Elements of a page up to which trafilatura may look twice; the largest real page seen has 3,246 tags."""


class Place(NamedTuple):
    """The element that holds an article."""

    element: HtmlElement
    first: HtmlElement
    """The block of its first paragraph."""
    blocks: frozenset[HtmlElement]
    """The blocks whose text was found to be the article's."""


class Haystack:
    """All visible text of a tree without blanks, in which a paragraph can be found again."""

    def __init__(self, tree: HtmlElement) -> None:
        self.starts: list[int] = []
        self.owners: list[HtmlElement] = []
        texts: list[str] = []
        length = 0
        for element, text in strings(tree):
            if squeezed := squeeze(text):
                self.starts.append(length)
                self.owners.append(element)
                texts.append(squeezed)
                length += len(squeezed)
        self.text = "".join(texts)

    def find(self, text: str, start: int = 0) -> int:
        """Position of a text by its first letters, or -1."""
        return self.text.find(squeeze(text)[:_KEY], start)

    def owner(self, position: int) -> HtmlElement:
        """The element whose text stands at a position."""
        return self.owners[bisect_right(self.starts, position) - 1]


def find_place(tree: HtmlElement, url: str, haystack: Haystack, besides: str) -> Place | None:
    """The element that holds the article, or None where no text was found.

    :param besides: headline and lede without blanks; they stand apart from the body on many sites and have no say.
    """
    found = _found_by_trafilatura(tree, url)
    weights: Counter[HtmlElement] = Counter()
    owners: list[tuple[HtmlElement, int]] = []
    cursor = total = 0
    for text in found:
        key = squeeze(text)
        if len(key) < _SHORTEST or key[:_KEY] in besides:
            continue
        position = haystack.find(text, cursor)
        position = position if position >= 0 else haystack.find(text)
        if position >= 0:
            cursor = position + len(key)
            owners.append((block_of(haystack.owner(position)), len(key)))
            total += len(key)
    for owner, length in owners:
        for element in (owner, *owner.iterancestors()):
            weights[element] += length
    if not owners:
        return None
    element = _deepest(tree, weights, _NEARLY_ALL * total)
    inside = [block for block, _length in owners if element is block or element in block.iterancestors()]
    return Place(element, inside[0], frozenset(inside)) if inside else None


def _deepest(tree: HtmlElement, weights: Counter[HtmlElement], enough: float) -> HtmlElement:
    element = tree
    while (child := next((child for child in element if weights[child] >= enough), None)) is not None:
        element = child
    return element if element.tag not in ("p", "tr", "li") else element.getparent() if element is not tree else element


def _found_by_trafilatura(tree: HtmlElement, url: str) -> list[str]:
    """Texts of the article's blocks; nothing where trafilatura sees no article."""
    from trafilatura import bare_extraction  # slow to import, needed for unknown sites only

    document = bare_extraction(
        tree,
        url=url or None,
        # Its fallback takes a time that grows with the square of the page: 56 s for 12,000 elements.
        fast=sum(1 for _element in tree.iter()) > MOST_FOR_FALLBACK,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    body = getattr(document, "body", None)
    if body is None:
        return []
    blocks = body.iter("p", "head", "item", "quote", "cell", "ab")
    return [text for block in blocks if (text := "".join(block.itertext()).strip())]
