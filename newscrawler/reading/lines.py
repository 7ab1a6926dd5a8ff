"""The visible strings of a tree, and its lines: what stands together in one block, without asking for any look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawler.reading.tree import SILENT_TAGS
from newscrawler.text import one_line

BLOCK_TAGS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_SILENT = SILENT_TAGS - {"html"}
_SPACE = re.compile(r"\s+")
_HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:title|headline)[\s_-]?(?:detail|news|post|article|page)"
    r"|(?:detail|news|post|article|entry)[\s_-]{0,2}(?:title|headline)(?:$|[\s_-])"
    r"|(?:^|[\s_-])tieu-?de(?:$|[\s_-])",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """Visible text of one block, or of one part of it."""

    block: HtmlElement
    text: str
    elements: tuple[HtmlElement, ...]
    """The elements its strings stand in."""


def strings(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each visible string with the element it stands in, in document order; works without recursion."""
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, is_over = stack.pop()
        if is_over:
            if element.tail and (parent := element.getparent()) is not None and element is not root:
                yield parent, element.tail
            continue
        stack.append((element, True))
        if element.tag in _SILENT or not isinstance(element.tag, str):
            continue
        if element.text:
            yield element, element.text
        stack.extend((child, False) for child in reversed(element))


def lines(root: HtmlElement) -> list[Line]:
    """The lines of a page in document order; blocks end a line, `br` does not."""
    return lines_of(root, strings(root))


def lines_of(root: HtmlElement, strings: Iterable[tuple[HtmlElement, str]]) -> list[Line]:
    """The lines that some strings of a tree make."""
    found: list[Line] = []
    block, texts, elements = root, list[str](), list[HtmlElement]()
    for element, text in strings:
        own = block_of(element)
        if own is not block and texts:
            _close(found, block, texts, elements)
            texts, elements = [], []
        block = own
        texts.append(text)
        elements.append(element)
    _close(found, block, texts, elements)
    return found


def _close(found: list[Line], block: HtmlElement, texts: list[str], elements: list[HtmlElement]) -> None:
    if text := one_line("".join(texts)):
        found.append(Line(block, text, tuple(elements)))


def block_of(element: HtmlElement) -> HtmlElement:
    """The nearest block element at or above an element."""
    while element.tag not in BLOCK_TAGS and (parent := element.getparent()) is not None:
        element = parent
    return element


def text_of(element: HtmlElement) -> str:
    """Visible text of an element on one line."""
    return one_line("".join(text for _element, text in strings(element)))


def classes(element: HtmlElement) -> str:
    """Class and id, as one text."""
    return f"{element.get('class', '')} {element.get('id', '')}".strip()


def headline_index(tree: HtmlElement, page: list[Line]) -> int | None:
    """Index of the line that holds the headline: what the page says, else an `h1`, else a class."""
    said = [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    said += [element.text or "" for element in tree.iter("title")]
    shared = squeeze(said[0]).lower() if said else ""
    told = [i for i, line in enumerate(page) if len(key := squeeze(line.text).lower()) > 15 and shared.startswith(key)]
    heads = [i for i, line in enumerate(page) if any(one.tag == "h1" for one in up(line.block, 2))]
    named = [i for i, line in enumerate(page) if any(_HEADLINE.search(classes(one)) for one in up(line.block, 1))]
    both = [i for i in told if i in heads]
    return next(iter(both or told or heads or named), None)


def squeeze(text: str) -> str:
    """Text without blanks, to be looked for in other text without blanks."""
    return _SPACE.sub("", text)


def up(element: HtmlElement, levels: int) -> Iterator[HtmlElement]:
    """The element and its nearest ancestors."""
    for _level in range(levels + 1):
        yield element
        parent = element.getparent()
        if parent is None:
            return
        element = parent
