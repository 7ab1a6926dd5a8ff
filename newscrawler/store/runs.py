"""What each run did, and what went wrong in it: tables `runs` and `problems`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from newscrawler.errors import ExitCode
from newscrawler.store.database import transaction

Outcome = Literal["finished", "incomplete", "stopped", "failed"]
_OUTCOMES: dict[int, Outcome] = {
    ExitCode.COMPLETE: "finished",
    ExitCode.GIVEN_UP: "incomplete",
    ExitCode.STOPPED: "stopped",
}
_COUNTERS = ("pages", "articles_new", "articles_changed", "articles_unchanged", "problems", "bytes")

_START = """
    INSERT INTO runs (site, reason, started_at, arguments, cycle)
    VALUES (:site, :reason, :started_at, :arguments, :cycle)
"""
_BEGIN_CYCLE = "UPDATE runs SET cycle = id WHERE id = :run_id"
# A run that was killed has exit code 4 by now (see `end_unfinished`).
_UNFINISHED_CYCLE = """
    SELECT last.cycle FROM (
        SELECT cycle, exit_code FROM runs WHERE site = :site AND arguments = :arguments ORDER BY id DESC LIMIT 1
    ) AS last
    WHERE last.cycle IS NOT NULL AND (last.exit_code IN (4, 6) OR EXISTS (
        SELECT 1 FROM frontier
        WHERE frontier.site = :site AND frontier.cycle = last.cycle AND frontier.state IN ('queued', 'leased')
    ))
"""
_FINISH = """
    UPDATE runs SET
        finished_at = :finished_at, exit_code = :exit_code, pages = :pages, articles_new = :articles_new,
        articles_changed = :articles_changed, articles_unchanged = :articles_unchanged, problems = :problems,
        bytes = :bytes, counters = :counters, outcome = :outcome
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
        exit_code = :exit_code, outcome = :outcome
    WHERE finished_at IS NULL
"""
_ADD_PROBLEM = """
    INSERT INTO problems (run_id, url, stage, kind, message, capture_id, seen_at)
    VALUES (:run_id, :url, :stage, :kind, :message, :capture_id, :seen_at)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A run that has begun."""

    run_id: int
    cycle: int
    """Id of the run with which its cycle began: its own, or that of an earlier one that left work."""


def start_run(db: Database, site: str, reason: str, started_at: str) -> int:
    """Note that something begins that is no crawl, such as an import; gives its id. See `start_crawl`."""
    with transaction(db):
        row = {"site": site, "reason": reason, "started_at": started_at, "arguments": None, "cycle": None}
        return int(db.conn.execute(_START, row).lastrowid or 0)


def start_crawl(db: Database, site: str, reason: str, started_at: str, arguments: Mapping[str, object]) -> Begun:
    """Note that a run of a crawl begins.

    :param reason: such as "timer" or "by hand".
    :param started_at: UTC, ISO 8601.
    :param arguments: what the run was asked for; it goes on with the cycle of the last run that was asked for the same,
        if that left work.
    """
    row = {"site": site, "reason": reason, "started_at": started_at}
    row["arguments"] = json.dumps(dict(arguments), ensure_ascii=False, sort_keys=True)
    with transaction(db):
        found = db.conn.execute(_UNFINISHED_CYCLE, row).fetchone()
        run_id = int(db.conn.execute(_START, {**row, "cycle": found[0] if found else None}).lastrowid or 0)
        if found is None:
            db.conn.execute(_BEGIN_CYCLE, {"run_id": run_id})
    return Begun(run_id=run_id, cycle=int(found[0]) if found else run_id)


def outcome_of(exit_code: int) -> Outcome:
    """The word for an exit code; nothing is finished that has left out a page, or stopped before the end of a list."""
    return _OUTCOMES.get(exit_code, "failed")


def finish_run(db: Database, run_id: int, finished_at: str, exit_code: int, counters: Mapping[str, int]) -> None:
    """Note how a run ended, in a code and in its word. Counters that have a column go there, all others into `counters`
    as JSON."""
    known = {name: counters.get(name, 0) for name in _COUNTERS}
    others = {name: count for name, count in sorted(counters.items()) if name not in known}
    row: dict[str, Any] = {"run_id": run_id, "finished_at": finished_at, "exit_code": int(exit_code)}
    row["outcome"] = outcome_of(exit_code)
    row["counters"] = json.dumps(others)
    with transaction(db):
        db.conn.execute(_FINISH, {**known, **row})


def unfinished_files(db: Database) -> set[str]:
    """Names of the WARC files that runs without an end have written to: those that were killed, once the archive's
    lock is held."""
    return {filename for (filename,) in db.conn.execute(_UNFINISHED_FILES)}


def end_unfinished(db: Database) -> None:
    """Note of all runs without an end that they were stopped when their last answer came."""
    with transaction(db):
        db.conn.execute(_END_UNFINISHED, {"exit_code": int(ExitCode.STOPPED), "outcome": outcome_of(ExitCode.STOPPED)})


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
