"""Crawls that are stopped at random moments and begun anew until they are done, and what that has cost.

`python -m tests.crawl_kills --kill 100 --term 50 --ctrl-c 50` prints a table, with plain Scrapy and JOBDIR beside.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawler.demo import SampleServer
from tests.big_site import BigSite
from tests.conftest import ROOT, Shell
from tests.kill_tally import HEAD, Tally, add

MANNERS: dict[str, tuple[signal.Signals, ...]] = {
    "kill -9": (signal.SIGKILL,),
    "SIGTERM": (signal.SIGTERM,),
    "Ctrl-C twice": (signal.SIGINT, signal.SIGINT),
}
STAY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "LOG_LEVEL=WARNING")
ROBOTS = "/robots.txt"
LONGEST = 120
"""Seconds after which a crawl counts as hanging."""
KEPT = {
    "articles": "SELECT url, title, content_hash FROM articles ORDER BY url",
    "versions": "SELECT a.url, v.content_hash FROM versions v JOIN articles a ON a.id = v.article_id ORDER BY 1, 2",
    "links": "SELECT page_url, block, url, title, position FROM links ORDER BY 1, 2, 5, 3, 4",
    "media": "SELECT a.url, m.position, m.url, c.digest FROM media m JOIN articles a ON a.id = m.article_id"
    " LEFT JOIN captures c ON c.id = m.capture_id ORDER BY 1, 2",
}
"""What must be the same whether a crawl was stopped or not."""
Kept = dict[str, list[tuple[Any, ...]]]
MOST_ROUNDS = 30
# What an earlier cycle was done with is not settled for the one that was stopped: it may be in hand, and memory alone
# knows that for up to a second.
_SETTLED = """
    SELECT url FROM frontier
    WHERE state IN ('done', 'given-up') AND cycle = (SELECT cycle FROM runs ORDER BY id DESC LIMIT 1)
"""
_LEASED = "SELECT url FROM frontier WHERE state = 'leased'"


def ask(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of an archive; none where it has no such table yet."""
    if not (data / "news.db").exists():
        return []
    with closing(sqlite3.connect(data / "news.db")) as db:
        try:
            return db.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []


def kept(data: Path) -> Kept:
    """What a crawl has left behind."""
    return {table: ask(data, sql) for table, sql in KEPT.items()}


@dataclass
class Stopper:
    """Sends signals to a process at a random moment of its crawl."""

    server: SampleServer
    chance: random.Random

    def stop(self, process: subprocess.Popen[bytes], manner: str, requests: int) -> float | None:
        """Stop a crawl after up to so many requests; gives the seconds that its end took, None if it was done
        before."""
        first, *others = MANNERS[manner]
        self._wait(process, requests)
        if manner != "kill -9":
            await_handler(process)
        if process.poll() is not None:
            return None
        began = time.monotonic()
        process.send_signal(first)
        for other in others:
            time.sleep(self.chance.random() * 0.05)
            process.send_signal(other)
        process.wait(LONGEST)
        return time.monotonic() - began

    def _wait(self, process: subprocess.Popen[bytes], requests: int) -> None:
        so_far, wanted = len(self.server.requests), int((requests + 1) * self.chance.random())
        while len(self.server.requests) - so_far < wanted and process.poll() is None:
            time.sleep(0.001)
        # Before the first request and behind the last there is a second or so in which much else happens.
        time.sleep(self.chance.random() * (1.2 if wanted in (0, requests) else 0.02))


