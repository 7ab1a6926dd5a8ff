"""A dump tells what two databases say, and nothing of how their rows are numbered."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from newscrawler.items import Comment, Link, Media
from newscrawler.store import Database, add_capture, close_database, open_database, start_run, store_article
from newscrawler.store.dump import dump, dump_hash
from tests.conftest import times
from tests.store.conftest import article, capture, day

SEED = 5
LINKS = (Link(block="hot", position=1, url="http://a.vn/1", title="Tin nóng"),)
MEDIA = (Media(position=1, kind="image", url="http://a.vn/1.jpg", original_src="1.jpg"),)
COMMENTS = (Comment(position=1, text="Hay quá", author="Lan"),)


def fill(path: Path, order: list[int]) -> Database:
    """Captures and articles 1 to 4, stored in an order of their own, so that their ids differ."""
    db = open_database(path, write=True)
    for filler in range(order[0]):
        start_run(db, "other", "by hand", day(filler + 1))
    run_id = start_run(db, "thanhdoan", "by hand", day(1))
    for number in order:
        capture_id = add_capture(db, capture(number * 100, timestamp=day(number)), run_id)
        read = article(number, capture_id=capture_id, links=LINKS, media=MEDIA, comments=COMMENTS)
        store_article(db, read, run_id=run_id, seen_at=day(number))
    return db


def test_the_order_of_storing_does_not_show(tmp_path: Path) -> None:
    random = Random(SEED)
    expected = dump_hash(fill(tmp_path / "first.db", [1, 2, 3, 4]))
    for turn in range(times(5, 50)):
        order = random.sample([1, 2, 3, 4], 4)
        assert dump_hash(fill(tmp_path / f"{turn}.db", order)) == expected, f"seed {SEED}, order {order}"


def test_every_table_of_the_archive_is_in_it_with_natural_keys(tmp_path: Path) -> None:
    db = fill(tmp_path / "news.db", [2])
    lines = {row.table: json.loads(row.line) for row in dump(db)}
    assert list(lines) == ["captures", "articles", "versions", "sightings", "links", "media", "comments"]
    assert lines["captures"]["key"] == ["a.warc.gz", 200]
    assert lines["captures"]["values"]["run"] == f"thanhdoan@{day(1)}"
    assert lines["articles"]["key"] == ["thanhdoan", "2"]
    assert lines["versions"]["key"] == lines["sightings"]["key"] == ["thanhdoan 2", day(2)]
    assert lines["links"]["values"]["article"] == "thanhdoan 2"
    assert {line["values"].get("capture") for name, line in lines.items() if name != "captures"} == {
        "a.warc.gz:200",
        None,  # of the picture, which was not fetched
    }


def test_a_pair_of_twins_is_told_alike_whichever_was_stored_first(tmp_path: Path) -> None:
    for number, order in enumerate(([2, 3], [3, 2])):
        pairs = [row for row in dump(fill(tmp_path / f"{number}.db", order)) if row.table == "twins"]
        assert [(row.key, row.values) for row in pairs] == [(("thanhdoan 2", "thanhdoan 3"), {"likeness": 1.0})]


def test_no_column_is_forgotten(tmp_path: Path) -> None:
    db = fill(tmp_path / "news.db", [2, 3])
    replaced = {"id", "article_id", "twin_id", "capture_id", "run_id", "link_key", "outdated"}
    for row in dump(db):
        columns = {name for (name,) in db.conn.execute("SELECT name FROM pragma_table_info(?)", (row.table,))}
        told = set(row.values) | {"filename", "offset", "site", "site_article_id", "seen_at", "page_url", "position"}
        assert columns - replaced <= told


def test_any_changed_word_changes_the_hash(tmp_path: Path) -> None:
    db = fill(tmp_path / "news.db", [1, 2])
    hashes = {dump_hash(db)}
    for change in (
        "UPDATE articles SET title = title || '.' WHERE id = 1",
        "UPDATE captures SET length = length + 1 WHERE id = 2",
        "UPDATE captures SET run_id = NULL",
        "UPDATE versions SET body_text = 'x' WHERE id = 2",
        "UPDATE links SET position = 7 WHERE id = 1",
        "UPDATE media SET capture_id = 1",
        "DELETE FROM sightings WHERE article_id = 1",
        "UPDATE comments SET text = 'x' WHERE id = 1",
        "UPDATE twins SET likeness = 0.9",
        "UPDATE articles SET tags = NULL WHERE id = 1",
    ):
        db.conn.execute(change)
        hashes.add(dump_hash(db))
    close_database(db)
    assert len(hashes) == 11
