"""What a crawl is asked to do is understood, or refused with the form that is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ExitCode, UsageError
from newscrawler.spiders.arguments import CrawlArguments

FORMS = {"full": "full=1 or full=0", "since": "2018-05-16", "ids": "2754-2800", "limit": "a whole number above 0"}


def test_no_arguments_ask_for_nothing_special() -> None:
    assert CrawlArguments.parse() == CrawlArguments(full=False, since=None, ids=None, url=None, limit=None)


def test_all_arguments_together() -> None:
    parsed = CrawlArguments.parse(full="1", since="2018-05-16", ids="5-7", url="http://a.vn/", limit="3")
    assert parsed == CrawlArguments(full=True, since=date(2018, 5, 16), ids=range(5, 8), url="http://a.vn/", limit=3)


@pytest.mark.parametrize("full", ["1", "true", "Yes", " on ", True])
def test_full_is_on(full: str | bool) -> None:
    assert CrawlArguments.parse(full=full).full is True


@pytest.mark.parametrize("full", ["0", "False", "no", "OFF", "", False])
def test_full_is_off(full: str | bool) -> None:
    assert CrawlArguments.parse(full=full).full is False


@pytest.mark.parametrize(
    ("ids", "understood"),
    [
        ("2754-2800", range(2754, 2801)),
        ("7", range(7, 8)),
        ("7-7", range(7, 8)),
        (" 5 - 7 ", range(5, 8)),
        ("0-1", range(2)),
        ("007-009", range(7, 10)),
        ("1-999999999999999999", range(1, 10**18)),
    ],
)
def test_article_ids(ids: str, understood: range) -> None:
    assert CrawlArguments.parse(ids=ids).ids == understood


@pytest.mark.parametrize(("limit", "understood"), [("1", 1), (" 20 ", 20), (5, 5), ("007", 7), ("", None)])
def test_limits(limit: str | int, understood: int | None) -> None:
    assert CrawlArguments.parse(limit=limit).limit == understood


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("full", "maybe"),
        ("full", "2"),
        ("since", "16/5/2018"),
        ("since", "2018-02-30"),
        ("since", "2018-5-16"),
        ("since", "hôm qua"),
        ("ids", "20-10"),
        ("ids", "abc"),
        ("ids", "5-"),
        ("ids", "-5"),
        ("ids", "1-2-3"),
        ("ids", "1,2"),
        ("ids", " "),
        ("ids", "²-³"),
        ("ids", "9" * 5000),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "1.5"),
        ("limit", "many"),
        ("limit", "²"),
        ("limit", "9" * 5000),
        ("limit", " "),
    ],
)
def test_a_value_that_makes_no_sense_is_named_with_the_form_that_does(name: str, value: str) -> None:
    with pytest.raises(UsageError) as refused:
        CrawlArguments.parse(**{name: value})
    assert str(refused.value).startswith(f"{name}={value}: ")
    assert FORMS[name] in str(refused.value)
    assert refused.value.exit_code is ExitCode.USAGE


@given(st.sampled_from(sorted(FORMS)), st.text())
def test_no_text_is_answered_with_any_other_error(name: str, value: str) -> None:
    try:
        CrawlArguments.parse(**{name: value})
    except UsageError as error:
        assert FORMS[name] in str(error)  # noqa: PT017 - most texts are refused, some make sense


@given(st.integers(0, 10**9), st.integers(0, 1000))
def test_a_range_holds_both_its_ends(first: int, more: int) -> None:
    ids = CrawlArguments.parse(ids=f"{first}-{first + more}").ids
    assert ids is not None
    assert (ids[0], ids[-1], len(ids)) == (first, first + more, more + 1)
