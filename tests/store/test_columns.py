"""What makes no version is that of the latest reading, the text that of the first which had it; in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Article, Claim, Comment, Origin
from newscrawler.store import Database, add_capture, find_article, store_article, versions
from newscrawler.store.dump import dump
from newscrawler.store.history import outdated
from newscrawler.store.schema import migrations
from tests.conftest import times
from tests.store.conftest import article, capture, day

Rows = Callable[..., list[tuple[Any, ...]]]
ORIGINS = {
    "title": Origin(
        source="selector", where="h1", conflicts=(Claim(field="title", value="Tin", source="meta", where="og:title"),)
    ),
    "published": Origin(source="prose"),
}


def store(db: Database, item: Article, at: int) -> None:
    store_article(db, item, run_id=None, seen_at=day(at))


def test_lists_and_origins_come_back_as_they_were(db: Database, rows: Rows) -> None:
    told = article(authors=("Lan Chi", "Tú"), tags=("mùa hè xanh",), canonical_url="http://a.vn/1", origins=ORIGINS)
    store(db, replace(told, modified="2026-01-02", modified_precision="day", modified_source="metadata"), 1)
    found = find_article(db, 1)
    assert (found["authors"], found["tags"]) == (["Lan Chi", "Tú"], ["mùa hè xanh"])
    assert (found["canonical_url"], found["modified"]) == ("http://a.vn/1", "2026-01-02")
    assert found["origins"]["published"] == {"source": "prose", "where": "", "conflicts": []}
    assert found["origins"]["title"] == {
        "source": "selector",
        "where": "h1",
        "conflicts": [{"source": "meta", "where": "og:title", "value": "Tin"}],
    }
    ((stored,),) = rows("SELECT origins FROM articles")
    assert json.loads(stored)["published"] == {"source": "prose"}
    assert ": " not in stored


def test_what_makes_no_version_is_renewed_all_the_same(db: Database) -> None:
    store(db, article(tags=("cũ",), category="Tin"), 1)
    store(db, article(tags=("mới",), category="Tin hoạt động", modified="2026-01-02"), 2)
    found = find_article(db, 1)
    assert (found["tags"], found["category"], found["modified"]) == (["mới"], "Tin hoạt động", "2026-01-02")
    assert (found["last_changed"], len(versions(db, 1))) == (day(1), 1)


def test_an_older_reading_renews_nothing(db: Database) -> None:
    store(db, article(tags=("mới",), comments=(Comment(position=1, text="Mới"),)), 2)
    store(db, article(tags=("cũ",), comments=()), 1)
    found = find_article(db, 1)
    assert found["tags"] == ["mới"]
    assert [comment["text"] for comment in found["comments"]] == ["Mới"]


def test_the_comments_are_those_that_the_page_showed_last(db: Database) -> None:
    ids = [add_capture(db, capture(offset), None) for offset in (0, 100)]
    first = (Comment(position=1, text="Hay quá", author="Lan"), Comment(position=2, text="Đúng vậy", reply_to=1))
    store(db, article(comments=first, capture_id=ids[0]), 1)
    (one, two) = find_article(db, 1)["comments"]
    assert (one["author"], two["reply_to"], two["capture_id"]) == ("Lan", 1, ids[0])
    store(db, article(comments=first[:1], capture_id=ids[1]), 2)
    assert [(each["position"], each["capture_id"]) for each in find_article(db, 1)["comments"]] == [(1, ids[1])]
    assert len(versions(db, 1)) == 1


def test_a_text_that_an_earlier_reading_turns_out_to_have_had_is_told_as_it_stood_there(db: Database) -> None:
    """Equal words, other markup: the text is that of the reading which had it first."""
    store(db, replace(article(), body_html="<p>later</p>"), 2)
    store(db, replace(article(), body_html="<p>first</p>"), 1)
    assert find_article(db, 1)["body_html"] == "<p>first</p>"
    assert versions(db, 1)[0].body_html == "<p>first</p>"
    assert outdated(db) == []


def test_a_reading_that_says_again_what_was_said_before_takes_its_words_along(db: Database) -> None:
    store(db, article(body="Trước"), 1)
    store(db, article(body="Sau"), 2)
    store(db, article(body="Trước"), 2)
    assert find_article(db, 1)["body_text"] == "Trước"
    assert len(versions(db, 1)) == 1


Seen = tuple[str, int]
"""A text, and what differs around it without making a version."""


def reading(at: int, seen: Seen) -> Article:
    body, around = seen
    comments = tuple(Comment(position=number, text=f"{at}") for number in range(1, around + 1))
    told = article(body=body, tags=(f"{around}",), category=f"{at}", comments=comments, capture_id=at)
    # Of the text, but not in its hash.
    return replace(
        told, body_html=f"<p class={at}>{body}</p>", published=f"20{around + 10}", url=f"{told.url}?{around}"
    )


def rows_after(order: Iterable[tuple[int, Seen]]) -> list[str]:
    db = Database(memory=True)
    migrations.apply(db)
    order = list(order)
    seen = dict(order)
    for at in range(1, 9):
        add_capture(db, capture(at, timestamp=day(at)), None)
    for at, each in order:
        store(db, reading(at, each), at)
    # What `rebuild` and `import` do with the captures themselves.
    for each_outdated in outdated(db):
        store(db, reading(each_outdated.offset, seen[each_outdated.offset]), each_outdated.offset)
    assert outdated(db) == []
    lines = [row.line for row in dump(db)]
    db.close()
    return lines


@given(st.data())
@settings(max_examples=times(60, 1000), deadline=None)
def test_readings_in_any_order_give_the_same_rows_to_the_last_column(data: st.DataObject) -> None:
    seen = st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 2))
    in_order = list(enumerate(data.draw(st.lists(seen, min_size=1, max_size=7)), start=1))
    shuffled = data.draw(st.permutations(in_order))
    again = data.draw(st.lists(st.sampled_from(in_order), max_size=2))
    assert rows_after(in_order) == rows_after(shuffled) == rows_after([*shuffled, *again])


@pytest.mark.parametrize("published", [None, "2018-05"])
def test_a_date_given_by_neighbours_gives_way_to_what_the_page_says(db: Database, published: str | None) -> None:
    """Where the page says nothing, they are asked again at the end of the run."""
    store(db, article(), 1)
    db.conn.execute("UPDATE articles SET published = '2017', published_source = 'neighbours'")
    store(db, article(published=published), 2)
    assert find_article(db, 1)["published"] == published
