"""The census tells what a look at the articles would."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from newscrawler.store import Database
from newscrawler.store.search import Census, counts_by, found_ids, search_page, take_census
from newscrawler.store.selection import Selection
from tests.conftest import times
from tests.store.test_selection import PLANS, SELECTIONS, planned
from tests.store.test_selection import library as library


@given(SELECTIONS)
@settings(max_examples=times(60, 2000), deadline=None)
def test_the_census_tells_the_numbers_that_counting_gives(library: Database, selection: Selection) -> None:
    years = {name: (getattr(selection, name) or "")[:4] or None for name in ("since", "until")}
    selection = replace(selection, words="", byline=None, block=None, **years)
    census = take_census(library)
    assert Census.tells(selection)
    assert census.total(selection) == len(found_ids(library, selection))
    for dimension in ("year", "site", "category"):
        assert census.by(selection, dimension) == counts_by(library, selection, dimension)
    page = search_page(library, selection, limit=5, how_many=census.total(selection))
    assert (page.total, page.is_more_than_total) == (census.total(selection), False)
    assert [hit.id for hit in page.hits] == found_ids(library, selection)[:5]


@given(SELECTIONS)
@settings(max_examples=times(60, 2000), deadline=None)
def test_of_words_bylines_blocks_and_days_it_does_not_tell(selection: Selection) -> None:
    days = [bound for bound in (selection.since, selection.until) if bound and len(bound) > 4]
    assume(selection.words or selection.byline or selection.block or days)
    assert not Census.tells(selection)


@pytest.mark.parametrize("plan", PLANS)
def test_to_choose_another_part_the_one_that_is_chosen_does_not_count(library: Database, plan: dict[str, int]) -> None:
    @given(SELECTIONS)
    @settings(max_examples=times(40, 2000), deadline=None)
    def law(selection: Selection) -> None:
        others = {"year": {"since": None, "until": None}, "site": {"site": None}, "category": {"category": None}}
        for dimension, own in others.items():
            wanted = counts_by(library, replace(selection, **own), dimension)
            assert counts_by(library, selection, dimension, choosing=True) == wanted

    with planned(plan):
        law()
