"""Places of a page that a layout names: CSS selectors, or XPath where they begin like one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPath, XPathError, iterwalk
from lxml.html import HtmlElement

from newscrawler.errors import UsageError
from newscrawler.reading.page.lines import BLOCK_TAGS
from newscrawler.reading.page.tree import SILENT_TAGS
from newscrawler.text import one_line

_SIZE = XPath("string-length(.) + count(descendant::*)")
_XPATH = ("/", "(", "./")


def select(tree: HtmlElement, selectors: tuple[str, ...]) -> list[HtmlElement]:
    """The elements that the first selector finds which finds any, in the order of the page.

    :raises UsageError: for what is no selector.
    """
    return next((found for one in selectors if (found := _elements(tree, one))), [])


def select_all(tree: HtmlElement, selectors: tuple[str, ...]) -> list[HtmlElement]:
    """The elements that any of the selectors finds, each once.

    :raises UsageError: for what is no selector.
    """
    return list(dict.fromkeys(element for one in selectors for element in _elements(tree, one)))


def found_by(tree: HtmlElement, selectors: tuple[str, ...]) -> Iterator[tuple[str, HtmlElement]]:
    """Each element that is found, with the selector that finds it: those of the first selector first.

    :raises UsageError: for what is no selector.
    """
    for one in selectors:
        for element in _elements(tree, one):
            yield one, element


def shown(element: HtmlElement) -> str:
    """What a reader sees of an element, on one line: inline tags part no words, blocks and `br` do."""
    texts: list[str] = []
    walk: Any = iterwalk(element, events=("start", "end"))
    for event, one in walk:
        parts = one.tag in BLOCK_TAGS or one.tag == "br"
        if event == "start":
            texts.append(" " if parts else "")
            if one.tag in SILENT_TAGS or not isinstance(one.tag, str):
                walk.skip_subtree()
            else:
                texts.append(one.text or "")
        else:
            texts.append((" " if parts else "") + ((one.tail or "") if one is not element else ""))
    return one_line("".join(texts))


def is_short(element: HtmlElement, most: int) -> bool:
    """Whether an element holds at most so many characters and elements: asked before it is walked."""
    return bool(_SIZE(element) <= most)  # type: ignore[operator]


def matching(path: XPath, element: HtmlElement, most: int) -> list[HtmlElement]:
    """The first elements that an XPath finds."""
    found = path(element)
    return [one for one in found[:most] if isinstance(one, HtmlElement)] if isinstance(found, list) else []


def place_name(element: HtmlElement) -> str:
    """An element as a short selector: its tag and the first of its classes."""
    names = (element.get("class") or "").split()
    return f"{element.tag}.{names[0][:60]}" if names else str(element.tag)


def check(selector: str) -> None:
    """Let a site file's selector pass.

    :raises UsageError: for what is no selector.
    """
    _compiled(selector)


def _elements(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    found = _compiled(selector)(tree)
    return [one for one in found if isinstance(one, HtmlElement)] if isinstance(found, list) else []


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> XPath:
    try:
        is_xpath = selector.startswith(_XPATH)
        return XPath(selector if is_xpath else HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))
    except (SelectorError, XPathError) as error:
        raise UsageError(f"{selector!r} is neither a CSS selector nor an XPath: {error}") from error
