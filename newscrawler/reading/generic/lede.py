"""The lede (sapo) of a page of an unknown site; extractors lose it on half the pages (facts, news §3)."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newscrawler.reading.fields.jsonld import plain
from newscrawler.reading.generic.clutter import is_menu, link_share
from newscrawler.reading.generic.lede_names import names_lede
from newscrawler.reading.generic.whereabouts import Haystack
from newscrawler.reading.page.lines import Line, block_of, classes, lines, squeeze, text_of

_MOST_PARAGRAPHS = 3
_TAGS = ("p", "h2", "h3", "div", "strong", "span", "header", "td")
_NO_LEDE = re.compile(
    r"cookie|subscri|newsletter|sign up|commission|affiliate|javascript|browser|log in|listen to this|minutes? read"
    r"|photo|ảnh:|đăng ký|đăng nhập|trình duyệt|all rights",
    re.IGNORECASE,
)
_MOST_BETWEEN = 12
_FEW_BETWEEN = 4
_NEAR = 2
"""So many boxes around the body's first paragraph hold its lede, where no headline tells where to look."""
_SHORTEST, _LONGEST = 30, 1_500


def lede_candidates(tree: HtmlElement, haystack: Haystack, head: HtmlElement | None) -> list[HtmlElement]:
    """Elements that may be the lede: what says the page's description, then what a class behind the headline names.

    :param head: the block of the headline.
    """
    found = [*_described(tree, haystack), *_named(tree, head)]
    return [one for one in found if _SHORTEST <= len(text_of(one)) <= _LONGEST and link_share(one) < 0.5]


def paragraphs(lede: HtmlElement) -> list[str]:
    """The lede's text, as its blocks part it; links to other articles beneath it left out."""
    return [line.text for line in lines(lede) if not all(one.tag == "a" for one in line.elements)]


def _described(tree: HtmlElement, haystack: Haystack) -> list[HtmlElement]:
    metas = [(meta.get("property") or meta.get("name") or "", meta.get("content") or "") for meta in tree.iter("meta")]
    said = [plain(content) for name, content in metas if name.lower().endswith("description")]
    positions = (haystack.find(text[: _SHORTEST * 2].rstrip(" .…")) for text in said if len(text) >= _SHORTEST)
    return [block_of(haystack.owner(position)) for position in positions if position >= 0]


def _named(tree: HtmlElement, head: HtmlElement | None) -> list[HtmlElement]:
    behind = False
    found = []
    for element in tree.iter(*({} if head is None else {"h1", head.tag, *_TAGS})):
        behind = behind or element is head
        if behind and element is not head and element.tag in _TAGS and names_lede(classes(element)):
            found.append(element)
    return [
        element
        for element in found[:5]
        if len(paragraphs(element)) <= _MOST_PARAGRAPHS and not any(map(is_menu, element.iterancestors()))
    ]


def between(page: list[Line], head: int | None, first: HtmlElement) -> HtmlElement | None:
    """The only paragraph between the headline and the body's first: a lede that nothing names.

    :param head: index of the headline, or None where no line is told to be it: then what stands close before counts.
    """
    stop = next((i for i, line in enumerate(page) if i > (head or 0) and line.block is first), 0)
    start = max(0, stop - _FEW_BETWEEN) if head is None else head + 1
    if stop - start >= _MOST_BETWEEN:
        return None
    near = None if head is not None else {one for above in islice(first.iterancestors(), _NEAR) for one in above.iter()}
    lines = [line for line in page[start:stop] if near is None or line.block in near]
    found = [line.block for line in lines if _SHORTEST * 2 <= len(line.text) <= _LONGEST]
    return found[0] if len(found) == 1 and _may_be_lede(found[0]) else None


def _may_be_lede(block: HtmlElement) -> bool:
    if link_share(block) >= 0.3 or any(map(is_menu, (block, *block.iterancestors()))):
        return False
    if _NO_LEDE.search(text_of(block)) or any(one.tag in ("figure", "li", "aside") for one in block.iterancestors()):
        return False
    parent = block.getparent()
    pictured = (
        parent is not None and parent.tag not in ("body", "article", "main") and parent.find(".//img") is not None
    )
    return not pictured or block.tag in ("h2", "h3", "strong")


def stands_before(haystack: Haystack, lede: HtmlElement, other: HtmlElement) -> bool:
    """Whether a lede begins before another element's text."""
    position, bound = haystack.find(text_of(lede)), haystack.find(text_of(other))
    return 0 <= position <= bound


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts begin alike."""
    return squeeze(one)[:60] == squeeze(other)[:60]
