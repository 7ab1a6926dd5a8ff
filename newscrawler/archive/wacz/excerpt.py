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
from newscrawler.archive.one_exchange import exchange_at, raw_bytes
from newscrawler.archive.reader import StoredRecord, read_at
from newscrawler.archive.records import Record, fields_block, member, warc_date
from newscrawler.archive.wacz.package import Sink
from newscrawler.archive.writer import ROLL_OVER
from newscrawler.items import Capture

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
                first, *others = exchange_at(path, capture)
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


def _warcinfo(filename: str, info: Mapping[str, str], at: datetime) -> Iterator[bytes]:
    record_id = f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{filename} {warc_date(at)} {dict(info)}')}>"
    more = (("WARC-Filename", filename),)
    record = Record("warcinfo", record_id, at, None, more, "application/warc-fields", fields_block(info))
    return member(record.fields(), record.block)
