"""How long a host asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from newscrawler.politeness import retry_after


def asked(value: bytes, **others: str) -> float | None:
    return retry_after(Response("http://a.vn", headers={"Retry-After": value, **others}))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"4", 4),
        (b"  120 ", 120),
        (b"0", 0),
        (b"9" * 400, float("inf")),
        *[
            (each, None)
            for each in (b"soon", b"", b"-5", b"\xb2", b"1.5", b"4, 4", b"Fri", b"31 Feb 2020", b"x" * 9999)
        ],
        *[
            (each, 0)
            for each in (b"Wed, 21 Oct 2015 07:28:00 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT", b"21 Oct 2015 07:28:00")
        ],
    ],
)
def test_in_seconds_and_what_is_none(value: bytes, seconds: float | None) -> None:
    assert asked(value) == seconds


def test_a_date_counts_from_the_date_of_the_answer() -> None:
    """The clock of this server is ten years behind."""
    assert asked(b"Wed, 21 Oct 2015 07:28:30 GMT", Date="Wed, 21 Oct 2015 07:28:00 GMT") == 30


def test_without_one_it_counts_from_now() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    wait = asked(moment.encode())
    assert wait is not None
    assert 80 < wait <= 90


@given(
    st.one_of(
        st.binary(max_size=70),
        st.from_regex(rb"\w{3}, \d{1,2} \w{3} \d{1,6} \d\d:\d\d:\d\d [-+]?\w{3,5}", fullmatch=True),
    )
)
def test_no_header_breaks_it(value: bytes) -> None:
    wait = asked(value.replace(b"\n", b"").replace(b"\r", b""))
    assert wait is None or wait >= 0