def await_handler(process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has taken SIGTERM from the interpreter that is still loading it."""
    bit = 1 << (signal.SIGTERM - 1)
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text("ascii")
        except OSError:
            return
        caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
        if int(caught.split()[1], 16) & bit:
            return
        time.sleep(0.001)


@dataclass
class Trial:
    """One crawl of the big site after another, each in a folder of its own."""

    server: SampleServer
    folder: Path
    seed: int
    words: tuple[str, ...] = ()
    """More arguments of `newscrawler crawl thanhdoan`."""
    begun: Path | None = None
    """Archive that the crawls begin with."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def shell(self) -> Shell:
        """A fresh folder."""
        shell = Shell(self.server.url, Path(tempfile.mkdtemp(dir=self.folder)))
        if self.begun:
            shutil.copytree(self.begun, shell.data)
        return shell

    def unstopped(self) -> tuple[Shell, int]:
        """An undisturbed crawl, and how many requests it makes."""
        shell, so_far = self.shell(), len(self.server.requests)
        self._finish(shell, self._call())
        return shell, len(self.server.requests) - so_far

    def stopped(self, manners: Sequence[str], wanted: Kept, requests: int, *, at_a_time: int = 1) -> Tally:
        """Crawl, stopped in one manner after another, until done; compare with what an undisturbed crawl leaves
        behind."""
        shell, tally = self.shell(), Tally(crawls=1)
        self.crawl_until_done(shell, manners, requests, tally, at_a_time=at_a_time)
        found = kept(shell.data)
        for table, rows in wanted.items():
            assert found[table] == rows, f"{table}, {manners}, seed {self.seed}: {_difference(rows, found[table])}"
        checked = shell("newscrawler", "verify")
        assert checked.returncode == 0, f"{manners}, seed {self.seed}: {checked.stdout}{checked.stderr}"
        shutil.rmtree(shell.folder)
        return tally

    def table_row(self, manner: str, stops: int, per_crawl: int, wanted: Kept, requests: int) -> str:
        """Stop crawls until there have been so many stops, with one request at a time and with four in turn."""
        ours = until(
            stops,
            per_crawl,
            manner,
            lambda manners, nth: self.stopped(manners, wanted, requests, at_a_time=(1, 4)[nth % 2]),
        )
        return ours.line(manner, "newscrawler")

    def crawl_until_done(
        self, shell: Shell, manners: Sequence[str], requests: int, tally: Tally, *, at_a_time: int = 1
    ) -> None:
        """The same command again and again; a crawl may be done before its stop comes, then there is one stop less."""
        call = [*self._call(), "-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={at_a_time}"]
        begun, stopper = len(self.server.requests), Stopper(self.server, self.chance)
        for manner in manners:
            so_far = len(self.server.requests)
            process = shell.start(*call)
            took = stopper.stop(process, manner, max(0, requests - (so_far - begun)))
            code = process.wait(LONGEST)
            if code == 0:
                break
            if took is not None:
                wanted = -signal.SIGKILL if manner == "kill -9" else 4
                assert code == wanted, f"{manner}: exit {code}, seed {self.seed}"
                self._account(tally, shell.data, self._asked(so_far), code, took)
        else:
            self._finish(shell, call)
        again = Counter(self._asked(begun))
        tally.refetches += sum(count - 1 for count in again.values())
        assert tally.refetches <= tally.leases, f"{manners}, seed {self.seed}: {again.most_common(5)}"

    def _call(self) -> tuple[str, ...]:
        return ("newscrawler", "crawl", "thanhdoan", *STAY, *self.words)

    def _finish(self, shell: Shell, call: Sequence[str]) -> None:
        """The same command until it is complete, which with `--limit` takes several."""
        for _time in range(MOST_ROUNDS):
            done = shell(*call)
            if done.returncode != 4:
                break
        assert done.returncode == 0, f"exit {done.returncode}, seed {self.seed}: {done.stderr}"

    def _account(self, tally: Tally, data: Path, asked: Iterable[str], code: int, took: float) -> None:
        settled = {url for (url,) in ask(data, _SETTLED)}
        leases = len({url for (url,) in ask(data, _LEASED)} | {url for url in asked if url not in settled})
        tally.stops += 1
        tally.leases += leases
        tally.most_leases = max(tally.most_leases, leases)
        tally.slowest = max(tally.slowest, took)
        tally.codes[code] += 1

    def _asked(self, since: int) -> list[str]:
        """Addresses of the requests since then; robots.txt is asked for by each run."""
        return [url for _method, url in self.server.requests[since:] if not url.endswith(ROBOTS)]

    def jobdir(self, manners: Sequence[str], pages: set[str]) -> Tally:
        """The same with plain Scrapy."""
        shell, tally = self.shell(), Tally(crawls=1)
        out, call = shell.folder / "out", ("tests.jobdir_spider", f"{shell.folder}/job", f"{shell.folder}/out")
        begun, stopper = len(self.server.requests), Stopper(self.server, self.chance)
        left = len(pages)
        for manner in manners:
            so_far = len(self.server.requests)
            process = shell.start(*call)
            took = stopper.stop(process, manner, left)
            process.wait(LONGEST)
            if took is None:
                break
            tally.stops += 1
            tally.slowest = max(tally.slowest, took)
            tally.codes[process.returncode] += 1
            left = max(0, left - len(self._asked(so_far)))
        try:
            done = shell(*call)
            assert done.returncode == 0, done.stderr
        except subprocess.TimeoutExpired:
            print("plain Scrapy, begun anew, has not come to an end; what it has by then is counted")
        tally.lost = len(pages - set(out.read_text("utf-8").split())) if out.exists() else len(pages)
        tally.refetches = sum(count - 1 for count in Counter(self._asked(begun)).values())
        shutil.rmtree(shell.folder)
        return tally

    def jobdir_unstopped(self) -> set[str]:
        """All pages that plain Scrapy reads undisturbed."""
        shell = self.shell()
        done = shell("tests.jobdir_spider", f"{shell.folder}/job", f"{shell.folder}/out")
        assert done.returncode == 0, done.stderr
        return set((shell.folder / "out").read_text("utf-8").split())


def _difference(wanted: list[tuple[Any, ...]], found: list[tuple[Any, ...]]) -> str:
    missing, strange = list(Counter(wanted) - Counter(found))[:3], list(Counter(found) - Counter(wanted))[:3]
    return f"{len(wanted)} wanted, {len(found)} found; missing {missing}, strange {strange}"


def until(stops: int, per_crawl: int, manner: str, crawl: Callable[[list[str], int], Tally]) -> Tally:
    """Crawls until there have been so many stops."""
    tallies: list[Tally] = []
    while (so_far := sum(each.stops for each in tallies)) < stops:
        tallies.append(crawl([manner] * min(per_crawl, stops - so_far), len(tallies)))
    return add(tallies)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, manner in zip(("--kill", "--term", "--ctrl-c"), MANNERS, strict=True):
        parser.add_argument(name, dest=manner, type=int, default=0, metavar="N", help=f"stops by {manner}")
    parser.add_argument("--per-crawl", type=int, default=4)
    parser.add_argument("--articles", type=int, default=362)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--no-jobdir", action="store_true")
    asked = vars(parser.parse_args())
    with tempfile.TemporaryDirectory() as folder, SampleServer(BigSite(asked["articles"])) as server:  # type: ignore[arg-type]
        trial = Trial(server, Path(folder), asked["seed"])
        shell, requests = trial.unstopped()
        wanted = kept(shell.data)
        print(f"{requests} requests, {len(wanted['articles'])} articles, seed {trial.seed}\n{HEAD}", flush=True)
        pages = set() if asked["no_jobdir"] else trial.jobdir_unstopped()
        for manner in MANNERS:
            stops, few = asked[manner], asked["per_crawl"]
            print(trial.table_row(manner, stops, few, wanted, requests), flush=True)
            if pages:
                theirs = until(stops, few, manner, lambda manners, _nth: trial.jobdir(manners, pages))
                print(theirs.line(manner, "JOBDIR"), flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
