"""The database made anew beside the old one, which it replaces at one go when it is whole."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawler.archive.cdxj import write_index
from newscrawler.archive.durable import sync_folder
from newscrawler.archive.lock import ArchiveLock
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.reader import OPEN_SUFFIX, records
from newscrawler.archive.repair import repair
from newscrawler.errors import DamagedDatabaseError, DamagedRecordError, DiskError, MissingFileError, UsageError
from newscrawler.rebuild.readers import readers
from newscrawler.rebuild.restore import restore_files
from newscrawler.rebuild.restored import Restored, Tell, quietly
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.fixity import filenames
from newscrawler.store.renewal import (
    attached,
    end_runs,
    open_new,
    parts_of,
    settle,
    take_over_ids,
    take_over_rest,
    take_over_runs,
)
from newscrawler.store.runs import end_unfinished

logger = logging.getLogger(__name__)

DATABASE = "news.db"
DAMAGED_SUFFIX = ".damaged"
"""Behind the name of an old database that cannot be read, which is kept."""


def rebuild(folder: Path, progress: Tell = quietly, *, jobs: int = 1) -> Restored:
    """Make `news.db` and `index.cdxj` again from the WARC files; a kill at any moment leaves the old ones.

    How runs ended, problems and the frontier are in no WARC file: they are taken over from the old database, if there
    is one that can be read. Without it, runs come back with what the files tell of them. Files that a crash has left
    open are repaired first.

    :param folder: the data folder.
    :param jobs: processes that read pages.
    :returns: counts; damaged stretches were passed over and stand in `gaps`.
    :raises ArchiveLockedError: if a run is writing.
    :raises MissingFileError: if WARC files that the old database was made of are not there.
    :raises DiskError: if the disk does not take it. And as `open_database`.
    """
    with locked(folder):
        manifest = Manifest(folder)
        for each in repair(folder):
            if each.path is not None:
                manifest.add(each.path, "repaired")
        old, new = folder / DATABASE, folder / f"{DATABASE}.new"
        readable = _settled(old)
        if readable:
            _refuse_loss(folder, old)
        counts = build(folder, new, old if readable else None, progress, jobs)
        _replace(old, new)
        write_index(folder)
    return counts


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the archive's lock.

    :raises UsageError: if there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; --data names the folder of an archive")
    lock = ArchiveLock(folder)
    try:
        yield
    finally:
        lock.release()


def build(folder: Path, new: Path, old: Path | None, progress: Tell, jobs: int) -> Restored:
    """Fill a new database, and put it on disk.

    :param old: the database to take over from what the WARC files do not tell.
    """
    db = open_new(new)
    try:
        with readers(jobs) as read:
            if old is None:
                counts = restore_files(db, folder, warc_files(folder), progress=progress, readers=read)
            else:
                with attached(db, old):
                    take_over_runs(db)
                    counts = restore_files(db, folder, warc_files(folder), progress=progress, readers=read)
                    take_over_rest(db)
                    take_over_ids(db)
        _end_runs(db, taken_over=old is not None)
    finally:
        close_database(db)
    _sync(new)
    return counts


def _end_runs(db: Database, *, taken_over: bool) -> None:
    """All that they archived is read now, so none is to be caught up with."""
    if taken_over:
        end_unfinished(db)
    else:
        end_runs(db)


def warc_files(folder: Path) -> list[Path]:
    """All WARC files of an archive, the oldest first, as their first records date them: articles then come back in the
    order in which they came, and revisits behind what they refer to."""
    paths = [each for suffix in ("", OPEN_SUFFIX) for each in (folder / "warc").glob(f"*.warc.gz{suffix}")]
    return sorted(paths, key=lambda path: (_begun(path), path.name))


def _begun(path: Path) -> str:
    try:
        return next((record.date for record in records(path)), "")
    except DamagedRecordError:
        return ""


def _settled(old: Path) -> bool:
    """Whether there is an old database that can be taken over from."""
    if not old.exists():
        return False
    try:
        settle(old)
    except DamagedDatabaseError as error:
        _keep_aside(old)
        logger.warning("%s; it is kept as %s%s, and nothing is taken over from it", error, old, DAMAGED_SUFFIX)
        return False
    return True


def _refuse_loss(folder: Path, old: Path) -> None:
    """Where the folder of the WARC files is not mounted, or one of them was lost, the old database is all there is."""
    there = {path.name.removesuffix(OPEN_SUFFIX) for path in warc_files(folder)}
    missing = [name for name in _files_of(old) if name not in there]
    if missing:
        more = f" (and {len(missing) - 1:,} more)" if missing[1:] else ""
        step = f"restore it from a copy, or move {old} away to make a database of what is left"
        raise MissingFileError(
            f"{folder / 'warc' / missing[0]}{more} is missing, and {old} alone tells what it held; {step}"
        )


def _files_of(old: Path) -> list[str]:
    """Names of the WARC files that the database's rows point into; what is damaged cannot tell."""
    try:
        db = open_database(old)
        try:
            return [name for name, _count, _first in filenames(db)]
        finally:
            close_database(db)
    except DamagedDatabaseError:
        return []


def _keep_aside(old: Path) -> None:
    try:
        for part in parts_of(old):
            if part.exists():
                os.replace(part, part.with_name(part.name.replace(DATABASE, DATABASE + DAMAGED_SUFFIX)))
    except OSError as error:
        raise DiskError(f"cannot rename {old}: {error.strerror or error}") from error


def _replace(old: Path, new: Path) -> None:
    """Nothing of the old database waits in its -wal file; programs that have it open go on reading the old one."""
    try:
        for part in parts_of(old)[:2]:
            part.unlink(missing_ok=True)
        os.replace(new, old)
        sync_folder(old.parent)
    except OSError as error:
        raise DiskError(f"cannot put {new} in the place of {old}: {error.strerror or error}") from error


def _sync(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise DiskError(f"cannot write {path}: {error.strerror or error}") from error
