"""Reading records back from WARC files."""

from __future__ import annotations

import os
import zlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from newscrawler.archive.writer import OPEN_SUFFIX
from newscrawler.errors import DamagedRecordError

_GZIP_WINDOW = 31
_READ_SIZE = 65_536


@dataclass(frozen=True)
class StoredRecord:
    """One record as it lies in a file."""

    kind: str
    url: str | None
    date: str
    record_id: str
    headers: dict[str, str]
    head: bytes
    """HTTP head as bytes, empty for records without one."""
    body: bytes
    """Payload under its Content-Encoding, or the record's content."""


def locate(folder: Path, filename: str) -> Path:
    """Path of a WARC file, closed or still being written.

    :raises DamagedRecordError: if there is neither.
    """
    for path in (folder / filename, folder / (filename + OPEN_SUFFIX)):
        if os.path.exists(path):
            return path
    raise DamagedRecordError(f"{folder / filename} is missing, but the database points into it; restore it from a copy")


def read_at(path: Path, offset: int) -> StoredRecord:
    """The record that begins at an offset.

    :raises DamagedRecordError: if no record begins there, or if it is not whole and as it was written.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            text, _rest = _member(stream, b"")
        return _stored(text)
    except (OSError, ValueError, OverflowError, zlib.error) as error:
        raise DamagedRecordError(_complaint(path, offset, error)) from error


def records(path: Path) -> Iterator[StoredRecord]:
    """All records of a file, in order.

    :raises DamagedRecordError: at the first one that is not whole and as it was written.
    """
    offset, rest = 0, b""
    try:
        with path.open("rb") as stream:
            while rest := rest or stream.read(_READ_SIZE):
                text, rest = _member(stream, rest)
                yield _stored(text)
                offset = stream.tell() - len(rest)
    except (OSError, ValueError, zlib.error) as error:
        raise DamagedRecordError(_complaint(path, offset, error)) from error


def _member(stream: BinaryIO, start: bytes) -> tuple[bytes, bytes]:
    """The content of one gzip member, and what was read beyond it.

    warcio's own reader hands out the half of a member that was cut (facts: archiving §0.4), so members are read here,
    to their end and checksum.
    """
    inflater = zlib.decompressobj(wbits=_GZIP_WINDOW)
    pieces: list[bytes] = []
    data = start
    while not inflater.eof:
        data = data or stream.read(_READ_SIZE)
        if not data:
            raise ValueError("the file ends within a record" if pieces else "the file ends here")
        pieces.append(inflater.decompress(data))
        data = b""
    return b"".join(pieces), inflater.unused_data


def _stored(text: bytes) -> StoredRecord:
    try:
        record = next(WARCIterator(BytesIO(text), no_record_parse=True))
        block = record.raw_stream.read()
        headers = dict(record.rec_headers.headers)
        kind, date, record_id = record.rec_type, headers["WARC-Date"], headers["WARC-Record-ID"]
        whole = len(block) == int(headers["Content-Length"])
    except (ArchiveLoadFailed, EOFError, KeyError, StopIteration) as error:
        raise ValueError("no WARC record") from error
    digest = headers.get("WARC-Block-Digest", "")
    if not whole or (digest.startswith("sha1:") and digest != f"sha1:{b32encode(sha1(block).digest()).decode()}"):
        raise ValueError("the record is not as it was written")
    head, body = b"", block
    if kind in ("response", "request", "revisit"):
        cut = block.find(b"\r\n\r\n")
        head, body = (block[: cut + 4], block[cut + 4 :]) if cut >= 0 else (block, b"")
    return StoredRecord(kind, headers.get("WARC-Target-URI"), date, record_id, headers, head, body)


def _complaint(path: Path, offset: int, error: Any) -> str:
    reason = error.strerror or error if isinstance(error, OSError) else error
    return f"{path} holds no readable record at offset {offset}: {reason}"
