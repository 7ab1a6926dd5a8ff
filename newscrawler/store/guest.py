"""Reading on a connection that somebody else opened, as a web server does: with an end to patience and to size."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from sqlite_utils import Database

from newscrawler.errors import SlowQueryError
from newscrawler.store.database import explain, path_of

_STEPS = 1000
"""Instructions of SQLite between two looks at the clock: about 0.1 ms."""
_LONGEST_VALUE = 2_000_000
"""Bytes of a text in SQL of visitors: no step between two looks at the clock can then take long, nor much memory
(facts: reliability 95)."""
_LONGEST_OF_OURS = 200_000_000
_LONGEST_PATTERN = 1_000
_BLOWN_UP = ("printf", "format", "randomblob", "zeroblob")
"""One call of these can take seconds within a single step; they give NULL instead. No page of ours or of Datasette
calls one."""
_Answer = TypeVar("_Answer")
Connection = sqlite3.Connection


def harden(conn: Connection) -> None:
    """Let a connection read only; and let no SQL make huge values, look at other files, or learn where ours lies."""
    conn.execute("PRAGMA query_only = ON")
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for name in _BLOWN_UP:
        conn.create_function(name, -1, lambda *_values: None)
    conn.set_authorizer(_authorize)


def _authorize(action: int, table: str | None, *_more: str | None) -> int:
    if action == sqlite3.SQLITE_READ and table == "pragma_database_list":
        return sqlite3.SQLITE_IGNORE  # reads as NULL
    return sqlite3.SQLITE_OK


def ask(conn: Connection, question: Callable[[Database], _Answer], *, seconds: float = 2.0) -> _Answer:
    """What `question` finds in the database behind `conn`.

    :param seconds: how long it may take in all.
    :raises SlowQueryError: if it takes longer.
    :raises StoreError: if the database is damaged or locked.
    """
    end = time.perf_counter() + seconds
    conn.set_progress_handler(lambda: int(time.perf_counter() > end), _STEPS)
    longest = conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_OF_OURS)
    db = Database(conn, execute_plugins=False)
    try:
        return question(db)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise SlowQueryError(f"no answer within {seconds:g} seconds; ask for less") from error
        raise explain(error, path_of(db)) from error
    finally:
        conn.set_progress_handler(None, _STEPS)
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
