"""Three sites crawled on schedule, with kills in between: every due moment has its run once, and none overlap."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newscrawler.schedules.lengths import written
from newscrawler.schedules.plan import VIETNAM, Plan, Schedule, stamp
from newscrawler.schedules.rhythm import every
from newscrawler.schedules.runner import Runner
from newscrawler.store import close_database, open_database
from newscrawler.store.status import Run, runs
from tests.conftest import ROOT, times
from tests.schedules.three_sites import NAMES, ThreeSites, three_sites

DEADLINE = 120
"""Seconds after which a test gives up; nothing is told by how long it takes."""


@dataclass
class Archive:
    """An archive with a plan, and what is called for it as from a shell."""

    sites: ThreeSites
    data: Path
    every: timedelta
    told: list[dict[str, Any]] = field(default_factory=list)
    """Events of all schedulers that have ended, in their order."""

    def plan(self, names: tuple[str, ...] = NAMES, more: str = "") -> None:
        self.data.mkdir(exist_ok=True)
        (self.data / "newscrawler.toml").write_text(
            f"{more}\n[environment]\nhttp_proxy = '{self.sites.proxy}'\n[[schedule]]\nsites = {list(names)}\n"
            f"every = '{int(self.every.total_seconds())} s'\n"
            "settings = { DOWNLOAD_DELAY = 0, AUTOTHROTTLE_ENABLED = false, READING_WORKERS = 0 }\n",
            "utf-8",
        )

    @property
    def environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return env | {"NEWSCRAWLER_SITES": str(self.sites.folder), "NEWSCRAWLER_DATA": str(self.data)}

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "newscrawler", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=DEADLINE, check=False
        )

    @contextmanager
    def scheduler(self, *words: str) -> Iterator[Scheduler]:
        command = [sys.executable, "-m", "newscrawler", "schedule", "run", "--json", *words]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        scheduler = Scheduler(process)
        try:
            yield scheduler
        finally:
            process.kill()
            self.told += scheduler.last_events()

    def kill_crawl(self) -> None:
        """`kill -9` for who writes to the archive."""
        os.kill(int((self.data / ".lock").read_text()), signal.SIGKILL)

    @property
    def runs(self) -> list[Run]:
        """In their order."""
        db = open_database(self.data / "news.db")
        try:
            return runs(db, limit=1000)[::-1]
        finally:
            close_database(db)

    @property
    def memory(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads((self.data / "schedule.json").read_text("utf-8"))["jobs"]
        return found

    def be_due_since(self, name: str, ago: timedelta) -> None:
        """As if the schedule had been met so long ago, and nothing was run since."""
        job = {f"{name} every {written(self.every)}": {"done": stamp(datetime.now(UTC) - ago)}}
        (self.data / "schedule.json").write_text(json.dumps({"version": 1, "jobs": job}), "utf-8")


@dataclass
class Scheduler:
    """One that runs, and the events it has told."""

    process: subprocess.Popen[str]
    events: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                # The last line of one that was killed may be torn.
                with suppress(ValueError):
                    self.events.append(json.loads(line))
                self._more.notify_all()

    def last_events(self) -> list[dict[str, Any]]:
        """All of them, when it has ended."""
        self.process.wait(DEADLINE)
        self._reader.join()
        return self.events

    def wait_until(self, is_so: Callable[[list[dict[str, Any]]], bool]) -> None:
        with self._more:
            assert self._more.wait_for(lambda: is_so(self.events), DEADLINE), self.events

    def wait_for_ends(self, count: int) -> None:
        """Until each site has had so many runs."""
        self.wait_until(
            lambda events: all(
                sum(event["event"] == "end" and event["site"] == name for event in events) >= count for name in NAMES
            )
        )

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(DEADLINE)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with three_sites(tmp_path / "sites") as sites:
        yield Archive(sites, tmp_path / "data", timedelta(seconds=8))
        # A crawl that outlived its scheduler ends with the test.
        sites.gate.set()


def due_of(run: Run) -> str:
    word, due, _rhythm = run.reason.split(" ", 2)
    assert word == "schedule"
    return due


def test_every_due_run_happens_once_and_none_overlap_whatever_is_killed(archive: Archive) -> None:
    archive.plan()
    if times(0, 1):
        with archive.scheduler() as scheduler:
            scheduler.wait_for_ends(2)
    for _ in range(times(1, 5)):
        with archive.scheduler() as scheduler:
            archive.sites.gate.clear()
            archive.sites.wait_for_any()
            # The scheduler alone is killed; its crawl goes on, and the next scheduler waits for that.
            scheduler.process.kill()
        with archive.scheduler() as scheduler:
            scheduler.wait_until(lambda events: any(event["event"] == "waiting" for event in events))
            # And now the crawl, in the middle of a page.
            archive.kill_crawl()
            archive.sites.gate.set()
            scheduler.wait_for_ends(1)
            scheduler.end()

    done = [run for run in archive.runs if run.outcome == "finished"]
    torn = [run for run in archive.runs if run.is_torn]
    assert len(torn) == times(1, 5)
    for name in NAMES:
        moments = [due_of(run) for run in done if run.site == name]
        assert moments == sorted(set(moments)), "a due moment has had two runs"
        # Each moment has its run, or another has stood in for it and says so.
        begun = [event for event in archive.told if event["event"] in ("begin", "again") and event["site"] == name]
        by_due = {event["due"]: event for event in begun}
        assert {*moments} <= {*by_due}
        for early, late in pairwise(sorted(by_due)):
            between = datetime.fromisoformat(late) - datetime.fromisoformat(early)
            if early in moments:
                assert between == archive.every * (by_due[late]["missed"] + 1)
    ordered = sorted((run.started_at, run.finished_at) for run in archive.runs if run.finished_at)
    assert all(end is not None and end <= begin for (_, end), (begin, _) in pairwise(ordered)), "two runs overlap"
    stopped = [run for run in archive.runs if run.outcome == "stopped" and not run.is_torn]
    assert len(stopped) <= times(1, 5), "only the end of a scheduler stops a run"

    shown = json.loads(archive.call("status", torn[0].site, "--json").stdout)
    assert torn[0].id in [run["id"] for run in shown["runs"]]
    (planned,) = [each for each in shown["planned"] if each["site"] == torn[0].site]
    assert planned["last"]["due"] == archive.memory[f"{torn[0].site} every 8 s"]["due"]
    assert len(planned["next"]) == 3
    assert next(site for site in shown["sites"] if site["site"] == torn[0].site)["articles"] == 2


def test_once_catches_up_what_was_missed_with_one_run(archive: Archive) -> None:
    archive.plan(("mot",))
    archive.be_due_since("mot", timedelta(minutes=5))

    done = archive.call("schedule", "run", "--once", "--json")
    assert done.returncode == 0, done.stderr
    begin, end = map(json.loads, done.stdout.splitlines())
    assert begin["missed"] in (36, 37)
    assert (begin["event"], end["event"], end["exit_code"]) == ("begin", "end", 0)
    assert [due_of(run) for run in archive.runs] == [begin["due"]]


@pytest.mark.skipif(not times(0, 1), reason="a long test: NEWSCRAWLER_LONG=1 runs it")
def test_a_run_that_is_stopped_with_its_scheduler_goes_on_with_the_next(archive: Archive) -> None:
    archive.every = timedelta(hours=1)
    archive.plan(("mot",))
    archive.be_due_since("mot", timedelta(hours=3))
    with archive.scheduler() as scheduler:
        archive.sites.gate.clear()
        archive.sites.wait_for_any()
        scheduler.process.send_signal(signal.SIGTERM)
        archive.sites.gate.set()
        assert scheduler.process.wait(DEADLINE) == 4
    ((key, memory),) = archive.memory.items()
    assert memory["exit_code"] == 4
    assert memory["done"] < memory["due"]

    assert archive.call("schedule", "run", "--once").returncode == 0
    stopped, whole = archive.runs
    assert (stopped.reason, stopped.cycle) == (whole.reason, whole.cycle)
    assert archive.memory[key]["done"] == archive.memory[key]["due"]


@pytest.mark.skipif(not times(0, 1), reason="a long test: NEWSCRAWLER_LONG=1 runs it")
def test_a_crawl_that_outlives_its_scheduler_is_not_run_again(archive: Archive) -> None:
    archive.every = timedelta(hours=1)
    archive.plan(("mot",))
    archive.be_due_since("mot", timedelta(hours=3))
    with archive.scheduler() as scheduler:
        archive.sites.gate.clear()
        archive.sites.wait_for_any()
    with archive.scheduler() as scheduler:
        scheduler.wait_until(lambda events: any(event["event"] == "waiting" for event in events))
        archive.sites.gate.set()
        scheduler.wait_until(lambda events: any(event["event"] == "end" for event in events))
        assert scheduler.end() == 0
    assert "while nobody waited" in archive.told[-2]["message"]
    assert len(archive.runs) == 1


@pytest.mark.skipif(not times(0, 1), reason="a long test: NEWSCRAWLER_LONG=1 runs it")
def test_a_run_that_is_killed_is_begun_again(archive: Archive) -> None:
    archive.every = timedelta(hours=1)
    archive.plan(("mot",))
    archive.be_due_since("mot", timedelta(hours=3))
    with archive.scheduler() as scheduler:
        archive.sites.gate.clear()
        archive.sites.wait_for_any()
        archive.kill_crawl()
        archive.sites.gate.set()
        scheduler.wait_until(lambda events: sum(event["event"] == "end" for event in events) == 2)
    assert [event["event"] for event in archive.told if event["event"] != "ready"] == ["begin", "end", "again", "end"]
    torn, whole = archive.runs
    assert (torn.is_torn, whole.outcome, torn.reason) == (True, "finished", whole.reason)


@pytest.mark.skipif(not times(0, 1), reason="a long test: NEWSCRAWLER_LONG=1 runs it")
def test_quiet_hours_stop_a_run_and_it_goes_on_behind_them(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.every = timedelta(hours=1)
    archive.data.mkdir()
    archive.be_due_since("mot", timedelta(hours=3))
    monkeypatch.setattr("os.environ", archive.environment)
    settings = {"DOWNLOAD_DELAY": "0", "READING_WORKERS": "0"}
    schedule = Schedule(sites=("mot",), rhythm=every("1 h", VIETNAM), settings=settings)
    plan = Plan(schedules=(schedule,), environment={"http_proxy": archive.sites.proxy})
    told: list[str] = []
    runner = Runner(archive.data, plan, lambda event: told.append(event.kind))
    archive.sites.gate.clear()
    running = threading.Thread(target=runner.attend, args=plan.jobs)
    running.start()
    archive.sites.wait_for_any()
    runner.fall_quiet()
    archive.sites.gate.set()
    running.join(DEADLINE)

    (memory,) = archive.memory.values()
    assert memory["exit_code"] == 4
    assert memory["done"] < memory["due"]
    assert runner.attend(plan.jobs[0]) == 0
    runner.close()
    assert told == ["begin", "quiet", "end", "begin", "end"]
    assert [run.outcome for run in archive.runs] == ["stopped", "finished"]


def test_a_plan_is_run_by_one_scheduler_at_a_time(archive: Archive) -> None:
    archive.every = timedelta(hours=1)
    archive.plan(("mot",))
    with archive.scheduler() as scheduler:
        scheduler.wait_until(lambda events: any(event["event"] == "ready" for event in events))
        refused = archive.call("schedule", "run", "--once")
        assert refused.returncode == 7
        assert "end that one first" in refused.stderr
        assert scheduler.end(signal.SIGINT) == 0


def test_without_a_plan_one_is_told_how_to_make_one(archive: Archive) -> None:
    archive.data.mkdir()
    done = archive.call("schedule", "run", "--once")

    assert done.returncode == 2
    assert "newscrawler schedule init SITE" in done.stderr
