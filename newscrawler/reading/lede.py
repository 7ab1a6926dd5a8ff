"""The lede (sapo) of a page of an unknown site; extractors lose it on half the pages (facts, news §3)."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawler.reading.clutter import is_menu, link_share
from newscrawler.reading.jsonld import plain
from newscrawler.reading.lines import block_of, classes, lines, squeeze, text_of
from newscrawler.reading.whereabouts import Haystack

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sapo|lead|lede|summary|hometext|description|excerpt|intro|abstract|short-?desc)(?=$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = ("p", "h2", "h3", "div", "strong", "span", "header")
_SHORTEST, _LONGEST = 30, 1_500


def lede_candidates(tree: HtmlElement, haystack: Haystack) -> list[HtmlElement]:
    """Elements that may be the lede: what says the page's description, then what a class behind the headline names."""
    found = [*_described(tree, haystack), *_named(tree)]
    return [one for one in found if _SHORTEST <= len(text_of(one)) <= _LONGEST and link_share(one) < 0.5]


def paragraphs(lede: HtmlElement) -> list[str]:
    """The lede's text, as its blocks part it; links to other articles beneath it left out."""
    return [line.text for line in lines(lede) if not all(one.tag == "a" for one in line.elements)]


def _described(tree: HtmlElement, haystack: Haystack) -> list[HtmlElement]:
    metas = [(meta.get("property") or meta.get("name") or "", meta.get("content") or "") for meta in tree.iter("meta")]
    said = [plain(content) for name, content in metas if name.lower().endswith("description")]
    positions = (haystack.find(text[: _SHORTEST * 2].rstrip(" .…")) for text in said if len(text) >= _SHORTEST)
    return [block_of(haystack.owner(position)) for position in positions if position >= 0]


def _named(tree: HtmlElement) -> list[HtmlElement]:
    head = next(tree.iter("h1"), None)
    behind = False
    found = []
    for element in tree.iter("h1", *_TAGS):
        behind = behind or element is head
        if behind and element.tag != "h1" and _CLASS.search(classes(element)):
            found.append(element)
    return [element for element in found[:5] if not any(map(is_menu, element.iterancestors()))]


def stands_before(haystack: Haystack, lede: HtmlElement, other: HtmlElement) -> bool:
    """Whether a lede begins before another element's text."""
    position, bound = haystack.find(text_of(lede)), haystack.find(text_of(other))
    return 0 <= position <= bound


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts begin alike."""
    return squeeze(one)[:60] == squeeze(other)[:60]
