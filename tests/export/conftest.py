"""A crawled archive that all tests of exports look at, and one whose words are hostile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscrawler.cli.export_formats import FORMATS
from newscrawler.demo import SampleServer, SampleSite
from newscrawler.export.order import Order, Written
from newscrawler.items import Comment, Link, Media
from newscrawler.store import add_capture, close_database, open_database, store_article, transaction
from tests.conftest import Shell
from tests.store.conftest import PAGE, article, capture, day

Export = Callable[..., Written]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the bundled sample site, crawled once; only to be read."""
    folder = tmp_path_factory.mktemp("crawled")
    with SampleServer(SampleSite.load()) as server:
        shell = Shell(server.url, folder)
        assert shell.crawl().returncode == 0
    return shell.data


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Three articles, one of them with all that may hang on an article."""
    return fill(tmp_path / "made")


def fill(folder: Path) -> Path:
    db = open_database(folder / "news.db", write=True)
    seen = add_capture(db, capture(), None)
    parts = {
        "links": (Link(block="related", position=1, url=f"{PAGE}9", title="Bài liên quan"),),
        "media": (
            Media(
                position=1,
                kind="image",
                url=f"{PAGE}a.png",
                original_src="a.png",
                caption="Ảnh: Lê Anh",
                credit="Lê Anh",
            ),
            Media(position=2, kind="document", url=f"{PAGE}a.pdf", original_src="a.pdf"),
        ),
        "comments": (Comment(position=1, text="Hay quá", author="Hà", published="2018-05-17"),),
    }
    dated = {"published": "2018-05-16T14:30:00+07:00", "published_precision": "minute", "published_source": "page"}
    full = {"byline": "Lê Anh", "authors": ("Lê Anh",), "tags": ("hè",), "category": "Tin tức", "summary": "Tóm tắt"}
    html = f'<p>Sáng <b>26/7</b></p><figure><img src="{PAGE}a.png" alt=""></figure>'
    first = article(1, "Sáng 26/7", capture_id=seen, body_html=html, **dated, **full, **parts)
    store_article(db, article(1, "Bản đầu", capture_id=seen, **dated, **full, **parts), run_id=None, seen_at=day(1))
    store_article(db, first, run_id=None, seen_at=day(3))
    store_article(
        db, article(2, "Bài hai", published="2020-07", published_precision="month"), run_id=None, seen_at=day(2)
    )
    store_article(db, article(3, "Không rõ ngày"), run_id=None, seen_at=day(2))
    close_database(db)
    return folder


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes `tmp_path/out` in a format, as the verb does."""

    def export(form: str, data: Path, name: str = "out", **more: Any) -> Written:
        return FORMATS[form].write(Order(data=data, out=tmp_path / name, force=True, **more))

    return export


def rows_of(data: Path, sql: str = "SELECT * FROM articles", *values: Any) -> list[dict[str, Any]]:
    """What the database itself says."""
    conn = sqlite3.connect(f"file:{data / 'news.db'}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in conn.execute(sql, values)]
    finally:
        conn.close()


def by_id(data: Path) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows_of(data)}


@pytest.fixture
def rewritten(made: Path) -> Callable[[dict[str, str]], Path]:
    """The made archive with other words in the columns of its first article, its picture's caption and its comment."""

    def rewritten(words: dict[str, str]) -> Path:
        db = open_database(made / "news.db", write=True)
        with transaction(db):
            for column, text in words.items():
                db.conn.execute(f"UPDATE articles SET {column} = ? WHERE id = 1", (text,))
            text = words.get("title", "")
            db.conn.execute("UPDATE media SET caption = ?", (text,))
            db.conn.execute("UPDATE comments SET text = ?", (text,))
        close_database(db)
        return made

    return rewritten
