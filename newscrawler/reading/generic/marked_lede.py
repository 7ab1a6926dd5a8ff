"""Elements that a class marks as the lede, such as `sapo` or `hometext`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawler.reading.fields.named import LONGEST
from newscrawler.reading.generic.clutter import is_menu, link_share
from newscrawler.reading.generic.lede_names import MORE_PARTS, PARTS, names_lede
from newscrawler.reading.page.order import ReadingOrder
from newscrawler.reading.page.selectors import is_short, matching, shown

SHORTEST = 30
"""A lede has more letters."""
_CLASSED = XPath(
    "descendant::*[self::p or self::h2 or self::h3 or self::div or self::strong or self::span or self::header]"
    f"[{' or '.join(f'contains(@class,{part!r})' for part in (*PARTS, *MORE_PARTS))}]"
)
_MOST = 60


def marked_ledes(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each such element with its text, in the order of the page; what is mostly links is none."""
    for element in matching(_CLASSED, tree, _MOST):
        named = names_lede(element.get("class") or "")
        if named and is_short(element, 4 * LONGEST) and link_share(element) <= 0.5:
            text = shown(element)
            if SHORTEST <= len(text) <= LONGEST:
                yield element, text


def lede_before(order: ReadingOrder, body: HtmlElement) -> HtmlElement | None:
    """The last of them between the headline and the body; another article's would stand in a list."""
    start = order.spans.get(body, (0, 0))[0]
    heads = [order.spans[head][1] for head in order.root.iter("h1") if head in order.spans]
    behind = max((end for end in heads if end <= start), default=None)
    found = None
    for element, _text in marked_ledes(order.root) if behind is not None else ():
        first, last = order.spans.get(element, (0, 0))
        listed = any(one.tag in ("li", "aside") or is_menu(one) for one in element.iterancestors())
        if behind is not None and behind <= first < last <= start and not listed:
            found = found if found is not None and element in found.iterdescendants() else element
    return found
