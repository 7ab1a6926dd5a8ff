"""Writing WARC files so that a record, once reported, is on disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.archive.captures import capture_of
from newscrawler.archive.durable import sync_folder
from newscrawler.archive.exchanges import records_of, warcinfo_record
from newscrawler.archive.openfile import OpenFile
from newscrawler.archive.reader import OPEN_SUFFIX as OPEN_SUFFIX
from newscrawler.archive.reader import StoredRecord
from newscrawler.archive.records import Record, member, most_bytes, stored
from newscrawler.errors import DiskError
from newscrawler.items import Capture, Exchange

ROLL_OVER = 1_000_000_000
"""Bytes after which a new file is begun (WARC 1.1 Annex C)."""


def _now() -> datetime:
    return datetime.now(UTC)


_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class WarcWriter:
    """Appends exchanges to `<site>-<time>-<serial>.warc.gz`, which bears `.open` until it is closed.

    :param folder: made if it is missing.
    :param info: fields of the warcinfo record that opens each file; may be set anew for the files to come.
    :param reserve: bytes that must stay free on the disk; None for 5 % of it, at most 50 MiB.
    :param on_close: told the path of each file that has got its final name.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        info: Mapping[str, str],
        *,
        roll_over: int = ROLL_OVER,
        reserve: int | None = None,
        now: Callable[[], datetime] = _now,
        on_close: Callable[[Path], None] | None = None,
    ) -> None:
        self.folder, self.site, self.info = folder, site, info
        self.roll_over, self.reserve, self.now, self.on_close = roll_over, reserve, now, on_close
        self.bytes_written = 0
        self._serial = 0
        self._file: OpenFile | None = None
        self._name = ""
        self._warcinfo_id = ""

    def write(self, exchange: Exchange, original: Capture | None = None) -> Capture | None:
        """Append the records of an exchange; they are on disk when this returns.

        :param original: the capture that holds the same payload; then a revisit record is written.
        :returns: where the response or revisit record lies; None if nothing came back, so that only the request and
            the reason were written.
        :raises DiskError: if they could not be written whole; the file is then as it was before.
        """
        try:
            if self._file is None or self._file.size >= self.roll_over:
                self.close()
                self._file = self._begin()
            answer = self._append(self._file, records_of(exchange, self._warcinfo_id, original))
        except OSError as error:
            raise self._refused(error) from error
        return capture_of(answer, self._name)

    def close(self) -> None:
        """Sync the open file and give it its final name.

        :raises DiskError: if that fails; what was reported is safe in a file that ends in `.open`.
        """
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            file.close()
        except OSError as error:
            raise self._refused(error) from error
        if self.on_close is not None:
            self.on_close(file.path)

    def _begin(self) -> OpenFile:
        """The next file, its warcinfo record on disk: without one, nothing must be written to it."""
        self._make_folder()
        moment = self.now()
        self._name = self._free_name(moment)
        record = warcinfo_record(self._name, self.info, moment)
        file = OpenFile(self.folder / self._name, self.reserve)
        try:
            self._append(file, [record])
            sync_folder(self.folder)
        except BaseException:
            file.discard()
            raise
        self._warcinfo_id = record.record_id
        return file

    def _make_folder(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder.parent)

    def _free_name(self, moment: datetime) -> str:
        """A name that no file bears: two runs may begin within one second, and clocks are set back."""
        while True:
            self._serial += 1
            name = f"{_safe(self.site)}-{moment:%Y%m%d%H%M%S}-{self._serial:05d}.warc.gz"
            if not any((self.folder / each).exists() for each in (name, name + OPEN_SUFFIX)):
                return name

    def _append(self, file: OpenFile, records: Iterable[Record]) -> StoredRecord:
        """Append records at one go; gives the first as it is stored."""
        start = file.size
        texts = [(record, record.fields()) for record in records]
        parts = [member(fields, record.block) for record, fields in texts]
        lengths = file.append(parts, sum(most_bytes(fields, record.block) for record, fields in texts))
        self.bytes_written += sum(lengths)
        first, fields = texts[0]
        return stored(first, fields, start, lengths[0])

    def _refused(self, error: OSError) -> DiskError:
        return DiskError(f"cannot write to {self.folder / self._name}: {error.strerror or error}")

    def append(self, records: Callable[[str], Iterable[Record]]) -> None:
        """Append records that are ready; they are on disk when this returns.

        :param records: gives them, told the id of the warcinfo record of the file that they will stand in.
        :raises DiskError: as `write`.
        """
        try:
            if self._file is None or self._file.size >= self.roll_over:
                self.close()
                self._file = self._begin()
            self._append(self._file, records(self._warcinfo_id))
        except OSError as error:
            raise self._refused(error) from error

    def discard(self) -> None:
        """Give up the file that is being written, if there is one; nothing in it was reported."""
        if self._file is not None:
            self._file.discard()
            self._file = None


def _safe(name: str) -> str:
    """The name of a site as the beginning of a file's name; an IPv6 address as a host has colons in it."""
    return _UNSAFE.sub("_", name).lstrip(".") or "_"
