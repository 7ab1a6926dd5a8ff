"""Asking only for what has changed: a page that the archive holds is asked for with the validators that came with it,
and answered out of the archive where the server says that it is the same (RFC 9110 §13)."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newscrawler.archive.coding import undo
from newscrawler.archive.message import Head, Message
from newscrawler.archive.reader import locate, read_at
from newscrawler.errors import DamagedRecordError, HostilePageError
from newscrawler.items import Capture
from newscrawler.pages.cut import why_cut
from newscrawler.rebuild.payload import entity_of, original_of
from newscrawler.run import ArchiveRun
from newscrawler.store.captures import find_latest

ASKED, UNMODIFIED, OUTRIGHT = "conditional", "unmodified", "outright"
"""Keys of `Request.meta`: that validators were sent; that the page was the same; that it must be asked for without."""

_HEADERS = ("If-None-Match", "If-Modified-Since")
_LONGEST_TAG = 1_000
# Quoted as RFC 9110 §8.8.3 has it, or bare as some servers write it; never `*`, which would fit anything.
_TAG = re.compile(r'(?:W/)?"[^"\x00-\x1f\x7f]*"|[A-Za-z0-9._:+/=-]+')


class Conditional:
    """Downloader middleware between the network and `Decoding`, which must not know whence a body comes.

    For requests of the queue, files apart, and not in a full crawl. A 304 that was asked for becomes the response that
    the archive holds; the capture of the request is that of the 304, and its head that of the page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """For Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request, spider: Any = None) -> None:
        """Add what the archive knows of the page."""
        # Redirects and retries carry the headers of the request before them, which may be of another address.
        if request.meta.pop(ASKED, False):
            for name in _HEADERS:
                request.headers.pop(name, None)
        request.meta.pop(UNMODIFIED, None)
        if self._may_ask(request) and (found := self._validators(request.url)):
            request.headers.update(found)
            request.meta[ASKED] = True

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Put the page in the place of a 304; where the archive cannot give it, ask again without validators."""
        if response.status != HTTPStatus.NOT_MODIFIED or not request.meta.get(ASKED):
            return response
        run = ArchiveRun.of(self._crawler)
        capture: Capture = request.meta["capture"]
        # A 304 with a body was not written as a revisit, so a rebuild would not find the page either.
        original = original_of(run.db, run.folder, capture) if capture.record_type == "revisit" else None
        if original is None:
            return request.replace(meta={**request.meta, OUTRIGHT: True}, dont_filter=True)
        request.meta["head"] = original.head
        request.meta[UNMODIFIED] = True
        return as_it_came(response, original)

    def _may_ask(self, request: Request) -> bool:
        entry = request.meta.get("entry")
        if entry is None or entry.kind == "file" or request.meta.get(OUTRIGHT):
            return False
        arguments = getattr(self._crawler.spider, "arguments", None)
        return not getattr(arguments, "full", False)

    def _validators(self, url: str) -> dict[str, bytes]:
        run = ArchiveRun.of(self._crawler)
        latest = find_latest(run.db, url, ours=True)
        if latest is None:
            return {}
        try:
            message = read_at(locate(run.folder / "warc", latest.filename), latest.offset).message
        except DamagedRecordError:
            return {}
        if message.head.chunked or message.head.first("content-length"):
            return validators(message.head)
        # A server that states no length must not confirm a copy that had better be fetched again.
        payload = message if latest.record_type == "response" else original_of(run.db, run.folder, latest)
        return {} if payload is None or _may_be_cut(latest, message.head, payload) else validators(message.head)


def validators(head: Head) -> dict[str, bytes]:
    """The headers by which a request tells the server what we have, from the head that it came with.

    A tag is sent back as it came, weak ones too; a date only if it is one, and lies before the answer's own: a page
    that was changed in the second of its answer may have been changed once more (RFC 9110 §8.8.2.2).

    >>> validators(Head("", 200, (("ETag", 'W/"7"'), ("Last-Modified", "yesterday"))))
    {'If-None-Match': b'W/"7"'}
    """
    found = {}
    tag, modified = head.first("etag"), head.first("last-modified")
    if len(tag) <= _LONGEST_TAG and _TAG.fullmatch(tag):
        found["If-None-Match"] = tag.encode("latin-1")
    if _is_settled(modified, head.first("date")):
        found["If-Modified-Since"] = modified.encode("ascii")
    return found


def _is_settled(modified: str, answered: str) -> bool:
    at, date = _seconds(modified), _seconds(answered)
    return at is not None and (date is None or at < date)


def _seconds(value: str) -> float | None:
    if not (value.isascii() and value.isprintable()):
        return None
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None


def _may_be_cut(capture: Capture, head: Head, payload: Message) -> bool:
    try:
        return bool(why_cut(capture, head, undo(entity_of(payload, ours=True), head.codings)))
    except HostilePageError:
        return True


def as_it_came(response: Response, original: Message) -> Response:
    """An archived page, under its codings, in the shape in which the handler would have handed it on.

    :param response: gives the address, and what is known of the connection.
    """
    headers = Headers()
    for name, value in original.head.headers:
        headers.appendlist(name, value.encode("latin-1"))
    body = entity_of(original, ours=True)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return kind(
        response.url,
        status=HTTPStatus.OK.value,
        headers=headers,
        body=body,
        flags=response.flags,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )
