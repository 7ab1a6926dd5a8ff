"""What a selection holds does not depend on the way it is found, and its pages and counts add up."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.items import Link
from newscrawler.store import Database, close_database, open_database, store_article
from newscrawler.store.search import Selection, counts_by, found_ids, search_page
from newscrawler.store.selection import select
from newscrawler.text import fold
from tests.conftest import times
from tests.store.conftest import PAGE, article, day

SITES = ("thanhdoan", "tuoitre")
CATEGORIES = ("Tin tức", "Tin tức > Đoàn", "Tin tức > Đoàn > Hè", "Tin tức khác", "Gương sáng", None)
BYLINES = ("LÊ AN", "Trần Thị An", "Nguyễn Vân", None)
DATES = ("2018", "2018-05", "2018-05-16", "2018-05-16T14:30:00+07:00", "2019-01-01", "2020-02", None)
BODIES = ("Đoàn xã ra quân", "đoàn viên và kỹ sư", "Một kĩ sư trẻ", "Mùa hè xanh của đoàn")
COUNT = 120


def told(number: int) -> dict[str, Any]:
    """All combinations, in the order of the numbers."""
    rest, values = number, {}
    for name, choices in (("body", BODIES), ("published", DATES), ("category", CATEGORIES), ("byline", BYLINES)):
        rest, place = divmod(rest * 7 + len(name), len(choices))
        values[name] = choices[(place + number) % len(choices)]
    return {**values, "site": SITES[number % 3 == 0], "published_precision": "day" if values["published"] else None}


def fill(db: Database) -> None:
    for number in range(1, COUNT + 1):
        hot = (Link(block="hot", position=1, url=f"{PAGE}{number // 4}"),)
        store_article(db, article(number, **told(number), links=hot), run_id=None, seen_at=day(1))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("selection") / "news.db"
    db = open_database(path, write=True)
    fill(db)
    close_database(db)
    db = open_database(path)
    yield db
    close_database(db)


SELECTIONS = st.builds(
    Selection,
    words=st.sampled_from(("", "doan", "kỹ sư", "đoàn viên", '"mùa hè"', "không có")),
    site=st.sampled_from((None, *SITES)),
    since=st.sampled_from((None, "2018", "2018-05-17", "2019")),
    until=st.sampled_from((None, "2018-04", "2018-05-16", "2019-12")),
    category=st.sampled_from((None, "tin tuc", "Tin tức > Đoàn", "gương sáng", "Tin")),
    byline=st.sampled_from((None, "an", "lê an", "vân", "xyz")),
    block=st.sampled_from((None, "hot", "main")),
    sort=st.sampled_from(("relevance", "newest", "oldest")),
)


@contextmanager
def planned(plan: dict[str, int]) -> Iterator[None]:
    """Limits set so that search goes another way."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in plan.items():
            module, _, constant = name.partition(".")
            patch.setattr(sys.modules[f"newscrawler.store.search.{module}"], constant, value)
        yield


def wanted(selection: Selection) -> set[int]:
    """Ids of the articles of a selection, by looking at each."""
    return {number for number in range(1, COUNT + 1) if _fits(selection, number, told(number))}


