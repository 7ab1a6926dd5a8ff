"""The page in a stored record: its entity, for a revisit that of the record it refers to."""

from __future__ import annotations

from pathlib import Path

from newscrawler.archive.coding import MOST_DECODED
from newscrawler.archive.message import Message
from newscrawler.archive.reader import StoredRecord, locate, read_at
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture, Page
from newscrawler.pages import page_of
from newscrawler.sites import site_of
from newscrawler.store import Database
from newscrawler.store.captures import find_original


class NoOriginalError(Exception):
    """Raised where the payload of a revisit is not in the archive, or not yet."""


def is_wanted(capture: Capture, *, ours: bool) -> bool:
    """Whether a run would have read this answer: see `Origin.ours`."""
    if capture.truncated or capture.status not in (200, 0):
        return False
    site = site_of(capture.url)
    return not ours if site is None else site.kind(capture.url) != "other"


def page_in(db: Database, folder: Path, record: StoredRecord, capture: Capture, *, ours: bool) -> Page | None:
    """The page that a record holds, or None.

    :param folder: the data folder, in whose WARC files the payload of a revisit lies.
    :raises NoOriginalError: see there.
    :raises ReadingError: as `page_of`.
    """
    message = record.message
    if capture.record_type == "response":
        return page_of(capture, message.head, entity_of(message, ours=ours))
    original = _original(db, folder, capture)
    # Foreign revisits may come without a head of their own.
    head = message.head if message.head.status else original.head
    return page_of(capture, head, entity_of(original, ours=ours))


def _original(db: Database, folder: Path, capture: Capture) -> Message:
    found = find_original(db, capture.digest, capture.url) if capture.digest else None
    if found is None:
        raise NoOriginalError(capture.url)
    try:
        return read_at(locate(folder / "warc", found.filename), found.offset).message
    except DamagedRecordError as error:
        raise NoOriginalError(capture.url) from error


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
