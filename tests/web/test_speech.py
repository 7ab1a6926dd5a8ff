"""Dates as the room tells them, whatever stands in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.web.speech import Speech

ODD = ("garbage", "2018-13", "2018-xx-01", "2018-00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:00", "-", "٢٠١٨")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("stamp", ODD)
def test_what_is_no_date_is_told_as_it_is(lang: str, stamp: str) -> None:
    assert Speech(lang).day(stamp)
    assert Speech(lang).moment(stamp)


@given(stamp=st.text(max_size=40) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.Z+-]*)?", fullmatch=True))
def test_no_text_in_place_of_a_date_is_an_error(stamp: str) -> None:
    assert Speech("vi").day(stamp)
    assert Speech("en").moment(stamp)
