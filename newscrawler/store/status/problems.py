"""What went wrong in a run, one by one and in groups."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_OF_RUN = """
    SELECT id, run_id, url, stage, kind, message, capture_id, seen_at FROM problems
    WHERE run_id = :run_id AND stage = ifnull(:stage, stage) AND kind = ifnull(:kind, kind)
    ORDER BY id LIMIT :limit OFFSET :offset
"""
_GROUPS = """
    SELECT stage, kind, count(*) FROM problems WHERE run_id = :run_id
    GROUP BY stage, kind ORDER BY count(*) DESC, stage, kind
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that went wrong; `seen_at` is UTC, ISO 8601."""

    id: int
    run_id: int
    url: str | None
    stage: str
    """`fetching`, `reading`, `storing`, `listing`, `politeness`, `tls` …"""
    kind: str
    message: str
    capture_id: int | None
    seen_at: str


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """How many problems of one stage and kind."""

    stage: str
    kind: str
    count: int


def problems_of(
    db: Database, run_id: int, *, stage: str | None = None, kind: str | None = None, limit: int = 50, offset: int = 0
) -> list[Problem]:
    """Problems of a run in their order; with `stage` and `kind`, of one group."""
    row = {"run_id": run_id, "stage": stage, "kind": kind, "limit": limit, "offset": offset}
    return [Problem(**dict(zip(Problem.__slots__, each, strict=True))) for each in db.conn.execute(_OF_RUN, row)]


def problem_groups(db: Database, run_id: int) -> list[ProblemGroup]:
    """The same by stage and kind, the most first."""
    return [ProblemGroup(*each) for each in db.conn.execute(_GROUPS, {"run_id": run_id})]
