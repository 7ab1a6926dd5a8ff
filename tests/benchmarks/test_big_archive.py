"""The made archive, on which speed is measured, is one as crawls leave it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.big_archive import make
from newscrawler.store import Database, close_database, find_article, hot_items, open_database, versions
from newscrawler.store.search import Selection, search_page

COUNT = 150


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("made") / "news.db"
    make(path, COUNT, history=True)
    db = open_database(path)
    yield db
    close_database(db)


def test_every_row_hangs_on_what_it_names(db: Database) -> None:
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.conn.execute("SELECT count(*) FROM articles WHERE capture_id IS NULL").fetchone() == (0,)
    assert db.conn.execute("SELECT count(*) FROM articles WHERE first_seen > last_seen").fetchone() == (0,)


def test_each_article_has_its_versions_and_one_in_fifty_was_edited(db: Database) -> None:
    assert [len(versions(db, id)) for id in (6, 7, 8)] == [1, 2, 1]
    before, after = versions(db, 7)
    assert after.content_hash == find_article(db, 7)["content_hash"] != before.content_hash


def test_its_words_sections_and_hot_items_are_found(db: Database) -> None:
    assert search_page(db, Selection(words="doan thanh nien", category="tin tuc")).total > 0
    assert search_page(db, Selection(block="hot")).total > 0
    assert hot_items(db, "thanhdoan")[0].pages > 0


def test_runs_tell_how_many_problems_they_had(db: Database) -> None:
    sql = """
        SELECT count(*) FROM runs
        WHERE problems <> (SELECT count(*) FROM problems WHERE run_id = runs.id)
    """
    assert db.conn.execute(sql).fetchone() == (0,)
