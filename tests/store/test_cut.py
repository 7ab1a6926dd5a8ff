"""Copies that may be cut, beside whole ones: what stands does not depend on the order of reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Article, Link, Media, Page
from newscrawler.store import Change, Database, add_capture, store_article
from newscrawler.store.dump import dump_hash
from newscrawler.store.schema import migrations
from tests.conftest import times
from tests.store.conftest import article, capture, day

Rows = Callable[..., list[tuple[Any, ...]]]
LINK = Link(block="hot", position=1, url="http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd/News/9", title="Nóng")


def copy(body: str, *, cut: bool = False, **values: Any) -> Article:
    """An article as read from a page as long as its text."""
    told = article(body=body, links=(LINK,), **values)
    page = Page(url=told.url, html=body, fetched_at=datetime.now(UTC), cut="it breaks off" if cut else "")
    return replace(told, page=page)


def store(db: Database, body: str, at: int, *, cut: bool = False, **values: Any) -> Change:
    capture_id = add_capture(db, capture(at, timestamp=day(at)), None)
    return store_article(db, copy(body, cut=cut, capture_id=capture_id, **values), run_id=None, seen_at=day(at))


def test_a_cut_copy_is_kept_as_long_as_there_is_nothing_else(db: Database, rows: Rows) -> None:
    assert store(db, "Sáng 26/7", 1, cut=True) == Change.NEW
    assert rows("SELECT body_text, first_seen FROM articles") == [("Sáng 26/7", day(1))]
    assert rows("SELECT count(*) FROM links") == [(0,)]
    assert store(db, "Sáng 26/7, Đoàn xã ra quân.", 2) == Change.CHANGED
    assert rows("SELECT body_text, first_seen, last_seen, last_changed FROM articles") == [
        ("Sáng 26/7, Đoàn xã ra quân.", day(2), day(2), day(2))
    ]
    assert rows("SELECT body_text, seen_at FROM versions") == [("Sáng 26/7, Đoàn xã ra quân.", day(2))]
    assert rows("SELECT seen_at, cut FROM sightings") == [(day(1), 9), (day(2), None)]
    assert rows("SELECT count(*) FROM links") == [(1,)]


@pytest.mark.parametrize("body", ["Sáng", "Sáng 26/7, Đoàn xã ra quân dọn kênh rạch và trồng thật nhiều cây xanh"])
def test_a_cut_copy_moves_nothing_of_a_whole_one(db: Database, rows: Rows, body: str) -> None:
    picture = Media(position=1, kind="image", url=None, original_src="1.jpg")
    store(db, "Sáng 26/7, Đoàn xã ra quân.", 1, media=(picture,))
    before = rows("SELECT * FROM articles"), rows("SELECT * FROM versions"), rows("SELECT * FROM media")
    assert store(db, body, 2, cut=True) == Change.UNCHANGED
    assert (rows("SELECT * FROM articles"), rows("SELECT * FROM versions"), rows("SELECT * FROM media")) == before


def test_of_cut_copies_the_longest_stands_and_is_the_only_version(db: Database, rows: Rows) -> None:
    for at, body in enumerate(("Sáng 26/7", "Sáng 26/7, Đoàn xã", "Sáng", "Sáng 26/7, Đoàn Xã"), start=1):
        store(db, body, at, cut=True)
    assert rows("SELECT body_text, last_seen FROM articles") == [("Sáng 26/7, Đoàn xã", day(2))]
    assert rows("SELECT body_text FROM versions") == [("Sáng 26/7, Đoàn xã",)]


@given(st.data())
@settings(max_examples=times(40, 400), deadline=None)
def test_any_order_of_reading_gives_the_same_rows(data: st.DataObject) -> None:
    copies = st.tuples(st.sampled_from(["a", "ab", "ba", "abc"]), st.booleans())
    in_order = list(enumerate(data.draw(st.lists(copies, min_size=1, max_size=6)), start=1))
    gone = data.draw(st.lists(st.integers(1, 7), max_size=2, unique=True))
    hashes = [told_of(in_order, gone), told_of(data.draw(st.permutations(in_order)), gone[::-1], gone_first=True)]
    assert hashes[0] == hashes[1]


def told_of(copies: list[tuple[int, tuple[str, bool]]], gone: list[int], *, gone_first: bool = False) -> str:
    """What the tables say after copies, and answers that there is nothing, were read in this order."""
    db = Database(memory=True)
    migrations.apply(db)

    def be_gone() -> None:
        for at in gone:
            add_capture(db, capture(100 + at, status=404, timestamp=f"{day(at)[:-2]}5Z"), None)

    if gone_first:
        be_gone()
    for at, (body, cut) in copies:
        store(db, body, at, cut=cut)
    if not gone_first:
        be_gone()
    told = dump_hash(db)
    db.close()
    return told
