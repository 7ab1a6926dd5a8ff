"""Checking an archive: every record, every digest, every row against its record."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from newscrawler.archive.lock import is_held
from newscrawler.archive.manifest import MANIFEST, How, Manifest
from newscrawler.errors import ArchiveError, DiskError, NewsCrawlerError, StoreError
from newscrawler.store import close_database
from newscrawler.store.fixity import rows_of_file
from newscrawler.store.ledger import Ledger
from newscrawler.verify.archive import Archive, Meter, WarcFile, warc_files
from newscrawler.verify.database import names_pending, open_checked
from newscrawler.verify.ledgers import check_index, check_manifest, check_relations
from newscrawler.verify.records import FileCheck
from newscrawler.verify.report import Fault, Findings, Progress, Report
from newscrawler.verify.rows import check_missing_files, check_pointers, match

__all__ = ["Fault", "Report", "verify"]


def _silent(done: int, total: int) -> None:
    """Nobody looks."""


def verify(folder: Path, progress: Progress = _silent) -> Report:
    """Read all of an archive and compare it with itself; nothing is changed, and no lock is held.

    Checked are: each gzip member to its end and checksum, and that it is one record; block and payload digests; what
    records say of one another; the manifest; rows of `captures`; the index; the soundness of the database. What was
    read out of the pages is compared by `rebuild --check`. A crawl may be writing meanwhile.

    :param folder: the data folder.
    :param progress: told how many bytes have been read, of how many; files are read twice, for records and manifest.
    :raises NewsCrawlerError: if there is no archive.
    :raises DiskError: if there is no room for temporary files, about 420 bytes for each exchange and the longest block.
    """
    findings = Findings()
    files = warc_files(folder, findings)
    if not files and not findings.faults and not any((folder / name).exists() for name in ("news.db", MANIFEST)):
        raise NewsCrawlerError(f"no archive at {folder}; run `newscrawler crawl SITE` first, or name its --data folder")
    meter = Meter(progress, 2 * sum(file.size for file in files))
    with closing(Ledger()) as ledger:
        archive = Archive(folder, findings, ledger, meter, files, is_held(folder))
        open_checked(archive)
        try:
            _check(archive)
        finally:
            if archive.db is not None:
                close_database(archive.db)
    return findings.report()


def _check(archive: Archive) -> None:
    if archive.is_written:
        archive.findings.note(f"a crawl is writing to {archive.folder} now; what it has not finished is checked later")
    archive.pending = names_pending(archive)
    archive.crashed, archive.imported = _named(archive, "repaired", "found"), _named(archive, "imported")
    for file in archive.files:
        _check_file(archive, file)
    check_missing_files(archive)
    check_pointers(archive)
    check_manifest(archive)
    check_relations(archive)
    check_index(archive)


def _named(archive: Archive, *how: How) -> set[str]:
    try:
        entries = Manifest(archive.folder).entries()
    except OSError:
        return set()  # `check_manifest` says so
    return {entry.file.removeprefix("warc/") for entry in entries if entry.how in how}


def _check_file(archive: Archive, file: WarcFile) -> None:
    archive.findings.files += 1
    if file.is_open and not archive.is_written:
        archive.findings.note(f"{file.path} was left open by a run that was killed; the next crawl repairs it")
    db = archive.db
    rows = rows_of_file(db, file.name) if db is not None else iter(())
    try:
        match(archive, file, FileCheck(archive, file).captures(), rows)
    except StoreError as error:
        archive.findings.fault("database", "news.db", str(error))
        archive.db = None
        if db is not None:
            close_database(db)
    except DiskError:
        raise
    except (ArchiveError, OSError) as error:
        _unreadable(archive, file, error)


def _unreadable(archive: Archive, file: WarcFile, error: Exception) -> None:
    if file.is_open and not file.path.exists():
        archive.findings.note(f"{file.path} was closed while it was read; it is checked the next time")
        return
    reason = getattr(error, "strerror", None) or str(error).rpartition(": ")[2]
    words = f"{file.path} cannot be read: {reason}; see to its permissions, or restore it from a copy"
    archive.findings.fault("file", f"warc/{file.path.name}", words)
