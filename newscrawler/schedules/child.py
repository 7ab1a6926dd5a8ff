"""A planned run: one `newscrawler crawl` in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from newscrawler.schedules.plan import Job, Plan, is_address


def call_of(job: Job, due: datetime, folder: Path) -> list[str]:
    """The words of the command that crawls a job's site for a due moment."""
    schedule = job.schedule
    words = [f"--url={job.target}"] if is_address(job.target) else [job.target]
    settings = {"LOG_LEVEL": "WARNING", **schedule.settings, "RUN_REASON": job.reason(due)}
    if schedule.longest is not None:
        settings["CLOSESPIDER_TIMEOUT"] = str(int(schedule.longest.total_seconds()))
    if schedule.limit is not None:
        words.append(f"--limit={schedule.limit}")
    if schedule.since is not None:
        words.append(f"--since={schedule.since}")
    if schedule.full:
        words.append("--full")
    flags = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "newscrawler", "crawl", *words, "--data", str(folder), *flags]


def environment_of(plan: Plan, outer: Mapping[str, str]) -> dict[str, str]:
    """The environment of runs: what the plan says, unless it is set already."""
    planned = dict(plan.environment)
    for name, value in (("NEWSCRAWLER_CONTACT", plan.contact), ("NEWSCRAWLER_OPERATOR", plan.operator)):
        if value:
            planned.setdefault(name, value)
    return planned | {name: value for name, value in outer.items() if value or name not in planned}


class Child:
    """At most one command at a time, which gets the signals that are sent to us."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._missed: list[int] = []
        self.asked_to_stop = False
        """Whether a signal was handed to the command that runs, or ran last."""

    def run(self, call: Sequence[str], environment: Mapping[str, str]) -> int:
        """Gives its exit code; of one that a signal has ended, the signal's number below zero."""
        self.asked_to_stop = False
        # In a group of its own, or it would get Ctrl-C twice; its words go where errors go, beside our events.
        process = subprocess.Popen(call, process_group=0, env=dict(environment), stdout=2, stdin=subprocess.DEVNULL)
        self._process = process
        while self._missed:
            self.signal(self._missed.pop())
        code = process.wait()
        self._process = None
        return code

    def signal(self, number: int = signal.SIGTERM) -> None:
        """Hand a signal on, to the one that is just beginning too."""
        if self._process is not None:
            self.asked_to_stop = True
            self._process.send_signal(number)

    def signal_also_next(self, number: int) -> None:
        """The same, and if none runs, to the next one as soon as it has begun."""
        if self._process is None:
            self._missed.append(number)
        self.signal(number)

    @property
    def pid(self) -> int | None:
        """The number of the process that runs."""
        return self._process.pid if self._process else None


def outer_environment() -> dict[str, str]:
    """That of this process."""
    return dict(os.environ)