def _fits(selection: Selection, number: int, values: dict[str, Any]) -> bool:
    text = f" {fold(values['body'])} tin van ".replace(" ki ", " ky ")
    words = fold(selection.words).replace("ki ", "ky ")
    has_words = all(f" {word} " in text for word in ([words.strip('"')] if '"' in words else words.split()))
    path = [fold(step) for step in (values["category"] or "").split(" > ")]
    steps = [fold(step) for step in selection.category.split(" > ")] if selection.category else []
    date, since, until = values["published"], selection.since or "", selection.until or ""
    in_time = not (since or until) or (date is not None and _overlaps(date, since, until))
    return (
        has_words
        and (not selection.site or values["site"] == selection.site)
        and path[: len(steps)] == steps
        and (not selection.byline or fold(selection.byline) in fold(values["byline"] or ""))
        and (not selection.block or (selection.block == "hot" and number <= COUNT // 4))
        and in_time
    )


def _overlaps(date: str, since: str, until: str) -> bool:
    first, last = min(len(date), len(since)), min(len(date), len(until))
    return date[:first] >= since[:first] and (not until or date[:last] <= until[:last])


def numbers(db: Database, ids: list[int]) -> list[int]:
    rows = dict(db.conn.execute("SELECT id, CAST(site_article_id AS INTEGER) FROM articles").fetchall())
    return [rows[id] for id in ids]


PLANS: list[dict[str, int]] = [
    {},
    {"known.RARE": 0},
    {"known.RARE": 0, "narrowing._A_PROBE": 0},
    {"known.RARE": 0, "narrowing.FEW": 0, "by_date._MANY": 0},
]


@pytest.mark.parametrize("plan", PLANS)
def test_a_selection_is_the_same_by_every_plan(library: Database, plan: dict[str, int]) -> None:
    @given(SELECTIONS)
    @settings(max_examples=times(60, 2000), deadline=None)
    def law(selection: Selection) -> None:
        found = numbers(library, found_ids(library, selection))
        assert len(found) == len(set(found))
        assert set(found) == wanted(selection)

    with planned(plan):
        law()


@given(SELECTIONS, st.integers(1, 30))
@settings(max_examples=times(60, 2000), deadline=None)
def test_pages_follow_one_another_and_counts_add_up(library: Database, selection: Selection, limit: int) -> None:
    ids = found_ids(library, selection)
    pages = [search_page(library, selection, offset=start, limit=limit) for start in range(0, len(ids) + 1, limit)]
    assert [hit.id for page in pages for hit in page.hits] == ids
    assert [hit.rank for page in pages for hit in page.hits] == list(range(1, len(ids) + 1))
    assert {(page.total, page.is_more_than_total) for page in pages} == {(len(ids), False)}
    values = [told(number) for number in numbers(library, ids)]
    assert counts_by(library, selection, "site") == Counter(value["site"] for value in values)
    assert counts_by(library, selection, "year") == Counter(v["published"][:4] for v in values if v["published"])
    assert counts_by(library, selection, "category") == Counter(v["category"] for v in values if v["category"])


@given(SELECTIONS)
@settings(max_examples=times(40, 1000), deadline=None)
def test_by_date_the_undated_come_last(library: Database, selection: Selection) -> None:
    for sort in ("newest", "oldest"):
        ids = found_ids(library, replace(selection, sort=sort))
        dates = [told(number)["published"] for number in numbers(library, ids)]
        known = [date for date in dates if date]
        assert dates == [*sorted(known, reverse=sort == "newest"), *[None] * (len(dates) - len(known))]
        assert select(library, replace(selection, sort=sort, limit=3)) == ids[:3]


def test_a_hit_tells_what_a_list_shows(library: Database) -> None:
    page = search_page(library, Selection(site="tuoitre", category="tin tuc", byline="le an"), limit=1)
    (hit,) = page.hits
    assert (hit.site, hit.byline, hit.published_precision) == ("tuoitre", "LÊ AN", "day")
    assert hit.category in CATEGORIES
    assert hit.snippet in BODIES


def test_where_very_many_are_found_the_total_says_that_there_are_more(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("counts", "narrowing", "tally"):
        monkeypatch.setattr(sys.modules[f"newscrawler.store.search.{module}"], "MOST_COUNTED", 10)
    monkeypatch.setattr(sys.modules["newscrawler.store.search.known"], "RARE", 0)
    monkeypatch.setattr(sys.modules["newscrawler.store.search.narrowing"], "FEW", 0)
    for selection in (Selection(words="doan"), Selection(site="thanhdoan"), Selection(words="doan", byline="an")):
        page = search_page(library, selection, limit=3)
        assert page.is_more_than_total
        assert 3 <= page.total <= 10
        assert len(page.hits) == 3


def test_what_was_kept_of_a_search_is_forgotten_when_something_is_written(db: Database) -> None:
    for number in (1, 2):
        store_article(db, article(number, "Mùa hè xanh"), run_id=None, seen_at=day(1))
        assert search_page(db, Selection(words="he xanh")).total == number
        assert counts_by(db, Selection(words="he xanh"), "site") == {"thanhdoan": number}
