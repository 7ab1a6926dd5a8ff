"""What is killed in `test_kills.py`: a process that archives as a crawl does, and tells what it has reported."""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path

from newscrawler import upkeep
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.repair import repair
from newscrawler.archive.writer import WarcWriter
from newscrawler.store.captures import add_capture
from newscrawler.store.database import open_database, transaction
from tests.archive.exchanges import INFO, exchange

ROLL_OVER = 300_000
"""Bytes of a file, so few that closing and beginning one is often under way when the kill comes."""
LONGEST_BODY = 1_000_000
LONGEST_LIFE = 120
"""Seconds after which a forked process ends by itself, so that one that hangs fails its test and no more."""


class Child:
    """A forked process, and the pipe on which it tells how far it is."""

    def __init__(self, work: Callable[[int], None]) -> None:
        self.was_killed = False
        """Whether it was still at work when it was killed."""
        self.pipe, told = os.pipe()
        self.id = os.fork()
        if not self.id:
            signal.alarm(LONGEST_LIFE)
            try:
                os.close(self.pipe)
                work(told)
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            os._exit(1)
        os.close(told)

    def wait(self) -> None:
        """Let it come to its end, or to where it kills itself."""
        os.close(self.pipe)
        self.was_killed = os.waitpid(self.id, 0)[1] == signal.SIGKILL

    def kill_after(self, lines: int, seconds: float) -> list[str]:
        """End it at once, so long after it has told so many lines; gives all the lines it has told."""
        with os.fdopen(self.pipe, encoding="ascii") as pipe:
            told = list(islice(pipe, lines))
            time.sleep(seconds)
            os.kill(self.id, signal.SIGKILL)
            _id, status = os.waitpid(self.id, 0)
            assert status in (0, signal.SIGKILL), "the process failed before it was killed"
            self.was_killed = status == signal.SIGKILL
            return [line.rstrip() for line in [*told, *pipe]]


def archive_without_end(folder: Path, seed: int, told: int) -> None:
    """Append exchanges and commit their rows, as a run does; a row that is committed is told on the pipe."""
    chance, original = random.Random(seed), None
    db, manifest = open_database(folder / "news.db", write=True), Manifest(folder)
    writer = WarcWriter(
        folder / "warc", "killed", INFO, roll_over=ROLL_OVER, on_close=lambda path: manifest.add(path, "closed")
    )
    os.write(told, b"begun\n")
    for number in count(1):
        url, body = f"http://a.vn/{seed}/{number}", chance.randbytes(int(LONGEST_BODY ** chance.random()))
        capture = writer.write(exchange(body, url=url), original if chance.random() < 0.2 else None)
        assert capture
        original = original or capture
        with transaction(db):
            add_capture(db, capture, None)
        os.write(told, f"{url}\n".encode())


def put_in_order(folder: Path, told: int | None = None) -> None:
    """What a run does first with an archive that another one left in a crash."""
    if told is not None:
        os.write(told, b"begun\n")
    repair(folder)
    Manifest(folder).add_missing()


def put_in_order_until(folder: Path, step: str, told: int) -> None:
    """Do what a run does first, until the step of this name in `upkeep`; there the kill comes."""

    def kill(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    owner, _dot, name = step.rpartition(".")
    setattr(getattr(upkeep, owner) if owner else upkeep, name, kill)
    upkeep.put_in_order(folder, open_database(folder / "news.db", write=True))
