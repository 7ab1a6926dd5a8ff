"""Undated articles between dated ones: what their neighbours say, what liars cannot say, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.reading.dates.prose import yearless_day
from newscrawler.store import Database, store_article
from newscrawler.store.id_order import IdOrder, Known
from newscrawler.store.neighbours import date_by_neighbours
from tests.conftest import times
from tests.store.conftest import SITE, article, day

Rows = Callable[..., list[tuple[Any, ...]]]
PRECISION = {4: "year", 7: "month", 10: "day"}


def dated(id: int, value: str, source: str = "image-folder") -> dict[str, Any]:
    return {"id": id, "published": value, "published_precision": PRECISION[len(value)], "published_source": source}


def told(id: int, value: str, raw: str) -> dict[str, Any]:
    """An article whose prose tells a day."""
    return dated(id, value, "prose") | {"published_raw": raw, "event_date": value}


def undated(id: int, raw: str | None = None, event: str | None = None) -> dict[str, Any]:
    return {"id": id, "published_raw": raw, "event_date": event}


def store(db: Database, *articles: dict[str, Any], seen_at: str = day(1)) -> None:
    for values in articles:
        store_article(db, article(**values), run_id=None, seen_at=seen_at)


def settle(db: Database) -> int:
    return date_by_neighbours(db, SITE, yearless_day)


def dates(rows: Rows) -> dict[int, tuple[Any, ...]]:
    columns = "CAST(site_article_id AS INTEGER), published, published_precision, published_source, published_raw"
    return {id: rest for id, *rest in map(list, rows(f"SELECT {columns} FROM articles"))}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("before", "middle", "after", "expected"),
    [
        ("2018-07", None, "2018-07", ("2018-07", "month", "[1: 2018-07, 3: 2018-07]")),
        ("2018-03", None, "2018-07-20", ("2018", "year", "[1: 2018-03, 3: 2018-07-20]")),
        ("2018-07", "Sáng 26/7", "2018-07", ("2018-07-26", "day", "Sáng 26/7 [1: 2018-07, 3: 2018-07]")),
        ("2017-11", "ngày 5 tháng Mười Hai", "2018-02", ("2017-12-05", "day", None)),
        ("2018-07-20", "Sáng 26/7", "2018-08", ("2018-07-26", "day", None)),
        ("2018-08", "Sáng 26/7", "2018-08", ("2018-08", "month", "Sáng 26/7 [1: 2018-08, 3: 2018-08]")),
        ("2017-05", "Sáng 26/7", "2018-12", None),
        ("2017-05", "Sáng 29/2", "2018-12", None),
        ("2018-07", "từ 18/7 đến ngày 21/7", "2018-07", ("2018-07", "month", None)),
        ("2018-07", "31/02/2018", "2018-07", ("2018-07", "month", None)),
        ("2017-05", None, "2018-12", None),
        ("2019-05", None, "2018-12", None),
    ],
)
def test_the_span_between_two_neighbours_gives_what_it_can(
    db: Database,
    rows: Rows,
    before: str,
    middle: str | None,
    after: str,
    expected: tuple[str, str, str | None] | None,
) -> None:
    store(db, dated(1, before), undated(2, middle), dated(3, after))
    settle(db)
    value, precision, source, raw = dates(rows)[2]
    if expected is None:
        assert (value, precision, source, raw) == (None, None, None, middle)
    else:
        assert (value, precision, source) == (*expected[:2], "neighbours")
        assert raw == (expected[2] or f"{middle} [1: {before}, 3: {after}]")


def test_neither_prose_nor_years_nor_neighbours_nor_the_ends_of_the_row_are_believed(db: Database, rows: Rows) -> None:
    store(db, undated(1), dated(2, "2018"), undated(3), told(4, "2018-07-03", "sáng 3/7/2018"), undated(5))
    store(db, dated(6, "2018-07"), undated(7), undated(8), dated(9, "2018-07"), undated(10))
    settle(db)
    assert [id for id, row in sorted(dates(rows).items()) if row[2] == "neighbours"] == [7, 8]


def test_an_article_of_another_kind_of_id_neither_speaks_nor_is_spoken_for(db: Database, rows: Rows) -> None:
    store(db, dated(1, "2018-07"), dated(3, "2018-07"))
    for name in ("2a", "²"):
        store(db, {"site_article_id": name, "url": f"http://a.vn/{name}", "published_raw": "Sáng 26/7"})
    assert settle(db) == 0


@pytest.mark.parametrize("lie", ["1998-01", "2009-12-31", "2018-05", "2018-09", "2027-01-01"])
def test_one_liar_changes_nothing(db: Database, rows: Rows, lie: str) -> None:
    months = ["2018-06", "2018-07", "2018-07", "2018-07", "2018-07", "2018-08"]
    store(db, *(dated(10 * place, month) for place, month in enumerate(months, start=1)))
    store(db, dated(34, lie), undated(32), undated(36))
    settle(db)
    assert [dates(rows)[id][0] for id in (32, 36)] == ["2018-07", "2018-07"]


def test_where_two_rows_are_equally_long_neither_is_believed(db: Database, rows: Rows) -> None:
    store(db, dated(1, "2019-01"), undated(2), dated(3, "2018-12"), undated(4), dated(5, "2019-02"))
    settle(db)
    assert {id: dates(rows)[id][0] for id in (2, 4)} == {2: None, 4: None}


def test_where_a_whole_row_contradicts_the_order_nothing_is_said(db: Database, rows: Rows) -> None:
    """Old news that were moved to a new site bear high ids."""
    new = [dated(id, "2012-05") for id in (1, 2, 3, 11, 12, 13)]
    moved = [dated(id, "2008-03") for id in (5, 9)]
    store(db, *new, *moved, undated(6), undated(8))
    settle(db)
    assert {id: dates(rows)[id][0] for id in (6, 8)} == {6: None, 8: None}


MONTHS = ["2017-05", "2017-05", "2017-05", "2017-06"]


def test_prose_that_the_neighbours_contradict_gives_way(db: Database, rows: Rows) -> None:
    store(db, *(dated(place * 10, month) for place, month in enumerate(MONTHS, start=1)))
    store(db, told(25, "2009-03-26", "ngày 26/3/2009"), told(26, "2017-05-14", "sáng 14/5/2017"))
    store(db, told(27, "2017-04-29", "sáng 29/4/2017"), told(35, "2017-05-14", "sáng 14/5/2017"))
    settle(db)
    found = dates(rows)
    assert found[25] == ["2017-05", "month", "neighbours", "ngày 26/3/2009 [prose; 20: 2017-05, 30: 2017-05]"]
    assert found[26] == ["2017-05-14", "day", "prose", "sáng 14/5/2017"]
    assert found[27] == ["2017-04-29", "day", "prose", "sáng 29/4/2017"]
    assert found[35] == ["2017-05-14", "day", "prose", "sáng 14/5/2017"]


def test_prose_is_withdrawn_where_neighbours_only_know_that_it_is_wrong(db: Database, rows: Rows) -> None:
    store(db, *(dated(place * 10, month) for place, month in enumerate(["2016-11", "2016-12", "2017-02", "2017-03"])))
    store(db, told(15, "2009-03-26", "ngày 26/3/2009"))
    settle(db)
    assert dates(rows)[15] == [None, None, None, "ngày 26/3/2009 [prose; 10: 2016-12, 20: 2017-02]"]
    assert settle(db) == 0
    db.conn.execute("DELETE FROM articles WHERE site_article_id IN ('0', '30')")
    settle(db)
    assert dates(rows)[15] == ["2009-03-26", "day", "prose", "ngày 26/3/2009"]


def test_two_neighbours_alone_do_not_overrule_prose(db: Database, rows: Rows) -> None:
    store(db, dated(1, "2017-05"), told(2, "2009-03-26", "ngày 26/3/2009"), dated(3, "2017-05"))
    assert settle(db) == 0


def test_more_articles_make_it_narrower_and_a_contradiction_takes_it_back(db: Database, rows: Rows) -> None:
    store(db, dated(1, "2018-03"), undated(10, "Sáng 26/7"), undated(11), dated(20, "2018-09"))
    settle(db)
    assert [dates(rows)[id][0] for id in (10, 11)] == ["2018-07-26", "2018"]
    store(db, dated(9, "2018-08"), dated(12, "2018-08"))
    settle(db)
    assert [dates(rows)[id][0] for id in (10, 11)] == ["2018-08", "2018-08"]
    db.conn.execute("DELETE FROM articles WHERE site_article_id IN ('1', '9')")
    settle(db)
    assert [dates(rows)[id] for id in (10, 11)] == [[None, None, None, "Sáng 26/7"], [None] * 4]


def test_an_article_that_is_read_again_gets_its_date_again(db: Database, rows: Rows) -> None:
    store(db, dated(1, "2018-07"), undated(2, "Sáng 26/7"), dated(3, "2018-07"))
    settle(db)
    before = dates(rows)
    store(db, undated(2, "Sáng 26/7") | {"body": "Sáng 26/7, Đoàn xã ra quân. Đã sửa."}, seen_at=day(2))
    assert dates(rows)[2][0] is None
    assert settle(db) == 1
    assert dates(rows) == before


def test_running_it_again_and_another_order_of_coming_change_nothing(
    db: Database, rows: Rows, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random, begin = Random(7), date(2017, 1, 1)
    articles = []
    for id in range(1, 121):
        when = begin + timedelta(days=3 * id)
        slip = date(random.choice((1999, 2009, 2030)), 1, 1) if random.random() < 0.1 else when
        kinds = (
            dated(id, slip.isoformat()[:7]),
            dated(id, slip.isoformat(), "page"),
            undated(id, random.choice((None, f"Sáng {when.day}/{when.month}"))),
            told(id, slip.isoformat(), f"ngày {slip.day}/{slip.month}/{slip.year}"),
        )
        articles.append(random.choice(kinds))
    store(db, *articles)
    settle(db)
    found = dates(rows)
    assert settle(db) == 0
    for place in range(times(2, 10)):
        db.conn.execute("DELETE FROM articles")
        random.shuffle(articles)
        for part in (articles[:40], articles[40:80], articles[80:]):
            store(db, *part, seen_at=day(place + 2))
            settle(db)
        assert dates(rows) == found


@st.composite
def timelines(draw: st.DrawFn) -> tuple[list[Known], dict[int, date], int | None]:
    """Articles in the order of time, the days of those that are not dated, and where a date was made a lie."""
    days = sorted(draw(st.lists(st.dates(date(2003, 1, 1), date(2006, 1, 1)), min_size=4, max_size=30)))
    known, hidden = [], {}
    for number, when in enumerate(days):
        kind = draw(st.sampled_from(["day", "month", "none"]))
        if kind == "none":
            hidden[number] = when
        else:
            first, last = (when, when) if kind == "day" else (when.replace(day=1), _end(when))
            known.append(Known(number, first, last, first.isoformat()))
    liar = draw(st.integers(0, len(known) - 1)) if known and draw(st.booleans()) else None
    if liar is not None:
        lie = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
        known[liar] = Known(known[liar].number, lie, lie, lie.isoformat())
    return known, hidden, liar


def _end(when: date) -> date:
    return (when.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@settings(max_examples=times(150, 3000), deadline=None)
@given(timelines())
def test_what_neighbours_say_is_true_though_one_that_breaks_the_order_lies(
    timeline: tuple[list[Known], dict[int, date], int | None],
) -> None:
    known, hidden, liar = timeline
    if liar is not None:
        sides = [known[place].month for place in (liar - 1, liar + 1) if 0 <= place < len(known)]
        if len(sides) < 2 or sides[0] <= known[liar].month <= sides[1]:
            return  # a lie that fits cannot be told from the truth
    order = IdOrder(known)
    for number, when in hidden.items():
        if span := order.span(number):
            assert span.common is None or when.isoformat().startswith(span.common)
            assert span.first.replace(day=1) <= when <= _end(span.last)
            assert not span.contradicts(when)
            assert span.day(when.day, when.month) in (None, when)


@settings(max_examples=times(50, 500), deadline=None)
@given(timelines(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_does_not_count(
    timeline: tuple[list[Known], dict[int, date], int | None], random: Random
) -> None:
    known, hidden, _liar = timeline
    shuffled = list(known)
    random.shuffle(shuffled)
    assert [IdOrder(known).span(number) for number in hidden] == [IdOrder(shuffled).span(number) for number in hidden]
