"""What names what, while an archive is checked: kept in a file without a name, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from newscrawler.errors import DiskError

Pointer = Literal["concurrent", "refers-to", "refers-to-uri"]
"""By what a record names another: WARC-Concurrent-To, WARC-Refers-To, or WARC-Refers-To-Target-URI with its date."""

_CACHE_KIB = 16384

# No index while filling: each insert would touch a page of its own. In all about 420 bytes for each exchange.
_TABLES = """
    CREATE TABLE records (id BLOB, page BLOB, digest TEXT, file INTEGER, place INTEGER);
    CREATE TABLE pointers (kind TEXT, id BLOB, digest TEXT, file INTEGER, place INTEGER, url TEXT);
    CREATE TABLE expected (line BLOB, file INTEGER, place INTEGER);
    CREATE TABLE found (line BLOB, number INTEGER);
    CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
"""
_INDICES = (
    "CREATE INDEX IF NOT EXISTS records_id ON records(id, digest)",
    "CREATE INDEX IF NOT EXISTS records_page ON records(page) WHERE page IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS expected_line ON expected(line)",
    "CREATE INDEX IF NOT EXISTS found_line ON found(line)",
)
_TWICE = """
    SELECT files.name, records.place FROM records JOIN files ON files.id = records.file
    WHERE EXISTS (SELECT 1 FROM records AS other WHERE other.id = records.id AND other.rowid < records.rowid)
    ORDER BY files.name, place
"""
# A revisit wants a response, which alone has a page here, with the same payload; the request needs only its partner.
_DANGLING = """
    SELECT kind, files.name, place, url FROM pointers JOIN files ON files.id = pointers.file
    WHERE NOT CASE kind
        WHEN 'concurrent' THEN EXISTS (SELECT 1 FROM records WHERE records.id = pointers.id)
        WHEN 'refers-to-uri' THEN EXISTS (SELECT 1 FROM records WHERE page = pointers.id)
        ELSE EXISTS (SELECT 1 FROM records
            WHERE records.id = pointers.id AND records.digest = pointers.digest AND page IS NOT NULL)
        END
    GROUP BY file, place, kind = 'concurrent' ORDER BY files.name, place
"""
_MISSING_LINES = """
    SELECT files.name, place FROM expected JOIN files ON files.id = expected.file
    WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.line = expected.line) ORDER BY files.name, place
"""
_STRANGE_LINES = """
    SELECT number FROM found WHERE NOT EXISTS (SELECT 1 FROM expected WHERE expected.line = found.line) ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Dangling:
    """A record that names one which is not there."""

    pointer: Pointer
    filename: str
    offset: int
    url: str | None


class Ledger:
    """Filled while all files are read, asked when they have been.

    Ids and addresses are kept as hashes of 16 bytes, in SQLite's unnamed temporary database: in memory up to 16 MiB,
    beyond that in a file that is gone with the process. A Python set of as many ids would take 120 bytes of memory
    each.

    :raises DiskError: from all methods, if there is no room for temporary files.
    """

    def __init__(self) -> None:
        self._conn = sqlite3.connect("", isolation_level=None)
        self._conn.executescript(f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -{_CACHE_KIB}; {_TABLES}")
        self._conn.execute("BEGIN")
        self._files: dict[str, int] = {}

    def close(self) -> None:
        """Free memory and disk."""
        self._conn.close()

    def add_record(
        self, record_id: str, filename: str, offset: int, digest: str | None = None, page: tuple[str, str] | None = None
    ) -> None:
        """A record is there.

        :param digest: of responses only: their payload digest.
        :param page: of responses only: address and date.
        """
        row = (_key(record_id), _key(*page) if page else None, digest, self._file(filename), offset)
        self._execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", row)

    def add_pointer(
        self,
        kind: Pointer,
        target: tuple[str, ...],
        filename: str,
        offset: int,
        url: str | None = None,
        digest: str | None = None,
    ) -> None:
        """The record at `offset` names another.

        :param target: the id of that, or its address and date.
        :param url: of a revisit, to name it by.
        :param digest: the payload digest that the other must have, for a revisit.
        """
        row = (kind, _key(*target), digest, self._file(filename), offset, url)
        self._execute("INSERT INTO pointers VALUES (?, ?, ?, ?, ?, ?)", row)

    def expect_line(self, line: str, filename: str, offset: int) -> None:
        """A record should have this line in the index."""
        self._execute("INSERT INTO expected VALUES (?, ?, ?)", (_key(line), self._file(filename), offset))

    def find_line(self, line: str, number: int) -> None:
        """The index has this line."""
        self._execute("INSERT INTO found VALUES (?, ?)", (_key(line), number))

    def sort(self) -> None:
        """Sort what has come in, before questions about it; may be done again after more has come."""
        for statement in _INDICES:
            self._execute(statement, ())

    def twice(self) -> Iterator[tuple[str, int]]:
        """File and offset of each record whose id an earlier one bears already."""
        yield from self._execute(_TWICE, ())

    def dangling(self) -> Iterator[Dangling]:
        """Records that name one which is not there, or which has another payload than they say."""
        yield from (Dangling(*row) for row in self._execute(_DANGLING, ()))

    def missing_lines(self) -> Iterator[tuple[str, int]]:
        """File and offset of each record that has no line in the index."""
        yield from self._execute(_MISSING_LINES, ())

    def strange_lines(self) -> Iterator[int]:
        """Numbers of the lines of the index that belong to no record."""
        yield from (number for (number,) in self._execute(_STRANGE_LINES, ()))

    def _file(self, name: str) -> int:
        if name not in self._files:
            self._files[name] = len(self._files) + 1
            self._execute("INSERT INTO files VALUES (?, ?)", (self._files[name], name))
        return self._files[name]

    def _execute(self, statement: str, row: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            return self._conn.execute(statement, row)
        except sqlite3.OperationalError as error:
            raise DiskError(f"no room for temporary files: {error}; free some, or set TMPDIR") from error


def _key(*words: str) -> bytes:
    return blake2b("\n".join(words).encode("utf-8", "surrogateescape"), digest_size=16).digest()
