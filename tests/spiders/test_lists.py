"""A list is walked past pages that bring nothing, but not for ever."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.sites import Listing, ListPage
from newscrawler.spiders.lists import KNOWN_PAGES, Arrival, Cursor, ListWalk, Turn

LISTING = Listing(pattern=r"^/list/(?P<series>\d+)/(?P<page>\d+)$", url="http://a.vn/list/{series}/{page}")


def turns(
    pages: Sequence[str],
    patience: int = 3,
    first: int = 1,
    linked: int = 0,
    known: str | None = None,
    arrivals: dict[int, Arrival] | None = None,
) -> list[tuple[int, Turn]]:
    """Numbers of the pages that are fetched and what followed from each, of a list whose pages hold the articles that
    letters name.

    Beyond the last page the list goes on with empty ones, as many sites do.

    :param known: articles that the archive has; None where the list is walked to its end.
    :param arrivals: what comes of pages that are not read.
    """
    walk, cursor, found = ListWalk(patience, to_the_end=known is None), Cursor(last_known=linked), []
    page = ListPage(listing=LISTING, series="7", number=first)
    while True:
        index = page.number - first
        arrival = (arrivals or {}).get(page.number, "read")
        articles = set(pages[index]) if index < len(pages) and arrival == "read" else set()
        turn = walk.turn(page, articles, cursor, known=set(known or "") & articles, arrival=arrival)
        found.append((page.number, turn))
        if turn.ending is not None:
            return found
        # A run that was killed knows of its walk only what the entry of the next page carries.
        page, cursor = turn.following, Cursor.of(json.loads(json.dumps(turn.cursor.carried())))


def walked(pages: Sequence[str], patience: int = 3, first: int = 1, linked: int = 0) -> list[int]:
    """Numbers of the pages that are fetched of a list that is walked to its end."""
    return [number for number, _turn in turns(pages, patience, first, linked)]


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
    following = ListWalk(3).turn(ListPage(listing=LISTING, series="7", number=1), {"a"}).following
    assert following == ListPage(listing=LISTING, series="7", number=2)
    assert following.url == "http://a.vn/list/7/2"


@pytest.mark.parametrize(
    ("pages", "known", "last", "ending"),
    [
        (["xab", "cde", "fgh", "ijk", "lmn"], "abcdefghijklmn", 4, "known"),
        (["abc", "def", "ghi", "jkx"], "abcdefghijk", 3, "known"),
        (["abx", "cdy", "efz", "ghi", "jkl", "mno", "pqr"], "abcdefghijklmnopqr", 6, "known"),
        (["abc", "def"], "abcdef", 3, "known"),  # its last page was no page of articles, but two others were
        (["abx"], "ab", 4, "end"),
    ],
)
def test_a_list_that_is_known_to_its_end_is_left_behind_three_pages_of_known_articles(
    pages: list[str], known: str, last: int, ending: str
) -> None:
    number, turn = turns(pages, known=known)[-1]
    assert (number, turn.ending) == (last, ending)


def test_links_to_far_pages_do_not_lead_through_pages_of_known_articles() -> None:
    assert turns(["abc"] * 50, known="abc", linked=50)[-1][0] == 3


def test_an_article_that_stands_on_each_page_and_never_comes_keeps_no_walk_going() -> None:
    assert turns(["xab", "xcd", "xef", "xgh", "xij"], known="abcdefghij")[-1][0] == 4


@pytest.mark.parametrize("arrival", ["absent", "failed"])
def test_a_page_that_gave_nothing_is_a_hole_once_a_later_one_has_articles(arrival: Arrival) -> None:
    found = turns(["abc", "", "def"], arrivals={2: arrival})
    assert [(number, turn.broken) for number, turn in found if turn.broken] == [(3, (2,))]
    assert found[-1][1].ending == "end"


def test_an_empty_page_before_others_is_a_hole_and_the_empty_pages_of_the_end_are_none() -> None:
    found = turns(["abc", "", "", "def"])
    assert [turn.broken for _number, turn in found] == [(), (), (), (2, 3), (), (), ()]


def test_pages_that_fail_at_the_end_leave_the_end_unknown() -> None:
    failing: dict[int, Arrival] = dict.fromkeys(range(2, 99), "failed")
    assert turns(["abc", "def"], arrivals=failing)[-1][1].ending == "broken"
    assert turns(["abc", "def"], arrivals=failing)[-1][1].broken == ()
    assert 2 in turns(["abc", "def"], arrivals=failing, linked=3)[-1][1].broken


def test_a_list_that_ends_in_pages_that_are_not_there_is_whole() -> None:
    missing: dict[int, Arrival] = dict.fromkeys(range(3, 99), "absent")
    last, turn = turns(["abc", "def"], arrivals=missing, linked=2)[-1]
    assert (last, turn.ending, turn.broken) == (5, "end", ())


def test_what_robots_txt_forbids_is_no_hole_but_no_end_either() -> None:
    forbidden: dict[int, Arrival] = dict.fromkeys(range(1, 99), "refused")
    turn = turns(["abc"], arrivals=forbidden)[-1][1]
    assert (turn.ending, turn.broken) == ("broken", ())


def test_a_walk_with_older_articles_only_ends_behind_three_pages_of_them() -> None:
    walk, cursor = ListWalk(3), Cursor()
    page, fetched = ListPage(listing=LISTING, series="7", number=1), 0
    while True:
        fetched += 1
        turn = walk.turn(page, {str(fetched)}, cursor, old=fetched > 2)
        if turn.ending is not None:
            break
        page, cursor = turn.following, turn.cursor
    assert (fetched, turn.ending) == (5, "since")


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
