"""What lies in the WARC files, read for a visitor: bounded, and told in a sentence where it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from newscrawler.archive.coding import MOST_DECODED, undo
from newscrawler.archive.message import Head
from newscrawler.archive.one_exchange import exchange_at, raw_bytes, record_at, records_before
from newscrawler.archive.reader import StoredRecord, locate
from newscrawler.errors import ArchiveError, ReadingError, UnreadableRecordError
from newscrawler.items import Capture
from newscrawler.rebuild.payload import entity_of
from newscrawler.store import Database
from newscrawler.store.captures import find_original, with_payload
from newscrawler.store.standing import end_before
from newscrawler.web.asked import Asked
from newscrawler.web.pages import Make, Sent, View, view
from newscrawler.web.rendering import render
from newscrawler.web.speech import Speech

MOST = MOST_DECODED
"""Bytes of a record, and of a body without its codings, beyond which nothing is sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What a capture brought, without framing and content codings."""

    head: Head
    """Of the answer that brought it; of a revisit, that of its original."""
    content: bytes = field(repr=False)
    capture: Capture
    """Whose record holds the bytes."""


def record_view(make: Make) -> View:
    """A view of what a record holds; of one that cannot be read, a page that says why."""

    def made(db: Database, asked: Asked) -> Sent:
        try:
            return make(db, asked)
        except UnreadableRecordError as error:
            sentence = f"{Speech(asked.lang)('captured.unreadable')} {error}"
            return Sent(body=render("apology.html", asked, {"status": 0, "sentence": sentence}), status=404)

    return view(made)


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """What goes wrong with a record is told to the visitor, without where on this machine the archive lies.

    :raises UnreadableRecordError: in its place.
    """
    try:
        yield
    except (ArchiveError, ReadingError, OSError) as error:
        raise UnreadableRecordError(str(error).replace(f"{folder}/", "")) from error


def record_of(folder: Path, capture: Capture, *, most: int = MOST) -> StoredRecord:
    """The record of a capture.

    :raises DamagedRecordError: if it cannot be read, or has a block of more than `most` bytes.
    """
    return record_at(locate(folder / "warc", capture.filename), capture, largest=most)


def original_of(db: Database, capture: Capture) -> Capture | None:
    """The capture whose record holds the payload: itself, or what it is a revisit of."""
    found = with_payload(db, capture)
    return found or (find_original(db, capture.digest, capture.url) if capture.digest else None)


def body_of(db: Database, folder: Path, capture: Capture) -> Body:
    """The body of a capture.

    :raises UnreadableRecordError: if the archive does not hold it whole, or it is longer than MOST.
    """
    with readable(folder):
        holder = original_of(db, capture)
        if holder is None:
            raise UnreadableRecordError(f"the archive does not hold what capture {capture.id} is a repetition of")
        message = record_of(folder, holder).message
        entity = entity_of(message, ours=False)
        return Body(head=message.head, content=undo(entity, message.head.codings).body, capture=holder)


def exchange_bytes(db: Database, folder: Path, capture: Capture, *, most: int) -> bytes:
    """The records of the exchange, and of that of its original, as they lie in the files: gzip members, one behind
    another, which are a WARC file.

    :raises DamagedRecordError: if one of them cannot be read, or they have more than `most` bytes.
    """
    holder = original_of(db, capture)
    captures = [holder, capture] if holder is not None and holder.id != capture.id else [capture]
    return b"".join(_members(db, folder, each, most) for each in captures)


def _members(db: Database, folder: Path, capture: Capture, most: int) -> bytes:
    path = locate(folder / "warc", capture.filename)
    answer, *others = exchange_at(path, capture, largest=most)
    before = records_before(path, answer, end_before(db, capture), largest=most)
    return b"".join(b"".join(raw_bytes(path, one.offset, one.length)) for one in (*before, answer, *others))
