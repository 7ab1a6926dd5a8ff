"""Queues in a file, and entries with as few words as a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from newscrawler.frontier import Frontier
from newscrawler.items import Entry
from newscrawler.store import Database, close_database, finish_run, open_database
from newscrawler.store.runs import start_crawl

SITE = "thanhdoan"
HOST = "http://a.vn"

Begin = Callable[..., Frontier]


def article(number: int, *, host: str = HOST, priority: int = 10, **values: Any) -> Entry:
    return Entry(url=f"{host}/{number}", kind="article", priority=priority, **values)


def listing(number: int) -> Entry:
    return Entry(url=f"{HOST}/list?page={number}", kind="listing")


class Clock:
    """Each look is a microsecond later than the one before."""

    def __init__(self) -> None:
        self._ticks = count()

    def __call__(self) -> str:
        return f"2026-01-01T00:00:00.{next(self._ticks):06}Z"


def begin(db: Database, *, adopt: bool = True, window: int = 10_000, since: str = "", **arguments: Any) -> Frontier:
    """A run takes the queue over, as after the one before was killed."""
    for (run_id,) in db.conn.execute("SELECT id FROM runs WHERE finished_at IS NULL").fetchall():
        finish_run(db, run_id, "2026", 4, {})
    begun = start_crawl(db, SITE, "test", "2026", arguments)
    frontier = Frontier(db, SITE, run_id=begun.run_id, cycle=begun.cycle, now=Clock(), window=window)
    frontier.load(adopt=adopt, since=since)
    return frontier


def end(frontier: Frontier, exit_code: int = 0) -> None:
    """The run comes to its end."""
    frontier.flush()
    finish_run(frontier.db, frontier.run_id, "2026", exit_code, {})


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_database(tmp_path / "news.db", write=True)
    yield db
    close_database(db)


def states(db: Database) -> dict[str, str]:
    return dict(db.conn.execute("SELECT url, state FROM frontier").fetchall())
