"""Which addresses are known, and how far each has come: table `frontier`."""

from __future__ import annotations

from typing import Literal

from sqlite_utils import Database

from newscrawler.store.database import transaction

State = Literal["queued", "leased", "done", "given-up"]

_MARK = """
    INSERT INTO frontier (site, url, kind, state, tries, reason, added_at, updated_at, lease_run)
    VALUES (:site, :url, :kind, :state, :tries, :reason, :at, :at, :lease_run)
    ON CONFLICT (site, url) DO UPDATE SET
        kind = excluded.kind,
        state = excluded.state,
        tries = tries + excluded.tries,
        reason = excluded.reason,
        added_at = min(added_at, excluded.added_at),
        updated_at = max(updated_at, excluded.updated_at),
        lease_run = excluded.lease_run
"""


def mark(
    db: Database,
    site: str,
    url: str,
    kind: str,
    state: State,
    reason: str | None = None,
    run_id: int | None = None,
    *,
    at: str,
) -> None:
    """Set how far an address has come, at the time `at` (UTC, ISO 8601). A lease belongs to its run and counts as a
    try."""
    leased = state == "leased"
    row = {"site": site, "url": url, "kind": kind, "state": state, "reason": reason, "at": at}
    with transaction(db):
        db.conn.execute(_MARK, {**row, "tries": int(leased), "lease_run": run_id if leased else None})
