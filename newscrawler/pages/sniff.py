"""Whether bytes are a page of HTML: told by the bytes, where the label does not say so or says it wrongly (facts:
reliability §2, row 64)."""

from __future__ import annotations

import re

HTML = frozenset({"text/html", "application/xhtml+xml"})

_START = 2_000
"""Bytes within which a page shows that it is one."""
_BINARY = re.compile(
    rb"%PDF-|\x89PNG\r|\xff\xd8\xff|GIF8[79]a|RIFF....(?:WEBP|WAVE|AVI )|PK\x03\x04|\x1f\x8b\x08|BM....\x00\x00\x00\x00"
    rb"|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|Rar!\x1a\x07|7z\xbc\xaf|ID3|OggS|fLaC|....ftyp|\x00\x00\x01\x00|wOF[F2]|FWS|CWS"
    rb"|\x7fELF|SQLite format 3\x00",
    re.DOTALL,
)
_MARKUP = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def is_html(mime: str, body: bytes) -> bool:
    """Whether a body is a page.

    :param mime: what its Content-Type says, `unk` for nothing.
    :param body: without content codings.
    """
    start = body[:_START]
    if not start.strip() or _BINARY.match(start):
        return False
    return mime in HTML or _MARKUP.match(_text(start)) is not None


def _text(start: bytes) -> str:
    """Enough of the characters to see tags."""
    return start.decode(_WIDE.get(start[:2], "utf-8"), "replace").replace("\x00", "").removeprefix("\ufeff")
