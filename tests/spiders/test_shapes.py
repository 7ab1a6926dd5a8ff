"""Addresses that look like traps, and the family that each belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.spiders.shapes import LONGEST, family, oddity, without_session


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://a.vn/tin/2018/5/5/5/bai.html", None),
        ("http://a.vn/tin/tin-tuc/tin", None),
        ("http://a.vn/tin/a/tin/b/tin", "repeats"),
        ("http://a.vn/a/b/a/b/a/b/", "repeats"),
        ("http://a.vn/" + "/".join(f"x{n}" for n in range(21)), "too-deep"),
        ("http://a.vn/?" + "a" * LONGEST, "too-long"),
        ("http://a.vn/?" + "&".join(f"p{n}=1" for n in range(13)), "too-many-parameters"),
    ],
)
def test_an_address_that_looks_like_a_trap_is_named(url: str, word: str | None) -> None:
    assert oddity(url) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.vn/lich/2026/11", "http://a.vn/lich/1999/1"),
        ("http://www.a.vn/tim?quan=1&nam=2", "https://a.vn/tim?nam=9&quan=5"),
        ("http://a.vn/s/0f3a9c77d2e14b5588aa/tin", "http://a.vn/s/9b1d00aa44ef4c0d8877/tin"),
        ("http://a.vn/Tin/7", "http://a.vn/tin/8"),
    ],
)
def test_addresses_of_one_form_are_one_family(one: str, other: str) -> None:
    assert family(one) == family(other)


def test_words_part_families() -> None:
    assert family("http://a.vn/tin/1") != family("http://a.vn/bai/1")


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://a.vn/tin?id=5&PHPSESSID=abc", "http://a.vn/tin?id=5"),
        ("http://a.vn/tin;jsessionid=0A1B?id=5", "http://a.vn/tin?id=5"),
        ("http://a.vn/(S(lit3py55t21z5v55vlm25s55))/tin.aspx", "http://a.vn/tin.aspx"),
        ("http://a.vn/tin?utm_source=fb&fbclid=x", "http://a.vn/tin"),
        ("http://a.vn/tin?b=2&a=1", "http://a.vn/tin?a=1&b=2"),
        ("http://a.vn/tin/5", "http://a.vn/tin/5"),
    ],
)
def test_what_tells_visitors_apart_is_taken_off(url: str, plain: str) -> None:
    assert without_session(url) == plain


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "sid", "utm_x"]), st.integers(0, 9)), max_size=6))
def test_what_is_plain_stays_as_it_is(pairs: list[tuple[str, int]]) -> None:
    url = "http://a.vn/tin" + ("?" + "&".join(f"{name}={value}" for name, value in pairs) if pairs else "")
    assert without_session(without_session(url)) == without_session(url)
