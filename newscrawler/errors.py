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


class SiteFileError(UsageError):
    """Raised when a site file cannot be understood, from `sites.files`."""


class ReadingError(NewsCrawlerError):
    """Base of what a page can refuse, from `reading`."""

    @property
    def kind(self) -> str:
        """The word that stands for it in table `problems`."""
        return type(self).__name__


class NoArticleError(ReadingError):
    """Raised when a page holds neither an article nor a list of articles, from `reading.article`."""


class HostilePageError(ReadingError):
    """Raised when reading the page would cost too much time or memory, from `reading.guard`."""


class MemoryPageError(HostilePageError):
    """Raised when reading a page needs more memory than a reader may have; told as HostilePageError."""

    def __init__(self, url: str) -> None:
        super().__init__(url)

    def __str__(self) -> str:
        return f"reading {self.args[0]} needs more memory than it may have"

    @property
    def kind(self) -> str:
        """That of any page that costs too much."""
        return HostilePageError.__name__


class RefusalPageError(ReadingError):
    """Raised when a page only says that there is nothing to be had, though its status is 200, from
    `reading.refusals`."""

    def __init__(self, message: str, kind: str = "soft-404") -> None:
        super().__init__(message)
        self._kind = kind

    @property
    def kind(self) -> str:
        """`soft-404`, `block`, `captcha` or `login`."""
        return self._kind


class NoPageError(ReadingError):
    """Raised when an answer is no page that could be read, such as a picture, from the spiders."""

    kind = "no-page"


class LeadsError(ReadingError):
    """Raised when a sitemap or feed is none, or larger than it may be, from `reading.sitemaps` and `reading.feeds`."""


class ArchiveError(NewsCrawlerError):
    """Base of what goes wrong with WARC files, from `archive`."""


class DamagedRecordError(ArchiveError):
    """Raised when a record cannot be read back or differs from its digest, from `archive.reader`."""

    exit_code = ExitCode.DAMAGED

    def __init__(self, message: str, path: Path | None = None, offset: int = 0) -> None:
        super().__init__(message)
        self.path, self.offset = path, offset
        """The file, and where in it the last whole record ends."""


class MissingFileError(ArchiveError):
    """Raised when a WARC file that the database was made of is not there, from `rebuild`."""

    exit_code = ExitCode.DAMAGED


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


class SlowQueryError(StoreError):
    """Raised when a question to the database takes longer than a reader should wait, from `store.guest`."""


class NoSuchPageError(NewsCrawlerError):
    """Raised when the reading room has no page of that address, from `web`."""


class UnreadableRecordError(NoSuchPageError):
    """Raised when the reading room cannot show what a record holds: damaged, missing or too long, from
    `web.archived`."""
