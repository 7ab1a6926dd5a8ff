"""Places of a page that a layout names: CSS selectors, or XPath where they begin like one."""

from __future__ import annotations

from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement

from newscrawler.errors import UsageError
from newscrawler.text import one_line

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


def text_at(tree: HtmlElement, selectors: tuple[str, ...]) -> str | None:
    """The text of the first element found that has any, on one line, or None."""
    texts = (one_line(" ".join(element.itertext())) for one in selectors for element in _elements(tree, one))
    return next(filter(None, texts), None)


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
