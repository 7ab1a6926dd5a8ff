"""Ctrl-C and SIGTERM: once finishes what is in flight, twice stops now; the same command goes on, whatever happened."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.big_site import BigSite
from tests.conftest import FAST, ROOT, Shell
from tests.servers import Reply, Seen, serving
from tests.test_crawl import query

HOST = "thanhdoan.hochiminhcity.gov.vn"
NEWS = f"http://{HOST}/ThanhDoan/webtd/News"
LONGEST = 60
SITE = BigSite(20)
QUIET = ("-s", "LOG_LEVEL=ERROR", "-s", "REQUISITES_ENABLED=False")


@dataclass
class Held:
    """The big site, one of whose pages is held back until `let_go`."""

    url: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, url: str) -> Reply:
        if url == self.url and not self.let_go.is_set():
            self.asked.set()
            if self.status == 200:
                self.let_go.wait(LONGEST)
            else:
                return self.status, self.headers, b"later"
        reply = SITE.respond(HOST, url.removeprefix(f"http://{HOST}"))
        return reply.status, dict(reply.headers), reply.body


@contextmanager
def held(url: str, status: int = 200, **headers: str) -> Iterator[tuple[Held, Seen]]:
    site = Held(url, status, {name.replace("_", "-"): value for name, value in headers.items()})
    with serving(site) as seen:
        try:
            yield site, seen
        finally:
            site.let_go.set()


@dataclass
class Running:
    """A program that is told what to do by signals, and tells how far it is in lines."""

    process: subprocess.Popen[str]
    told: list[str] = field(default_factory=list)

    @classmethod
    def start(cls, shell: Shell, *words: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=shell.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return cls(process)

    def wait_for(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line)
            if words in line:
                return
        pytest.fail(f"“{words}” was not said in:\n{''.join(self.told)}")

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        self.told += self.process.communicate(timeout=LONGEST)[0].splitlines(keepends=True)
        return self.process.returncode


CRAWL = ("-m", "newscrawler", "crawl", "thanhdoan", *FAST, *QUIET)
FIRST = f"{NEWS}/20134"
"""The newest article, which is asked for first."""


def states(data: Path, url: str) -> list[str]:
    return [state for (state,) in query(data, f"SELECT state FROM frontier WHERE url = '{url}'")]


@pytest.mark.parametrize(
    ("number", "scrapy"),
    [(signal.SIGINT, False), (signal.SIGTERM, True)],
    ids=["Ctrl-C of newscrawler crawl", "SIGTERM of scrapy crawl"],
)
def test_the_first_signal_lets_what_is_in_flight_come_to_its_end_and_sends_nothing_more(
    tmp_path: Path, number: signal.Signals, scrapy: bool
) -> None:
    with held(FIRST) as (site, seen):
        shell = Shell(seen.url, tmp_path)
        words = ("-m", "scrapy", "crawl", "thanhdoan", "-s", f"ARCHIVE_DIR={shell.data}", *FAST, *QUIET)
        running = Running.start(shell, *(words if scrapy else CRAWL))
        assert site.asked.wait(LONGEST)
        running.send(number)
        running.wait_for("being finished; press Ctrl-C again to stop at once")
        asked = list(seen.paths)
        site.let_go.set()
        assert running.end() == 4
        assert "stopped with work left; the same command goes on" in "".join(running.told)
        assert seen.paths == asked
        assert query(shell.data, f"SELECT url FROM articles WHERE url = '{FIRST}'")
        assert states(shell.data, FIRST) == ["done"]
        assert shell.crawl(*QUIET).returncode == 0
        assert {url for (url,) in query(shell.data, "SELECT url FROM articles")} == set(SITE.truth())
        assert len(seen.paths) - len(set(seen.paths)) == 1, "only robots.txt is asked for again"


def test_a_crawl_that_waits_as_a_host_has_asked_for_stops_without_waiting(tmp_path: Path) -> None:
    with held(FIRST, 503, Retry_After="500") as (_site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, *CRAWL, "-s", "LOG_LEVEL=DEBUG")
        running.wait_for("Retrying")
        running.send(signal.SIGINT)
        assert running.end() == 4
        assert seen.paths.count(FIRST) == 1
        assert not query(shell.data, "SELECT * FROM problems")
        assert states(shell.data, FIRST) == ["queued"]


def test_the_second_signal_cuts_off_what_is_in_flight_and_leaves_a_whole_archive(tmp_path: Path) -> None:
    with held(FIRST) as (site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, *CRAWL)
        assert site.asked.wait(LONGEST)
        running.send(signal.SIGINT)
        running.wait_for("stopping:")
        running.send(signal.SIGINT)
        assert running.end() == 4
        assert not list((shell.data / "warc").glob("*.open"))
        assert shell("newscrawler", "verify").returncode == 0
        assert states(shell.data, FIRST) == ["queued"]
        site.let_go.set()
        assert shell.crawl(*QUIET).returncode == 0
        assert {url for (url,) in query(shell.data, "SELECT url FROM articles")} == set(SITE.truth())
        assert seen.paths.count(FIRST) == 2


def test_what_does_not_come_to_its_end_in_time_is_cut_off(tmp_path: Path) -> None:
    program = "import newscrawler.stopping as s; s.FINISHING = 0.2; from newscrawler.cli import main; main()"
    with held(FIRST) as (site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, "-c", program, *CRAWL[2:])
        assert site.asked.wait(LONGEST)
        running.send(signal.SIGTERM)
        assert running.end() == 4
        assert states(shell.data, FIRST) == ["queued"]


def test_a_crawl_whose_end_hangs_is_closed_without_it(tmp_path: Path) -> None:
    program = """if True:
        import asyncio
        import newscrawler.stopping as s, newscrawler.pipelines as p
        s.FINISHING, s.CLOSING = 0.2, 0.2
        async def hang(self, item):
            print("hanging", flush=True)
            await asyncio.Event().wait()
        p.SplitBlocks.process_item = hang
        from newscrawler.cli import main
        main()
    """
    with held("") as (_site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, "-c", program, *CRAWL[2:])
        running.wait_for("hanging")
        running.send(signal.SIGTERM)
        assert running.end() == 4
        assert not list((shell.data / "warc").glob("*.open"))
        assert query(shell.data, "SELECT exit_code FROM runs") == [(4,)]


HANGING_IN_ORDER = """if True:
    import time
    import newscrawler.run as run
    def hang(folder, db):
        print("hanging", flush=True)
        try:
            time.sleep(60)
        except Exception:
            print("swallowed", flush=True)
    run.put_in_order = hang
    from newscrawler.cli import main
    main()
