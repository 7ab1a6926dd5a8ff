"""One text under several addresses or on several sites is linked; a form filled in twice is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.store import Database, find_article, store_article
from newscrawler.store.absent import note_answer_of_absence
from newscrawler.store.database import transaction
from newscrawler.store.dump import dump
from newscrawler.store.likeness import keys_of, likeness, telling
from newscrawler.store.schema import migrations
from newscrawler.store.twins import CROWD, twins_of
from tests.conftest import times
from tests.store.conftest import article, day
from tests.store.copies import EDITS, copies, look_alikes, originals

SEED = 11
LONG = "\n\n".join(originals()[0])
OTHER = "\n\n".join(originals()[1])


def store(db: Database, number: int, body: str, at: int = 1) -> None:
    store_article(db, article(number, body), run_id=None, seen_at=day(at))


def pairs(db: Database) -> set[tuple[str, str]]:
    return {(str(row.key[0]).split()[1], str(row.key[1]).split()[1]) for row in dump(db) if row.table == "twins"}


def fresh() -> Database:
    db = Database(memory=True)
    migrations.apply(db)
    return db


def test_of_copies_nearly_all_are_linked_and_of_look_alikes_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Each copy as far from its original as one editor takes it: through keys and comparison, as the store does."""
    linked, made, wrong, compared = Counter[str](), Counter[str](), 0, 0
    for seed in range(times(1, 20)):
        for kind, text, copy in copies(seed):
            made[kind] += 1
            found = set(keys_of(text)) & set(keys_of(copy))
            linked[kind] += bool(found and likeness(telling(text), telling(copy)))
        apart = [telling(text) for text in look_alikes(seed, 40)] + [telling("\n\n".join(text)) for text in originals()]
        compared += len(apart) * (len(apart) - 1) // 2
        wrong += sum(likeness(one, other) is not None for one, other in combinations(apart, 2))
    recall = linked.total() / made.total()
    precision = linked.total() / (linked.total() + wrong)
    with capsys.disabled():
        print(f"\n{'edit':22}linked of made")
        for kind in EDITS:
            print(f"{kind:22}{linked[kind]:6} {made[kind]:6}")
        print(f"recall {recall:.4f}, precision {precision:.4f}: {wrong} wrong of {compared} pairs that are no copies")
    assert precision >= 0.99
    assert recall >= 0.98


def test_likeness_is_the_same_from_both_sides() -> None:
    for _kind, text, copy in copies(SEED):
        assert likeness(telling(text), telling(copy)) == likeness(telling(copy), telling(text))


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        ("Đang cập nhật.", "đang cập nhật", True),
        ("Đang cập nhật.", "Đang cập nhật tin", False),
        ("", "", False),
        ("…", "…", False),
        ("新闻 新闻 新闻", "新闻 新闻 新闻", True),
        ("新闻", "青年", False),
        (LONG, LONG.upper(), True),
        (LONG, OTHER, False),
    ],
)
def test_short_texts_are_twins_only_if_equal(db: Database, one: str, other: str, linked: bool) -> None:
    store(db, 1, one)
    store(db, 2, other)
    assert bool(pairs(db)) is linked
    assert (set(keys_of(one)) & set(keys_of(other)) != set()) is linked


def test_a_twin_is_told_from_both_sides_with_its_address(db: Database) -> None:
    store(db, 1, LONG)
    store_article(db, article(9, LONG, site="tuoitre", url="http://a.vn/9"), run_id=None, seen_at=day(1))
    assert [(each["site"], each["url"], each["likeness"]) for each in twins_of(db, 1)] == [
        ("tuoitre", "http://a.vn/9", 1.0)
    ]
    assert [each["id"] for each in find_article(db, "http://a.vn/9")["twins"]] == [1]


def test_a_text_that_changes_loses_its_twin_and_finds_it_again(db: Database) -> None:
    store(db, 1, LONG)
    store(db, 2, LONG)
    store(db, 2, OTHER, 2)
    assert pairs(db) == set()
    store(db, 2, LONG + " Hết.", 3)
    assert pairs(db) == {("1", "2")}


def test_what_many_share_links_nobody(db: Database) -> None:
    for number in range(1, CROWD + 1):
        store(db, number, "Trang đang được cập nhật.")
    assert len(pairs(db)) == CROWD * (CROWD - 1) // 2
    store(db, CROWD + 1, "Trang đang được cập nhật.")
    assert pairs(db) == set()
    store(db, 3, "Tin mới.", 2)
    assert len(pairs(db)) == CROWD * (CROWD - 1) // 2
    assert "3" not in {number for pair in pairs(db) for number in pair}


def test_an_article_that_is_none_takes_its_links_along(db: Database) -> None:
    for number in range(1, CROWD + 2):
        store(db, number, LONG)
    told = article(1, LONG)
    db.conn.execute("UPDATE articles SET site = 'other' WHERE id > 2")
    note_answer_of_absence(db, "thanhdoan", "x", told.content_hash, run_id=None, seen_at=day(2), capture_id=None)
    assert len(pairs(db)) == (CROWD - 1) * (CROWD - 2) // 2
    assert db.conn.execute("SELECT count(DISTINCT article_id) FROM twin_keys").fetchone() == (CROWD - 1,)


def test_whoever_deletes_an_article_leaves_no_keys_behind(db: Database) -> None:
    store(db, 1, LONG)
    store(db, 2, LONG)
    with transaction(db):
        db.conn.execute("DELETE FROM articles WHERE id = 1")
    assert db.conn.execute("SELECT DISTINCT article_id FROM twin_keys").fetchall() == [(2,)]
    assert db.conn.execute("SELECT * FROM twins").fetchall() == []


TEXTS = (
    "Tin vắn.",
    LONG,
    LONG + "\n\nHết.",
    LONG.rpartition("\n\n")[0],
    OTHER,
    "\n\n".join([LONG.partition("\n\n")[0], OTHER]),
    *look_alikes(SEED, 1),
)


def rows_after(told: Iterable[tuple[int, int, str]]) -> tuple[list[str], list[tuple[int, str]]]:
    db = fresh()
    for at, number, body in told:
        store(db, number, body, at)
    lines = [row.line for row in dump(db) if row.table in ("articles", "twins")]
    keys = "SELECT key, url FROM twin_keys JOIN articles ON articles.id = article_id ORDER BY 1, 2"
    found = db.conn.execute(keys).fetchall()
    db.close()
    return lines, found


@given(st.data())
@settings(max_examples=times(25, 500), deadline=None)
def test_articles_and_changes_in_any_order_give_the_same_pairs(data: st.DataObject) -> None:
    few = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(TEXTS)), min_size=2, max_size=9)
    told = [(at, number, body) for at, (number, body) in enumerate(data.draw(few), start=1)]
    with pytest.MonkeyPatch.context() as patch:
        # So small a crowd comes and goes with single texts.
        patch.setattr("newscrawler.store.twins.CROWD", 2)
        patch.setattr("newscrawler.store.twins._MEMBERS", "SELECT article_id FROM twin_keys WHERE key = ? LIMIT 3")
        in_order = rows_after(told)
        assert rows_after(data.draw(st.permutations(told))) == in_order
        present = {number: (at, number, body) for at, number, body in told}
        assert rows_after(present.values())[1] == in_order[1]
