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
_LONGEST_VALUE = 10_000_000
"""Bytes of a text that a query may make; without it one function call can ask for gigabytes (facts: reliability 95)."""
_Answer = TypeVar("_Answer")
Connection = sqlite3.Connection


def harden(conn: Connection) -> None:
    """Let a connection read only, and make no text beyond 10 MB."""
    conn.execute("PRAGMA query_only = ON")
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def ask(conn: Connection, question: Callable[[Database], _Answer], *, seconds: float = 2.0) -> _Answer:
    """What `question` finds in the database behind `conn`.

    :param seconds: how long it may take in all.
    :raises SlowQueryError: if it takes longer.
    :raises StoreError: if the database is damaged or locked.
    """
    end = time.perf_counter() + seconds
    conn.set_progress_handler(lambda: int(time.perf_counter() > end), _STEPS)
    db = Database(conn, execute_plugins=False)
    try:
        return question(db)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise SlowQueryError(f"no answer within {seconds:g} seconds; ask for less") from error
        raise explain(error, path_of(db)) from error
    finally:
        conn.set_progress_handler(None, _STEPS)
