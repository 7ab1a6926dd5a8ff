"""Reading records back from WARC files, strictly and without holding a long one in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from newscrawler.archive.digest import agrees
from newscrawler.archive.members import Members
from newscrawler.archive.message import Message
from newscrawler.errors import DamagedRecordError, DiskError
from newscrawler.tape import Tape

OPEN_SUFFIX = ".open"
"""Behind the name of a file that is still being written."""
LARGEST_BLOCK = 1 << 32
"""Bytes beyond which a block is not read back: what says that it is longer is damaged, or meant to fill the disk."""

_MOST_HEADERS = 1 << 18
_END_OF_HEADERS = b"\r\n\r\n"
_END_OF_RECORD = b"\r\n\r\n"
_PARSER = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0"])
_NAMES = {
    name.lower(): name
    for name in (
        "WARC-Type WARC-Record-ID WARC-Date WARC-Target-URI WARC-Warcinfo-ID WARC-IP-Address WARC-Protocol "
        "WARC-Concurrent-To WARC-Block-Digest WARC-Payload-Digest WARC-Truncated WARC-Profile WARC-Refers-To "
        "WARC-Refers-To-Target-URI WARC-Refers-To-Date WARC-Filename Content-Type Content-Length"
    ).split()
}
_HTTP_KINDS = ("response", "request", "revisit")


@dataclass(frozen=True)
class StoredRecord:
    """One record as it lies in a file."""

    kind: str
    """Its WARC-Type."""
    url: str | None
    date: str
    record_id: str
    fields: tuple[tuple[str, str], ...]
    """Its WARC headers in order; WARC-Protocol and WARC-Concurrent-To may stand there more than once."""
    block: Tape
    offset: int
    """Where its gzip member begins in the file."""
    length: int
    """Bytes of its gzip member."""

    @cached_property
    def headers(self) -> dict[str, str]:
        """The first of the WARC headers of each name, the names of the standard in the standard's letter case."""
        return {_NAMES.get(name.lower(), name): value for name, value in reversed(self.fields)}

    @cached_property
    def message(self) -> Message:
        """The block as an HTTP message."""
        return Message.of(self.block)

    @property
    def head(self) -> bytes:
        """HTTP head as bytes, empty for kinds of records without one."""
        return self.message.raw_head if self.kind in _HTTP_KINDS else b""

    @property
    def body(self) -> bytes:
        """What follows the head, under its chunk framing and codings; all of the block where there is no head."""
        return self.block.read(len(self.head))


def locate(folder: Path, filename: str) -> Path:
    """Path of a WARC file, closed or still being written.

    :raises DamagedRecordError: if there is neither; a name that leads out of the folder is no file's, for the rows of
        a database that was handed over may say anything.
    """
    path = folder / filename
    if filename == os.path.basename(filename):
        for each in (path, folder / (filename + OPEN_SUFFIX)):
            if os.path.exists(each):
                return each
    raise DamagedRecordError(f"{path} is missing, but the database points into it; restore it from a copy", path)


def read_at(path: Path, offset: int, *, largest: int = LARGEST_BLOCK) -> StoredRecord:
    """The record that begins at an offset.

    :param largest: bytes of its block beyond which it is not read.
    :raises DamagedRecordError: if no record begins there, or if it is not whole and as it was written.
    """
    try:
        with path.open("rb") as file:
            return _record(Members(file, offset), largest)
    except (OSError, OverflowError, ValueError) as error:
        raise _damaged(path, offset, error) from error


def records(path: Path, start: int = 0) -> Iterator[StoredRecord]:
    """All records of a file, in order, from the one on that begins at offset `start`.

    :raises DamagedRecordError: at the first one that is not whole and as it was written; its `offset` says where the
        last whole one ends.
    """
    offset = start
    try:
        with path.open("rb") as file:
            members = Members(file, start)
            while not members.at_end():
                yield _record(members)
                offset = members.offset
    except (OSError, OverflowError, ValueError) as error:
        raise _damaged(path, offset, error) from error


def _damaged(path: Path, offset: int, error: Exception) -> DamagedRecordError:
    reason = error.strerror or error if isinstance(error, OSError) else error
    return DamagedRecordError(f"{path} holds no readable record at offset {offset}: {reason}", path, offset)


def _record(members: Members, largest: int = LARGEST_BLOCK) -> StoredRecord:
    offset, pieces = members.offset, members.pieces()
    text, rest = _split_headers(pieces)
    fields = _fields(text)
    named = {name.lower(): value for name, value in reversed(fields)}
    try:
        kind, date, record_id = named["warc-type"], named["warc-date"], named["warc-record-id"]
        size = int(named["content-length"])
    except (KeyError, ValueError) as error:
        raise ValueError("no WARC record") from error
    block = _block(rest, pieces, size, largest)
    if not agrees(block, named.get("warc-block-digest", "")):
        raise ValueError("the record is not as it was written")
    length = members.offset - offset
    return StoredRecord(kind, named.get("warc-target-uri"), date, record_id, fields, block, offset, length)


def _split_headers(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    """The WARC headers, and what came with them of the block."""
    text = b""
    for piece in pieces:
        text += piece
        if (end := text.find(_END_OF_HEADERS)) >= 0:
            end += len(_END_OF_HEADERS)
            return text[:end], text[end:]
        if len(text) > _MOST_HEADERS:
            break
    raise ValueError("no WARC record")


def _fields(text: bytes) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(_PARSER.parse(BytesIO(text)).headers)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise ValueError("no WARC record") from error


def _block(start: bytes, pieces: Iterator[bytes], size: int, largest: int) -> Tape:
    """The block, after which the record and its member must end; a member that goes on is read no further."""
    if not 0 <= size <= largest:
        raise ValueError(f"a block of {size} bytes")
    block, end = Tape(), b""
    for piece in _with(start, pieces):
        room = size - len(block)
        _keep(block, piece[:room])
        end += piece[room:]
        if len(end) > len(_END_OF_RECORD):
            break
    if len(block) != size or end != _END_OF_RECORD:
        raise ValueError("the record is not as it was written")
    return block


def _with(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _keep(block: Tape, piece: bytes) -> None:
    try:
        block.write(piece)
    except OSError as error:
        # Not the archive's fault: what is full is the folder of temporary files.
        raise DiskError(f"no room for temporary files: {error.strerror or error}; free some, or set TMPDIR") from error
