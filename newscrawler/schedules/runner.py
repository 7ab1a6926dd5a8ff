"""Runs what is due, one after the other: an archive has one writer."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawler.archive.lock import ArchiveLock, is_held
from newscrawler.errors import ArchiveLockedError, ExitCode, StoreError
from newscrawler.schedules.child import Child, call_of, environment_of, outer_environment
from newscrawler.schedules.events import Event, Tell
from newscrawler.schedules.lengths import written
from newscrawler.schedules.plan import Job, Plan, stamp
from newscrawler.schedules.state import FILE, Memory, State
from newscrawler.store import close_database, open_database
from newscrawler.store.status import Run, crawls

LOCK = ".schedule.lock"
PAUSES = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))
"""Before a run that was killed is begun again; after the last of them it counts as over."""
LOOK_EVERY = 1.0
"""Seconds between two looks whether an archive is free that another run writes to."""
_COUNTED = 1000


class Runner:
    """Holds the schedules of one archive until `close`."""

    def __init__(self, folder: Path, plan: Plan, tell: Tell, *, patience: timedelta | None = None) -> None:
        """:param patience: how long it waits for another run of the archive; None for ever.

        :raises ArchiveLockedError: if the schedules of this archive are being run already.
        """
        self.folder, self.plan, self._tell_event, self._patience = folder, plan, tell, patience
        try:
            self._lock = ArchiveLock(folder, LOCK)
        except ArchiveLockedError as error:
            raise ArchiveLockedError(
                f"another `newscrawler schedule run` runs the schedules of {folder} already; end that one first"
            ) from error
        self.state = State(folder)
        if self.state.is_damaged:
            self.tell("damaged", f"{folder / FILE} could not be read; every schedule begins with its next due moment")
        for key in self.state.meet([job.key for job in plan.jobs], now()):
            self.tell("new", f"{key} begins with its next due moment", job=key)
        self._child = Child()
        self._stopped = threading.Event()

    def close(self) -> None:
        """Let others run them."""
        self._lock.release()

    def tell(self, kind: str, sentence: str, **values: object) -> None:
        """Hand an event on."""
        self._tell_event(Event(at=now().astimezone(self.plan.zone), kind=kind, sentence=sentence, values=values))

    # The end.

    @property
    def is_stopping(self) -> bool:
        """Whether nothing more is begun."""
        return self._stopped.is_set()

    def stop(self, number: int) -> None:
        """Begin nothing more, and hand a signal to what runs; may be called by a signal's handler."""
        self._stopped.set()
        self._child.signal_also_next(number)

    def fall_quiet(self) -> None:
        """Quiet hours begin: what runs is asked to stop, and goes on behind them."""
        if self._child.pid is not None:
            self.tell("quiet", "quiet hours begin; the run under way is stopped, and goes on behind them")
        self._child.signal()

    # One run.

    def attend(self, job: Job) -> int:
        """Run what is due of a job, if anything is; gives the exit code, 0 if nothing was."""
        while not self.is_stopping and self._pending(job) is not None:
            if not self._wait_for_archive(job):
                return 0 if self.is_stopping else int(ExitCode.LOCKED)
            self._note_end_without_us(job)
            due = self._pending(job)
            if due is None:
                return 0
            code = self._run(job, due)
            if code is not None:
                return code
        return 0

    def _pending(self, job: Job) -> datetime | None:
        return self.plan.pending(job, now(), self.state.jobs[job.key].done_at)

    def _wait_for_archive(self, job: Job) -> bool:
        begun, told = now(), False
        while is_held(self.folder):
            if not told:
                self.tell("waiting", f"{job.key}: another run writes to {self.folder}", job=job.key, site=job.site)
                told = True
            if self._stopped.wait(LOOK_EVERY):
                return False
            if self._patience is not None and now() - begun > self._patience:
                self.tell("given-up", f"{job.key}: another run wrote to {self.folder} for {written(now() - begun)}")
                return False
        return True

    def _note_end_without_us(self, job: Job) -> None:
        """A run that a killed scheduler had begun may have come to its end all the same."""
        memory = self.state.jobs[job.key]
        if memory.due is None or memory.ended_at is not None:
            return
        due = datetime.fromisoformat(memory.due)
        for run in self._runs_of(job):
            is_over = run.is_success or run.outcome == "failed"
            if run.reason == job.reason(due) and is_over:
                words = f"{job.key}: run {run.id} has ended while nobody waited for it"
                self.tell("end", words, job=job.key, site=job.site, due=memory.due, exit_code=run.exit_code)
                self._settle(job, due, run.exit_code or 0, ended_at=run.finished_at)
                return

    def _runs_of(self, job: Job) -> list[Run]:
        try:
            db = open_database(self.folder / "news.db")
        except StoreError:
            return []  # there is none yet, or the next crawl brings it up to date
        try:
            return crawls(db, job.site, limit=20)
        finally:
            close_database(db)

    def _run(self, job: Job, due: datetime) -> int | None:
        """Gives the exit code; None of a run that is to be begun again."""
        memory = self.state.jobs[job.key]
        tries = memory.tries + 1 if memory.due == stamp(due) and memory.ended_at is None else 1
        if tries > len(PAUSES) + 1:
            self.tell("given-up", f"{job.key}: the run of {stamp(due)} was killed {tries - 1} times", job=job.key)
            self._settle(job, due, int(ExitCode.ERROR))
            return int(ExitCode.ERROR)
        if tries > 1 and self._stopped.wait(PAUSES[tries - 2].total_seconds()):
            return None
        self._begin(job, due, tries)
        code = self._child.run(call_of(job, due, self.folder), environment_of(self.plan, outer_environment()))
        return self._end(job, due, code)

    def _begin(self, job: Job, due: datetime, tries: int) -> None:
        memory = self.state.jobs[job.key]
        started_at = now()
        self.state.change(
            job.key, due=stamp(due), started_at=stamp(started_at), ended_at=None, exit_code=None, tries=tries
        )
        missed = self._missed(job, due, memory)
        late = started_at - due
        what = f"{job.key}: due at {due.astimezone(self.plan.zone).isoformat(timespec='seconds')}"
        what += f", {written(late)} late" if late > timedelta(minutes=1) else ""
        what += f", in place of {missed} that were missed" if missed else ""
        values = {"due": stamp(due), "late_seconds": round(late.total_seconds(), 3), "missed": missed}
        self.tell("begin" if tries == 1 else "again", what, job=job.key, site=job.site, **values)

    def _missed(self, job: Job, due: datetime, memory: Memory) -> int:
        rhythm, count = job.schedule.rhythm, 0
        before = rhythm.until(due - timedelta(microseconds=1))
        while before is not None and before > memory.done_at and count < _COUNTED:
            count, before = count + 1, rhythm.until(before - timedelta(microseconds=1))
        return count

    def _end(self, job: Job, due: datetime, code: int) -> int | None:
        values = {"job": job.key, "site": job.site, "due": stamp(due), "exit_code": code}
        if code == ExitCode.LOCKED:
            # Somebody was quicker than we: the same due moment is waited for again.
            self.state.change(job.key, tries=self.state.jobs[job.key].tries - 1)
            self._stopped.wait(LOOK_EVERY)
            return None
        if code < 0 and not self.is_stopping:
            self.tell("end", f"{job.key}: killed by signal {-code}", **values)
            return None
        if code < 0 or (code == ExitCode.STOPPED and self._child.asked_to_stop):
            self.tell("end", f"{job.key}: stopped, goes on later", **values)
            self.state.change(job.key, ended_at=stamp(now()), exit_code=int(ExitCode.STOPPED))
            return int(ExitCode.STOPPED)
        self.tell("end", f"{job.key}: ended with exit code {code}", **values)
        self._settle(job, due, code)
        return code

    def _settle(self, job: Job, due: datetime, code: int, ended_at: str | None = None) -> None:
        self.state.change(job.key, done=stamp(due), ended_at=ended_at or stamp(now()), exit_code=code)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
