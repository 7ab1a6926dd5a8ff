"""Crawl-delay, Retry-After and robots.txt, proved from the dates in the archive."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from scrapy.http import Response

from newscrawler.politeness import retry_after
from tests.conftest import Shell
from tests.politeness_proof import is_probe
from tests.servers import Reply, Seen, serving

PAGE = "<html><head><title>Ra quân dọn kênh</title></head><body><textarea><html><body><p>Sáng 26/7/2018, các bạn trẻ ra quân.</p><p>Buổi chiều các bạn trồng cây.</p></body></html></textarea></body></html>"


def times(shell: Shell) -> list[datetime]:
    with sqlite3.connect(shell.data / "news.db") as db:
        return [datetime.fromisoformat(time) for (time,) in db.execute("SELECT timestamp FROM captures ORDER BY id")]


def with_rule(rule: str) -> AbstractContextManager[Seen]:
    """A site of one page under every address, with one rule in its robots.txt."""

    def reply(path: str) -> Reply:
        if path.endswith("robots.txt"):
            return 200, {"Content-Type": "text/plain"}, f"User-agent: *\n{rule}\n".encode()
        return 200, {"Content-Type": "text/html"}, PAGE.encode()

    return serving(reply)


def test_crawl_delay_is_kept(lonely_shell: Shell) -> None:
    with with_rule("Crawl-delay: 1") as proxy:
        lonely_shell.proxy = proxy.url
        assert lonely_shell.crawl("--ids", "5-7").returncode == 0
    seen = times(lonely_shell)
    assert len(seen) >= 4
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(seen))


def test_retry_after_is_waited_for(lonely_shell: Shell) -> None:
    asked: list[str] = []

    def reply(path: str) -> Reply:
        asked.append(path)
        if path.endswith("robots.txt"):
            return 404, {}, b""
        if asked.count(path) == 1:
            return 503, {"Retry-After": "1"}, b"later"
        return 200, {"Content-Type": "text/html"}, PAGE.encode()

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        assert lonely_shell.crawl("--ids", "5").returncode == 0
    _robots, refused, served = times(lonely_shell)
    assert served - refused >= timedelta(seconds=1)


def test_what_robots_txt_forbids_is_not_asked_for(lonely_shell: Shell) -> None:
    with with_rule("Disallow: /ThanhDoan/webtd/News/6") as proxy:
        lonely_shell.proxy = proxy.url
        done = lonely_shell.crawl("--ids", "5-7")
    assert done.returncode == 0
    assert "1 refused" in done.stdout
    assert not any(path.endswith("/6") for path in proxy.paths)


def test_the_user_agent_names_us_and_an_address_to_write_to(lonely_shell: Shell) -> None:
    from newscrawler.settings import CONTACT, USER_AGENT

    assert USER_AGENT.startswith("newscrawler/")
    assert CONTACT in USER_AGENT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(b"4", 4), (b"  120 ", 120), (b"soon", None), (b"", None), (b"-5", None), (b"\xb2", None)],
)
def test_retry_after_in_seconds(value: bytes, seconds: float | None) -> None:
    assert retry_after(Response("http://a.vn", headers={"Retry-After": value})) == seconds


def test_retry_after_as_a_date() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    wait = retry_after(Response("http://a.vn", headers={"Retry-After": moment}))
    assert wait is not None
    assert 85 < wait <= 90


@pytest.mark.parametrize(("setting", "most"), [("1", 1), ("3", 3)])
def test_a_host_is_never_asked_more_often_at_a_time_than_the_setting_says(
    lonely_shell: Shell, setting: str, most: int
) -> None:
    lock, active, seen = threading.Lock(), [0], [0]

    def reply(path: str) -> Reply:
        with lock:
            active[0] += 1
            seen[0] = max(seen[0], active[0])
        threading.Event().wait(0.02)  # a server that takes its time, so that requests could meet
        with lock:
            active[0] -= 1
        return (404, {}, b"") if path.endswith("robots.txt") else (200, {"Content-Type": "text/html"}, PAGE.encode())

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        assert lonely_shell.crawl("--ids", "1-25", "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={setting}").returncode == 0
    assert seen[0] == most


def test_a_redirect_to_another_site_is_recorded_and_not_followed(lonely_shell: Shell) -> None:
    def reply(path: str) -> Reply:
        if path.endswith("robots.txt"):
            return 404, {}, b""
        if is_probe(path):
            return 404, {}, b""
        if path.endswith("/6"):
            return 302, {"Location": "http://example.com/elsewhere"}, b""
        return 200, {"Content-Type": "text/html"}, PAGE.encode()

    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        assert lonely_shell.crawl("--ids", "5-7").returncode == 0
    assert not any("example.com" in path for path in proxy.paths)
    with sqlite3.connect(lonely_shell.data / "news.db") as db:
        assert db.execute("SELECT count(*) FROM captures WHERE status = 302").fetchone() == (1,)
        assert db.execute("SELECT kind FROM problems").fetchall() == [("other-site",)]


def test_requests_that_wait_for_robots_txt_together_all_obey_it(lonely_shell: Shell) -> None:
    """Scrapy 2.19.0 tells the rules to the first that waits, and takes all behind it for allowed."""
    with with_rule("Disallow: /ThanhDoan/webtd/News/") as proxy:
        lonely_shell.proxy = proxy.url
        lonely_shell.crawl("--ids", "1-12")
    assert [path.rsplit("/", 1)[1] for path in proxy.paths] == ["robots.txt"]
