"""The reading room over a real archive: the sample site, crawled twice, with one article edited in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newscrawler.demo import SampleServer, SampleSite
from newscrawler.web.serving import room
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
    from newscrawler.store import close_database, open_database

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
    application = room(archive.data)

    def ask(path: str, **options: Any) -> Any:
        return asyncio.run(application.client.get(path, **options))

    return ask
