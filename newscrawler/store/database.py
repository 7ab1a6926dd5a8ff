"""Opening and closing `news.db`: one writer, many readers, and every refusal told in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from newscrawler.errors import DamagedDatabaseError, DiskError, NewsCrawlerError, StoreError
from newscrawler.store.schema import SCHEMA_VERSION, migrations

_PATIENCE_MS = 5000
_CACHE_KIB = 16384


def open_database(path: Path, *, write: bool = False) -> Database:
    """Open the database at `path`: to read, or to write (the folder and the tables are then made, and brought up to
    date).

    Raises `DiskError` where the folder cannot be made or written, `StoreError` where there is no database to read,
    where the file is damaged, is not ours, or was made by a newer version. Close it with `close_database`.
    """
    try:
        return _open_to_write(path) if write else _open_to_read(path)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    except OSError as error:
        raise DiskError(f"cannot use the folder {path.parent}: {error.strerror or error}") from error


def _open_to_write(path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    conn = sqlite3.connect(path, timeout=_PATIENCE_MS / 1000, isolation_level=None)
    try:
        db = _prepared(conn)
        _refuse_strange(conn, path)
        conn.execute("PRAGMA journal_mode = WAL")
        # FULL: a row that was told as stored outlives a loss of power, not only a kill.
        conn.execute("PRAGMA synchronous = FULL")
        # Measured: rarer checkpoints write a page that many commits touch only once; the -wal stays under 16 MB.
        conn.execute("PRAGMA wal_autocheckpoint = 4000")
        _migrate(db)
    except BaseException:
        conn.close()
        raise
    return db


def _open_to_read(path: Path) -> Database:
    if not path.exists():
        raise StoreError(f"no database at {path}; run `newscrawler crawl SITE` first")
    conn = _connect_to_read(path)
    try:
        db = _prepared(conn)
        conn.execute("PRAGMA query_only = ON")
        _refuse_strange(conn, path)
        if _version(conn) < SCHEMA_VERSION:
            raise StoreError(_unready(conn, path))
    except BaseException:
        conn.close()
        raise
    return db


def is_fixed(path: Path) -> bool:
    """Whether a database can be read only as a file that nobody changes: on a medium that cannot be written, SQLite has
    no place for the memory that readers and writers share."""
    try:
        _touched(_uri(path)).close()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN
    return False


def _uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"


def _connect_to_read(path: Path) -> sqlite3.Connection:
    uri = _uri(path)
    try:
        return _touched(uri)
    except sqlite3.OperationalError as error:
        waiting = path.with_name(path.name + "-wal")
        # On a read-only medium SQLite cannot make its -shm file. Without waiting pages the file itself is the whole
        # truth.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or (waiting.exists() and waiting.stat().st_size):
            raise
        return _touched(uri + "&immutable=1")


def _touched(uri: str) -> sqlite3.Connection:
    conn = sqlite3.connect(uri, uri=True, timeout=_PATIENCE_MS / 1000, isolation_level=None)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        conn.close()
        raise
    return conn


def _prepared(conn: sqlite3.Connection) -> Database:
    conn.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA foreign_keys = ON")
    # No plugins: what others installed beside us must not change how our rows are written.
    return Database(conn, execute_plugins=False)


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _tables(conn: sqlite3.Connection) -> set[str]:
    return {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _refuse_strange(conn: sqlite3.Connection, path: Path) -> None:
    tables, version = _tables(conn), _version(conn)
    if tables and not {"articles", "captures", migrations.migrations_table} <= tables:
        raise StoreError(f"{path} is an SQLite database, but not one of newscrawler; choose another --data folder")
    if version > SCHEMA_VERSION:
        known = f"schema {version}, this one knows {SCHEMA_VERSION}"
        raise StoreError(f"{path} was made by a newer newscrawler ({known}); upgrade newscrawler")


def _unready(conn: sqlite3.Connection, path: Path) -> str:
    if not _tables(conn):
        return f"{path} is empty; run `newscrawler crawl SITE` first"
    step = "run `newscrawler crawl SITE` once, or `newscrawler rebuild`, which asks no site"
    return f"{path} was made by an older newscrawler; {step}"


def _migrate(db: Database) -> None:
    if _version(db.conn) == SCHEMA_VERSION:
        return
    with transaction(db):
        migrations.apply(db)
    # The tables shall stand in the file itself: a copy taken without its -wal is then still recognised.
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All writes within are kept together or not at all; within an open transaction it joins that one.

    IMMEDIATE, because a transaction that reads first and writes later fails at once when another program wrote between.
    Raises `DiskError` when the disk is full or not writable, `StoreError` when the file is damaged or held by another.
    """
    if db.conn.in_transaction:
        yield
        return
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error


def path_of(db: Database) -> Path:
    """The file behind a connection."""
    return Path(db.conn.execute("PRAGMA database_list").fetchone()[2] or ":memory:")


def explain(error: Exception, path: Path) -> Exception:
    """What SQLite complains of as one of our errors; the error itself where only a programmer can help."""
    told = _told(getattr(error, "sqlite_errorcode", 0) & 0xFF, path)
    return error if told is None else told


def _told(code: int, path: Path) -> NewsCrawlerError | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskError(f"the disk is full, {path} takes no more; free some space and run the same command again")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return DiskError(f"cannot open or write {path}; look at its permissions and at the disk")
        case sqlite3.SQLITE_NOTADB:
            return DamagedDatabaseError(f"{path} is not a database; run `newscrawler rebuild`, which makes it again")
        case sqlite3.SQLITE_CORRUPT:
            return DamagedDatabaseError(f"{path} is damaged; run `newscrawler rebuild`, which makes it again")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(f"another program keeps {path} locked; close it, then run the same command again")
    return None


def check_database(db: Database) -> None:
    """Read every page of the file; raises `StoreError` when one is damaged. Takes seconds on large files."""
    try:
        ((answer,),) = db.conn.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error
    if answer != "ok":
        raise _told(sqlite3.SQLITE_CORRUPT, path_of(db)) or StoreError(answer)


def close_database(db: Database) -> None:
    """Close; a writer first moves what waits in the -wal file into the database, so that the one file is all there
    is."""
    (read_only,) = db.conn.execute("PRAGMA query_only").fetchone()
    if not read_only:
        # Where the disk is full nothing can be moved; the -wal file keeps it for the next writer.
        with suppress(sqlite3.OperationalError):
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
