"""Writing WARC files so that a record, once reported, is on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.archive.records import Record, request_record, response_record, warc_date, warcinfo_record
from newscrawler.errors import DiskError
from newscrawler.items import Capture, Exchange
from newscrawler.urls import urlkey

ROLL_OVER = 1_000_000_000
"""Bytes after which a new file is begun (WARC 1.1 Annex C)."""
OPEN_SUFFIX = ".open"


def _now() -> datetime:
    return datetime.now(UTC)


class WarcWriter:
    """Appends exchanges to `<site>-<time>-<serial>.warc.gz`, which bears `.open` until it is closed.

    :param folder: made if it is missing.
    :param info: fields of the warcinfo record that opens each file.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        info: Mapping[str, str],
        *,
        roll_over: int = ROLL_OVER,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.folder, self.site, self.info = folder, site, info
        self.roll_over, self.now = roll_over, now
        self.bytes_written = 0
        self._serial = 0
        self._file = -1
        self._name = ""
        self._offset = 0
        self._warcinfo_id = ""

    def write(self, exchange: Exchange) -> Capture:
        """Append the response and request records of an exchange; they are on disk when this returns.

        :raises DiskError: if they could not be written whole; the file is then as it was before.
        """
        try:
            if self._file < 0 or self._offset >= self.roll_over:
                self._open_next()
            response = response_record(exchange, self._warcinfo_id)
            request = request_record(exchange, self._warcinfo_id, response.record_id)
            offset = self._append(response.member + request.member)
        except OSError as error:
            raise DiskError(f"cannot write to {self.folder / self._name}: {error.strerror or error}") from error
        return self._capture(exchange, response, offset)

    def close(self) -> None:
        """Sync the open file and give it its final name."""
        if self._file < 0:
            return
        self._cut_torn_end()
        os.fsync(self._file)
        os.close(self._file)
        self._file = -1
        final = self.folder / self._name
        os.rename(self.folder / (self._name + OPEN_SUFFIX), final)
        _sync_folder(self.folder)

    def _open_next(self) -> None:
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._name = self._free_name()
        path = self.folder / (self._name + OPEN_SUFFIX)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        self._offset = 0
        record = warcinfo_record(self._name, self.info)
        self._warcinfo_id = record.record_id
        try:
            self._append(record.member)
            _sync_folder(self.folder)
        except OSError:
            # A file without its warcinfo record must not be written on.
            os.close(self._file)
            self._file = -1
            os.unlink(path)
            raise

    def _free_name(self) -> str:
        """A name that no file bears: two runs may begin within one second, and clocks are set back."""
        while True:
            self._serial += 1
            name = f"{self.site}-{self.now():%Y%m%d%H%M%S}-{self._serial:05d}.warc.gz"
            if not any((self.folder / each).exists() for each in (name, name + OPEN_SUFFIX)):
                return name

    def _append(self, data: bytes) -> int:
        """Append at one go and sync; undone if the disk takes only a part."""
        offset, view = self._offset, memoryview(data)
        self._cut_torn_end()
        try:
            while view:
                view = view[os.write(self._file, view) :]
            os.fdatasync(self._file)
        except OSError:
            with suppress(OSError):
                self._cut_torn_end()
            raise
        self._offset += len(data)
        self.bytes_written += len(data)
        return offset

    def _cut_torn_end(self) -> None:
        """Nothing may follow a torn record: readers find no record behind one (facts: archiving §0.5)."""
        if os.fstat(self._file).st_size > self._offset:
            os.ftruncate(self._file, self._offset)

    def _capture(self, exchange: Exchange, response: Record, offset: int) -> Capture:
        return Capture(
            url=exchange.url,
            urlkey=urlkey(exchange.url),
            timestamp=warc_date(exchange.started_at),
            status=exchange.status,
            mime=exchange.mime,
            digest=response.payload_digest,
            filename=self._name,
            offset=offset,
            length=len(response.member),
            record_id=response.record_id,
            truncated=exchange.truncated,
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
