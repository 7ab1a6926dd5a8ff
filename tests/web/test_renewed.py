"""A rebuild beside an open reading room: it shows the new database, and lets go of the old one."""

from __future__ import annotations

import gc
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newscrawler.rebuild import rebuild
from newscrawler.store import close_database, open_database
from tests.web.conftest import Archive, Get, asking

WRONG = "A wrong title"
MOST = 16
"""Visits at once: more than the server has threads, each of which has a connection of its own."""


@pytest.fixture(scope="module")
def rebuilt(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Get:
    """A room that was visited while article 1 bore a wrong title, and stood open while a rebuild put it right."""
    data = tmp_path_factory.mktemp("rebuilt") / "data"
    shutil.copytree(archive.data, data)
    _entitle(data)
    get = asking(data)
    assert all(WRONG in text for text in _visits(get, "/article/1"))
    rebuild(data)
    return get


def _entitle(data: Path) -> None:
    db = open_database(data / "news.db", write=True)
    try:
        db.conn.execute("UPDATE articles SET title = :title WHERE id = 1", {"title": WRONG})
    finally:
        close_database(db)


def _visits(get: Get, path: str) -> list[str]:
    with ThreadPoolExecutor(MOST) as visitors:
        answers = list(visitors.map(lambda _: get(path), range(MOST)))
    assert {answer.status_code for answer in answers} == {200}
    return [answer.text for answer in answers]


@pytest.mark.parametrize("path", ["/article/1", "/news/articles/1.json"])
def test_every_page_comes_from_the_new_database(rebuilt: Get, path: str) -> None:
    assert not any(WRONG in text for text in _visits(rebuilt, path))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs the list of open files")
def test_the_old_database_is_not_kept_on_the_disk(rebuilt: Get) -> None:
    _visits(rebuilt, "/")
    gc.collect()
    assert not [name for name in _open_files() if "rebuilt" in name and "news.db (deleted)" in name]


def _open_files() -> list[str]:
    files = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            files.append(os.readlink(each))
        except OSError:
            continue
    return files
