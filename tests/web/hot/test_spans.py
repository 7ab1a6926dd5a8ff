"""Which items stood in the hot blocks, as the database tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.items import Link
from newscrawler.store import Database, close_database, open_database
from newscrawler.store.hot_spans import HotSpan, hot_spans, sightings
from newscrawler.store.hot_words import hot_words
from newscrawler.store.links import store_links
from tests.conftest import times
from tests.store.conftest import day

PLAIN = """
    SELECT site, coalesce(url, title, summary), min(first_seen), max(last_seen) FROM links
    WHERE block = 'hot' AND coalesce(url, title, summary) IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
Seen = tuple[str, int, str, int, str | None]


@pytest.fixture
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = open_database(tmp_path_factory.mktemp("spans") / "news.db", write=True)
    yield db
    close_database(db)


def see(db: Database, at: int, *links: Link, page: str = "http://a.vn/", site: str = "a") -> None:
    store_links(db, page, links, site=site, seen_at=day(at))


def item(name: str | None, title: str | None = None, block: str = "hot") -> Link:
    url = f"http://a.vn/{name}" if name else None
    return Link(block=block, position=1, url=url, title=title)  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.integers(1, 9),
            st.sampled_from("pq"),
            st.integers(0, 3),
            st.sampled_from((None, "Tin")),
        ),
        max_size=25,
    )
)
@settings(max_examples=times(25, 300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stepping_from_item_to_item_finds_what_a_walk_through_all_rows_finds(db: Database, seen: list[Seen]) -> None:
    db.conn.execute("DELETE FROM links")
    for site, at, page, name, title in seen:
        see(db, at, item(str(name) if name else None, title), item("no", block="main"), page=page + site, site=site)
    assert hot_spans(db) == [HotSpan(*row) for row in db.conn.execute(PLAIN)]


def test_an_item_is_as_its_latest_sighting_with_a_title_has_it(db: Database) -> None:
    see(db, 1, item("1", "Cũ"))
    see(db, 2, item("1", "Mới"))
    see(db, 3, item("1"), page="http://a.vn/other")
    words = hot_words(db, hot_spans(db)[0])
    assert (words.title, words.pages, words.article_id) == ("Mới", 2, None)


def test_sightings_of_all_pages_are_told_once_and_within_the_period(db: Database) -> None:
    for at in (1, 2, 5):
        see(db, at, item("1"), page=f"http://a.vn/{at}")
    see(db, 9, item("1"), page="http://a.vn/1")
    (span,) = hot_spans(db)
    assert sightings(db, span, day(1), day(8), timedelta(hours=1)) == [day(1), day(2), day(5)]
