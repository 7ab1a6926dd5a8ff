"""Each row of `captures` against the record it points at, and each record against its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from newscrawler.items import Capture
from newscrawler.store.fixity import filenames, lost_pointers
from newscrawler.text import counted
from newscrawler.verify.archive import Archive, WarcFile

_COMPARED = tuple(field.name for field in fields(Capture) if field.name not in ("id", "filename", "offset"))
_REBUILD = "`newscrawler rebuild` makes the rows again"


def match(archive: Archive, file: WarcFile, captures: Iterable[Capture], rows: Iterator[Capture]) -> None:
    """Walk over records and rows of one file side by side, both in the order of offsets.

    The rows are asked for first: a row stands only for a record that is on disk, while a record may be younger than
    the rows that a running crawl has shown.
    """
    waiting, unindexed = next(rows, None), 0
    for capture in captures:
        while waiting is not None and not _reaches(waiting, capture.offset):
            _no_record(archive, file, waiting)
            waiting = next(rows, None)
        if waiting is not None and waiting.offset == capture.offset:
            _compare(archive, file, waiting, capture)
            waiting = next(rows, None)
        elif archive.db is not None and file.name in archive.pending:
            unindexed += 1
        elif archive.db is not None:
            _no_row(archive, file, capture)
    for row in (waiting, *rows) if waiting is not None else ():
        _no_record(archive, file, row)
    if unindexed:
        archive.findings.note(
            f"{file.path} holds {counted(unindexed, 'record')} without row yet; {archive.who} adds what is missing"
        )


def _number(row: Capture) -> int | None:
    """A row's offset, which somebody may have made a text; SQLite takes and keeps it."""
    return row.offset if isinstance(row.offset, int) else None


def _reaches(row: Capture, offset: int) -> bool:
    number = _number(row)
    return number is not None and number >= offset


def _compare(archive: Archive, file: WarcFile, row: Capture, capture: Capture) -> None:
    archive.findings.rows += 1
    differing = [name for name in _COMPARED if getattr(row, name) != getattr(capture, name)]
    if differing:
        words = f"row {row.id} of captures differs from its record in {file.path} ({', '.join(differing)}); {_REBUILD}"
        archive.findings.fault("row", "news.db", words, offset=capture.offset, url=capture.url, row=row.id)


def _no_record(archive: Archive, file: WarcFile, row: Capture) -> None:
    archive.findings.rows += 1
    words = f"row {row.id} of captures points at offset {row.offset} of {file.path}, where no response can be read"
    step = f"restore that file from a copy, or if it is as it should be, {_REBUILD}"
    archive.findings.fault("row", "news.db", f"{words}; {step}", offset=_number(row), url=str(row.url), row=row.id)


def _no_row(archive: Archive, file: WarcFile, capture: Capture) -> None:
    words = f"{file.path} at offset {capture.offset} holds a record of {capture.url} that has no row"
    archive.findings.fault(
        "unindexed", f"warc/{file.path.name}", f"{words}; {_REBUILD}", offset=capture.offset, url=capture.url
    )


def check_missing_files(archive: Archive) -> None:
    """Rows that point into files which are not there; one fault for each file."""
    if archive.db is None:
        return
    for name, count, first in filenames(archive.db):
        if name not in archive.names and not archive.is_younger(name):
            archive.findings.rows += count
            words = f"{archive.shown(name)} is missing, but {count} rows of news.db point into it"
            archive.findings.fault("file", f"warc/{name}", f"{words}; restore it from a copy", row=first)


def check_pointers(archive: Archive) -> None:
    """Rows of all tables that point at rows which are not there."""
    for lost in lost_pointers(archive.db) if archive.db is not None else ():
        row = f" row {lost.row}" if lost.row is not None else ""
        words = f"{lost.table}{row} of {archive.folder / 'news.db'}: {lost.column} points at no row of {lost.target}"
        archive.findings.fault("database", "news.db", f"{words}; {_REBUILD}", row=lost.row)
