"""A list is walked past pages that bring nothing, but not for ever."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.sites import Listing, ListPage
from newscrawler.spiders.lists import KNOWN_PAGES, ListWalk

LISTING = Listing(pattern=r"^/list/(?P<series>\d+)/(?P<page>\d+)$", url="http://a.vn/list/{series}/{page}")


def walked(pages: Sequence[str], patience: int = 3, first: int = 1, linked: int = 0) -> list[int]:
    """Numbers of the pages that are fetched, of a list whose pages hold the articles that letters name.

    Beyond the last page the list goes on with empty ones, as many sites do.
    """
    walk, fetched = ListWalk(patience, last_known=linked), []
    page: ListPage | None = ListPage(listing=LISTING, series="7", number=first)
    while page is not None:
        fetched.append(page.number)
        index = page.number - first
        page = walk.next_page(page, set(pages[index]) if index < len(pages) else set())
    return fetched


@pytest.mark.parametrize(
    ("pages", "last"),
    [
        (["abc", "def", "ghi"], 6),
        (["abc", "abc", "def"], 6),  # a repeated page
        (["abc", "a", "def"], 6),  # a short page of old articles
        (["abc", "", "", "def"], 7),  # two empty pages
        (["abc", "cd", "de", "ef"], 7),  # pages that have drifted by all but one article
        (["abc", "def", "abc", "def", "abc", "ghi"], 5),  # three old pages are the end
        (["abc", "", "", "", "def"], 4),
        ([], 3),
    ],
)
def test_a_walk_ends_behind_three_pages_in_a_row_without_anything_new(pages: list[str], last: int) -> None:
    assert walked(pages) == list(range(1, last + 1))


@pytest.mark.parametrize("patience", [1, 2, 5])
def test_the_site_says_how_many_barren_pages_are_the_end(patience: int) -> None:
    assert walked(["abc"], patience) == list(range(1, patience + 2))


def test_a_walk_goes_on_where_the_site_links_to_pages_behind() -> None:
    assert walked(["abc"] * 10 + ["def"], linked=11) == list(range(1, 15))


def test_a_link_to_a_far_page_does_not_make_a_walk_endless() -> None:
    assert walked(["abc"], linked=10**9) == list(range(1, KNOWN_PAGES + 2))


def test_a_walk_may_begin_anywhere() -> None:
    assert walked(["abc"], first=40) == [40, 41, 42, 43]


def test_the_pages_of_one_list_stay_in_it() -> None:
    following = ListWalk(3).next_page(ListPage(listing=LISTING, series="7", number=1), {"a"})
    assert following == ListPage(listing=LISTING, series="7", number=2)
    assert following is not None
    assert following.url == "http://a.vn/list/7/2"


@given(st.lists(st.text("abcdefgh", max_size=4), max_size=12), st.integers(1, 4))
def test_every_walk_ends_behind_just_so_many_barren_pages(pages: list[str], patience: int) -> None:
    fetched = walked(pages, patience)
    assert fetched == list(range(1, len(fetched) + 1))
    seen: set[str] = set()
    barren = 0
    for number in fetched:
        assert barren < patience, "went on behind the end"
        articles = set(pages[number - 1]) if number <= len(pages) else set()
        barren = 0 if articles - seen else barren + 1
        seen |= articles
    assert barren == patience, "ended too soon"
