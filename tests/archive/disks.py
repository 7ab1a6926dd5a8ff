"""Disks that take no more, made by the system itself or in the place of its calls."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system itself writes a part and then refuses, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def disk_that_fills_after(size: int) -> SimpleNamespace:
    """`os`, of which write takes so many bytes and then no more."""
    room = size

    def write(file: int, data: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = os.write(file, data[:room])
        room -= written
        return written

    return SimpleNamespace(**{**vars(os), "write": write})


class FaultyDisk:
    """`os`, of which one call goes wrong, counted over all calls that a writer makes.

    :param at: number of the call that fails, or None for none.
    :param after: bytes after which writing fails, or None for never.
    :param dead: whether everything that changes a file fails from then on.
    """

    CHANGES = ("open", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "close", "fstat", "statvfs")

    def __init__(
        self, at: int | None = None, after: int | None = None, *, dead: bool = False, code: int = errno.EIO
    ) -> None:
        self.calls: list[str] = []
        self.written = 0
        self.failed = False
        self._at, self._after, self._dead, self._code = at, after, dead, code

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in self.CHANGES:
            return real

        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            if name == "write":
                arguments = (arguments[0], self._room(arguments[1]))
            wrong = len(self.calls) - 1 == self._at or (self.failed and self._dead)
            if wrong or (name == "write" and not arguments[1]):
                self.failed = True
                if name == "close":
                    real(*arguments)
                raise OSError(self._code, os.strerror(self._code))
            # Syncing for real would only take time: the power does not fail here.
            result = None if name in ("fdatasync", "fsync") else real(*arguments)
            self.written += result if name == "write" else 0
            return result

        return call

    def _room(self, data: memoryview) -> memoryview:
        """What the disk takes of a piece: a short write first, then nothing."""
        if self._after is None or (self.failed and not self._dead):
            return data
        return data[: max(0, self._after - self.written)]
