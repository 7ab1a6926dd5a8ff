"""What `doctor` asks of SQLite and of a database file: versions, the newest moment that is written down, size."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

# By id, since no index is by time; ids and times grow together, but for what `rebuild` has put in another order.
_NEWEST = "SELECT max(timestamp) FROM (SELECT timestamp FROM captures ORDER BY id DESC LIMIT 1000)"


def sqlite_version() -> tuple[int, int, int]:
    """Of the SQLite that Python is linked with."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch


def has_full_text_search() -> bool:
    """Whether SQLite was built with FTS5, without which nothing can be searched."""
    conn = sqlite3.connect(":memory:")
    try:
        conn.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    finally:
        conn.close()
    return True


def schema_of(path: Path) -> int | None:
    """Number of the newest migration that a database file has seen; None if it cannot be read."""
    try:
        conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return int(conn.execute("PRAGMA user_version").fetchone()[0])
        finally:
            conn.close()
    except sqlite3.Error:
        return None


def newest_capture(db: Database) -> str | None:
    """When the newest capture was made (UTC, ISO 8601), or None in an archive without any."""
    found: str | None = db.conn.execute(_NEWEST).fetchone()[0]
    return found
