"""The persons that bylines name: units, papers and sources of news are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.reading.fields.people import name_key, persons


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("THANH DUY", ["THANH DUY"]),
        ("T. THẢO", ["T. THẢO"]),
        ("NHẬT XUÂN - NGHI VŨ", ["NHẬT XUÂN", "NGHI VŨ"]),
        ("THU HÀ-MINH AN", ["THU HÀ", "MINH AN"]),
        ("An Nhiên, Bình và Chi", ["An Nhiên", "Bình", "Chi"]),
        ("A, B và C", ["A", "B", "C"]),
        ("NHẬT XUÂN;NGHI VŨ", ["NHẬT XUÂN", "NGHI VŨ"]),
        ("Bài: Thu Hà; ảnh: Văn An", ["Thu Hà"]),
        ("Bài, ảnh: Thu Hà", ["Thu Hà"]),
        ("Bài và ảnh: Thu Hà - Minh An", ["Thu Hà", "Minh An"]),
        ("Tin, ảnh: MAI LAN", ["MAI LAN"]),
        ("Thực hiện: An Nhiên - Đồ họa: Bá Tùng", ["An Nhiên"]),
        ("Hà Thu (tổng hợp)", ["Hà Thu"]),
        ("NHẬT XUÂN và 1 tác giả khác", ["NHẬT XUÂN"]),
        ("PV Nguyễn An", ["Nguyễn An"]),
        ("PGS.TS. Nguyễn An", ["Nguyễn An"]),
        ("Hải – Đoàn xã Bình Mỹ", ["Hải"]),
        ("Nguyệt – Đoàn Thanh niên phường 5", ["Nguyệt"]),
        ("Thu Hà, Thu Hà, THU HÀ", ["Thu Hà"]),
        ("Jean-Luc Godard", ["Jean-Luc Godard"]),
        ("Thu Ha\u0300", ["Thu Hà"]),
    ],
)
def test_who_wrote(byline: str, expected: list[str]) -> None:
    assert list(persons(byline)) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "",
        "Theo Hồ Hương",
        "(Theo TTO)",
        "Nguồn: VOV",
        "TTXVN",
        "Đoàn xã Bình Mỹ",
        "ĐOÀN XÃ BÌNH MỸ",
        "QUẬN ĐOÀN BA",
        "Quận Đoàn 3",
        "Ban Tuyên giáo Thành Đoàn",
        "Văn phòng Tỉnh Đoàn",
        "Báo Tuổi Trẻ",
        "Nhóm PV",
        "admin",
        "https://facebook.com/bao",
        "sinh viên năm hai",
        "x" * 10_000,
    ],
)
def test_who_is_no_person(byline: str) -> None:
    assert persons(byline) == ()


@pytest.mark.parametrize("name", ["Đoàn Thị Hoa", "Đoàn Văn Hậu", "Bảo Ngọc", "Trường Giang", "Ban Mai", "Thành Nam"])
def test_names_that_begin_as_units_do(name: str) -> None:
    assert persons(name) == (name,)


@given(
    st.lists(st.sampled_from(["Thu Hà", "Minh An", "LÊ BÌNH", "T. Thảo"]), max_size=5),
    st.sampled_from([", ", " - ", "; "]),
)
def test_names_put_together_come_apart_each_once(names: list[str], between: str) -> None:
    assert [name_key(name) for name in persons(between.join(names))] == [
        name_key(name) for name in dict.fromkeys(names)
    ]


@given(st.text(max_size=400))
def test_whatever_a_page_says_its_names_are_short_and_begin_with_a_capital(byline: str) -> None:
    assert all(0 < len(name) <= 50 and name[0].isupper() for name in persons(byline))
