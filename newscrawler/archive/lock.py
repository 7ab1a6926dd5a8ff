"""One writer to an archive at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from newscrawler.errors import ArchiveLockedError, DiskError

FILE = ".lock"


def is_held(folder: Path) -> bool:
    """Whether a run holds the lock of an archive just now; changes nothing.

    The process id in the file says nothing: it outlives its process, and means another one in a container. The look
    itself shares the lock for some microseconds, so ask only where there is a reason to.
    """
    try:
        file = os.open(folder / FILE, os.O_RDONLY)
    except OSError:
        return False  # nobody has ever written there
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


class ArchiveLock:
    """An advisory lock on an archive folder; the system frees it when the process ends, however it ends."""

    def __init__(self, folder: Path, name: str = FILE) -> None:
        """Take the lock.

        :param name: of its file; another one keeps something else than the writing of records.
        :raises ArchiveLockedError: if another run holds it.
        :raises DiskError: if the folder cannot be made, written to or locked.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DiskError(f"cannot write to the archive folder {folder}: {error.strerror or error}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise ArchiveLockedError(
                f"another run (process {holder}) is writing to {folder}; "
                "wait for it to end, or choose another --data folder"
            ) from None
        except OSError as error:
            os.close(self._file)
            raise DiskError(f"cannot lock the archive folder {folder}: {error.strerror or error}") from error
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode())
        except OSError as error:
            os.close(self._file)
            raise DiskError(f"cannot write to the archive folder {folder}: {error.strerror or error}") from error

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
