"""The one door through which bytes become a page, whether they come from a server now or from an archive later."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newscrawler.archive.coding import MOST_DECODED, Decoded, undo
from newscrawler.archive.message import Head
from newscrawler.errors import HostilePageError
from newscrawler.items import Capture, Page
from newscrawler.pages.cut import BROKEN_OFF, why_cut, without_torn_end
from newscrawler.pages.sniff import is_html
from newscrawler.reading.encoding import letters_of
from newscrawler.sites import site_of
from newscrawler.urls import bare_host

LONGEST_READ = 4 * 1024 * 1024
"""Bytes of a page, pictures inside it aside, that become text, which takes up to three times as much memory; the
longest real pages seen have 600,000."""

_PICTURE = re.compile(rb"data:[a-z]+/[a-z0-9.+-]{1,80};base64,[A-Za-z0-9+/=\s%]{2000,}+", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]{1,40})""", re.IGNORECASE)


def page_of(capture: Capture, head: Head, entity: bytes) -> Page | None:
    """The page that a captured answer holds.

    :param head: of the answer; for a revisit its own, not that of the record which holds the payload.
    :param entity: body without chunk framing, under its content codings.
    :returns: the page; None if the answer is none, so that there is nothing to read: another status than 200, cut off
        before the length that it states, a picture, empty. One that may break off says so (`Page.cut`). Pages of hosts
        that no site file names bear the bare host as their site.
    :raises HostilePageError: if its codings hide a bomb, or it is longer than MOST_DECODED.
    """
    return page_of_body(capture, head, undo(entity, head.codings)) if _may_be_page(capture, head) else None


def page_of_body(capture: Capture, head: Head, decoded: Decoded) -> Page | None:
    """The same, for who has taken the content codings off already, and has seen the body end where its framing says."""
    if not _may_be_page(capture, head) or not is_html(head.mime, decoded.body):
        return None
    if len(decoded.body) > MOST_DECODED:
        raise HostilePageError(f"the page has more than {MOST_DECODED:,} bytes")
    fetched_at = _moment(capture.timestamp)
    if fetched_at is None:
        return None
    site = site_of(capture.url)
    charset = _CHARSET.search(head.first("content-type"))
    body, notes = _beginning(decoded.body)
    letters = letters_of(body, charset[1] if charset else None)
    cut = why_cut(capture, head, decoded)
    return Page(
        url=capture.url,
        html=without_torn_end(letters.text) if cut else letters.text,
        fetched_at=fetched_at,
        site=site.name if site else bare_host(capture.url),
        kind=site.kind(capture.url) if site else "other",
        status=head.status,
        capture=capture,
        notes=(*(note for note in decoded.notes if note not in cut), *notes, *letters.notes),
        cut=cut,
    )


def _beginning(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """As much of a page as is read, and a note if that is not all of its text."""
    if len(body) > LONGEST_READ:
        body = _PICTURE.sub(b"data:,", body)
    if len(body) <= LONGEST_READ:
        return body, ()
    return body[:LONGEST_READ], (f"the page has {len(body):,} bytes of text, of which {LONGEST_READ:,} are read",)


def _may_be_page(capture: Capture, head: Head) -> bool:
    return head.status == 200 and capture.truncated in (None, BROKEN_OFF)


def _moment(timestamp: str) -> datetime | None:
    """None of what is no moment: other people's records may be dated with a year alone."""
    try:
        moment = datetime.fromisoformat(timestamp)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
