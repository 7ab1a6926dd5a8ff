"""No more articles are asked for than a run may have, and one that was not there gives its place to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.spiders.allowance import Allowance


def asked(limit: int | None, found: list[bool]) -> list[bool]:
    """Articles that are asked for one after the other, as long as more may be; True where one was there."""
    allowance, answers = Allowance(limit), []
    for there in found:
        if allowance.used_up(in_hand=0):
            break
        answers.append(there)
        allowance.stored += there
    return answers


def test_without_a_limit_everything_may_be_asked_for() -> None:
    allowance = Allowance(None, stored=10**6)
    assert not allowance.used_up(in_hand=10**6)
    assert not allowance.reached


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_just_so_many_are_asked_for_as_the_limit_says(limit: int) -> None:
    assert asked(limit, [True] * 5) == [True] * limit


def test_an_article_that_was_not_there_makes_room_for_one_that_waits() -> None:
    assert asked(2, [True, False, False, True, True]) == [True, False, False, True]


def test_what_is_in_hand_counts_as_if_it_were_there() -> None:
    allowance = Allowance(3, stored=1)
    assert not allowance.used_up(in_hand=1)
    assert allowance.used_up(in_hand=2)
    assert allowance.used_up(in_hand=3)


def test_the_limit_is_reached_when_so_many_were_stored() -> None:
    for stored, reached in [(0, False), (1, False), (2, True)]:
        assert Allowance(2, stored=stored).reached is reached


@given(st.lists(st.booleans()), st.none() | st.integers(1, 10))
def test_whatever_is_there_the_first_of_it_are_stored_and_no_more(found: list[bool], limit: int | None) -> None:
    answers = asked(limit, found)
    assert answers == found[: len(answers)]
    stored = sum(answers)
    assert stored <= (limit or len(found))
    assert len(answers) == len(found) or stored == limit