"""


def test_a_signal_while_the_archive_is_put_in_order_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    with held("") as (_site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, "-c", HANGING_IN_ORDER, *CRAWL[2:])
        running.wait_for("hanging")
        running.send(signal.SIGTERM)
        assert running.end() == 4
        told = "".join(running.told)
        assert "stopped before the first request; the same command goes on" in told
        assert "Traceback" not in told
        assert not seen.paths


def test_a_signal_while_the_crawl_is_being_set_up_ends_it_before_the_first_request(tmp_path: Path) -> None:
    program = """if True:
        import os, signal
        import newscrawler.progress as progress
        make = progress.Progress.from_crawler
        def late(crawler):
            os.kill(os.getpid(), signal.SIGTERM)
            return make(crawler)
        progress.Progress.from_crawler = late
        from newscrawler.cli import main
        main()
    """
    with held("") as (_site, seen):
        running = Running.start(Shell(seen.url, tmp_path), "-c", program, *CRAWL[2:])
        assert running.end() == 4
        assert "Traceback" not in "".join(running.told)
        assert not seen.paths


def test_a_signal_when_the_spider_has_just_opened_ends_the_crawl_before_the_first_request(tmp_path: Path) -> None:
    program = """if True:
        import os, signal
        import newscrawler.spiders.news as news
        start = news.SiteSpider.start
        async def late(self):
            os.kill(os.getpid(), signal.SIGTERM)
            async for each in start(self):
                yield each
        news.SiteSpider.start = late
        from newscrawler.cli import main
        main()
    """
    with held("") as (_site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, "-c", program, *CRAWL[2:])
        assert running.end() == 4
        assert [path for path in seen.paths if not path.endswith("/robots.txt")] == []
        assert query(shell.data, "SELECT exit_code FROM runs") == [(4,)]


def test_a_signal_while_the_archive_is_being_closed_changes_nothing(tmp_path: Path) -> None:
    program = """if True:
        import sys
        import newscrawler.upkeep as upkeep
        index = upkeep.ClosedFiles.index
        def slow(self, db):
            print("closing", flush=True)
            sys.stdin.readline()
            index(self, db)
        upkeep.ClosedFiles.index = slow
        from newscrawler.cli import main
        main()
    """
    with held("") as (_site, seen):
        shell = Shell(seen.url, tmp_path)
        running = Running.start(shell, "-c", program, *CRAWL[2:])
        running.wait_for("closing")
        running.send(signal.SIGINT)
        running.send(signal.SIGTERM)
        assert running.process.stdin is not None
        print(file=running.process.stdin, flush=True)
        assert running.end() == 0
        assert query(shell.data, "SELECT exit_code FROM runs") == [(0,)]


TURNS = """if True:
    import sys
    from newscrawler.cli.turns import in_turn
    told = "import sys, signal, time; signal.signal(signal.SIGINT, lambda *_: sys.exit(4)); print('up', flush=True); time.sleep(60)"
    sys.exit(in_turn({"first": [sys.executable, "-c", told], "second": [sys.executable, "-c", "print('second')"]}))
"""


def test_a_signal_stops_the_site_that_is_crawled_and_those_behind_it(lonely_shell: Shell) -> None:
    running = Running.start(lonely_shell, "-c", TURNS)
    running.wait_for("up")
    running.send(signal.SIGINT)
    assert running.end() == 4
    assert running.told[-1] == "newscrawler: not begun: second\n"


def test_sites_that_follow_one_another_end_with_the_highest_exit_code(lonely_shell: Shell) -> None:
    calls = {str(code): [sys.executable, "-c", f"raise SystemExit({code})"] for code in (0, 3, 1)}
    program = f"import sys; from newscrawler.cli.turns import in_turn; sys.exit(in_turn({calls!r}))"
    assert Running.start(lonely_shell, "-c", program).end() == 3
