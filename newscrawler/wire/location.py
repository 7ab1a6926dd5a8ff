"""What a Location header means (RFC 9110 §10.2.2), whatever servers put there (facts: reliability §2, row 29)."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from newscrawler.urls import absolute

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses whose Location is to be followed."""
LONGEST_LOCATION = 2083
"""Characters; Scrapy drops longer addresses without a word (URLLENGTH_LIMIT)."""


def location(base: str, raw: bytes) -> tuple[str | None, str]:
    """What a Location header means: an absolute http(s) address, or None; and the scheme that it names.

    Bytes outside ASCII are taken for UTF-8, as browsers do; the fragment and credentials are dropped.

    >>> location("http://a.vn/x", "/Đoàn#1".encode())
    ('http://a.vn/%C4%90o%C3%A0n', 'http')
    >>> location("http://a.vn/x", b"//ten:matkhau@b.vn/")
    ('http://b.vn/', 'http')
    >>> location("http://a.vn/x", b"file:///etc/passwd"), location("http://a.vn/x", b"")
    ((None, 'file'), (None, 'http'))
    """
    text = raw.decode("utf-8", "replace")
    try:
        named, scheme = urlsplit(text), urlsplit(urljoin(base, text)).scheme
    except ValueError:
        return None, "http"
    hostless = named.scheme in ("http", "https") and not named.netloc
    found = None if hostless or not 0 < len(text) <= LONGEST_LOCATION else absolute(base, text)
    if found is None or len(found) > LONGEST_LOCATION:
        return None, scheme
    parts = urlsplit(found)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), scheme
