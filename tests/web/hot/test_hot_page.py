"""The timeline of hot news, asked through the real application."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.store import close_database, open_database
from tests.web.conftest import Get, asking
from tests.web.hot.conftest import SEEN, at_noon


def items(hot: Get, query: str = "last=all") -> list[tuple[str, str, str]]:
    found = hot(f"/hot.json?{query}").json()["items"]
    return [(item["title"], item["first_seen"][:10], item["last_seen"][:10]) for item in found]


def test_items_are_told_from_first_to_last_sighting_the_latest_first(hot: Get) -> None:
    assert [item[1:] for item in items(hot)] == [
        ("2024-04-20", "2024-04-20"),
        ("2024-03-01", "2024-04-20"),
        ("2024-03-01", "2024-03-05"),
        ("2024-03-01", "2024-03-01"),
    ]
    assert [title for title, *_ in items(hot, "last=all&sort=longest")][:2] == ["Ra quân", "Hiến máu"]


def test_the_last_days_are_counted_back_from_the_last_sighting(hot: Get) -> None:
    assert [title for title, *_ in items(hot, "last=30")] == ["Chủ nhật xanh", "Ra quân"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("from=2024-03-02&to=2024-03-04", 2),
        ("to=1/3/2024", 3),
        ("from=4/2024", 2),
        ("from=2023&to=2023", 0),
        ("to=2024", 4),
    ],
)
def test_a_period_holds_what_stood_in_any_part_of_it(hot: Get, query: str, count: int) -> None:
    assert len(items(hot, query)) == count


def test_the_page_shows_each_item_as_marks_and_in_a_table(hot: Get) -> None:
    page = hot("/hot?last=all&lang=en").text
    assert page.count('role="img" aria-label="seen ') == 4
    assert "seen from 1 March 2024, 12:00 to 5 March 2024, 12:00" in page
    assert page.count('<th scope="row">') == 4
    assert "50 days" in page
    assert "looked 3 times" in page


def test_an_item_leads_to_its_article_where_the_archive_has_it(hot: Get) -> None:
    page = hot("/hot?last=all").text
    assert '<a href="/article/1">Ra quân</a>' in page


def test_what_web_pages_say_stays_text_and_odd_addresses_are_no_links(hot: Get) -> None:
    page = hot("/hot?last=all").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “quân”" in page
    assert 'href="javascript' not in page


def test_one_look_gives_dots_and_says_so(fill: Callable[..., Path]) -> None:
    get = asking(fill({"2024-03-01": SEEN["2024-03-01"]}))
    page = get("/hot?lang=en").text
    assert "The archive has looked only once" in page
    assert 'class="between"' not in page
    assert page.count('class="dot"') == 3
    assert "one moment" in page


def test_an_archive_without_hot_news_says_so(fill: Callable[..., Path]) -> None:
    get = asking(fill({}))
    assert "has seen no hot item yet" in get("/hot?lang=en").text
    assert get("/hot.json").json()["items"] == []


def test_many_items_are_leafed_through(fill: Callable[..., Path]) -> None:
    titles = tuple("tin" + "x" * number for number in range(30))
    get = asking(fill({"2024-03-01": titles}))
    first, second = (get(f"/hot.json?last=all&page={number}").json() for number in (1, 2))
    assert (first["pages"], first["total"], len(first["items"]), len(second["items"])) == (2, 30, 25, 5)
    assert 'href="/hot?last=all&amp;page=2"' in get("/hot?last=all").text
    assert get("/hot.json?last=all&page=99").json() == second
    assert {item["url"] for item in first["items"]}.isdisjoint(item["url"] for item in second["items"])


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "from=0001",
        "to=9999-12-31",
        "from=2024-13",
        "last=9",
        "page=-4",
        "page=99999999",
        "site=%00'--",
        "sort=%22",
    ],
)
def test_odd_questions_get_a_page(hot: Get, query: str) -> None:
    assert hot(f"/hot?{query}").status_code == 200
    assert hot(f"/hot.json?{query}").status_code == 200


def test_a_date_that_is_none_is_named(hot: Get) -> None:
    assert "“32/1/2024” is no date" in hot("/hot?from=32/1/2024&lang=en").text


def test_moments_are_those_of_the_database(hot: Get) -> None:
    told = hot("/hot.json?last=7").json()
    assert told["items"][0]["last_seen"] == at_noon("2024-04-20")
    assert told["from"] == "2024-04-13T05:00:00.000000Z"


@pytest.mark.parametrize(
    "stamp", ["yesterday", "2024-13-45T00:00:00Z", "9999-12-31T23:59:59Z", "2024-03-05T05:00:00+07:00", ""]
)
def test_times_that_we_never_write_cost_an_item_and_not_the_page(fill: Callable[..., Path], stamp: str) -> None:
    """As in a database that others have changed."""
    data = fill(SEEN)
    db = open_database(data / "news.db", write=True)
    try:
        db.conn.execute("UPDATE links SET last_seen = ? WHERE title = 'Hiến máu'", [stamp])
        db.conn.execute("UPDATE runs SET started_at = ?, finished_at = ? WHERE id = 2", [stamp, stamp])
    finally:
        close_database(db)
    get = asking(data)
    told = get("/hot.json?last=all")
    assert told.status_code == 200
    assert "Ra quân" in [item["title"] for item in told.json()["items"]]
    assert "Hiến máu" not in [item["title"] for item in told.json()["items"]]
    assert [get(path).status_code for path in ("/hot?last=all", "/", "/runs", "/run/2", "/search.atom")] == [200] * 5
