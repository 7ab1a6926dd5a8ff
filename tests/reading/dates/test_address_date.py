"""The day in an address."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.reading.dates.address_date import address_date

NOW = datetime(2026, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/hoa-tang-gia-20260307075519174.htm", "2026-03-07"),
        ("/ra-quan-185251220151245903.htm", "2025-12-20"),
        ("/chinh-sach-102260228093004191.htm", "2026-02-28"),
        ("/2018/05/16/ra-quan/", "2018-05-16"),
        ("/thoi-su/ra-quan-20180516.html", "2018-05-16"),
        ("/2018-05-16-ra-quan.html", "2018-05-16"),
        ("/ra-quan-post1779368.tpo", None),
        ("/ThanhDoan/webtd/News/31171", None),
        ("/ra-quan-20301231.html", None),
        ("/ra-quan-20181345.html", None),
        ("/ra-quan-5047363.html", None),
        ("/" + "1" * 5_000, None),
    ],
)
def test_the_day_that_an_address_tells(path: str, expected: str | None) -> None:
    found = address_date(f"https://bao.vn{path}", NOW)
    assert (found.value if found else None) == expected
    assert found is None or (found.source, found.precision) == ("address", "day")


@given(st.dates(date(2000, 1, 1), date(2026, 3, 8)), st.integers(0, 86_399_999))
def test_every_day_of_the_two_numbered_forms(day: date, millisecond: int) -> None:
    seconds, rest = divmod(millisecond, 1000)
    clock = f"{seconds // 3600:02}{seconds // 60 % 60:02}{seconds % 60:02}{rest:03}"
    for number in (f"{day:%Y%m%d}{clock}", f"185{day:%y%m%d}{clock}"):
        found = address_date(f"https://bao.vn/ra-quan-{number}.htm", NOW)
        assert found is not None
        assert found.value == day.isoformat()
