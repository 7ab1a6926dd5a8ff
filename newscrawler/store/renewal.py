"""What a rebuild asks of the tables: which captures are settled, whose run a file is, and what only the database knows
(how runs ended, problems, frontier), which is taken over from the old one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from newscrawler.errors import StoreError
from newscrawler.store.database import close_database, explain, open_database, transaction
from newscrawler.store.tables import reindex

# Read, or found unreadable: a capture that was stored in the moment before a kill has neither.
_SETTLED = """
    SELECT captures.offset FROM sightings JOIN captures ON captures.id = sightings.capture_id
    WHERE captures.filename = :filename
    UNION
    SELECT captures.offset FROM problems JOIN captures ON captures.id = problems.capture_id
    WHERE captures.filename = :filename AND problems.stage = 'reading'
"""
_RUN = "SELECT id FROM runs WHERE site = :site AND started_at = :started_at ORDER BY id LIMIT 1"
_END_RUNS = """
    UPDATE runs SET finished_at = coalesce((SELECT max(timestamp) FROM captures WHERE run_id = runs.id), started_at)
    WHERE finished_at IS NULL
"""
_SHARED_COLUMNS = """
    SELECT name FROM pragma_table_info(:table, 'main') WHERE name IN (SELECT name FROM pragma_table_info(:table, 'old'))
"""
_RUNS_OF_CAPTURES = """
    UPDATE main.captures SET run_id = (
        SELECT old.captures.run_id FROM old.captures
        WHERE old.captures.filename = main.captures.filename AND old.captures.offset = main.captures.offset
    )
    WHERE run_id IS NULL
"""
_PROBLEMS = """
    INSERT INTO main.problems (id, run_id, url, stage, kind, message, capture_id, seen_at)
    SELECT problem.id, problem.run_id, problem.url, problem.stage, problem.kind, problem.message,
        (SELECT now.id FROM main.captures AS now WHERE now.filename = was.filename AND now.offset = was.offset),
        problem.seen_at
    FROM old.problems AS problem LEFT JOIN old.captures AS was ON was.id = problem.capture_id
"""
_NEW_PROBLEMS = "CREATE TEMP TABLE found_again AS SELECT * FROM main.problems ORDER BY id"
_KEEP_NEW_PROBLEMS = """
    INSERT INTO main.problems (run_id, url, stage, kind, message, capture_id, seen_at)
    SELECT run_id, url, stage, kind, message, capture_id, seen_at FROM temp.found_again AS again
    WHERE (capture_id, stage, kind) NOT IN (
        SELECT capture_id, stage, kind FROM main.problems WHERE capture_id IS NOT NULL
    )
"""


def open_new(path: Path) -> Database:
    """An empty database at `path`, where any that was there is thrown away. It is not safe from a loss of power before
    `newscrawler.rebuild` has synced it; raises as `open_database`."""
    for each in parts_of(path):
        each.unlink(missing_ok=True)
    db = open_database(path, write=True)
    db.conn.execute("PRAGMA synchronous = OFF")
    return db


def parts_of(path: Path) -> tuple[Path, ...]:
    """All files that a database may consist of, itself the last."""
    return (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"), path)


def settle(path: Path) -> None:
    """Bring a database up to date, and all that waits in its -wal file into the file itself.

    Raises as `open_database`; `StoreError` where another program is reading, so that it cannot be done.
    """
    db = open_database(path, write=True)
    try:
        ((busy, _pages, _moved),) = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        close_database(db)
    if busy:
        raise StoreError(f"another program is reading {path}; close it, then run the same command again")


# Articles that the old database does not have get ids beyond all of its own.
_NUMBERS = """
    CREATE TEMP TABLE numbers AS
    SELECT now.id AS made, coalesce(was.id, (SELECT coalesce(max(id), 0) FROM old.articles) + now.id) AS wanted
    FROM main.articles AS now
    LEFT JOIN old.articles AS was ON was.id = coalesce(
        (SELECT id FROM old.articles WHERE site = now.site AND site_article_id = now.site_article_id),
        (SELECT id FROM old.articles WHERE url = now.url)
    )
