"""`schedule run`: in the foreground until a signal, or once what is due now."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from newscrawler.errors import ExitCode
from newscrawler.interrupts import hand_to
from newscrawler.schedules.events import Tell
from newscrawler.schedules.plan import Job, Plan
from newscrawler.schedules.runner import Runner, now

PATIENCE = timedelta(minutes=10)
"""How long `--once` waits for another run of the archive."""


def run_once(folder: Path, plan: Plan, tell: Tell) -> int:
    """Run all that is due now; gives the highest of the exit codes, 0 if nothing was due.

    Jitter is left to the timer that calls it.
    """
    calm = replace(plan, schedules=tuple(replace(each, jitter=timedelta()) for each in plan.schedules))
    with _running(folder, calm, tell, patience=PATIENCE) as (runner, _wakes):
        codes = [runner.attend(job) for job in calm.jobs if not runner.is_stopping]
        return max(codes, default=0)


def run_on(folder: Path, plan: Plan, tell: Tell) -> int:
    """Run what is due when it is due, until SIGINT or SIGTERM; gives 4 if a run was stopped by that, else 0."""
    with _running(folder, plan, tell) as (runner, wakes):
        clock = _clock(runner, wakes)
        clock.start()
        try:
            _tell_plan(runner)
            _wake_all(wakes, plan)  # for what was missed
            while (job := wakes.get()) is not None:
                code = runner.attend(job)
                if runner.is_stopping:
                    return int(ExitCode.STOPPED) if code == ExitCode.STOPPED else 0
        finally:
            clock.shutdown(wait=False)
    return 0


_Wakes = SimpleQueue[Job | None]
"""Jobs to be looked at; None ends it. Of all queues the only one into which a signal's handler may put."""


@contextmanager
def _running(
    folder: Path, plan: Plan, tell: Tell, patience: timedelta | None = None
) -> Iterator[tuple[Runner, _Wakes]]:
    runner, wakes = Runner(folder, plan, tell, patience=patience), _Wakes()

    def stop(number: int, _frame: FrameType | None) -> None:
        runner.stop(number)
        wakes.put(None)

    give_back = hand_to(stop)
    hangup = signal.signal(signal.SIGHUP, stop)
    try:
        yield runner, wakes
        if runner.is_stopping:
            runner.tell("stopping", "stopped by a signal; nothing is lost")
    finally:
        signal.signal(signal.SIGHUP, hangup)
        give_back()
        runner.close()


def _clock(runner: Runner, wakes: _Wakes) -> BackgroundScheduler:
    defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    clock = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
    plan = runner.plan
    for job in plan.jobs:
        clock.add_job(wakes.put, _Starts(plan, job), args=[job], id=job.key)
    for number, quiet in enumerate(plan.quiet):
        begin, end = (
            CronTrigger(hour=each.hour, minute=each.minute, timezone=plan.zone) for each in (quiet.begin, quiet.end)
        )
        clock.add_job(runner.fall_quiet, begin, id=f"quiet {number} begins")
        clock.add_job(_wake_all, end, args=[wakes, plan], id=f"quiet {number} ends")
    return clock


def _wake_all(wakes: _Wakes, plan: Plan) -> None:
    for job in plan.jobs:
        wakes.put(job)


class _Starts(BaseTrigger):  # type: ignore[misc]
    """APScheduler's question when a job begins next, put to the plan."""

    def __init__(self, plan: Plan, job: Job) -> None:
        self._plan, self._job = plan, job

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Later than both: what was missed in between is caught up once, by `Plan.pending`."""
        return self._plan.next_start(self._job, max(previous_fire_time or now, now))


def _tell_plan(runner: Runner) -> None:
    for job in runner.plan.jobs:
        begins = runner.plan.next_start(job, now()).astimezone(runner.plan.zone).isoformat(timespec="seconds")
        runner.tell("ready", f"{job.key}: next at {begins}", job=job.key, next=begins)
