"""Chosen captures taken over into new WARC files: the members as they lie, byte for byte, behind a warcinfo record.

Each stretch from one file stands behind that file's own warcinfo record, so that it stays told who fetched it how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from newscrawler.archive.captures import capture_of
from newscrawler.archive.cdxj import cdxj_line
from newscrawler.archive.reader import StoredRecord, read_at
from newscrawler.archive.records import Record, fields_block, member, warc_date
from newscrawler.archive.wacz.package import Sink
from newscrawler.archive.writer import ROLL_OVER
from newscrawler.errors import DamagedRecordError
from newscrawler.items import Capture

_PIECE = 1 << 20

Opener = Callable[[str, int], AbstractContextManager[Sink]]
"""From the name of a WARC file, and about how long it will be, to where it goes."""


class Excerpt:
    """Copies members, and gives the lines of their index.

    :param folder: where the WARC files lie.
    :param opener: gives a sink for each new file.
    :param name: of the new files, in front of their serial number.
    """

    def __init__(self, folder: Path, opener: Opener, name: str, *, roll_over: int = ROLL_OVER) -> None:
        self._folder, self._opener, self._name, self._roll_over = folder, opener, name, roll_over
        self._stack = ExitStack()
        self._sink: Sink | None = None
        self._filename, self._serial, self._offset, self._source = "", 0, 0, ""

    def copy(self, captures: Iterable[Capture], info: Mapping[str, str], at: datetime) -> Iterator[bytes]:
        """Copy the captures with the records that stand behind them and tell of the same exchange.

        :param captures: in the order of filename and offset.
        :param info: fields of the new files' warcinfo records.
        :param at: date of these records; told and not taken from a clock, so that the same choice gives the same bytes.
        :returns: the lines of the index, with their line breaks, in the order of the records.
        :raises DamagedRecordError: if a record is not where it should be, or not whole.
        """
        with self._stack:
            for capture in captures:
                path = self._folder / capture.filename
                first, *others = _records_of(path, capture)
                self._make_room(first, info, at)
                self._take_over_warcinfo(path)
                found = capture_of(replace(first, offset=self._offset), self._filename)
                for record in (first, *others):
                    self._copy(path, record)
                if found is not None:
                    yield cdxj_line(found).encode() + b"\n"

    def _make_room(self, record: StoredRecord, info: Mapping[str, str], at: datetime) -> None:
        if self._sink is not None and self._offset + record.length <= self._roll_over:
            return
        self._stack.close()
        self._serial += 1
        self._filename, self._offset, self._source = f"{self._name}-{self._serial:05d}.warc.gz", 0, ""
        self._sink = self._stack.enter_context(self._opener(self._filename, record.length))
        self._write(_warcinfo(self._filename, info, at))

    def _take_over_warcinfo(self, path: Path) -> None:
        if path.name == self._source:
            return
        self._source = path.name
        record = read_at(path, 0)
        if record.kind == "warcinfo":
            self._copy(path, record)

    def _copy(self, path: Path, record: StoredRecord) -> None:
        self._write(raw_bytes(path, record.offset, record.length))

    def _write(self, pieces: Iterable[bytes]) -> None:
        assert self._sink is not None
        for piece in pieces:
            self._sink.write(piece)
            self._offset += len(piece)


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


def _records_of(path: Path, capture: Capture) -> list[StoredRecord]:
    """The record of a capture, and those behind it that tell of the same exchange (WARC 1.1 §5.7)."""
    record = read_at(path, capture.offset)
    if record.record_id != capture.record_id:
        words = (
            f"{path} holds at offset {capture.offset} another record than the database names; run `newscrawler verify`"
        )
        raise DamagedRecordError(words, path, capture.offset)
    found, end, size = [record], record.offset + record.length, path.stat().st_size
    while end < size and _belong_together(record, following := read_at(path, end)):
        found.append(following)
        end += following.length
    return found


def _belong_together(answer: StoredRecord, other: StoredRecord) -> bool:
    """Whether one of two records names the other; recorders differ in which one does."""
    return answer.record_id in _concurrent(other) or other.record_id in _concurrent(answer)


def _concurrent(record: StoredRecord) -> set[str]:
    return {value for name, value in record.fields if name.lower() == "warc-concurrent-to"}


def _warcinfo(filename: str, info: Mapping[str, str], at: datetime) -> Iterator[bytes]:
    record_id = f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{filename} {warc_date(at)} {dict(info)}')}>"
    more = (("WARC-Filename", filename),)
    record = Record("warcinfo", record_id, at, None, more, "application/warc-fields", fields_block(info))
    return member(record.fields(), record.block)
