"""What a run had fetched when it was killed is read out of the archive, and nobody is asked for it again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.conftest import Shell
from tests.servers import serving
from tests.traps.sites import REAL, REAL_URLS, Site

LOST = f"http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/{REAL[7]}"


def ask(data: Path, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "news.db")) as db, db:
        return db.execute(sql, values).fetchall()


def leave_as_a_kill_does(data: Path, url: str) -> None:
    """The state between a page's record and its rows: leased, archived, not stored."""
    ask(data, "UPDATE runs SET exit_code = 4")
    ask(data, "UPDATE frontier SET state = 'leased', reason = NULL WHERE url = :url", url=url)
    ask(data, "DELETE FROM articles WHERE url = :url", url=url)


def test_a_page_that_was_archived_and_not_stored_is_not_fetched_again(tmp_path: Path) -> None:
    with serving(Site().reply) as server:
        shell = Shell(server.url, tmp_path)
        assert shell.crawl().returncode == 0
        before = ask(shell.data, "SELECT title, content_hash, capture_id FROM articles WHERE url = :url", url=LOST)
        leave_as_a_kill_does(shell.data, LOST)
        server.paths.clear()
        assert shell.crawl().returncode == 0
        assert [path for path in server.paths if not path.endswith("robots.txt")] == []
    assert ask(shell.data, "SELECT title, content_hash, capture_id FROM articles WHERE url = :url", url=LOST) == before
    assert {url for (url,) in ask(shell.data, "SELECT url FROM articles")} == REAL_URLS
    assert ask(shell.data, "SELECT state, reason FROM frontier WHERE url = :url", url=LOST) == [("done", "new")]
    runs = "SELECT json_extract(counters, '$.taken_up') FROM runs ORDER BY id"
    assert ask(shell.data, runs) == [(0,), (1,)]


def test_a_page_whose_record_is_gone_is_fetched_again(tmp_path: Path) -> None:
    with serving(Site().reply) as server:
        shell = Shell(server.url, tmp_path)
        assert shell.crawl().returncode == 0
        leave_as_a_kill_does(shell.data, LOST)
        ask(shell.data, "UPDATE captures SET offset = offset + 1 WHERE url = :url", url=LOST)
        server.paths.clear()
        assert shell.crawl().returncode == 0
        assert [path for path in server.paths if not path.endswith("robots.txt")] == [LOST]
    assert {url for (url,) in ask(shell.data, "SELECT url FROM articles")} == REAL_URLS


def test_a_new_cycle_asks_the_server(tmp_path: Path) -> None:
    with serving(Site().reply) as server:
        shell = Shell(server.url, tmp_path)
        assert shell.crawl().returncode == 0
        server.paths.clear()
        assert shell.crawl("--full").returncode == 0
        assert set(server.paths) >= REAL_URLS
