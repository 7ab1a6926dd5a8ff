"""Runs as values, the newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from newscrawler.errors import ExitCode
from newscrawler.store.runs import outcome_of
from newscrawler.store.times import is_time

NO_CRAWL = "import"
"""Reason, and site, of runs that took over files of others."""

# The column `problems` is older than the table, which has them all.
_COLUMNS = """
    id, site, started_at, finished_at, reason, outcome, exit_code, pages, articles_new, articles_changed,
    articles_unchanged, (SELECT count(*) FROM problems WHERE problems.run_id = runs.id), bytes, counters, arguments,
    cycle
"""
# Walked backwards by id, so that the first pages of a long history cost no more than those of a short one.
_RUNS = f"""
    SELECT {_COLUMNS} FROM runs WHERE :site IS NULL OR site = :site ORDER BY id DESC LIMIT :limit OFFSET :offset
"""
_CRAWLS = f"""
    SELECT {_COLUMNS} FROM runs WHERE site = :site AND reason <> '{NO_CRAWL}' ORDER BY id DESC LIMIT :limit
"""
_RUN = f"SELECT {_COLUMNS} FROM runs WHERE id = :id"
_COUNT = "SELECT count(*) FROM runs WHERE :site IS NULL OR site = :site"
_UNFINISHED = "SELECT EXISTS (SELECT 1 FROM runs WHERE finished_at IS NULL)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run; times are UTC, ISO 8601."""

    id: int
    site: str
    started_at: str
    finished_at: str | None
    """None while it goes on, and of one that was killed until the next crawl puts that in order."""
    reason: str
    """`by hand`, `demo`, `import`, or `schedule` and the moment for which it was planned."""
    outcome: str | None
    """`finished`, `incomplete`, `stopped` or `failed`; None where there is no end."""
    exit_code: int | None
    pages: int
    articles_new: int
    articles_changed: int
    articles_unchanged: int
    problems: int
    bytes: int
    counters: Mapping[str, int]
    """All other sums, by name."""
    arguments: Mapping[str, Any]
    """What a crawl was asked for; runs of the same belong to one cycle, whatever their limit."""
    cycle: int | None
    """Id of the run with which its cycle began; None of what is no crawl."""

    @property
    def is_crawl(self) -> bool:
        """Whether it asked a site for pages."""
        return self.reason != NO_CRAWL

    @property
    def is_torn(self) -> bool:
        """Whether it was killed: its end was written by the run behind it, which knows no counters."""
        return self.finished_at is not None and self.exit_code == ExitCode.STOPPED and not self.counters

    @property
    def is_success(self) -> bool:
        """Whether it did what it was asked for: came to its end, with pages given up perhaps, or to a limit that it
        was begun with."""
        if self.outcome == "stopped":
            return bool(self.counters.get("at_limit"))
        return self.outcome in ("finished", "incomplete")

    @property
    def lasted(self) -> timedelta | None:
        """From beginning to end, where both are times."""
        if self.finished_at is None or not (is_time(self.finished_at) and is_time(self.started_at)):
            return None
        return datetime.fromisoformat(self.finished_at) - datetime.fromisoformat(self.started_at)


def runs(db: Database, site: str | None = None, *, limit: int = 50, offset: int = 0) -> list[Run]:
    """Runs of one site, or all, the newest first."""
    return [_run(row) for row in db.conn.execute(_RUNS, {"site": site, "limit": limit, "offset": offset})]


def crawls(db: Database, site: str, *, limit: int = 50) -> list[Run]:
    """Runs of one site that asked it for pages, the newest first."""
    return [_run(row) for row in db.conn.execute(_CRAWLS, {"site": site, "limit": limit})]


def run_of(db: Database, run_id: int) -> Run | None:
    """One run, or None where there is none of that id."""
    row = db.conn.execute(_RUN, {"id": run_id}).fetchone()
    return _run(row) if row else None


def run_count(db: Database, site: str | None = None) -> int:
    """How many runs there are, of one site or of all."""
    return int(db.conn.execute(_COUNT, {"site": site}).fetchone()[0])


def is_unfinished(db: Database) -> bool:
    """Whether the database knows of a run that has no end: one goes on, or was killed."""
    return bool(db.conn.execute(_UNFINISHED).fetchone()[0])


def _run(row: tuple[Any, ...]) -> Run:
    values = dict(zip(Run.__slots__, row, strict=True))
    values["counters"] = json.loads(values["counters"] or "{}")
    values["arguments"] = json.loads(values["arguments"] or "{}")
    if values["outcome"] is None and values["exit_code"] is not None:
        values["outcome"] = outcome_of(values["exit_code"])  # a run of our first versions has a code and no word
    return Run(**values)
