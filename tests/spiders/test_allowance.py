"""Each article is asked for once, and no more of them than a run may have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.spiders.allowance import Allowance


def test_without_a_limit_each_address_is_let_through_once_and_in_order() -> None:
    allowance = Allowance(None)
    assert list(allowance.admit(["b", "a", "b"])) == ["b", "a"]
    assert list(allowance.admit(["a", "c", "b"])) == ["c"]
    assert not allowance.used_up
    assert not allowance.reached


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_just_so_many_are_let_through_as_the_limit_says(limit: int) -> None:
    allowance = Allowance(limit)
    asked = [*allowance.admit("aab"), *allowance.admit("bcd"), *allowance.admit("e")]
    assert asked == list("abc")[:limit]
    assert allowance.used_up


def test_an_article_that_was_not_there_makes_room_for_one_that_waited() -> None:
    allowance = Allowance(2)
    assert list(allowance.admit("abcd")) == ["a", "b"]
    assert list(allowance.release()) == []
    allowance.refund()
    assert not allowance.used_up
    assert list(allowance.release()) == ["c"]
    assert list(allowance.release()) == []
    allowance.refund()
    assert list(allowance.admit("xy")) == ["d"]


def test_what_was_not_there_is_not_asked_for_again() -> None:
    allowance = Allowance(1)
    assert list(allowance.admit("a")) == ["a"]
    allowance.refund()
    assert list(allowance.admit("aab")) == ["b"]


def test_a_repeated_address_uses_nothing_up() -> None:
    allowance = Allowance(2)
    assert list(allowance.admit("aaaa")) == ["a"]
    assert not allowance.used_up
    assert list(allowance.admit("ab")) == ["b"]


def test_no_more_is_taken_from_a_walk_without_end_than_may_be_asked_for() -> None:
    taken = []

    def walk() -> Iterator[str]:
        for number in count():
            taken.append(number)
            yield str(number)

    allowance = Allowance(3)
    assert list(allowance.admit(walk())) == ["0", "1", "2"]
    assert taken == [0, 1, 2]


def test_two_who_ask_in_turns_share_one_limit() -> None:
    allowance = Allowance(4)
    first, second = allowance.admit("abc"), allowance.admit("bcdef")
    asked = [next(first), next(second), next(first)]
    asked += [*second, *first]
    assert asked == ["a", "b", "c", "d"]


def test_the_limit_is_reached_when_so_many_were_stored() -> None:
    allowance = Allowance(2)
    assert list(allowance.admit("ab")) == ["a", "b"]
    for stored, reached in [(0, False), (1, False), (2, True)]:
        allowance.stored = stored
        assert allowance.reached is reached


@given(st.lists(st.lists(st.sampled_from("abcdefgh"))), st.none() | st.integers(1, 10), st.integers(0, 5))
def test_whatever_is_found_the_first_of_it_are_asked_for_each_once(
    found: list[list[str]], limit: int | None, absent: int
) -> None:
    allowance = Allowance(limit)
    asked = [url for urls in found for url in allowance.admit(urls)]
    for _ in range(min(absent, len(asked))):
        allowance.refund()
    asked += allowance.release()
    different = list(dict.fromkeys(url for urls in found for url in urls))
    room = len(different) if limit is None else limit + min(absent, limit, len(different))
    assert asked == different[:room]
