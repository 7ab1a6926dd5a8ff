"""Naked text: paragraphs that only `br` or `hr` part, made paragraphs of their own before anyone looks for them."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement, builder

from newscrawler.reading.page.lines import BLOCK_TAGS

_HOLDERS = frozenset({"body", "div", "td", "center", "section", "article", "main", "blockquote", "font"})
_LEAST = 150
"""Letters of naked text from which it is more than a few words beside an icon."""
_MOST_BREAKS = 5_000


def with_paragraphs(tree: HtmlElement) -> HtmlElement:
    """A copy of a tree in which naked text stands in paragraphs; the tree itself where there is none.

    Two breaks part paragraphs, one stays a break.
    """
    found = _holders(tree)
    if not found:
        return tree
    copy = deepcopy(tree)
    for holder in _holders(copy):
        _wrap(holder)
    return copy


def _holders(tree: HtmlElement) -> list[HtmlElement]:
    """Elements with breaks, or the page itself, that hold much text of their own."""
    parents: dict[HtmlElement, None] = dict.fromkeys(tree.iter("body"))
    for count, one in enumerate(tree.iter("br", "hr")):
        parent = one.getparent()
        if count >= _MOST_BREAKS:
            break
        if parent is not None:
            parents[parent] = None
    return [one for one in parents if one.tag in _HOLDERS and _naked(one) >= _LEAST]


def _naked(element: HtmlElement) -> int:
    own = len((element.text or "").strip())
    return own + sum(len((child.tail or "").strip()) for child in element)


def _wrap(holder: HtmlElement) -> None:
    children, made = list(holder), list[HtmlElement]()
    paragraph = _paragraph(holder.text, made)
    holder.text = None
    for child in children:
        tail, child.tail = child.tail, None
        if _is_block(child):
            made.append(child)
            paragraph = _paragraph(tail, made)
        elif child.tag == "br" and (paragraph is None or _ends_with_break(paragraph)):
            paragraph = _paragraph(tail, made)
        else:
            if paragraph is None:
                paragraph = builder.P()
                made.append(paragraph)
            child.tail = tail
            paragraph.append(child)
    holder[:] = made


def _paragraph(text: str | None, made: list[HtmlElement]) -> HtmlElement | None:
    """A new paragraph that begins with a text, or None where the text is blank."""
    if not text or not text.strip():
        return None
    paragraph = builder.P()
    paragraph.text = text
    made.append(paragraph)
    return paragraph


def _ends_with_break(paragraph: HtmlElement) -> bool:
    return len(paragraph) > 0 and paragraph[-1].tag == "br" and not (paragraph[-1].tail or "").strip()


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCK_TAGS or any(one.tag in BLOCK_TAGS for one in element.iterdescendants())
