"""Rows 84, 85, 87 and 89: readers beside a writer, copies of a database, and clocks."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from newscrawler.store import close_database, open_database, transaction
from newscrawler.store.runs import add_problem
from tests.conftest import Shell
from tests.test_crawl import query, rows

MOST_WAITING = 16_000_000
"""Bytes of the -wal file."""


def test_a_reader_that_holds_a_transaction_holds_up_no_crawl(shell: Shell) -> None:
    assert shell.crawl("--ids", "2755").returncode == 0
    reader = sqlite3.connect(shell.data / "news.db", isolation_level=None)
    reader.execute("BEGIN")
    ((before,),) = reader.execute("SELECT count(*) FROM articles").fetchall()
    assert shell.crawl("--ids", "2760-2761").returncode == 0
    assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(before,)]
    assert (shell.data / "news.db-wal").stat().st_size < MOST_WAITING
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM articles").fetchall() > [(before,)]
    reader.close()


def test_a_transaction_that_reads_first_may_write_though_another_wrote_before_it(tmp_path: Path) -> None:
    first, second = (open_database(tmp_path / "news.db", write=True) for _ in range(2))
    for db in (first, second, first):
        with transaction(db):
            ((count,),) = db.conn.execute("SELECT count(*) FROM problems").fetchall()
            add_problem(db, None, "http://a.vn/", "fetching", "timeout", f"after {count}", "2026-01-01T00:00:00Z", None)
    assert [row["message"] for row in first["problems"].rows] == ["after 0", "after 1", "after 2"]
    close_database(second)
    close_database(first)


def test_a_database_that_was_copied_without_its_wal_is_recognised(tmp_path: Path) -> None:
    db = open_database(tmp_path / "news.db", write=True)
    with transaction(db):
        add_problem(db, None, "http://a.vn/", "fetching", "timeout", "late", "2026-01-01T00:00:00Z", None)
    shutil.copy(tmp_path / "news.db", tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db")
    assert "problems" in copy.table_names()
    close_database(copy)
    close_database(db)


def test_the_zone_of_the_machine_has_no_say(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Shell(shell.proxy, tmp_path / "other")
    for each, zone in ((other, "Pacific/Kiritimati"), (shell, "America/Anchorage")):
        monkeypatch.setenv("TZ", zone)
        assert each.crawl("--ids", "2760-2761").returncode == 0
    assert rows(other.data) == rows(shell.data)
    times = "SELECT min(timestamp), max(timestamp) FROM captures"
    ((first, last),) = query(other.data, times)
    ((_, until),) = query(shell.data, times)
    assert first <= last <= until
    assert last.endswith("Z")
