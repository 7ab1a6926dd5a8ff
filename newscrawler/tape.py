"""Bytes that pass by, kept in order: in memory while they are few, in an unnamed file when they are many."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile

MOST_IN_MEMORY = 1 << 20
"""Bytes of a tape beyond which it goes on in a file."""
PIECE = 1 << 16


class Tape:
    """Written at its end, read from anywhere; nothing of it outlives the process.

    :param folder: where the file lies if one is needed; None for the system's folder of temporary files.
    """

    def __init__(self, data: bytes = b"", *, folder: Path | None = None, in_memory: int = MOST_IN_MEMORY) -> None:
        self._file = SpooledTemporaryFile(max_size=in_memory, dir=str(folder) if folder else None)  # noqa: SIM115
        self._start = 0
        self._end = 0
        if data:
            self.write(data)

    def __len__(self) -> int:
        return self._end - self._start

    def write(self, data: bytes) -> None:
        """Add at the end.

        :raises OSError: if the disk takes no more.
        """
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """What is on the tape from `start` on, in pieces of at most PIECE bytes.

        :raises OSError: if the file does not give back what it was given.
        """
        place = self._start + start
        while place < self._end:
            self._file.seek(place)
            piece = self._file.read(min(PIECE, self._end - place))
            if not piece:
                raise OSError(errno.EIO, "a temporary file has lost what was written to it")
            place += len(piece)
            yield piece

    def read(self, start: int = 0, size: int | None = None) -> bytes:
        """Up to `size` bytes from `start` on; all that follow where no size is given."""
        self._file.seek(self._start + start)
        rest = max(0, len(self) - start)
        return self._file.read(rest if size is None else min(size, rest))

    def drop(self, size: int) -> bytes:
        """Take so many bytes off the beginning."""
        dropped = self.read(0, size)
        self._start += len(dropped)
        return dropped

    def close(self) -> None:
        """Free memory or file; the tape is empty then."""
        self._file.close()
        self._start = self._end = 0
