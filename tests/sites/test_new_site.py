"""A new provincial site is added with a file of a few lines, and crawled; its stock pages give all there is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FAST, Shell
from tests.servers import Seen, serving
from tests.sites.new_site import FILE, HOT, NEWS, ROOT, News, related_to, reply


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Seen]]:
    """The archive of one crawl of the site, and what the server was asked for."""
    folder = tmp_path_factory.mktemp("new")
    (folder / "mine").mkdir()
    (folder / "mine" / "thunghiem.toml").write_text(FILE, "utf-8")
    with pytest.MonkeyPatch.context() as patch, serving(reply) as server:
        patch.setenv("NEWSCRAWLER_SITES", str(folder / "mine"))
        shell = Shell(server.url, folder)
        done = shell("newscrawler", "crawl", "thunghiem", *FAST)
        assert done.returncode == 0, done.stderr
        assert "thunghiem: complete" in done.stdout
        with sqlite3.connect(shell.data / "news.db") as db:
            yield db, server


def test_the_file_has_at_most_eight_lines() -> None:
    assert len(FILE.strip().splitlines()) <= 8


def test_every_article_is_there_once(crawled: tuple[sqlite3.Connection, Seen]) -> None:
    db, server = crawled
    rows = db.execute("SELECT site, site_article_id, url FROM articles ORDER BY url").fetchall()
    assert rows == sorted((("thunghiem", str(news.number), ROOT + news.path) for news in NEWS), key=lambda row: row[2])
    assert not any("savefile" in path for path in server.paths)


@pytest.mark.parametrize("news", NEWS, ids=lambda news: str(news.number))
def test_date_lede_body_and_downloads_are_those_that_the_page_shows(
    crawled: tuple[sqlite3.Connection, Seen], news: News
) -> None:
    db, _server = crawled
    title, summary, body, published, precision, id = db.execute(
        "SELECT title, summary, body_text, published, published_precision, id FROM articles WHERE url = ?",
        (ROOT + news.path,),
    ).fetchone()
    day, month, year, time = re.findall(r"(\d\d)/(\d\d)/(\d{4}) (\S+)", news.stamp)[0]
    assert (title, summary) == (news.title, news.lede)
    assert (published, precision) == (f"{year}-{month}-{day}T{time}:00+07:00", "minute")
    assert [text for text in body.split("\n\n") if text != news.lede] == news.paragraphs
    media = db.execute("SELECT kind, url FROM media WHERE article_id = ? ORDER BY position", (id,)).fetchall()
    assert media == [("document", f"{ROOT}/uploads/{name}") for name in news.files]


@pytest.mark.parametrize("news", NEWS, ids=lambda news: str(news.number))
def test_the_related_and_most_read_blocks_are_rows(crawled: tuple[sqlite3.Connection, Seen], news: News) -> None:
    db, _server = crawled
    blocks = "SELECT url, title FROM links WHERE page_url = ? AND block = ? ORDER BY position"
    for block, wanted in (("hot", HOT), ("related", related_to(news))):
        found = db.execute(blocks, (ROOT + news.path, block)).fetchall()
        assert found == [(ROOT + each.path, each.title) for each in wanted]


def test_the_downloads_are_archived_and_the_lists_are_rows(crawled: tuple[sqlite3.Connection, Seen]) -> None:
    db, server = crawled
    assert db.execute("SELECT count(*) FROM media WHERE capture_id IS NULL").fetchone() == (0,)
    listed = "SELECT count(DISTINCT url) FROM links WHERE page_url = ? AND block = 'main'"
    assert db.execute(listed, (f"{ROOT}/news/tin-hoat-dong/",)).fetchone() == (3,)
    assert len(server.paths) <= 40


def test_a_site_of_ones_own_has_a_spider_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "thunghiem.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("NEWSCRAWLER_SITES", str(tmp_path / "thunghiem.toml"))
    with serving(reply) as server:
        shell = Shell(server.url, tmp_path)
        assert "thunghiem" in shell("scrapy", "list").stdout.split()
        done = shell(
            "scrapy", "crawl", "thunghiem", "-a", f"url={ROOT}{NEWS[0].path}", "-s", f"ARCHIVE_DIR={shell.data}", *FAST
        )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(shell.data / "news.db") as db:
        assert db.execute("SELECT title FROM articles").fetchall() == [(NEWS[0].title,)]
