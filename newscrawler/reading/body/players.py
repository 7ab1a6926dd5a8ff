"""Players in a page's tree whose address stands where plain elements do not have it: put where they do."""

from __future__ import annotations

from lxml.html import HtmlElement, builder

from newscrawler.reading.body.embeds import awaited_address

_LAZY = ("data-src", "data-lazy-src", "data-litespeed-src", "data-url")


def settle_players(body: HtmlElement) -> None:
    """Give every `video`, `audio` and `iframe` its address as `src`, and every player that waits for a script a
    `video` of its own; the tree is changed."""
    known: set[str] = set()
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or (not element.attrib and element.tag not in ("video", "audio")):
            continue
        if element.tag in ("video", "audio", "iframe"):
            _settle(element)
            known.add(element.get("src") or "")
        elif awaited := awaited_address(element.tag, element.attrib):
            if awaited not in known:
                element.insert(0, builder.VIDEO(src=awaited))
            known.add(awaited)


def _settle(element: HtmlElement) -> None:
    if (element.get("src") or "about:").startswith("about:"):
        inner = (one for one in element.iter("source") if one.get("src") or one.get("data-src"))
        lazy = (value for one in (element, *inner) for name in ("src", *_LAZY) if (value := one.get(name)))
        source = next((value for value in lazy if not value.startswith("about:")), "")
        if source:
            element.set("src", source)
