"""Pictures out of the archive, known by their first bytes: what a server calls a picture may be a page with scripts."""

from __future__ import annotations

import re

from newscrawler.errors import NoSuchPageError
from newscrawler.store import Database, find_capture
from newscrawler.web.asked import Asked
from newscrawler.web.captures.archived import body_of, record_view
from newscrawler.web.pages import Sent, View

_KINDS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "image/avif"),
    (re.compile(rb"BM....\0\0\0\0", re.DOTALL), "image/bmp"),
)
_NOTHING = "default-src 'none'; sandbox"
_KEPT = {"cache-control": "private, max-age=604800", "vary": "Accept"}
"""For a week: a rebuild may give a number to another capture."""


def picture(db: Database, asked: Asked) -> Sent:
    """The picture of a capture.

    :raises NoSuchPageError: if there is no such capture, or if it holds no picture that is drawn in dots; those in
        vectors may hold scripts.
    """
    found = find_capture(db, int(asked.parts["id"]))
    if found is None:
        raise NoSuchPageError(f"the archive has no capture {asked.parts['id']}")
    content = body_of(db, asked.folder, found).content
    kind = kind_of(content)
    if kind is None:
        raise NoSuchPageError(f"capture {found.id} holds no picture")
    return Sent(body=content, type=kind, policy=_NOTHING, headers=_KEPT)


def kind_of(content: bytes) -> str | None:
    """The media type of a picture in dots; None of anything else.

    >>> kind_of(b"GIF89a..."), kind_of(b"<svg onload=alert(1)>")
    ('image/gif', None)
    """
    return next((kind for start, kind in _KINDS if start.match(content)), None)


ROUTES: list[tuple[str, View]] = [(r"/picture/(?P<id>[0-9]{1,15})$", record_view(picture))]
