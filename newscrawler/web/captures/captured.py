"""The page of an article as it was captured: in a frame that can do nothing, with a banner that says what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newscrawler.errors import NoSuchPageError
from newscrawler.items import Capture
from newscrawler.pages.sniff import is_html
from newscrawler.store import Database, find_capture
from newscrawler.store.page_captures import captures_of_article
from newscrawler.web.articles.article import ID, article_of
from newscrawler.web.asked import Asked
from newscrawler.web.captures.archived import Body, body_of, record_view
from newscrawler.web.captures.downloads import record_file
from newscrawler.web.captures.pictures import kind_of
from newscrawler.web.captures.provenance import chosen_capture
from newscrawler.web.captures.replay import replayed
from newscrawler.web.headers import CAPTURED
from newscrawler.web.pages import Sent, View, page

POLICY = f"{CAPTURED}; frame-ancestors 'self'"
"""Scripts, forms and frames are off, and nothing at all is fetched: what the page shows stands in it."""
_HEADERS = {
    "x-dns-prefetch-control": "off",
    # A browser opens no page by itself that is both sandboxed and apart from its opener.
    "cross-origin-opener-policy": "unsafe-none",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
_LABEL = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_PLAIN = re.compile(r"(?:text/|application/(?:[a-z.+-]*)?(?:json|xml|javascript))")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MOST = 100
"""Captures among which a reader may choose."""


def captured(db: Database, asked: Asked) -> Mapping[str, object]:
    """The frame of an article's page, at the moment that is asked for, or of the text as it is shown."""
    found = article_of(db, asked)
    chosen = chosen_capture(db, asked, found)
    if chosen is None:
        raise NoSuchPageError(f"the archive holds no capture of article {found['id']}")
    told = captures_of_article(db, found["id"], found["urlkey"], limit=_MOST)
    return {"article": found, "chosen": chosen, "captures": [one.capture for one in told]}


def capture(db: Database, asked: Asked) -> Sent:
    """What a capture brought, as its server labelled it: a page to look at, a text, or a file to take.

    A page bears the pictures and style sheets of its moment, as far as the archive has them; `raw=1` sends any body
    byte for byte, as a file.
    """
    found = _capture(db, asked)
    body = body_of(db, asked.folder, found)
    if asked.text("raw") not in ("", "0"):
        return _file(found, body, "application/octet-stream")
    kind, label = body.head.mime, _charset(body)
    if is_html(kind, body.content):
        shown = replayed(db, asked.folder, found, body.content)
        return Sent(body=shown, type=f"text/html{label}", policy=POLICY, headers=_HEADERS)
    picture = kind_of(body.content)
    if picture is not None:
        return Sent(body=body.content, type=picture, policy=POLICY, headers=_HEADERS)
    if _PLAIN.match(kind) or not body.content:
        return Sent(body=body.content, type=f"text/plain{label}", policy=POLICY, headers=_HEADERS)
    return _file(found, body, "application/pdf" if kind == "application/pdf" else "application/octet-stream")


def records(db: Database, asked: Asked) -> Sent:
    """The WARC records of a capture as a file."""
    found = _capture(db, asked)
    return record_file(db, asked.folder, found, f"capture-{found.id}.warc.gz")


def _capture(db: Database, asked: Asked) -> Capture:
    found = find_capture(db, int(asked.parts["id"]))
    if found is None:
        raise NoSuchPageError(f"the archive has no capture {asked.parts['id']}")
    return found


def _charset(body: Body) -> str:
    """The label that the server gave; without one a browser looks into the page for it, as it did then."""
    match = _LABEL.search(body.head.first("content-type"))
    return f"; charset={match[1]}" if match else ""


def _file(found: Capture, body: Body, kind: str) -> Sent:
    name = _UNSAFE.sub("-", found.url.partition("?")[0].rstrip("/").rpartition("/")[2])[-80:].strip(".-")
    disposition = f'attachment; filename="{found.id}-{name or "body"}"'
    return Sent(body=body.content, type=kind, policy=POLICY, headers={**_HEADERS, "content-disposition": disposition})


ROUTES: list[tuple[str, View]] = [
    (rf"/article/{ID}/captured$", page("article_captured.html", captured)),
    (r"/capture/(?P<id>[0-9]{1,15})$", record_view(capture)),
    (r"/capture/(?P<id>[0-9]{1,15})\.warc\.gz$", record_view(records)),
]
