"""The lede, put before a body that lacks it: what a reader reads begins with it."""

from __future__ import annotations

import re
from html import escape, unescape

from lxml.html import HtmlElement

from newscrawler.reading.fields.named import LONGEST
from newscrawler.reading.generic.lede import paragraphs
from newscrawler.reading.generic.marked_lede import lede_before
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.lines import squeeze
from newscrawler.reading.page.order import ReadingOrder
from newscrawler.reading.page.selectors import found_by, shown

_TAG = re.compile(r"<[^<>]*>")
_ENOUGH = 60
"""So many letters in common are the same sentence."""
_BEGINNING = 20_000
"""Characters of a body in which its lede would stand."""


def with_lede(main: str, order: ReadingOrder, layout: Layout, body: HtmlElement | None = None) -> str:
    """HTML of a body with its lede first, once: the one that the layout names, else one that a class marks.

    :param body: where it stands in the page; without it only the layout's place is looked at.
    :raises UsageError: if the layout names the lede by what is no selector.
    """
    named = (one for _by, one in found_by(order.root, layout.summary) if one.tag != "meta" and shown(one))
    lede = next(named, None)
    if lede is None and body is not None:
        lede = lede_before(order, body)
    if lede is None or len(text := shown(lede)) > LONGEST or _holds(main, text):
        return main
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in paragraphs(lede)) + main


def _holds(main: str, lede: str) -> bool:
    """Whether a body begins with the lede, or with what ends as it does: papers put their names before it."""
    letters, known = squeeze(lede), squeeze(unescape(_TAG.sub("", main[:_BEGINNING])))
    return letters[:_ENOUGH] in known or letters[-_ENOUGH:] in known
