"""What each run did, and what went wrong in it: tables `runs` and `problems`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from newscrawler.errors import ExitCode
from newscrawler.store.database import transaction

_COUNTERS = ("pages", "articles_new", "articles_changed", "articles_unchanged", "problems", "bytes")

_START = "INSERT INTO runs (site, reason, started_at) VALUES (:site, :reason, :started_at)"
_FINISH = """
    UPDATE runs SET
        finished_at = :finished_at, exit_code = :exit_code, pages = :pages, articles_new = :articles_new,
        articles_changed = :articles_changed, articles_unchanged = :articles_unchanged, problems = :problems,
        bytes = :bytes, counters = :counters
    WHERE id = :run_id
"""
_UNFINISHED_FILES = """
    SELECT DISTINCT captures.filename
    FROM runs JOIN captures ON captures.run_id = runs.id
    WHERE runs.finished_at IS NULL
"""
_END_UNFINISHED = """
    UPDATE runs SET
        finished_at = coalesce((SELECT max(timestamp) FROM captures WHERE run_id = runs.id), started_at),
        exit_code = :exit_code
    WHERE finished_at IS NULL
"""
_ADD_PROBLEM = """
    INSERT INTO problems (run_id, url, stage, kind, message, capture_id, seen_at)
    VALUES (:run_id, :url, :stage, :kind, :message, :capture_id, :seen_at)
"""


def start_run(db: Database, site: str, reason: str, started_at: str) -> int:
    """Note that a run begins (`started_at` in UTC, ISO 8601; `reason` such as "timer" or "by hand"); gives its id."""
    with transaction(db):
        row = {"site": site, "reason": reason, "started_at": started_at}
        return int(db.conn.execute(_START, row).lastrowid or 0)


def finish_run(db: Database, run_id: int, finished_at: str, exit_code: int, counters: Mapping[str, int]) -> None:
    """Note how a run ended. Counters that have a column go there, all others into `counters` as JSON."""
    known = {name: counters.get(name, 0) for name in _COUNTERS}
    others = {name: count for name, count in sorted(counters.items()) if name not in known}
    row = {"run_id": run_id, "finished_at": finished_at, "exit_code": int(exit_code), "counters": json.dumps(others)}
    with transaction(db):
        db.conn.execute(_FINISH, {**known, **row})


def unfinished_files(db: Database) -> set[str]:
    """Names of the WARC files that runs without an end have written to: those that were killed, once the archive's
    lock is held."""
    return {filename for (filename,) in db.conn.execute(_UNFINISHED_FILES)}


def end_unfinished(db: Database) -> None:
    """Note of all runs without an end that they were stopped when their last answer came."""
    with transaction(db):
        db.conn.execute(_END_UNFINISHED, {"exit_code": int(ExitCode.STOPPED)})


def add_problem(
    db: Database,
    run_id: int | None,
    url: str | None,
    stage: str,
    kind: str,
    message: str,
    seen_at: str,
    capture_id: int | None = None,
) -> int:
    """Note what could not be fetched, read or stored, and at which `stage`; gives the row's id."""
    row = {"run_id": run_id, "url": url, "stage": stage, "kind": kind, "message": message}
    with transaction(db):
        cursor = db.conn.execute(_ADD_PROBLEM, {**row, "seen_at": seen_at, "capture_id": capture_id})
        return int(cursor.lastrowid or 0)
