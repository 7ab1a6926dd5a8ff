"""What can go wrong, named after the complaint, each with the exit code a command ends with."""

from __future__ import annotations

from enum import IntEnum


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


class ArchiveError(NewsCrawlerError):
    """Base of what goes wrong with WARC files, from `archive`."""


class DamagedRecordError(ArchiveError):
    """Raised when a record cannot be read back or differs from its digest, from `archive.reader`."""

    exit_code = ExitCode.DAMAGED


class DiskError(ArchiveError):
    """Raised when the archive folder is full or not writable, from `archive.writer` and `store.database`."""

    exit_code = ExitCode.DISK


class ArchiveLockedError(ArchiveError):
    """Raised when another run writes to the same archive, from `archive.lock`."""

    exit_code = ExitCode.LOCKED


class StoreError(NewsCrawlerError):
    """Raised when the database cannot be opened or is not ours, from `store.database`."""


class DamagedDatabaseError(StoreError):
    """Raised when the database's file is damaged or is no database, from `store.database`."""

    exit_code = ExitCode.DAMAGED


class NoSuchArticleError(StoreError):
    """Raised when the database has no article of that id or address, from `store.articles`."""
