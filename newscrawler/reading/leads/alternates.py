"""The feeds that a page names as its own, and addresses at which feeds usually lie."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from newscrawler.urls import absolute

USUAL = ("/feed", "/rss", "/rss.xml", "/rss/home.rss")
"""Paths that are tried on a site whose page names no feed."""

_LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_ALTERNATE = re.compile(r"""\brel\s*=\s*["']?[^"'<>]{0,40}\balternate\b""", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/(?:rss|atom|rdf)\+xml""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|binh-?luan", re.IGNORECASE)
_FEED = re.compile(
    r"\.(?:rss|atom|rdf)$|/(?:feed|rss|atom)(?:\.xml)?/?$|/(?:rss|feed|feeds)/[^/]+\.xml$", re.IGNORECASE
)
_HEAD = 200_000
"""Characters of a page in which its head ends."""


def named_feeds(html: str, url: str) -> tuple[str, ...]:
    """The RSS and Atom feeds that a page's head names, absolute, in order, each once; feeds of comments are left out.

    >>> named_feeds('<link rel="alternate" type="application/rss+xml" href="/moi.rss">', "http://a.vn/tin")
    ('http://a.vn/moi.rss',)
    """
    found: dict[str, None] = {}
    for tag in _LINK.finditer(html, 0, _HEAD):
        link = tag.group()
        if _ALTERNATE.search(link) and _TYPE.search(link) and (href := _HREF.search(link)):
            written = (href[1] or href[2] or href[3] or "").replace("&amp;", "&")
            if (feed := absolute(url, written)) and not _COMMENTS.search(link):
                found[feed] = None
    return tuple(found)


def usual_feeds(url: str) -> tuple[str, ...]:
    """Addresses at which a site may have a feed that no page names."""
    return tuple(urljoin(url, path) for path in USUAL)


def is_feed_address(url: str) -> bool:
    """Whether an address that a page links to looks like a feed's.

    >>> is_feed_address("http://a.vn/rss/thoi-su.rss"), is_feed_address("http://a.vn/rss.html")
    (True, False)
    """
    path = urlsplit(url).path
    return _FEED.search(path) is not None and not _COMMENTS.search(url)
