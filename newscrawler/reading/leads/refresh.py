"""Where a page sends its readers by itself: `<meta http-equiv="refresh">`, taken for a link, never for a redirect."""

from __future__ import annotations

import re
from html import unescape

from newscrawler.urls import absolute

MOST_LOOKED_AT = 1 << 16
"""Characters of a page within which its head lies."""
_LONGEST_TAG = 5000

_PARTS = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|noscript|style|title|textarea|template)\b.*?(?:</(?P=raw)|\Z)"
    rf"|<meta\b(?P<meta>[^<>]{{0,{_LONGEST_TAG}}})>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TARGET = re.compile(r"""^[\s\d.]*[;,\s]\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))""", re.IGNORECASE | re.DOTALL)


def refresh_target(html: str, base: str) -> str | None:
    """The http(s) address that a page's first refresh with a target names, absolute; None without one.

    Schemes other than http and https lead nowhere (facts: reliability §2, rows 22 and 23), and a page that only loads
    itself anew has no target. What stands in comments, scripts and `noscript` does not count.

    >>> refresh_target('<meta http-equiv="refresh" content="0; url=/moi">', "http://a.vn/cu")
    'http://a.vn/moi'
    >>> refresh_target('<meta http-equiv=refresh content="0;url=javascript:alert(1)">', "http://a.vn/cu") is None
    True
    """
    for part in _PARTS.finditer(html, 0, MOST_LOOKED_AT):
        found = _target(part["meta"]) if part["meta"] else None
        if found:
            return absolute(base, found)
    return None


def _target(tag: str) -> str | None:
    """The address in one meta tag, as it stands there."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        attributes.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    if attributes.get("http-equiv", "").strip().lower() != "refresh":
        return None
    match = _TARGET.match(attributes.get("content", ""))
    return next((each.strip() for each in match.groups() if each), None) if match else None
