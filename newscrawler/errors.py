"""What can go wrong, named after the complaint, each with the exit code a command ends with."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """How a command ends; documented in the README."""

    COMPLETE = 0
    ERROR = 1
    USAGE = 2
    GIVEN_UP = 3
    STOPPED = 4
    DAMAGED = 5
    DISK = 6
    LOCKED = 7


class NewsCrawlerError(Exception):
    """Base of all errors that are told to the user in one sentence."""

    exit_code = ExitCode.ERROR


class UnknownSiteError(NewsCrawlerError):
    """Raised when no site file has the name, from `sites.get_site`."""

    exit_code = ExitCode.USAGE


class UsageError(NewsCrawlerError):
    """Raised when an option's value makes no sense, from `cli` and the spiders."""

    exit_code = ExitCode.USAGE


class ReadingError(NewsCrawlerError):
    """Base of what a page can refuse, from `reading`."""


class NoArticleError(ReadingError):
    """Raised when a page holds neither an article nor a list of articles, from `reading.article`."""


class HostilePageError(ReadingError):
    """Raised when reading the page would cost too much time or memory, from `reading.guard`."""


class CutPageError(ReadingError):
    """Raised when a page breaks off within its content coding, from `pages`."""


class ArchiveError(NewsCrawlerError):
    """Base of what goes wrong with WARC files, from `archive`."""


class DamagedRecordError(ArchiveError):
    """Raised when a record cannot be read back or differs from its digest, from `archive.reader`."""

    exit_code = ExitCode.DAMAGED

    def __init__(self, message: str, path: Path | None = None, offset: int = 0) -> None:
        super().__init__(message)
        self.path, self.offset = path, offset
        """The file, and where in it the last whole record ends."""


class ForeignFileError(ArchiveError):
    """Raised when a file to be imported is no WARC or WACZ, or not one that can be read, from `archive.foreign`."""


class DiskError(ArchiveError):
    """Raised when the archive folder is full or not writable, from `archive.writer` and `store.database`."""

    exit_code = ExitCode.DISK


class ArchiveLockedError(ArchiveError):
    """Raised when another run writes to the same archive, from `archive.lock`."""

    exit_code = ExitCode.LOCKED


class WireTapError(ArchiveError):
    """Raised when exchanges would not be archived as they pass on the wire, from `wire.selftest`."""


class StoreError(NewsCrawlerError):
    """Raised when the database cannot be opened or is not ours, from `store.database`."""


class DamagedDatabaseError(StoreError):
    """Raised when the database's file is damaged or is no database, from `store.database`."""

    exit_code = ExitCode.DAMAGED


class NoSuchArticleError(StoreError):
    """Raised when the database has no article of that id or address, from `store.articles`."""
