"""The page in a stored record: its entity, for a revisit that of the record it refers to."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from newscrawler.archive.coding import MOST_DECODED
from newscrawler.archive.message import Message
from newscrawler.archive.reader import StoredRecord, locate, read_at
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture, Page
from newscrawler.pages.cut import BROKEN_OFF
from newscrawler.pages.door import page_of
from newscrawler.rebuild.origin import Origin
from newscrawler.sites import site_of
from newscrawler.store import Database
from newscrawler.store.captures import find_original, with_payload
from newscrawler.urls import bare_host


class NoOriginalError(Exception):
    """Raised where the payload of a revisit is not in the archive, or not yet."""


def is_wanted(capture: Capture, origin: Origin) -> bool:
    """Whether a run would have read this answer: see `Origin.ours`."""
    unmodified = capture.status == HTTPStatus.NOT_MODIFIED and capture.record_type == "revisit"
    if capture.truncated not in (None, BROKEN_OFF) or not (unmodified or capture.status in (200, 0)):
        return False
    site = site_of(capture.url)
    if site is None:
        return not origin.ours or bare_host(capture.url) == origin.site
    return site.kind(capture.url) != "other"


def page_in(db: Database, folder: Path, record: StoredRecord, capture: Capture, *, ours: bool) -> Page | None:
    """The page that a record holds, or None.

    :param folder: the data folder, in whose WARC files the payload of a revisit lies.
    :raises NoOriginalError: see there.
    :raises ReadingError: as `page_of`.
    """
    message = record.message
    if capture.record_type == "response":
        # What is shorter than it says was never handed on.
        whole = not capture.truncated or message.ends
        return page_of(capture, message.head, entity_of(message, ours=ours)) if whole else None
    original = _original(db, folder, capture)
    # A 304 tells little of the page; foreign revisits may come without a head of their own.
    head = original.head if message.head.status in (0, HTTPStatus.NOT_MODIFIED) else message.head
    return page_of(capture, head, entity_of(original, ours=ours))


def _original(db: Database, folder: Path, capture: Capture) -> Message:
    original = original_of(db, folder, capture)
    if original is None:
        raise NoOriginalError(capture.url)
    return original


def original_of(db: Database, folder: Path, revisit: Capture) -> Message | None:
    """The message that holds the payload of a revisit, or None where it cannot be had.

    :param folder: the data folder.
    """
    # Of equal payloads any will do, but a 304 has its head from the very one that it names.
    named = with_payload(db, revisit)
    found = named or (find_original(db, revisit.digest, revisit.url) if revisit.digest else None)
    try:
        return read_at(locate(folder / "warc", found.filename), found.offset).message if found else None
    except DamagedRecordError:
        return None


def entity_of(message: Message, *, ours: bool) -> bytes:
    """The body without chunk framing; one byte more than a page may have, where it is longer than that.

    What a careless server sends behind the length it has stated is in our records, but was not read by the run; other
    people's files may hold bodies whose codings are off already, under the old length.
    """
    stated = message.head.first("content-length").strip()
    most = MOST_DECODED + 1
    if ours and not message.head.chunked and stated.isascii() and stated.isdigit():
        most = min(most, int(stated[:12]))
    pieces, size = [], 0
    for piece in message.entity():
        pieces.append(piece[: most - size])
        size += len(pieces[-1])
        if size >= most:
            break
    return b"".join(pieces)
