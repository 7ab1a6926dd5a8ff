"""The cookies that a browser sends, without those that nobody here can read.

A browser sends what any program on the same host has set, on any port; Python's reader of cookies gives up at the first
name that it does not like, and every page would then fail until the reader deletes that cookie.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}=[!#-+\--:<-\[\]-~]{0,4000}")
_MOST = 50

Headers = list[tuple[bytes, bytes]]


def readable(headers: Headers) -> Headers:
    """The headers of a request, as ASGI has them, with plain cookies alone.

    >>> readable([(b"cookie", b'a,b=1; lang=en; x="\\\\999"')])
    [(b'cookie', b'lang=en')]
    """
    return [(name, _plain(value) if name == b"cookie" else value) for name, value in headers]


def _plain(value: bytes) -> bytes:
    pairs = (pair.strip() for pair in value.split(b";"))
    return b"; ".join([pair for pair in pairs if _PLAIN.fullmatch(pair)][:_MOST])
