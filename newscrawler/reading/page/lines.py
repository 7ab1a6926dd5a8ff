"""The visible strings of a tree, and its lines: what stands together in one block, without asking for any look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml.etree import Comment, Entity, ProcessingInstruction
from lxml.html import HtmlElement

from newscrawler.reading.page.tree import SILENT_TAGS
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
_UNREAD = (*_SILENT, "br", Comment, ProcessingInstruction, Entity)
"""Where none of these stands in an element, its strings are what is visible."""
_HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:title|headline)[\s_-]?(?:detail|news|post|article|page)"
    r"|(?:detail|news|post|article|entry)[\s_-]{0,2}(?:title|headline)(?:$|[\s_-])"
    r"|(?:^|[\s_-])tieu-?de(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHORTEST_HEADLINE = 15
_PROSE = 120


class Line(NamedTuple):
    """Visible text of one block, or of one part of it."""

    block: HtmlElement
    text: str
    elements: tuple[HtmlElement, ...]
    """The elements its strings stand in."""


def strings(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each visible string with the element it stands in, in document order, a break as one; works without recursion."""
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
        if element.tag == "br":
            yield element, "\n"
        elif element.text:
            yield element, element.text
        stack.extend((child, False) for child in reversed(element))


def lines(root: HtmlElement, *, parted: bool = False) -> list[Line]:
    """The lines of a page in document order; blocks end a line, `br` only where they shall be `parted`."""
    return list(_lines(root, strings(root), parted=parted))


def lines_of(root: HtmlElement, strings: Iterable[tuple[HtmlElement, str]]) -> list[Line]:
    """The lines that some strings of a tree make."""
    return list(_lines(root, strings))


def first_lines(root: HtmlElement, count: int) -> list[Line]:
    """So many lines of a tree, without a look at what comes behind them."""
    return list(islice(_lines(root, strings(root)), count))


def _lines(root: HtmlElement, strings: Iterable[tuple[HtmlElement, str]], *, parted: bool = False) -> Iterator[Line]:
    block, texts, elements = root, list[str](), list[HtmlElement]()
    for element, text in strings:
        if not texts and text.isspace():
            continue
        own = block_of(element)
        if texts and (own is not block or (parted and element.tag == "br")):
            if told := one_line("".join(texts)):
                yield Line(block, told, tuple(elements))
            texts, elements = [], []
        block = own
        texts.append(text)
        elements.append(element)
    if told := one_line("".join(texts)):
        yield Line(block, told, tuple(elements))


def block_of(element: HtmlElement) -> HtmlElement:
    """The nearest block element at or above an element."""
    while element.tag not in BLOCK_TAGS and (parent := element.getparent()) is not None:
        element = parent
    return element


def is_leaf(element: HtmlElement) -> bool:
    """Whether an element is a block without blocks in it."""
    return element.tag in BLOCK_TAGS and not any(inside.tag in BLOCK_TAGS for inside in element.iterdescendants())


def text_of(element: HtmlElement) -> str:
    """Visible text of an element on one line."""
    if next(element.iter(*_UNREAD), None) is not None:
        return one_line("".join(text for _element, text in strings(element)))
    return one_line("".join(element.itertext()))


def classes(element: HtmlElement) -> str:
    """Class and id, as one text."""
    return f"{element.get('class', '')} {element.get('id', '')}".strip()


def headline_index(tree: HtmlElement, page: list[Line]) -> int | None:
    """Index of the line that holds the headline: what the page says, else an `h1`, else a class, else the only `h2`."""
    said = [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    said += [element.text or "" for element in tree.iter("title")]
    shared = squeeze(said[0]).lower() if said else ""
    told = [i for i, line in enumerate(page) if shared and _begins(shared, line.text)]
    if told:
        return next((i for i in told if _is_head(page[i])), told[0])
    named = (i for i, line in enumerate(page) if any(_HEADLINE.search(classes(one)) for one in up(line.block, 1)))
    head = next((i for i, line in enumerate(page) if _is_head(line)), next(named, None))
    return _only_lesser(page) if head is None else head


def _only_lesser(page: list[Line]) -> int | None:
    """The only `h2` of a page, unless text stands before it, of which it is then a part's."""
    found = [i for i, line in enumerate(page) if line.block.tag == "h2"]
    told = len(found) == 1 and all(len(line.text) <= _PROSE for line in page[: found[0]])
    return found[0] if told else None


def _begins(shared: str, text: str) -> bool:
    """Whether a text begins with a line, both without blanks and capitals."""
    if len(text) <= _SHORTEST_HEADLINE or not shared.startswith(text[0].lower()):
        return False
    return len(key := squeeze(text).lower()) > _SHORTEST_HEADLINE and shared.startswith(key)


def _is_head(line: Line) -> bool:
    return any(one.tag == "h1" for one in up(line.block, 2))


def squeeze(text: str) -> str:
    """Text without blanks, to be looked for in other text without blanks."""
    return "".join(text.split())


def up(element: HtmlElement, levels: int) -> Iterator[HtmlElement]:
    """The element and its nearest ancestors."""
    for _level in range(levels + 1):
        yield element
        parent = element.getparent()
        if parent is None:
            return
        element = parent
