"""The reading room over a real archive: the sample site, crawled twice, with one article edited in between."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newscrawler.demo import SampleServer, SampleSite
from newscrawler.store import close_database, open_database
from newscrawler.web.serving import Openness, room
from tests.conftest import Shell

ADDED = "Đại biểu đã biểu quyết nhất trí."


@dataclass(frozen=True)
class Archive:
    """An archive to look at and not to be changed."""

    data: Path
    edited: int
    """Id of the article that has two versions."""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    site = SampleSite.load()
    with SampleServer(site) as server:
        shell = Shell(server.url, tmp_path_factory.mktemp("room"))
        assert shell.crawl().returncode == 0
        truth = next(truth for truth in site.truth() if truth.listed and truth.generation == "E")
        site.edit(truth.id, paragraphs=[*truth.paragraphs, ADDED])
        assert shell.crawl("--full").returncode == 0
        yield Archive(shell.data, _edited(shell.data))


def _edited(data: Path) -> int:
    db = open_database(data / "news.db")
    try:
        ((id,),) = db.conn.execute("SELECT article_id FROM versions GROUP BY article_id HAVING count(*) > 1").fetchall()
        return int(id)
    finally:
        close_database(db)


Get = Callable[..., Any]


@pytest.fixture(scope="session")
def get(archive: Archive) -> Get:
    """Asks the real application for a path, and gives its answer (httpx)."""
    return asking(archive.data)


def asking(data: Path, openness: Openness | None = None) -> Get:
    """The same for any archive. The application lives in a thread of its own, since a driven browser holds this one's
    event loop."""
    application, loop = room(data, openness), asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    def ask(path: str, **options: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(application.client.get(path, **options), loop).result(60)

    return ask
