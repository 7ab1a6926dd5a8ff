"""Files that are on disk whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART_SUFFIX = ".part"
"""Behind the name of a file that is not whole yet; one that a killed process left is written over."""


def sync_folder(folder: Path) -> None:
    """Put on disk which names a folder holds: without it a file that is safe may lose its name with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file at `path`, in place of any that is there, when the block ends well.

    :raises OSError: if the disk does not take it; the file at `path` is then as it was.
    """
    part = path.with_name(path.name + PART_SUFFIX)
    try:
        # A link that lies there leads to a file of somebody else's: it goes, what it leads to stays as it is.
        if part.is_file() or not part.exists():
            part.unlink(missing_ok=True)
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.rename(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise
    sync_folder(path.parent)
