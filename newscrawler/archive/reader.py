"""Reading records back from WARC files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from newscrawler.archive.writer import OPEN_SUFFIX
from newscrawler.errors import DamagedRecordError


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
        if path.exists():
            return path
    raise DamagedRecordError(f"{folder / filename} is missing, but the database points into it; restore it from a copy")


def read_at(path: Path, offset: int) -> StoredRecord:
    """The record that begins at an offset.

    :raises DamagedRecordError: if no record can be read there.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for record in ArchiveIterator(stream, no_record_parse=True):
                return _stored(record)
    except (OSError, EOFError, ValueError) as error:
        raise DamagedRecordError(f"{path} at offset {offset}: {error}") from error
    raise DamagedRecordError(f"{path} holds no record at offset {offset}")


def records(path: Path) -> Iterator[StoredRecord]:
    """All records of a file, in order."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, no_record_parse=True):
            yield _stored(record)


def _stored(record: Any) -> StoredRecord:
    block = record.raw_stream.read()
    headers = dict(record.rec_headers.headers)
    head, body = b"", block
    if record.rec_type in ("response", "request", "revisit"):
        cut = block.find(b"\r\n\r\n")
        head, body = (block[: cut + 4], block[cut + 4 :]) if cut >= 0 else (block, b"")
    return StoredRecord(
        record.rec_type,
        headers.get("WARC-Target-URI"),
        headers["WARC-Date"],
        headers["WARC-Record-ID"],
        headers,
        head,
        body,
    )
