"""Whether `news.db` can be read and is sound."""

from __future__ import annotations

from contextlib import suppress

from newscrawler.errors import ArchiveError, StoreError
from newscrawler.store import Database, close_database
from newscrawler.store.fixity import database_complaints, open_to_check, pending_files
from newscrawler.verify.archive import Archive

_REBUILD = "`newscrawler rebuild` makes it again from the WARC files"


def open_checked(archive: Archive) -> None:
    """Give the archive its database, if rows can be compared; else there is a fault that says why."""
    path = archive.folder / "news.db"
    if not path.exists() or not path.stat().st_size:
        archive.findings.fault("database", "news.db", f"{path} is missing or empty; {_REBUILD}")
        return
    try:
        db = open_to_check(path)
    except (StoreError, ArchiveError) as error:
        archive.findings.fault("database", "news.db", str(error))
        return
    archive.db = _sound(archive, db)


def _sound(archive: Archive, db: Database) -> Database | None:
    try:
        complaints = database_complaints(db)
    except (StoreError, ArchiveError) as error:
        complaints = [str(error)]
    if not complaints:
        return db
    words = f"{archive.folder / 'news.db'} is damaged ({'; '.join(complaints)}), so that its rows were not compared"
    archive.findings.fault("database", "news.db", f"{words}; {_REBUILD}")
    with suppress(StoreError):
        close_database(db)
    return None


def names_pending(archive: Archive) -> set[str]:
    """Files that are not done yet: open ones, those of runs without an end, and while there is such a run those without
    any row."""
    names = {file.name for file in archive.files if file.is_open}
    if archive.db is None:
        return names
    unfinished = pending_files(archive.db, [file.name for file in archive.files])
    return names | unfinished
