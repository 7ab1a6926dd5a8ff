"""The one door through which bytes become a page, whether they come from a server now or from an archive later."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newscrawler.archive.coding import MOST_DECODED, Decoded, undo
from newscrawler.archive.message import Head
from newscrawler.errors import CutPageError, HostilePageError
from newscrawler.items import Capture, Page
from newscrawler.pages.sniff import is_html
from newscrawler.reading.encoding import decode
from newscrawler.sites import site_of
from newscrawler.urls import bare_host

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]{1,40})""", re.IGNORECASE)
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_LAST = 4_096
"""Bytes within which the end of a whole page stands."""


def page_of(capture: Capture, head: Head, entity: bytes) -> Page | None:
    """The page that a captured answer holds.

    :param head: of the answer; for a revisit its own, not that of the record which holds the payload.
    :param entity: body without chunk framing, under its content codings.
    :returns: the page; None if the answer is none, so that there is nothing to read: another status than 200, cut off
        on the wire, a picture, empty. Pages of hosts that no site file names bear the bare host as their site.
    :raises HostilePageError: if its codings hide a bomb, or it is longer than MOST_DECODED.
    :raises CutPageError: if it breaks off within them.
    """
    return page_of_body(capture, head, undo(entity, head.codings)) if _may_be_page(capture, head) else None


def page_of_body(capture: Capture, head: Head, decoded: Decoded) -> Page | None:
    """The same, for who has taken the content codings off already."""
    if not _may_be_page(capture, head) or not is_html(head.mime, decoded.body):
        return None
    if len(decoded.body) > MOST_DECODED:
        raise HostilePageError(f"the page has more than {MOST_DECODED:,} bytes")
    _refuse_cut(capture.url, decoded)
    fetched_at = _moment(capture.timestamp)
    if fetched_at is None:
        return None
    site = site_of(capture.url)
    charset = _CHARSET.search(head.first("content-type"))
    return Page(
        url=capture.url,
        html=decode(decoded.body, charset[1] if charset else None),
        fetched_at=fetched_at,
        site=site.name if site else bare_host(capture.url),
        kind=site.kind(capture.url) if site else "other",
        status=head.status,
        capture=capture,
        notes=decoded.notes,
    )


def _may_be_page(capture: Capture, head: Head) -> bool:
    return head.status == 200 and capture.truncated is None


def _moment(timestamp: str) -> datetime | None:
    """None of what is no moment: other people's records may be dated with a year alone."""
    try:
        moment = datetime.fromisoformat(timestamp)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _refuse_cut(url: str, decoded: Decoded) -> None:
    """Half of an article must not stand as a version of it; servers that only bungle the last bytes are let off."""
    if not decoded.whole and not _END.search(decoded.body, max(0, len(decoded.body) - _LAST)):
        raise CutPageError(f"{url} breaks off: {'; '.join(decoded.notes)}")
