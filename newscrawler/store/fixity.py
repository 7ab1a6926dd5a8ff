"""What `verify` asks of the database: every row that says where a record lies, and whether the file itself is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from newscrawler.items import Capture
from newscrawler.store.database import explain, open_database, path_of
from newscrawler.store.runs import unfinished_files

_ROWS = """
    SELECT url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type, truncated,
        refers_to, id
    FROM captures WHERE filename = :filename ORDER BY offset
"""
_FILENAMES = "SELECT filename, count(*), min(id) FROM captures GROUP BY filename ORDER BY filename"
_UNFINISHED = "SELECT EXISTS (SELECT 1 FROM runs WHERE finished_at IS NULL)"
_COLUMNS = tuple(field.name for field in fields(Capture))
_MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class LostPointer:
    """A row that points at a row which is not there."""

    table: str
    row: int | None
    """None in tables without row ids."""
    column: str
    target: str


def open_to_check(path: Path) -> Database:
    """The database, read-only; texts that are no UTF-8 any more are given as they are, and differ from their record.

    :raises NewsCrawlerError: as `open_database`.
    """
    db = open_database(path)
    db.conn.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    return db


def pending_files(db: Database, names: Collection[str]) -> set[str]:
    """Names of the WARC files that runs without an end have written, with rows or, out of `names`, without any."""
    ((unfinished,),) = _asked(db, _UNFINISHED, {})
    if not unfinished:
        return set()
    return unfinished_files(db) | (set(names) - {name for name, _count, _first in filenames(db)})


def rows_of_file(db: Database, filename: str) -> Iterator[Capture]:
    """The rows that point into one WARC file, in the order of their offsets.

    :raises StoreError: if the database turns out damaged.
    """
    yield from (Capture(**dict(zip(_COLUMNS, row, strict=True))) for row in _asked(db, _ROWS, {"filename": filename}))


def filenames(db: Database) -> Iterator[tuple[str, int, int]]:
    """The names of the WARC files that rows point into, with the number of the rows, and the id of the first."""
    yield from ((str(name), count, first) for name, count, first in _asked(db, _FILENAMES, {}))


def database_complaints(db: Database) -> list[str]:
    """What SQLite finds wrong with the file, in its words; empty if it is sound."""
    answers = [str(answer) for (answer,) in _asked(db, f"PRAGMA quick_check({_MOST_ANSWERS})", {})]
    return [] if answers == ["ok"] else answers


def lost_pointers(db: Database) -> Iterator[LostPointer]:
    """All rows whose `capture_id`, `article_id`, … points at nothing."""
    for table, row, target, key in _asked(db, "PRAGMA foreign_key_check", {}):
        yield LostPointer(table, row, _columns(db, table)[key], target)


def _columns(db: Database, table: str) -> dict[int, str]:
    """Number of each foreign key of a table, and its column."""
    return {row[0]: row[3] for row in _asked(db, f'PRAGMA foreign_key_list("{table}")', {})}


def _asked(db: Database, question: str, values: dict[str, object]) -> Iterator[Any]:
    try:
        yield from db.conn.execute(question, values)
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error
