"""A database of the third version is brought up to date: nothing is lost, and what can be known is filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from newscrawler.items import Comment, Link, Media
from newscrawler.store import (
    SCHEMA_VERSION,
    Change,
    add_capture,
    close_database,
    find_article,
    open_database,
    search,
    store_article,
    versions,
)
from newscrawler.store.dump import dump
from newscrawler.store.schema import migrations
from tests.store.conftest import article, capture, day

_COLUMNS = (
    "id, site, site_article_id, url, urlkey, title, summary, byline, category, published, published_precision, "
    "published_source, published_raw, event_date, language, word_count, content_hash, first_seen, last_seen, "
    "last_changed, capture_id, extractor, body_text, body_html, other_text, gone_at"
)
_TABLES = {
    "captures": "*",
    "articles": _COLUMNS,
    "versions": "*",
    "sightings": "article_id, seen_at, content_hash, capture_id, cut",
    "links": "*",
    "media": "*",
    "frontier": "*",
    "problems": "*",
    "runs": "*",
}
LINKS = (Link(block="hot", position=1, url="http://a.vn/1", title="Tin nóng"),)
MEDIA = (Media(position=1, kind="image", url="http://a.vn/1.jpg", original_src="1.jpg"),)
LONG = "Sáng 26/7, Đoàn xã ra quân dọn kênh, trồng cây và thăm các mẹ. " * 8


def filled(path: Path) -> None:
    """Articles, a changed one among them, and two of one text."""
    db = open_database(path, write=True)
    for number, body in enumerate(("Trước đây", LONG, LONG + "Hết."), 1):
        id_ = add_capture(db, capture(number, timestamp=day(number)), None)
        read = article(number, body, links=LINKS, media=MEDIA, capture_id=id_, byline="LAN CHI", category="Tin")
        store_article(db, read, run_id=None, seen_at=day(number))
    store_article(db, article(1, "Về sau"), run_id=None, seen_at=day(5))
    close_database(db)


def third_version(tmp_path: Path) -> Path:
    """The same rows in a database as the third version made it."""
    newest, path = tmp_path / "newest.db", tmp_path / "news.db"
    filled(newest)
    old = Database(path)
    migrations.apply(old, stop_before="fourth_fields_comments_and_twins")
    old.conn.execute("ATTACH DATABASE ? AS newest", (str(newest),))
    for table, columns in _TABLES.items():
        names = columns if columns != "*" else ", ".join(column.name for column in old[table].columns)
        old.conn.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newest.{table}")
    old.conn.commit()
    old.close()
    return path


def rows_of(db: Database) -> dict[str, list[Any]]:
    return {
        table: db.conn.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
        for table, columns in _TABLES.items()
    }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return third_version(tmp_path)


def test_every_row_of_every_table_stays_as_it_was(old: Path) -> None:
    before = Database(old)
    assert before.conn.execute("PRAGMA user_version").fetchone() == (3,)
    assert not before["comments"].exists()
    expected = rows_of(before)
    before.close()
    db = open_database(old, write=True)
    assert rows_of(db) == expected
    assert db.conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert db.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert [hit.id for hit in search(db, "ve sau")] == [1]
    assert [version.body_text for version in versions(db, 1)] == ["Trước đây", "Về sau"]
    close_database(db)


def test_what_is_brought_up_to_date_is_built_as_what_is_new(old: Path, tmp_path: Path) -> None:
    built = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE '_sqlite%' ORDER BY 1, 2"
    migrated, newest = open_database(old, write=True), open_database(tmp_path / "newest.db")
    assert migrated.conn.execute(built).fetchall() == newest.conn.execute(built).fetchall()
    close_database(migrated)
    close_database(newest)


def test_articles_of_one_text_are_linked_as_if_they_had_been_stored_today(old: Path, tmp_path: Path) -> None:
    migrated, newest = open_database(old, write=True), open_database(tmp_path / "newest.db")
    keys = "SELECT key, article_id FROM twin_keys ORDER BY key, article_id"
    assert migrated.conn.execute(keys).fetchall() == newest.conn.execute(keys).fetchall()
    twins = [[row.line for row in dump(db) if row.table == "twins"] for db in (migrated, newest)]
    assert twins[0] == twins[1]
    assert len(twins[0]) == 1
    close_database(migrated)
    close_database(newest)


def test_what_was_not_read_is_empty_until_it_is_read_again(old: Path) -> None:
    db = open_database(old, write=True)
    found = find_article(db, 2)
    assert (found["authors"], found["tags"], found["origins"], found["comments"]) == ([], [], {}, [])
    told = article(2, LONG, authors=("Lan Chi",), comments=(Comment(position=1, text="Hay"),))
    assert store_article(db, told, run_id=None, seen_at=day(9)) is Change.UNCHANGED
    assert find_article(db, 2)["authors"] == ["Lan Chi"]
    assert len(find_article(db, 2)["comments"]) == 1
    close_database(db)
