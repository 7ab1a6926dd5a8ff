"""Where in a page of an unknown site the article stands: trafilatura finds the text, the tree says what holds it.

trafilatura alone loses ledes, subheads and boxed paragraphs and keeps some menus (measured on real pages); the element
that holds the text it found has them all, in their own markup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawler.reading.generic.witnesses import article_texts
from newscrawler.reading.page.lines import Line, block_of, squeeze, text_of

_SHORTEST = 25
"""Letters without which a line could stand anywhere on the page."""
_KEY = 60
_NEARLY_ALL = 0.93
"""Share of the found text that the article's element must hold; the rest is what was found by mistake."""
_MOST = 0.6
_LONG = 60
"""Letters from which a text outside the core is believed."""

_MARK = "newscrawler-elsewhere"
_GAP = 4
"""So many lines that were not found may lie between two parts of an article."""


class Place(NamedTuple):
    """The element that holds an article."""

    element: HtmlElement
    first: HtmlElement
    """The block of its first paragraph."""
    blocks: frozenset[HtmlElement]
    """The blocks whose text was found to be the article's."""
    core: HtmlElement
    """The element that holds most of them; outside it, only they are believed."""


class Haystack:
    """All visible text of a tree without blanks, in which a paragraph can be found again."""

    def __init__(self, strings: Iterable[tuple[HtmlElement, str]]) -> None:
        self.starts: list[int] = []
        self.owners: list[HtmlElement] = []
        texts: list[str] = []
        length = 0
        for element, text in strings:
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


def find_place(
    tree: HtmlElement, url: str, haystack: Haystack, besides: str, elsewhere: set[HtmlElement], page: list[Line]
) -> Place | None:
    """The element that holds the article, or None where no text was found.

    :param besides: headline and lede without blanks; they stand apart from the body on many sites and have no say.
    :param elsewhere: elements that show other articles.
    :param page: the page's lines outside them.
    """
    owners: list[tuple[HtmlElement, int]] = []
    cursor = 0
    for text in article_texts(_without(tree, elsewhere), url, page):
        key = squeeze(text)
        if len(key) < _SHORTEST or key[:_KEY] in besides:
            continue
        position = haystack.find(text, cursor)
        position = position if position >= 0 else haystack.find(text)
        if position >= 0:
            cursor = position + len(key)
            if (block := block_of(haystack.owner(position))).tag != "h1":
                owners.append((block, len(key)))
    if not owners:
        return None
    core = _deepest(tree, owners, _MOST)
    owners = _connected(owners, core, page, elsewhere)
    element = _deepest(tree, owners, _NEARLY_ALL)
    inside = [block for block, _length in owners if element is block or element in block.iterancestors()]
    return Place(element, inside[0], frozenset(inside), core) if inside else None


def _connected(
    owners: list[tuple[HtmlElement, int]], place: HtmlElement, page: list[Line], elsewhere: set[HtmlElement]
) -> list[tuple[HtmlElement, int]]:
    """What was found, less what stands far from the core, or is short and outside it, or in a box of other articles."""
    core = set(place.iter())
    if all(block in core for block, _length in owners):
        return owners
    frames = set(place.iterancestors())
    known = {
        block
        for block, length in owners
        if block in core or (length >= _LONG and not _in_box_of_others(block, frames, elsewhere))
    }
    places = [i for i, line in enumerate(page) if line.block in known]
    inner = [i for i in places if page[i].block in core]
    if not inner:
        return owners
    first, last = inner[0], inner[-1]
    for i in sorted((i for i in places if i < first), reverse=True):
        first = i if first - i <= _GAP else first
    for i in (i for i in places if i > last):
        last = i if i - last <= _GAP else last
    kept = {page[i].block for i in places if first <= i <= last}
    return [(block, length) for block, length in owners if block in kept]


def _in_box_of_others(block: HtmlElement, frames: set[HtmlElement], elsewhere: set[HtmlElement]) -> bool:
    """Whether the largest box around a block that does not frame the core as well shows other articles above all."""
    box = block
    while (parent := box.getparent()) is not None and parent not in frames:
        box = parent
    others = [one for one in elsewhere if one is not box and box in one.iterancestors()]
    return sum(len(text_of(one)) for one in others) > len(text_of(box)) / 2


def _deepest(tree: HtmlElement, owners: list[tuple[HtmlElement, int]], share: float) -> HtmlElement:
    """The smallest element that holds a share of what was found."""
    weights: Counter[HtmlElement] = Counter()
    for owner, length in owners:
        for element in (owner, *owner.iterancestors()):
            weights[element] += length
    enough = share * sum(length for _owner, length in owners)
    element = tree
    while (child := next((child for child in element if weights[child] >= enough), None)) is not None:
        element = child
    if element.tag in ("p", "tr", "li") and element is not tree:
        element = element.getparent()
    return element


def _without(tree: HtmlElement, elements: set[HtmlElement]) -> HtmlElement:
    """A copy of a tree without some of its elements; the tree itself where there are none."""
    if not elements:
        return tree
    for one in elements:
        one.set(_MARK, "")
    copy = deepcopy(tree)
    for one in elements:
        del one.attrib[_MARK]
    for twin in list(copy.iterfind(f".//*[@{_MARK}]")):
        if twin.getparent() is not None:
            twin.drop_tree()
    return copy
