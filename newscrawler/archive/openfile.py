"""A file that grows by whole appends: what was reported is on disk, and what failed has left nothing behind."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newscrawler.archive.durable import sync_folder
from newscrawler.archive.reader import OPEN_SUFFIX
from newscrawler.errors import DiskError

MOST_RESERVE = 50 << 20
"""Bytes that are left free on a large disk: the database must still be able to say how far the run came."""


class OpenFile:
    """Bears `.open` behind its name until it is closed.

    :param path: the final name, which no file must bear yet.
    :param reserve: bytes that an append must leave free on the disk; None for 5 % of it, at most MOST_RESERVE.
    :raises OSError: if it cannot be made.
    """

    def __init__(self, path: Path, reserve: int | None = None) -> None:
        self.path = path
        self.size = 0
        """Bytes of all appends that were reported."""
        self._open_path = path.with_name(path.name + OPEN_SUFFIX)
        self._reserve = reserve
        self._file = os.open(self._open_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)

    def append(self, parts: Iterable[Iterable[bytes]], at_most: int) -> list[int]:
        """Append at one go and put on disk; gives the length of each part.

        :param at_most: bytes that the parts may come to, of which the disk must have room.
        :raises OSError: if the disk took only a part; that is undone, at the latest before the next append.
        :raises DiskError: if the disk has no room for it beside the reserve.
        """
        self._cut_torn_end()
        self._check_room(at_most)
        try:
            lengths = [sum(self._write_whole(piece) for piece in part) for part in parts]
            os.fdatasync(self._file)
        except BaseException:
            with suppress(OSError):
                self._cut_torn_end()
            raise
        self.size += sum(lengths)
        return lengths

    def close(self) -> None:
        """Put it on disk under its final name.

        :raises OSError: if that fails; the file may then still bear `.open`, with all that was reported in it.
        """
        try:
            self._cut_torn_end()
            os.fsync(self._file)
        finally:
            os.close(self._file)
        os.rename(self._open_path, self.path)
        sync_folder(self.path.parent)

    def discard(self) -> None:
        """Remove it; nothing in it was reported."""
        with suppress(OSError):
            os.close(self._file)
        with suppress(OSError):
            os.unlink(self._open_path)

    def _write_whole(self, data: bytes) -> int:
        """A short write is no error to the system: what it left is written again, until it is an error."""
        view = memoryview(data)
        while view:
            written = os.write(self._file, view)
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            view = view[written:]
        return len(data)

    def _cut_torn_end(self) -> None:
        """Nothing may follow a torn record: readers find no record behind one (facts: archiving §0.5)."""
        if os.fstat(self._file).st_size > self.size:
            os.ftruncate(self._file, self.size)

    def _check_room(self, wanted: int) -> None:
        disk = os.statvfs(self.path.parent)
        left = disk.f_bavail * disk.f_frsize
        reserve = min(MOST_RESERVE, disk.f_blocks * disk.f_frsize // 20) if self._reserve is None else self._reserve
        if left - wanted < reserve:
            raise DiskError(
                f"the disk of {self.path.parent} has only {left:,} bytes left, too few for a record of {wanted:,} "
                f"beside the {reserve:,} that stay free; make room, then run the same command again"
            )
