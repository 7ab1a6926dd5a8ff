"""One file, made and brought up to date by itself; whatever is wrong with it is told in one sentence."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from newscrawler.errors import DiskError, StoreError
from newscrawler.frontier import Frontier
from newscrawler.store import (
    SCHEMA_VERSION,
    check_database,
    close_database,
    open_database,
    reindex,
    search,
    store_article,
    transaction,
)
from newscrawler.store.database import is_fixed
from newscrawler.store.runs import start_crawl
from newscrawler.store.schema import migrations
from newscrawler.urls import urlkey
from tests.store.conftest import article, day

CONTRACT = {
    "articles": "id site site_article_id url title summary byline category published published_precision published_source "
    "published_raw language body_text body_html word_count content_hash first_seen last_seen last_changed capture_id extractor "
    "authors tags canonical_url modified modified_precision modified_source modified_raw origins twin_hash",
    "comments": "id article_id position author published published_raw text reply_to capture_id",
    "twins": "article_id twin_id likeness",
    "versions": "id article_id seen_at content_hash title summary byline body_text body_html capture_id",
    "links": "id page_url article_id block position url title summary image_url first_seen last_seen capture_id",
    "media": "id article_id position kind url original_src caption credit capture_id",
    "captures": "id url urlkey timestamp status mime digest filename offset length record_id record_type truncated run_id",
    "runs": "id site started_at finished_at reason exit_code cycle arguments outcome",
    "problems": "id run_id url stage kind message capture_id seen_at",
    "frontier": "site url kind state priority tries reason added_at updated_at lease_run cycle carried",
    "articles_fts": "title summary body_text",
}


def filled(path: Path) -> Path:
    db = open_database(path, write=True)
    for number in range(1, 40):
        store_article(db, article(number), run_id=None, seen_at=day(1))
    close_database(db)
    return path


@pytest.mark.parametrize("table", CONTRACT)
def test_every_promised_column_is_there(db, rows, table):
    assert set(CONTRACT[table].split()) <= {name for (name,) in rows("SELECT name FROM pragma_table_info(?)", table)}


def test_opening_twice_migrates_once(path):
    for _ in range(2):
        db = open_database(path, write=True)
        assert [done.name for done in migrations.applied(db)] == [
            "first_tables",
            "second_revisits_and_requisites",
            "third_cycles_and_gone_articles",
            "fourth_fields_comments_and_twins",
            "fifth_indices_of_the_reading_room",
        ]
        assert db.conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        close_database(db)


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "news.db"
    old = Database(path)
    migrations.apply(old, stop_before="second_revisits_and_requisites")
    old.conn.execute(
        "INSERT INTO captures (url, urlkey, timestamp, status, mime, digest, filename, offset, length, record_id, record_type)"
        " VALUES ('http://a.vn/b/', 'vn,a)/b/', '2026', 200, 'text/html', '', 'f', 0, 1, '<a>', 'response')"
    )
    old.conn.commit()
    old.close()
    db = open_database(path, write=True)
    assert db.conn.execute("SELECT urlkey, refers_to FROM captures").fetchall() == [(urlkey("http://a.vn/b/"), None)]
    assert db.conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    close_database(db)


def test_a_reader_of_an_older_version_is_told_what_to_do_also_without_network(tmp_path):
    path = tmp_path / "news.db"
    old = Database(path)
    migrations.apply(old, stop_before="fifth_indices_of_the_reading_room")
    old.conn.commit()
    old.close()
    with pytest.raises(
        StoreError, match="older newscrawler; run `newscrawler crawl SITE` once, or `newscrawler rebuild`"
    ):
        open_database(path)


def test_a_database_of_the_second_version_keeps_its_queue_and_its_runs(tmp_path):
    path = tmp_path / "news.db"
    old = Database(path)
    migrations.apply(old, stop_before="third_cycles_and_gone_articles")
    old.conn.execute(
        "INSERT INTO runs (id, site, started_at, reason, exit_code) VALUES (1, 'thanhdoan', '2026', 'timer', 4)"
    )
    for url, state in (("http://a.vn/1", "done"), ("http://a.vn/2", "queued"), ("http://a.vn/3", "leased")):
        old.conn.execute(
            "INSERT INTO frontier (site, url, kind, state, added_at, updated_at) VALUES ('thanhdoan', ?, 'article', ?, '', '')",
            (url, state),
        )
    old.conn.commit()
    old.close()
    db = open_database(path, write=True)
    assert db.conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert db.conn.execute("SELECT cycle, arguments, outcome FROM runs").fetchall() == [(None, None, None)]
    # No run of that version knew what it was asked for, so none of them is gone on with; but nothing is lost.
    begun = start_crawl(db, "thanhdoan", "timer", "2026", {})
    frontier = Frontier(db, "thanhdoan", run_id=begun.run_id, cycle=begun.cycle, now=lambda: "2026")
    frontier.load(adopt=True)
    assert [begun.cycle, frontier.waiting, frontier.knows("http://a.vn/1")] == [2, 2, False]
    close_database(db)


def test_a_writer_is_durable_and_patient(db, rows):
    assert rows("PRAGMA journal_mode") == [("wal",)]
    assert rows("PRAGMA synchronous") == [(2,)]
    assert rows("PRAGMA busy_timeout") == [(5000,)]
    assert rows("PRAGMA foreign_keys") == [(1,)]


def test_the_file_is_whole_after_closing(path):
    filled(path)
    assert [file.name for file in path.parent.iterdir()] == ["news.db"]
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    conn.close()


def test_reading_never_writes(path):
    before = filled(path).read_bytes()
    db = open_database(path)
    with pytest.raises(sqlite3.OperationalError):
        db.conn.execute("DELETE FROM articles")
    assert len(search(db, "doan xa", limit=100)) == 39
    close_database(db)
    assert path.read_bytes() == before


def test_a_read_only_folder_can_be_read(path):
    filled(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        db = open_database(path)
        assert len(search(db, "doan xa", limit=100)) == 39
        db.close()
    finally:
        path.parent.chmod(0o755)


def test_a_database_that_somebody_may_write_is_no_fixed_one(path):
    filled(path)
    assert not is_fixed(path)
    writer = open_database(path, write=True)
    assert not is_fixed(path)
    close_database(writer)


def test_a_reader_sees_what_a_writer_committed(path):
    writer = open_database(path, write=True)
    store_article(writer, article(), run_id=None, seen_at=day(1))
    reader = open_database(path)
    assert len(search(reader, "đoàn")) == 1
    close_database(reader)
    close_database(writer)


def test_a_missing_database_names_file_and_next_step(path):
    with pytest.raises(StoreError, match=r"no database at .*news\.db; run `newscrawler crawl"):
        open_database(path)
    assert not path.parent.exists()


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_database_is_refused(path, write):
    path.parent.mkdir()
    path.write_bytes(b"<html>" * 1000)
    with pytest.raises(StoreError, match="is not a database"):
        open_database(path, write=write)
    assert path.read_bytes() == b"<html>" * 1000


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_someone_else_is_refused(path, write):
    path.parent.mkdir()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE articles (id)")
    conn.close()
    with pytest.raises(StoreError, match="not one of newscrawler"):
        open_database(path, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_a_newer_version_is_refused(path, write):
    conn = sqlite3.connect(filled(path))
    conn.execute("PRAGMA user_version = 999")
    conn.close()
    with pytest.raises(StoreError, match="made by a newer newscrawler"):
        open_database(path, write=write)


def test_an_empty_file_has_nothing_to_read_but_can_be_filled(path):
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        open_database(path)
    close_database(open_database(path, write=True))
    close_database(open_database(path))


def test_half_a_file_is_told_as_damage(path):
    whole = filled(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    with pytest.raises(StoreError, match="damaged"):
        check_database(open_database(path))


def test_a_folder_that_cannot_be_made_is_a_disk_error(tmp_path):
    (tmp_path / "data").write_text("a file, no folder")
    with pytest.raises(DiskError):
        open_database(tmp_path / "data" / "news.db", write=True)


def test_a_full_disk_keeps_what_was_stored(db, rows):
    store_article(db, article(1), run_id=None, seen_at=day(1))
    (pages,) = rows("PRAGMA page_count")[0]
    rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskError, match="the disk is full"):
        store_article(db, article(2, os.urandom(200_000).hex()), run_id=None, seen_at=day(2))
    assert rows("SELECT site_article_id FROM articles") == [("1",)]
    assert not db.conn.in_transaction


def test_a_failed_transaction_leaves_nothing(db, rows):
    def fail() -> None:
        with transaction(db):
            store_article(db, article(), run_id=None, seen_at=day(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows("SELECT count(*) FROM articles") == [(0,)]
    assert rows("SELECT count(*) FROM frontier") == [(0,)]


def test_an_index_made_again_is_the_same(db, rows):
    for number in range(1, 5):
        store_article(db, article(number), run_id=None, seen_at=day(1))
    with transaction(db):
        reindex(db)
    assert len(search(db, "doan xa")) == len(search(db, "Đoàn xã")) == 4
    assert rows("PRAGMA integrity_check") == [("ok",)]
