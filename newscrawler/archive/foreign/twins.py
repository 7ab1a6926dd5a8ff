"""Which record ids an archive holds that no row knows: those of requests and notes, found without reading answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from newscrawler.archive.members import DAMAGE, Members
from newscrawler.archive.reader import StoredRecord
from newscrawler.archive.salvage import salvage

_RECORD_ID = re.compile(rb"\r\nWARC-Record-ID: ([^\r]*)\r\n")


def companion_ids(path: Path, answers: Mapping[int, int]) -> Iterator[str]:
    """Ids of all records of a file but its answers.

    :param answers: offset → length of the members that hold answers; they are jumped over.
    :raises DamagedRecordError: if the file cannot be read.
    """
    try:
        yield from list(_ids(path, answers))
    except DAMAGE:
        yield from (part.record_id for part in salvage(path) if isinstance(part, StoredRecord))


def _ids(path: Path, answers: Mapping[int, int]) -> Iterator[str]:
    size, offset = path.stat().st_size, 0
    with path.open("rb") as file:
        members = Members(file)
        while offset < size:
            if length := answers.get(offset, 0):
                offset += length
                members = Members(file, offset)
                continue
            start = b""
            for piece in members.pieces():
                start = start or piece
            if match := _RECORD_ID.search(start.partition(b"\r\n\r\n")[0] + b"\r\n"):
                yield match[1].decode("utf-8", "replace")
            offset = members.offset
