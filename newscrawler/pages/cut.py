"""Whether a body may break off before its end: the one place that says what a cut copy is (facts: reliability §0.3,
§0.4, §2 rows 8 and 40)."""

from __future__ import annotations

import re

from newscrawler.archive.coding import Decoded
from newscrawler.archive.message import Head
from newscrawler.items import Capture

BROKEN_OFF = "disconnect"
"""WARC-Truncated of a body that a reset or a damaged gzip stream has cut, and of one shorter than its stated length,
which is never handed on."""

_DAMAGED = "coding is damaged"
"""In a note of `archive.coding`: what came of such a body is its beginning, or is not what was sent."""
_LAST = 4_096
"""Bytes within which the end of a whole page stands."""
_END = re.compile(rb"</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>", re.IGNORECASE)
_BESIDE = re.compile(rb"<!--.*?-->|<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
"""What servers write behind the last tag of a page."""
_TAGS = (("<", ">"), ("&lt;", "&gt;"), ("&amp;lt;", "&amp;gt;"))
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def why_cut(capture: Capture, head: Head, decoded: Decoded) -> str:
    """Why a body may be the beginning of a longer one, in a sentence; empty where it is whole as far as can be told.

    A body whose last tag has come is whole, however badly its server goes about the rest. Without that tag it may be
    cut if its content coding breaks off, if the connection was reset, and if its only end is that of the connection.

    :param capture: whose `truncated` tells of the connection.
    :param head: of the answer that brought the body.
    :param decoded: the body without its content codings.
    """
    damaged = any(_DAMAGED in note for note in decoded.notes)
    if not damaged and _is_closed(decoded.body[-_LAST:]):
        return ""
    if not decoded.whole:
        return f"it breaks off: {'; '.join(decoded.notes)}"
    if capture.truncated:
        return "it breaks off: the connection was cut"
    framed = head.chunked or head.first("content-length")
    if not framed and _START.match(decoded.body):
        return "it may break off: it states no length, and ends with the connection, without its last tag"
    return ""


def _is_closed(end: bytes) -> bool:
    """Whether nothing of the page follows its last tag: articles hold whole documents, which end before the page."""
    last = max(_END.finditer(end), key=re.Match.end, default=None)
    return last is not None and not _BESIDE.sub(b"", end[last.end() :]).strip()


def without_torn_end(html: str) -> str:
    """What stands before a tag that does not end: half an address would lead to another page. Articles may lie escaped
    in their page, once or twice.

    >>> without_torn_end('<p>Ra qu\u00e2n</p><a href="/News/27')
    '<p>Ra qu\u00e2n</p>'
    >>> without_torn_end('<textarea>&lt;p&gt;Ra &lt;a href=')
    '<textarea>&lt;p&gt;Ra '
    """
    for opening, closing in _TAGS:
        start = html.rfind(opening)
        if start > html.rfind(closing):
            html = html[:start]
    return html
