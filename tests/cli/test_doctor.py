"""`doctor` tells in one line each what is amiss, and what to do; only what is bad makes its exit code 1."""

from __future__ import annotations

import json
import os
import re
import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from newscrawler.archive.lock import ArchiveLock
from newscrawler.doctor import Finding, Level, examine, worst
from newscrawler.doctor.database import database
from newscrawler.doctor.folder import folder
from newscrawler.doctor.holes import FTS_MEMORY, HOLES, WAL_RESET, is_older
from newscrawler.doctor.machine import machine
from newscrawler.doctor.programs import programs
from newscrawler.store import close_database, open_database
from newscrawler.store.captures import add_capture
from newscrawler.store.diagnosis import has_full_text_search, sqlite_version
from tests.conftest import Shell
from tests.store.conftest import capture

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with an empty archive."""
    close_database(open_database(tmp_path / "data" / "news.db", write=True))
    return tmp_path / "data"


def about(subject: str, findings: Iterator[Finding]) -> Finding:
    return next(finding for finding in findings if finding.subject == subject)


def test_a_sound_archive_is_told_line_by_line_and_ends_with_0(data: Path, tmp_path: Path) -> None:
    told = Shell("", tmp_path)("newscrawler", "doctor", "--deep")
    assert told.returncode == 0, told.stdout
    lines = told.stdout.splitlines()
    assert all(re.match(r"(ok  |warn) +\S", line) for line in lines[:-1])
    assert f"scrapy {version('scrapy')}" in told.stdout
    assert "every page of its" in told.stdout
    assert re.match(r"none of \d+ findings bad, ", lines[-1])


def test_a_damaged_database_ends_with_1_and_says_the_next_step(data: Path, tmp_path: Path) -> None:
    (data / "news.db").write_bytes(b"no database at all" * 100)
    told = Shell("", tmp_path)("newscrawler", "doctor", "--json")
    assert told.returncode == 1
    report = json.loads(told.stdout)
    assert report["worst"] == "bad"
    (bad,) = [each for each in report["findings"] if each["level"] == "bad"]
    assert "is not a database" in bad["says"]
    assert "newscrawler rebuild" in bad["advice"]


def test_page_noise_is_found_only_when_every_page_is_read(data: Path) -> None:
    size = (data / "news.db").stat().st_size
    with (data / "news.db").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(size - 4096 * 4))
    assert about("database", database(data, NOW, deep=True)).level == "bad"


def test_nothing_is_made_where_there_is_nothing(tmp_path: Path) -> None:
    assert worst(examine(tmp_path / "none" / "such")) in ("ok", "warn")
    assert not (tmp_path / "none").exists()


def test_who_holds_the_lock_is_told(data: Path) -> None:
    assert "free" in about("lock", folder(data)).says
    lock = ArchiveLock(data)
    try:
        assert f"process {os.getpid()}" in about("lock", folder(data)).says
    finally:
        lock.release()


def test_files_of_a_killed_run_are_named(data: Path) -> None:
    (data / "warc").mkdir()
    (data / "warc" / "thanhdoan-20261123121927-00001.warc.gz.open").write_bytes(b"")
    found = about("open WARC", folder(data))
    assert found.level == "warn"
    assert "thanhdoan-20261123121927-00001" in found.says


def test_a_folder_that_cannot_be_written_is_bad(data: Path) -> None:
    assert about("folder", folder(Path("/proc"))).level == "bad"
    assert about("folder", folder(data)).level == "ok"


def test_a_large_log_is_to_be_looked_at(data: Path) -> None:
    with (data / "news.db-wal").open("wb") as file:
        file.truncate(65_000_000)
    assert about("log", folder(data)).level == "warn"


@pytest.mark.parametrize(
    ("newest", "level"),
    [("2026-11-23T11:59:00.000000Z", "ok"), ("2026-11-23T12:01:00.000000Z", "ok"), ("2026-11-24T12:00:00Z", "bad")],
)
def test_a_clock_behind_the_archive_is_bad(data: Path, newest: str, level: Level) -> None:
    db = open_database(data / "news.db", write=True)
    add_capture(db, capture(timestamp=newest), None)
    close_database(db)
    assert about("clock", database(data, NOW, deep=False)).level == level


def test_a_clock_before_the_first_release_is_bad(tmp_path: Path) -> None:
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    assert about("clock", database(tmp_path, long_ago, deep=False)).level == "bad"


def test_a_database_of_an_older_version_waits_for_the_next_crawl(data: Path) -> None:
    db = open_database(data / "news.db", write=True)
    db.conn.execute("PRAGMA user_version = 2")
    close_database(db)
    found = about("database", database(data, NOW, deep=False))
    assert (found.level, found.advice) == ("warn", "the next crawl brings it up to date")


def test_a_database_of_a_newer_version_is_bad(data: Path) -> None:
    db = open_database(data / "news.db", write=True)
    db.conn.execute("PRAGMA user_version = 999")
    close_database(db)
    found = about("database", database(data, NOW, deep=False))
    assert (found.level, found.advice) == ("bad", "upgrade newscrawler")


def test_a_wrong_schedule_is_bad(data: Path) -> None:
    (data / "newscrawler.toml").write_text("[[site", "utf-8")
    assert about("schedule", database(data, NOW, deep=False)).level == "bad"


def test_passwords_of_a_proxy_are_not_told() -> None:
    found = about("proxy", machine({"HTTP_PROXY": "http://me:secret@proxy.example:3128", "no_proxy": "a.vn"}))
    assert "proxy.example:3128" in found.says
    assert "secret" not in found.says


def test_few_open_files_are_to_be_looked_at() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
    try:
        found = about("open files", machine({}))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert found.level == "warn"
    assert "ulimit -n" in found.advice


@pytest.mark.parametrize(
    ("sqlite", "wal", "fts"),
    [
        ((3, 40, 1), True, True),
        ((3, 44, 6), False, True),
        ((3, 45, 0), True, True),
        ((3, 50, 7), False, True),
        ((3, 51, 2), True, True),
        ((3, 51, 3), False, True),
        ((3, 54, 0), False, False),
    ],
)
def test_versions_of_sqlite_with_known_faults(sqlite: tuple[int, int, int], wal: bool, fts: bool) -> None:
    assert (WAL_RESET.is_in(sqlite), FTS_MEMORY.is_in(sqlite)) == (wal, fts)


def test_what_is_told_of_sqlite_here_follows_from_its_version() -> None:
    told = [found.level for found in programs() if found.subject == "SQLite"]
    faults = sum(hole.is_in(sqlite_version()) for hole in (WAL_RESET, FTS_MEMORY))
    assert told == (["warn"] * faults or ["ok"])
    assert has_full_text_search()


def test_no_known_hole_is_open_here_and_an_old_version_would_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert about("holes", programs()).level == "ok"
    assert all(not is_older(version(hole.library), hole.fixed_in) for hole in HOLES)
    monkeypatch.setattr(
        "newscrawler.doctor.programs._version", lambda name: "2.13.3" if name == "scrapy" else version(name)
    )
    found = [each for each in programs() if each.level == "bad"]
    assert {each.subject for each in found} == {"holes", "libraries"}
    assert any("GHSA-cwxj-rr6w-m6w7" in each.says and ">=2.14.2" in each.advice for each in found)
