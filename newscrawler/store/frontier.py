"""Which addresses are known, and how far each has come: table `frontier`.

A cycle is one crawl of a site from its first request until nothing is left, over as many runs as that takes. Each row
belongs to the cycle that asked for its address last; `lease_run` is the run that has it in hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from newscrawler.items import Entry, EntryKind
from newscrawler.store.database import transaction

State = Literal["queued", "leased", "done", "given-up"]

_WRITE = """
    INSERT INTO frontier (
        site, url, kind, state, priority, tries, reason, added_at, updated_at, lease_run, cycle, carried
    ) VALUES (:site, :url, :kind, :state, :priority, :tries, :reason, :added_at, :at, :lease_run, :cycle, :carried)
    ON CONFLICT (site, url) DO UPDATE SET
        kind = excluded.kind, state = excluded.state, priority = excluded.priority, tries = excluded.tries,
        reason = excluded.reason, added_at = iif(cycle IS excluded.cycle, added_at, excluded.added_at),
        updated_at = excluded.updated_at, lease_run = excluded.lease_run, cycle = excluded.cycle,
        carried = excluded.carried
"""
_REMEMBER = """
    INSERT INTO frontier (site, url, kind, state, added_at, updated_at)
    VALUES (:site, :url, :kind, 'done', :at, :at)
    ON CONFLICT (site, url) DO UPDATE SET
        added_at = min(added_at, excluded.added_at), updated_at = max(updated_at, excluded.updated_at)
    WHERE cycle IS NULL
"""
_TAKE_OVER = """
    UPDATE frontier SET state = 'queued', lease_run = NULL, cycle = :cycle
    WHERE site = :site AND state IN ('queued', 'leased') AND (:adopt OR cycle = :cycle)
        AND (state = 'leased' OR cycle IS NOT :cycle)
"""
# The first condition is the one by which SQLite knows the index of what waits.
_QUEUED = "site = :site AND state IN ('queued', 'leased') AND state = 'queued' AND cycle = :cycle"
_COUNTS = f"SELECT kind, priority, count(*) FROM frontier WHERE {_QUEUED} GROUP BY kind, priority"
_OLDEST = f"""
    SELECT url, tries, carried FROM frontier
    WHERE {_QUEUED} AND kind = :kind AND priority = :priority ORDER BY added_at, url LIMIT :limit
"""
# A page that leads on is old after a while: what it led to then is not what it leads to now.
_MET = """
    SELECT url FROM frontier
    WHERE site = :site AND cycle = :cycle
        AND (state IN ('queued', 'leased') OR kind IN ('article', 'file') OR updated_at >= :since)
"""
_GIVEN_UP = """
    SELECT url, kind, priority, tries, carried FROM frontier
    WHERE site = :site AND state = 'given-up' ORDER BY updated_at, url
"""
_STANDING = "SELECT state, reason, tries, updated_at, cycle FROM frontier WHERE site = :site AND url = :url"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """How far an entry has come, to be written."""

    entry: Entry
    state: State
    reason: str | None
    at: str
    """UTC, ISO 8601."""
    added_at: str
    """When its cycle met it, unless the table knows; likewise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How far an address had come when it was last written."""

    state: State
    reason: str | None
    tries: int
    updated_at: str
    cycle: int | None


def write_marks(db: Database, site: str, marks: Iterable[Mark], *, run_id: int, cycle: int) -> None:
    """Write how far entries have come, in one transaction; a lease belongs to its run."""
    common = {"site": site, "cycle": cycle}
    with transaction(db):
        db.conn.executemany(_WRITE, ({**common, **_row(mark, run_id)} for mark in marks))


def _row(mark: Mark, run_id: int) -> dict[str, Any]:
    entry = mark.entry
    return {
        "url": entry.url,
        "kind": entry.kind,
        "state": mark.state,
        "priority": entry.priority,
        "tries": entry.tries,
        "reason": mark.reason,
        "at": mark.at,
        "added_at": mark.added_at,
        "lease_run": run_id if mark.state == "leased" else None,
        "carried": json.dumps(dict(entry.carried), ensure_ascii=False) if entry.carried else None,
    }


def remember(db: Database, site: str, url: str, kind: str, *, at: str) -> None:
    """Note that an address was fetched at a time (UTC, ISO 8601), where the queue does not know it: for pages that are
    read again from the archive, whose links nobody follows then."""
    with transaction(db):
        db.conn.execute(_REMEMBER, {"site": site, "url": url, "kind": kind, "at": at})


def take_over(db: Database, site: str, *, cycle: int, adopt: bool) -> None:
    """Queue for a cycle what runs that are no more had in hand.

    The caller holds the archive's lock, so that no other run is under way.

    :param adopt: whether what other cycles have left becomes this one's too.
    """
    with transaction(db):
        db.conn.execute(_TAKE_OVER, {"site": site, "cycle": cycle, "adopt": adopt})


def queued_counts(db: Database, site: str, cycle: int) -> list[tuple[EntryKind, int, int]]:
    """How many entries a cycle has queued, by kind and priority: (kind, priority, count)."""
    return db.conn.execute(_COUNTS, {"site": site, "cycle": cycle}).fetchall()


def oldest_queued(
    db: Database, site: str, cycle: int, *, kind: EntryKind, priority: int, limit: int
) -> Iterator[Entry]:
    """At most so many entries that a cycle has queued, of one kind and priority, the oldest first."""
    row = {"site": site, "cycle": cycle, "kind": kind, "priority": priority, "limit": limit}
    for url, tries, carried in db.conn.execute(_OLDEST, row):
        yield _entry(url, kind, priority, tries, carried)


def met(db: Database, site: str, cycle: int, *, since: str = "") -> Iterator[str]:
    """Addresses that a cycle has met, without pages that it was done with before a time (UTC, ISO 8601) and that may
    lead to other articles by now."""
    yield from (url for (url,) in db.conn.execute(_MET, {"site": site, "cycle": cycle, "since": since}))


def given_up(db: Database, site: str) -> Iterator[Entry]:
    """Entries that were given up when they were last asked for, of all cycles, with their tries, the oldest first."""
    for row in db.conn.execute(_GIVEN_UP, {"site": site}):
        yield _entry(*row)


def _entry(url: str, kind: EntryKind, priority: int, tries: int, carried: str | None) -> Entry:
    carries = json.loads(carried) if carried else {}
    return Entry(url=url, kind=kind, priority=priority, tries=tries, carried=carries)


def standing(db: Database, site: str, url: str) -> Standing | None:
    """How far an address has come, or None if the queue does not know it."""
    row = db.conn.execute(_STANDING, {"site": site, "url": url}).fetchone()
    return Standing(**dict(zip(Standing.__slots__, row, strict=True))) if row else None
