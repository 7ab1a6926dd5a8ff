"""The address that a saved page gives as its own."""

from __future__ import annotations

import re

from newscrawler.urls import absolute

_LINK = re.compile(r"<(?:link|meta)\b[^<>]*>", re.IGNORECASE)
_OWN = re.compile(r"""(?:rel|property)\s*=\s*["']?(?:canonical|og:url)["'\s>/]""", re.IGNORECASE)
_VALUE = re.compile(r"""(?:href|content)\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_HEAD = 200_000
"""Characters of a page in which its head ends."""


def stated_address(html: str) -> str | None:
    """Canonical link or og:url of a page, whichever stands first, or None.

    >>> stated_address('<link rel="canonical" href="http://a.vn/tin-5.html"/>')
    'http://a.vn/tin-5.html'
    """
    for tag in _LINK.finditer(html, 0, _HEAD):
        if _OWN.search(tag.group()) and (value := _VALUE.search(tag.group())):
            return absolute("", value[1])
    return None
