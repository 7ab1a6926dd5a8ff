"""What the front page counts is what the table holds."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.store import Database, store_article
from newscrawler.store.at_a_glance import (
    articles_per_month,
    has_words,
    ids_of_addresses,
    newest_stories,
    oldest_published,
)
from tests.conftest import times
from tests.store.conftest import PAGE, SITE, article, day

DATES = st.none() | st.dates().flatmap(
    lambda date: st.sampled_from([date.isoformat()[:size] for size in (4, 7, 10)] + [f"{date}T08:00:00+07:00"])
)


@settings(max_examples=times(15, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DATES, max_size=8))
def test_months_are_counted_as_python_counts_them(db: Database, dates: list[str | None]) -> None:
    db.conn.execute("DELETE FROM articles")
    for number, published in enumerate(dates, 1):
        store_article(db, article(number, f"Bài {number}", published=published), run_id=None, seen_at=day(1))
    expected = Counter(published[:7] for published in dates if published)
    assert articles_per_month(db) == expected
    assert list(articles_per_month(db)) == sorted(expected)
    assert oldest_published(db, SITE) == min((date for date in dates if date), default=None)


def test_the_newest_come_first_and_the_future_not_at_all(db: Database) -> None:
    for number, published in enumerate(["2018-05-16", "2018-05", "2020", "2031-01-01", None], 1):
        store_article(db, article(number, f"Bài {number}", published=published), run_id=None, seen_at=day(1))
    assert [story.id for story in newest_stories(db, "2026-11-23")] == [3, 1, 2]
    assert [story.id for story in newest_stories(db, "2026-11-23", limit=1)] == [3]
    assert newest_stories(db, "2026-11-23")[0].summary == "Bài 3"


def test_without_any_date_what_was_stored_last_is_newest(db: Database) -> None:
    for number in (1, 2, 3):
        store_article(db, article(number, f"Bài {number}"), run_id=None, seen_at=day(number))
    assert [story.id for story in newest_stories(db, "2026-11-23", limit=2)] == [3, 2]


def test_words_are_found_with_and_without_accents_and_signs_do_no_harm(db: Database) -> None:
    store_article(db, article(1, "Đoàn viên ra quân"), run_id=None, seen_at=day(1))
    assert all(has_words(db, words) for words in ("đoàn", "doan vien", "Đoàn viên"))
    assert not any(has_words(db, words) for words in ("", '"', "thư viện", "NEAR(", "doan* AND (x"))


def test_addresses_lead_to_articles_where_there_are_any(db: Database) -> None:
    store_article(db, article(1), run_id=None, seen_at=day(1))
    assert ids_of_addresses(db, [f"{PAGE}1", f"{PAGE}2"]) == {f"{PAGE}1": 1}
    assert ids_of_addresses(db, []) == {}
