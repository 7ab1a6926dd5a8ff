"""Storing: a new text is a version, an equal one is not, and the order of reading does not matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.errors import NoSuchArticleError
from newscrawler.items import Link, Media
from newscrawler.store import (
    Change,
    add_capture,
    close_database,
    find_article,
    find_capture,
    open_database,
    store_article,
    store_listing,
    version_of,
    versions,
)
from tests.store.conftest import PAGE, SITE, article, capture, day


def store(db, item, at):
    return store_article(db, item, run_id=None, seen_at=day(at))


def test_the_same_article_again_is_no_new_version(db, rows):
    assert store(db, article(), 1) is Change.NEW
    assert store(db, article(), 2) is Change.UNCHANGED
    assert len(versions(db, 1)) == 1
    assert rows("SELECT first_seen, last_seen, last_changed FROM articles") == [(day(1), day(2), day(1))]


def test_a_changed_text_is_a_further_version(db):
    store(db, article(body="Trước"), 1)
    assert store(db, article(body="Sau"), 2) is Change.CHANGED
    assert [version.body_text for version in versions(db, 1)] == ["Trước", "Sau"]
    assert [version.number for version in versions(db, 1)] == [1, 2]
    found = find_article(db, 1)
    assert (found["body_text"], found["last_changed"], found["first_seen"]) == ("Sau", day(2), day(1))


def test_words_that_come_back_are_a_third_version(db):
    for at, body in enumerate(["Trước", "Sau", "Trước"], 1):
        store(db, article(body=body), at)
    assert [version.body_text for version in versions(db, 1)] == ["Trước", "Sau", "Trước"]


def test_the_capture_is_the_one_that_the_present_text_was_read_from(db):
    ids = [add_capture(db, capture(offset), None) for offset in (0, 100, 200)]
    for at, (id, body) in enumerate(zip(ids, ["Trước", "Sau", "Sau"], strict=True), 1):
        store(db, replace(article(body=body), capture_id=id), at)
    assert find_article(db, 1)["capture_id"] == ids[1]


def test_an_older_reading_does_not_overwrite_a_newer_one(db):
    store(db, article(body="Sau"), 5)
    assert store(db, article(body="Trước"), 2) is Change.CHANGED
    found = find_article(db, 1)
    assert (found["body_text"], found["first_seen"], found["last_seen"]) == ("Sau", day(2), day(5))
    assert [version.body_text for version in versions(db, 1)] == ["Trước", "Sau"]


def test_a_second_reading_of_the_same_moment_takes_the_place_of_the_first(db):
    store(db, article(body="Cắt cụt"), 1)
    assert store(db, article(body="Trọn vẹn"), 1) is Change.CHANGED
    assert [version.body_text for version in versions(db, 1)] == ["Trọn vẹn"]
    assert find_article(db, 1)["body_text"] == "Trọn vẹn"


def dump(db):
    """All that was stored, without the ids, which follow from the order."""
    return [
        sorted(db.conn.execute(sql).fetchall(), key=repr)
        for sql in (
            "SELECT url, body_text, first_seen, last_seen, last_changed, content_hash, capture_id FROM articles",
            "SELECT seen_at, content_hash, body_text, capture_id FROM versions",
            "SELECT page_url, block, position, url, title, first_seen, last_seen, capture_id FROM links",
            "SELECT position, original_src, caption, capture_id FROM media",
            "SELECT site, url, kind, state, added_at, updated_at FROM frontier",
            "SELECT seen_at, content_hash FROM sightings",
        )
    ]


def seen(db, at, body):
    links = tuple(Link(block="hot", position=place, title=word) for place, word in enumerate(body, 1))
    media = tuple(
        Media(position=place, kind="image", url=None, original_src=word) for place, word in enumerate(body, 1)
    )
    item = replace(article(body=body, links=links, media=media), capture_id=at)
    store(db, item, at)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_out_of_order_gives_the_same_rows_as_in_order(tmp_path_factory, data):
    bodies = data.draw(st.lists(st.sampled_from(["a", "ab", "ba", "bb"]), min_size=1, max_size=7))
    in_order = list(enumerate(bodies, 1))
    dumps = []
    for order in (in_order, data.draw(st.permutations(in_order))):
        db = open_database(tmp_path_factory.mktemp("order") / "news.db", write=True)
        for at, _body in in_order:
            add_capture(db, capture(at), None)
        for at, body in order:
            seen(db, at, body)
        dumps.append(dump(db))
        close_database(db)
    assert dumps[0] == dumps[1]


def test_links_seen_twice_are_one_row_with_two_times(db, rows):
    link = Link(block="related", position=1, url=f"{PAGE}2", title="Bài khác")
    store(db, article(links=(link,)), 1)
    store(db, article(links=(replace(link, position=3),)), 2)
    assert rows("SELECT position, first_seen, last_seen, article_id FROM links") == [(3, day(1), day(2), 1)]


def test_an_item_that_stands_twice_in_a_block_is_kept_twice(db, rows):
    twice = tuple(Link(block="hot", position=position, title="Ra quân") for position in (1, 2))
    for at in (1, 2):
        store(db, article(links=twice), at)
    assert rows("SELECT position, first_seen, last_seen FROM links ORDER BY position") == [
        (1, day(1), day(2)),
        (2, day(1), day(2)),
    ]


def test_a_listing_has_links_without_article_and_is_done(db, rows):
    links = [Link(block="main", position=1, url=f"{PAGE}7", title="Bảy", summary="Tóm tắt")]
    store_listing(db, f"{PAGE}list", links, site=SITE, run_id=None, seen_at=day(1))
    assert rows("SELECT page_url, article_id, block, title FROM links") == [(f"{PAGE}list", None, "main", "Bảy")]
    assert rows("SELECT url, kind, state FROM frontier") == [(f"{PAGE}list", "listing", "done")]


def test_pictures_that_went_are_gone(db):
    pictures = tuple(Media(position=n, kind="image", url=None, original_src=f"{n}.jpg") for n in (1, 2, 3))
    store(db, article(body="Trước", media=pictures), 1)
    store(db, article(body="Sau", media=pictures[:1]), 2)
    assert [medium["original_src"] for medium in find_article(db, 1)["media"]] == ["1.jpg"]


def test_a_moved_article_is_one_article(db, rows):
    store(db, article(), 1)
    store(db, article(body="Sau", url=f"{PAGE}1-ten-moi"), 2)
    assert rows("SELECT url FROM articles") == [(f"{PAGE}1-ten-moi",)]


def test_an_article_without_number_is_known_by_its_address(db, rows):
    store(db, article(site_article_id=None), 1)
    assert store(db, article(site_article_id=None), 2) is Change.UNCHANGED
    assert store(db, article(2, site_article_id=None), 2) is Change.NEW
    assert rows("SELECT count(*) FROM articles") == [(2,)]


def test_two_numbers_that_come_to_share_an_address_stay_two_articles(db, rows):
    store(db, article(1), 1)
    store(db, article(2), 1)
    store(db, article(2, body="Sau", url=f"{PAGE}1"), 2)
    assert rows("SELECT site_article_id, url FROM articles ORDER BY id") == [("1", f"{PAGE}1"), ("2", f"{PAGE}2")]


@pytest.mark.parametrize(
    "address",
    [
        "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/1",
        "https://www.thanhdoan.hochiminhcity.gov.vn/thanhdoan/webtd/news/1/",
        "THANHDOAN.hochiminhcity.gov.vn/ThanhDoan/webtd/News/1",
        "1",
        1,
    ],
)
def test_an_address_is_found_however_it_is_written(db, address):
    store(db, article(), 1)
    assert find_article(db, address)["id"] == 1


def test_an_article_is_found_under_the_address_it_was_fetched_from(db):
    id = add_capture(db, capture(url="http://old.vn/a", urlkey="vn,old)/a"), None)
    store(db, replace(article(), capture_id=id), 1)
    assert find_article(db, "https://old.vn/a/")["id"] == 1


@pytest.mark.parametrize("wanted", ["2", 2, f"{PAGE}2", "", "http://[", "9" * 40, "\udcff", "²"])
def test_what_is_not_there_is_told(db, wanted):
    store(db, article(), 1)
    with pytest.raises(NoSuchArticleError, match="no article"):
        find_article(db, wanted)


def test_a_version_that_never_was_is_told(db):
    store(db, article(), 1)
    assert version_of(db, 1, 1).body_text == article().body_text
    with pytest.raises(NoSuchArticleError, match="no version 2; it has 1"):
        version_of(db, 1, 2)


def test_a_capture_told_twice_is_one_row(db, rows):
    first = add_capture(db, capture(), None)
    assert add_capture(db, capture(), None) == first
    assert find_capture(db, first) == replace(capture(), id=first)
    assert find_capture(db, 99) is None


def test_a_killed_writer_leaves_whole_articles(path: Path):
    db = open_database(path, write=True)
    store(db, article(), 1)
    db.conn.execute("BEGIN IMMEDIATE")
    db.conn.execute("DELETE FROM articles")
    db.close()
    db = open_database(path, write=True)
    assert find_article(db, 1)["body_text"] == article().body_text
    close_database(db)
