"""SIGKILL at any moment costs nothing that was reported, and the next run makes the archive whole."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from newscrawler.archive.cdxj import write_index
from newscrawler.archive.manifest import Manifest
from newscrawler.archive.message import payload_digest
from newscrawler.archive.reader import read_at
from newscrawler.demo import SampleServer
from newscrawler.items import Capture
from newscrawler.store.database import open_database
from newscrawler.store.runs import start_run
from newscrawler.upkeep import put_in_order
from tests import killed
from tests.archive.exchanges import exchange, members, writer
from tests.conftest import FAST, Shell, times
from tests.test_crawl import rows


def captures(folder: Path, after: int = 0) -> list[Capture]:
    sql = "SELECT url, filename, offset, length, record_id, digest, record_type, id FROM captures WHERE id > ? ORDER BY id"
    with closing(sqlite3.connect(folder / "news.db")) as db:
        db.row_factory = sqlite3.Row
        return [Capture(**dict(row), urlkey="", timestamp="", status=0, mime="") for row in db.execute(sql, (after,))]


def assert_readable(folder: Path, capture: Capture) -> None:
    record = read_at(folder / "warc" / capture.filename, capture.offset)
    assert (record.record_id, record.url, record.length) == (capture.record_id, capture.url, capture.length)
    assert record.headers["WARC-Payload-Digest"] == capture.digest
    if record.kind == "response":
        assert payload_digest(record.message) == capture.digest


def assert_whole(folder: Path) -> None:
    """Every file is closed, strictly valid, and known to the manifest."""
    names = {path.name for path in (folder / "warc").iterdir()}
    assert not [name for name in names if name.endswith((".open", ".part"))]
    for name in names:
        if name.endswith(".warc.gz"):
            members(folder / "warc" / name)
    assert Manifest(folder).check() == []


def assert_indexed(folder: Path) -> None:
    """Rows and index hold all captures that the WARC files hold, those included that a killed run had no time for."""
    index = (folder / "index.cdxj").read_text("ascii")
    write_index(folder)
    assert index == (folder / "index.cdxj").read_text("ascii")
    told = {(line["filename"], line["offset"]) for line in map(_fields, index.splitlines())}
    assert told == {(each.filename, str(each.offset)) for each in captures(folder)}


def _fields(line: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(line.split(" ", 2)[2])
    return found


def killed_writer(folder: Path, number: int, chance: random.Random) -> list[str]:
    """Write to an archive until killed; gives the addresses of the rows that were reported."""
    writing = killed.Child(partial(killed.archive_without_end, folder, number))
    return writing.kill_after(1 + int(30 * chance.random() ** 2), 0.03 * chance.random() ** 3)[1:]


def killed_repair(folder: Path, chance: random.Random) -> bool:
    """Repair an archive until killed; gives whether that was before the end."""
    repairing = killed.Child(partial(killed.put_in_order, folder))
    repairing.kill_after(1, 0.05 * chance.random() ** 4)
    return repairing.was_killed


def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    """One archive, killed again and again while it is written, and while it is repaired."""
    seed, kills = random.randrange(2**32), times(40, 800)
    chance, reported, repairs, last = random.Random(seed), 0, 0, 0
    open_database(tmp_path / "news.db", write=True).conn.close()
    for number in range(kills):
        told = killed_writer(tmp_path, number, chance)
        repairs += killed_repair(tmp_path, chance)
        killed.put_in_order(tmp_path)
        stored = captures(tmp_path, last)
        assert [each.url for each in stored][: len(told)] == told, f"kill {number}, seed {seed}: a reported row is gone"
        for capture in stored:
            assert_readable(tmp_path, capture)
            last = capture.id or 0
        reported += len(told)
    torn = len(list((tmp_path / "warc").glob("*.torn-*")))
    print(
        f"{kills} writers and {repairs} repairs killed, seed {seed}: {reported} rows reported, 0 lost; {torn} torn tails"
    )
    assert_whole(tmp_path)
    for capture in captures(tmp_path):
        assert_readable(tmp_path, capture)


STEPS = ("repair", "Manifest.add", "catch_up", "update_index", "end_unfinished")


@pytest.mark.parametrize("step", STEPS)
def test_putting_in_order_that_is_killed_before_any_step_is_finished_by_the_next_run(tmp_path: Path, step: str) -> None:
    """A run was killed before it had time for a row, and the one after it while it put that in order."""
    db = open_database(tmp_path / "news.db", write=True)
    start_run(db, "thanhdoan", "by hand", "2026-01-02T03:04:05.000000Z")
    warc = writer(tmp_path / "warc")
    for number in range(3):
        warc.write(exchange(b"%d" % number, url=f"http://a.vn/{number}"))
    db.conn.close()
    putting = killed.Child(partial(killed.put_in_order_until, tmp_path, step))
    putting.wait()
    assert putting.was_killed
    db = open_database(tmp_path / "news.db", write=True)
    put_in_order(tmp_path, db)
    db.conn.close()
    assert_whole(tmp_path)
    assert [capture.url for capture in captures(tmp_path)] == [f"http://a.vn/{number}" for number in range(3)]
    assert_indexed(tmp_path)


@dataclass
class Interrupted:
    """Crawls that are killed, each in an archive of its own."""

    server: SampleServer
    chance: random.Random

    def crawl(self, shell: Shell, requests: int) -> bool:
        """Crawl until the server has been asked so often, then kill; gives whether the kill came before the end."""
        so_far = len(self.server.requests)
        process = shell.start("newscrawler", "crawl", "thanhdoan", *FAST)
        wanted = int((requests + 1) * self.chance.random())
        while len(self.server.requests) - so_far < wanted and process.poll() is None:
            time.sleep(0.001)
        time.sleep(self.chance.random() * (0.4 if wanted in (0, requests) else 0.02))
        process.kill()
        return process.wait() == -signal.SIGKILL


def test_a_crawl_that_is_killed_and_begun_anew_ends_as_one_that_was_not(
    shell: Shell, server: SampleServer, tmp_path: Path
) -> None:
    assert shell.crawl().returncode == 0
    wanted, requests = rows(shell.data), len(server.requests)
    seed, crawls, kills = random.randrange(2**32), times(2, 200), 0
    interrupted = Interrupted(server, random.Random(seed))
    for number in range(crawls):
        again = Shell(server.url, tmp_path / str(number))
        kills += interrupted.crawl(again, requests)
        if number % 3 == 0:
            kills += interrupted.crawl(again, requests)
        done = again.crawl()
        assert done.returncode == 0, f"crawl {number}, seed {seed}: {done.stderr}"
        assert rows(again.data) == wanted, f"crawl {number}, seed {seed}"
        assert_whole(again.data)
        for capture in captures(again.data):
            assert_readable(again.data, capture)
        assert_indexed(again.data)
        shutil.rmtree(again.folder)
    print(f"{crawls} crawls, {kills} kills, seed {seed}")
