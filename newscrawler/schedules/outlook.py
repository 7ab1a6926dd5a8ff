"""What was and what comes of each planned job, for people who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawler.schedules.plan import Job, Plan
from newscrawler.schedules.state import Memory, State


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Of one job; moments are aware, in the plan's zone."""

    job: Job
    memory: Memory | None
    """None while `schedule run` or `schedule install` has not met it."""
    is_due: bool
    """Whether its run should have begun by now."""
    next_starts: tuple[datetime, ...]


def outlooks(plan: Plan, folder: Path, now: datetime, count: int = 3) -> list[Outlook]:
    """Of all jobs, in the order of the file."""
    known = State(folder).jobs
    return [_outlook(plan, job, known.get(job.key), now, count) for job in plan.jobs]


def _outlook(plan: Plan, job: Job, memory: Memory | None, now: datetime, count: int) -> Outlook:
    starts = tuple(start.astimezone(plan.zone) for start in plan.starts(job, now, count))
    is_due = memory is not None and plan.pending(job, now, memory.done_at) is not None
    return Outlook(job=job, memory=memory, is_due=is_due, next_starts=starts)
