"""Reading on behind damage: the whole records of a file, and the gaps between them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newscrawler.archive.members import Members
from newscrawler.archive.reader import StoredRecord, read_at, records
from newscrawler.errors import DamagedRecordError

_GZIP = b"\x1f\x8b\x08"
_WARC = b"WARC/1."
_READ_SIZE = 1 << 20
_GLANCE = 1 << 9
"""Bytes of a member that tell whether a record begins in it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a file in which no whole record lies."""

    offset: int
    length: int
    reason: str
    """One sentence that names file, offset and what is wrong there."""


def salvage(path: Path) -> Iterator[StoredRecord | Gap]:
    """All that a file holds, in order; where it is whole, the same records that `reader.records` gives.

    :raises DamagedRecordError: if the file itself cannot be read.
    """
    offset, mark = 0, ""
    while True:
        try:
            for record in records(path, offset):
                yield record
                offset = record.offset + record.length
                mark = mark or _mark(record)
            return
        except DamagedRecordError as error:
            if isinstance(error.__cause__, OSError):
                raise
            following = _next_record(path, offset + 1, mark)
            end = path.stat().st_size if following is None else following
            yield Gap(offset, end - offset, str(error))
        if following is None:
            return
        offset = following


def _mark(record: StoredRecord) -> str:
    """What the records of one file have in common: the id of the warcinfo record at its head."""
    return record.record_id if record.kind == "warcinfo" else record.headers.get("WARC-Warcinfo-ID", "")


def _next_record(path: Path, start: int, mark: str) -> int | None:
    """Where the next whole record of this file begins.

    A body may hold records of its own, made up by a server to be found behind a tear; none of them can name the
    warcinfo record of this file, whose id no server knows.
    """
    with path.open("rb") as file, path.open("rb") as same:
        for offset in _places(file, start):
            if _begins_well(same, offset, mark) and _is_whole(path, offset):
                return offset
    return None


def _places(file: BinaryIO, start: int) -> Iterator[int]:
    """Offsets at which a gzip member may begin."""
    file.seek(start)
    window, base = b"", start
    while data := file.read(_READ_SIZE):
        window += data
        place = window.find(_GZIP)
        while place >= 0:
            yield base + place
            place = window.find(_GZIP, place + 1)
        kept = window[1 - len(_GZIP) :]
        base += len(window) - len(kept)
        window = kept


def _begins_well(file: BinaryIO, offset: int, mark: str) -> bool:
    """Whether a record's headers stand at the beginning of a member, told without inflating more of it."""
    try:
        file.seek(offset)
        if not zlib.decompressobj(wbits=31).decompress(file.read(_GLANCE), len(_WARC)).startswith(_WARC):
            return False
        headers = next(Members(file, offset).pieces(), b"").partition(b"\r\n\r\n")[0]
    except (ValueError, zlib.error):
        return False
    ours = f"warc-warcinfo-id: {mark}".lower().encode() if mark else b""
    return ours in headers.lower()


def _is_whole(path: Path, offset: int) -> bool:
    try:
        read_at(path, offset)
    except DamagedRecordError as error:
        if isinstance(error.__cause__, OSError):
            raise
        return False
    return True
