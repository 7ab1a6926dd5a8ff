"""The records of one exchange, wherever in a file they stand, and their bytes as they lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newscrawler.archive.reader import LARGEST_BLOCK, StoredRecord, read_at
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture

_PIECE = 1 << 20
_MOST_BEFORE = 4
"""Records in front of an answer that are looked at: wget, for one, writes the request there."""


def exchange_at(path: Path, capture: Capture, *, largest: int = LARGEST_BLOCK) -> list[StoredRecord]:
    """The record of a capture, and those behind it that tell of the same exchange (WARC 1.1 §5.7).

    :param largest: bytes of a block beyond which it is not read.
    :raises DamagedRecordError: if a record is not where it should be, or not whole.
    """
    record = record_at(path, capture, largest=largest)
    found, end, size = [record], record.offset + record.length, path.stat().st_size
    while end < size and belong_together(record, following := read_at(path, end, largest=largest)):
        found.append(following)
        end += following.length
    return found


def record_at(path: Path, capture: Capture, *, largest: int = LARGEST_BLOCK) -> StoredRecord:
    """The record of a capture.

    :param largest: bytes of its block beyond which it is not read.
    :raises DamagedRecordError: if it is not where it should be, or not whole.
    """
    record = read_at(path, capture.offset, largest=largest)
    if record.record_id != capture.record_id:
        words = (
            f"{path} holds at offset {capture.offset} another record than the database names; run `newscrawler verify`"
        )
        raise DamagedRecordError(words, path, capture.offset)
    return record


def records_before(path: Path, answer: StoredRecord, start: int, *, largest: int = LARGEST_BLOCK) -> list[StoredRecord]:
    """The records in front of an answer that tell of the same exchange, in their order.

    :param start: where the record before them ends.
    :raises DamagedRecordError: if one is not whole.
    """
    found, at = [], start
    for _ in range(_MOST_BEFORE):
        if at >= answer.offset:
            break
        record = read_at(path, at, largest=largest)
        found += [record] if belong_together(answer, record) else []
        at += record.length
    return found


def belong_together(answer: StoredRecord, other: StoredRecord) -> bool:
    """Whether one of two records names the other; recorders differ in which one does."""
    return answer.record_id in _concurrent(other) or other.record_id in _concurrent(answer)


def _concurrent(record: StoredRecord) -> set[str]:
    return {value for name, value in record.fields if name.lower() == "warc-concurrent-to"}


def raw_bytes(path: Path, offset: int, length: int) -> Iterator[bytes]:
    """A stretch of a file as it lies, in pieces.

    :raises DamagedRecordError: if the file cannot be read, or ends before the stretch does.
    """
    left = length
    try:
        with path.open("rb") as file:
            file.seek(offset)
            while left and (piece := file.read(min(left, _PIECE))):
                left -= len(piece)
                yield piece
    except OSError as error:
        raise DamagedRecordError(f"cannot read {path}: {error.strerror or error}", path, offset) from error
    if left:
        raise DamagedRecordError(f"{path} has become shorter while it was read", path, offset)
