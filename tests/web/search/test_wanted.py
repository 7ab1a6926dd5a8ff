"""Dates as people type them, and the pages that are offered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.web.addresses import Addresses
from newscrawler.web.asked import Asked
from newscrawler.web.finding.wanted import wanted
from newscrawler.web.leafing import Leafing, leafing
from newscrawler.web.typed_days import is_before, typed_day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_in_either_order(day: date) -> None:
    assert typed_day(f"{day.day}/{day.month}/{day.year}") == day.isoformat()
    assert typed_day(f" {day.year}-{day.month}-{day.day} ") == day.isoformat()
    assert typed_day(f"{day.month}.{day.year}") == day.isoformat()[:7]


@given(st.text(max_size=12))
def test_what_is_no_date_is_none(text: str) -> None:
    told = typed_day(text)
    assert told is None or typed_day(told) == told


@pytest.mark.parametrize(
    "text", ["", "18", "2018-13", "0/2018", "31/4/2018", "0000", "1/1/1/2018", "2018-05-16T00:00", "２０１８"]
)
def test_these_are_no_dates(text: str) -> None:
    assert typed_day(text) is None


def test_a_span_may_be_as_short_as_its_beginning() -> None:
    assert not is_before("2018-05", "2018-05-16")
    assert is_before("2018-04", "2018-05-16")


@given(st.integers(0, 5000), st.integers(1, 50))
def test_offered_pages_hold_the_first_the_last_and_the_present_one(total: int, page: int) -> None:
    at = leafing(page, total, 20, 1000)
    at = Leafing(min(page, at.pages), at.pages)
    known = [number for number in at.numbers if number is not None]
    assert {1, at.page, at.pages} <= set(known)
    assert known == sorted(set(known))
    for before, number, after in zip(at.numbers, at.numbers[1:], at.numbers[2:], strict=False):
        if number is None:
            assert (after or 0) - (before or 0) > 2


_fields = st.dictionaries(
    st.sampled_from(("q", "site", "from", "to", "section", "byline", "block", "sort", "page")),
    st.one_of(st.text(max_size=20), st.sampled_from(("2018", "5/2018", "hot", "newest", "relevance", "3"))),
)


@given(_fields)
def test_the_address_of_a_search_means_that_search(values: dict[str, str]) -> None:
    what = wanted(Asked(folder=Path(), values=values))
    again = wanted(Asked(folder=Path(), values=what.at(what.page)))
    assert again.selection == what.selection
    assert again.page == what.page
    assert again.at(again.page) == what.at(what.page)
    assert "=&" not in Addresses(Asked(folder=Path())).search(**what.values)