"""
_DIFFER = "SELECT EXISTS (SELECT 1 FROM temp.numbers WHERE made != wanted)"
# By way of negative numbers, since the one's wanted id is the other's made one.
_RENUMBER = (
    "UPDATE {table} SET {column} = -(SELECT wanted FROM temp.numbers WHERE made = {column}) WHERE {column} IS NOT NULL",
    "UPDATE {table} SET {column} = -{column} WHERE {column} IS NOT NULL",
)
_HANG_ON_ARTICLES = ("versions", "sightings", "links", "media", "comments", "twins", "twin_keys")
_NUMBERED = (
    ("main.articles", "id"),
    *((f"main.{table}", "article_id") for table in _HANG_ON_ARTICLES),
    ("main.twins", "twin_id"),
)
_LOWER_FIRST = "UPDATE main.twins SET article_id = twin_id, twin_id = article_id WHERE article_id > twin_id"


def take_over_ids(db: Database) -> None:
    """Give articles the ids that they have in the attached database: people have noted them, and links lead to them."""
    with transaction(db):
        db.conn.execute(_NUMBERS)
        db.conn.execute("CREATE UNIQUE INDEX temp.numbers_made ON numbers(made)")
        if db.conn.execute(_DIFFER).fetchone()[0]:
            db.conn.execute("PRAGMA defer_foreign_keys = ON")
            for table, column in _NUMBERED:
                for statement in _RENUMBER:
                    db.conn.execute(statement.format(table=table, column=column))
            db.conn.execute(_LOWER_FIRST)
            reindex(db)
        db.conn.execute("DROP TABLE temp.numbers")


def settled_offsets(db: Database, filename: str) -> set[int]:
    """Where those records of a WARC file begin whose pages have been read, or found unreadable."""
    return {offset for (offset,) in db.conn.execute(_SETTLED, {"filename": filename})}


def find_run(db: Database, site: str, started_at: str) -> int | None:
    """The id of a run by what its WARC files tell of it."""
    row = db.conn.execute(_RUN, {"site": site, "started_at": started_at}).fetchone()
    return None if row is None else int(row[0])


def end_runs(db: Database) -> None:
    """Give runs that were made of WARC files alone their end: their last answer. How they ended is not known."""
    with transaction(db):
        db.conn.execute(_END_RUNS)


@contextmanager
def attached(db: Database, path: Path) -> Iterator[None]:
    """The database at `path` as `old`, to copy from; raises what `transaction` raises where it is damaged."""
    try:
        db.conn.execute("ATTACH DATABASE :path AS old", {"path": str(path)})
        try:
            yield
        finally:
            db.conn.execute("DETACH DATABASE old")
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error


def take_over_runs(db: Database) -> None:
    """Copy the runs of the attached database with their ids; done first, so that captures find theirs."""
    with transaction(db):
        _copy(db, "runs")


def take_over_rest(db: Database) -> None:
    """Copy problems and frontier of the attached database, after all captures are in; give captures whose files do not
    tell their run the run that they had.

    Problems met again while reading stay away where the old row tells the same.
    """
    with transaction(db):
        db.conn.execute(_RUNS_OF_CAPTURES)
        db.conn.execute(_NEW_PROBLEMS)
        db.conn.execute("DELETE FROM main.problems")
        db.conn.execute(_PROBLEMS)
        db.conn.execute(_KEEP_NEW_PROBLEMS)
        db.conn.execute("DROP TABLE temp.found_again")
        _copy(db, "frontier")


def _copy(db: Database, table: str) -> None:
    names = ", ".join(f'"{name}"' for (name,) in db.conn.execute(_SHARED_COLUMNS, {"table": table}))
    db.conn.execute(f"INSERT OR REPLACE INTO main.{table} ({names}) SELECT {names} FROM old.{table}")
