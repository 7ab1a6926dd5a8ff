"""Documents that a page offers beside its body, in the parts that its layout names."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawler.items import Media
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.selectors import select_all, shown
from newscrawler.text import one_line
from newscrawler.urls import absolute

MOST = 200
"""No article has more attachments."""


def attachments(tree: HtmlElement, layout: Layout, base_url: str) -> tuple[Media, ...]:
    """The documents that the layout's `files` offer, each address once, in the order of the page.

    :raises UsageError: if the layout names a place by what is no selector.
    """
    found: dict[str, Media] = {}
    for element in select_all(tree, layout.files) if layout.files else ():
        for link in element.iter("a"):
            href = (link.get("href") or "").strip()
            url = absolute(base_url, href) if href and href[0] != "#" else None
            if url and url not in found and len(found) < MOST:
                name = shown(link) or one_line(link.get("title") or "")
                place = len(found) + 1
                found[url] = Media(position=place, kind="document", url=url, original_src=href, caption=name)
    return tuple(found.values())
