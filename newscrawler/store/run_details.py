"""What pages about runs tell beside the runs themselves: the captures that one made, and how many articles each week
brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlite_utils import Database

from newscrawler.store.status import Run
from newscrawler.store.times import is_time

# `captures` has no index by run; the names of its files begin with the site and the second in which they were begun.
_CAPTURES = """
    SELECT id, url, timestamp, status, mime, length, record_type FROM captures
    WHERE filename >= :first AND filename < :last AND run_id = :run_id
    ORDER BY filename, offset LIMIT :limit
"""
# A file is of one run, and where many runs begin in a second, its first capture tells of which.
_FILES = """
    WITH RECURSIVE names(name) AS (
        SELECT min(filename) FROM captures WHERE filename >= :first AND filename < :last
        UNION ALL
        SELECT (SELECT min(filename) FROM captures WHERE filename > names.name AND filename < :last)
        FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names
    WHERE (SELECT run_id FROM captures WHERE filename = name ORDER BY offset LIMIT 1) = :run_id
"""
_LATEST = """
    SELECT started_at, articles_new, articles_changed FROM (SELECT * FROM runs ORDER BY id DESC LIMIT :limit)
    WHERE started_at >= :since
"""
_MOST_RUNS = 5000


@dataclass(frozen=True, slots=True)
class Made:
    """A capture that a run made; `timestamp` is UTC, ISO 8601."""

    id: int
    url: str
    timestamp: str
    status: int
    mime: str
    length: int
    """Bytes of its record, compressed."""
    record_type: str


@dataclass(frozen=True, slots=True)
class Week:
    """What the runs that began in a week have brought."""

    monday: date
    runs: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """`new` and `changed` articles."""


def captures_made(db: Database, run: Run, limit: int = 100) -> list[Made]:
    """The first captures that a crawl made, in the order of its WARC files; those of other runs have no such order."""
    if not run.is_crawl:
        return []
    first, last = _file_names(run)
    row = {"run_id": run.id, "first": first, "last": last, "limit": limit}
    return [Made(*each) for each in db.conn.execute(_CAPTURES, row)]


def files_written(db: Database, run: Run) -> set[str]:
    """Names of the WARC files that a crawl wrote, as they are once closed; none of other runs."""
    if not run.is_crawl:
        return set()
    first, last = _file_names(run)
    row = {"run_id": run.id, "first": first, "last": last}
    return {name for (name,) in db.conn.execute(_FILES, row)}


def _file_names(run: Run) -> tuple[str, str]:
    """The names of WARC files that a crawl wrote stand between these two; the second is not one of them."""
    end = _compact(run.finished_at) if run.finished_at else ""
    return f"{run.site}-{_compact(run.started_at)}", f"{run.site}-{end}~"


def latest_weeks(db: Database, today: date, count: int = 26) -> list[Week]:
    """The last weeks, the oldest first; those without a run are among them."""
    this = today - timedelta(today.weekday())
    first = this - timedelta(weeks=count - 1)
    runs: Counter[date] = Counter()
    counts: dict[date, Counter[str]] = {}
    for started, new, changed in db.conn.execute(_LATEST, {"limit": _MOST_RUNS, "since": first.isoformat()}):
        if not is_time(started):
            continue
        day = date.fromisoformat(started[:10])
        monday = day - timedelta(day.weekday())
        runs[monday] += 1
        counts.setdefault(monday, Counter()).update(new=new, changed=changed)
    mondays = [first + timedelta(weeks=number) for number in range(count)]
    return [Week(monday, runs[monday], counts.get(monday, Counter())) for monday in mondays]


def _compact(stamp: str) -> str:
    """A moment as names of WARC files have it.

    >>> _compact("2026-11-23T12:19:27.179628Z")
    '20261123121927'
    """
    return "".join(letter for letter in stamp[:19] if letter.isdigit())
