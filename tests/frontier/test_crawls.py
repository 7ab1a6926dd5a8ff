"""The queue in real crawls: what is in the table while one works, what a next one makes of it, and what is told."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from newscrawler.demo import SampleServer, SampleSite
from tests.conftest import Shell
from tests.frontier.crawls import HOST
from tests.servers import Reply, serving

BARE = ("-s", "REQUISITES_ENABLED=False")
NEWS = f"{HOST}/ThanhDoan/webtd/News"


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{(data / 'news.db').as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def soon(found: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something comes true before long."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not found():
        if time.monotonic() > end:
            return False
        pause.wait(0.05)
    return True


def from_sample(path: str) -> Reply:
    reply = SampleSite.load().respond(HOST.removeprefix("http://"), path.removeprefix(HOST) or "/")
    return reply.status, dict(reply.headers), reply.body


def test_a_lease_is_in_the_table_while_its_page_is_waited_for_and_a_kill_gives_it_back(lonely_shell: Shell) -> None:
    answer = threading.Event()

    def reply(path: str) -> Reply:
        if path.endswith("/News/31190"):
            answer.wait(60)
        return from_sample(path)

    def leased() -> bool:
        sql = "SELECT url, lease_run, tries FROM frontier WHERE state = 'leased'"
        try:
            return rows(lonely_shell.data, sql) == [(f"{NEWS}/31190", 1, 1)]
        except sqlite3.OperationalError:
            return False  # the tables are not made yet

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        words = ("--ids", "31190", "-s", "DOWNLOAD_DELAY=0", *BARE)
        crawl = lonely_shell.start("newscrawler", "crawl", "thanhdoan", *words)
        try:
            assert soon(leased)
        finally:
            crawl.send_signal(signal.SIGKILL)
            crawl.wait()
            answer.set()
        done = lonely_shell.crawl(*words)
    assert done.returncode == 0, done.stderr
    assert rows(lonely_shell.data, "SELECT state, reason, tries, lease_run FROM frontier") == [("done", "new", 2, None)]
    assert rows(lonely_shell.data, "SELECT cycle, outcome FROM runs") == [(1, "stopped"), (1, "finished")]


def test_a_limited_crawl_goes_on_without_limit_and_fetches_nothing_twice(shell: Shell, server: SampleServer) -> None:
    limited = shell.crawl("--limit", "5", *BARE)
    assert limited.returncode == 4
    assert rows(shell.data, "SELECT count(*) FROM articles") == [(5,)]
    assert rows(shell.data, "SELECT count(*) FROM frontier WHERE state IN ('queued', 'leased')") != [(0,)]
    done = shell.crawl(*BARE)
    assert done.returncode == 0, done.stderr
    assert rows(shell.data, "SELECT count(*) FROM articles") == [(38,)]
    assert rows(shell.data, "SELECT cycle, exit_code, outcome FROM runs") == [(1, 4, "stopped"), (1, 0, "finished")]
    asked = Counter(url for _method, url in server.requests)
    assert [url for url, count in asked.items() if count > 1 and not url.endswith("/robots.txt")] == []


def test_a_limit_that_all_articles_fit_in_ends_with_the_next_run(shell: Shell, server: SampleServer) -> None:
    words = ("--ids", "31190-31190", "--limit", "1", *BARE)
    assert shell.crawl(*words).returncode == 4
    assert shell.crawl(*words).returncode == 0
    assert [url for _method, url in server.requests].count(f"{NEWS}/31190") == 1
    assert rows(shell.data, "SELECT cycle, outcome FROM runs") == [(1, "stopped"), (1, "finished")]


def test_a_cycle_that_is_old_looks_at_the_start_of_the_site_again(shell: Shell, server: SampleServer) -> None:
    assert shell.crawl("--limit", "2", *BARE).returncode == 4
    with closing(sqlite3.connect(shell.data / "news.db")) as db, db:
        db.execute("UPDATE frontier SET updated_at = '2020-01-01T00:00:00.000000Z'")
    before = len(server.requests)
    assert shell.crawl("--limit", "1", *BARE).returncode == 4
    assert f"{HOST}/ThanhDoan/webtd" in [url for _method, url in server.requests[before:]]
    assert rows(shell.data, "SELECT DISTINCT cycle FROM runs") == [(1,)]


def test_pages_of_a_host_that_is_closed_stay_in_the_queue_with_the_reason(lonely_shell: Shell) -> None:
    def reply(path: str) -> Reply:
        return (503, {}, b"") if path.endswith("/robots.txt") else from_sample(path)

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        lonely_shell.crawl("--ids", "31190-31191")
    found = rows(lonely_shell.data, "SELECT DISTINCT state, reason, tries, lease_run FROM frontier")
    assert ("queued", "robots-unreachable", 0, None) in found
    assert {state for state, *_rest in found} == {"queued"}


def test_a_request_that_a_station_drops_without_a_word_is_given_up_and_told(shell: Shell) -> None:
    done = shell("tests.frontier.crawls", "losing", str(shell.data))
    assert done.returncode == 3, done.stderr
    assert rows(shell.data, "SELECT state, reason FROM frontier WHERE url LIKE '%/31190'") == [("given-up", "lost")]
    assert rows(shell.data, "SELECT url, stage, kind FROM problems WHERE kind = 'lost'") == [
        (f"{NEWS}/31190", "fetching", "lost")
    ]
    assert rows(shell.data, "SELECT outcome FROM runs") == [("incomplete",)]


def test_a_spider_of_others_has_its_priorities_its_filter_and_its_depth(lonely_shell: Shell) -> None:
    def reply(path: str) -> Reply:
        return (404, {}, b"") if path.endswith("/robots.txt") else (200, {"Content-Type": "text/html"}, b"<p>a</p>")

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        done = lonely_shell("tests.frontier.crawls", "others", str(lonely_shell.data))
    assert done.returncode == 0, done.stderr
    assert [path.rpartition("/")[2] for path in proxy.paths] == ["robots.txt", "first", "high", "middle", "low"]
    stats = json.loads(done.stdout.splitlines()[-1])
    assert (stats["dupefilter/filtered"], stats["request_depth_max"], stats["scheduler/enqueued"]) == (1, 1, 4)
    assert rows(lonely_shell.data, "SELECT count(*) FROM frontier") == [(0,)]


def test_a_page_that_fails_makes_the_crawl_incomplete_and_the_report_adds_up(lonely_shell: Shell) -> None:
    def reply(path: str) -> Reply:
        return (500, {}, b"broken") if path.endswith("/News/31190") else from_sample(path)

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        done = lonely_shell.crawl("--ids", "31188-31192", "-s", "RETRY_TIMES=0")
        assert done.returncode == 3, done.stderr
        told = json.loads(lonely_shell("newscrawler", "gaps", "thanhdoan", "--json").stdout)
    last = told["last_crawl"]
    assert (last["outcome"], last["exit_code"]) == ("incomplete", 3)
    assert last["classes"]["failed"] == {"count": 1, "reasons": {"http-500": 1}}
    ((listed,),) = rows(lonely_shell.data, "SELECT count(*) FROM frontier")
    assert last["listed"] == listed == sum(each["count"] for each in last["classes"].values())
    (line,) = (line for line in done.stdout.splitlines() if line.split()[0] == "listed")
    assert line.split() == ["listed", f"{listed}", f"{listed}", "0", "0"]
    ((counters,),) = rows(lonely_shell.data, "SELECT counters FROM runs")
    assert json.loads(counters)["cycle_listed"] == listed
    (gap,) = [gap for gap in told["gaps"] if gap["url"] == f"{NEWS}/31190"]
    assert (gap["kind"], gap["reason"], gap["state"], gap["tries"]) == ("page", "http-500", "given-up", 1)
