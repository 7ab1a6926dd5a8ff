"""What stands where a stamp may stand, looks like a date, and is none: null, rather than a wrong day."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.reading.dates.relative import relative
from newscrawler.reading.dates.stamps import parse_edit, parse_stamp
from newscrawler.reading.generic.stamp_lines import is_stamp_line

FETCHED = datetime(2018, 6, 20, 3, 0, tzinfo=UTC)
REFUSED = {
    "span": [
        "từ 18/8 đến ngày 21/8/2017",
        "Từ ngày 18/8/2017 đến hết ngày 21/8/2017",
        "18/8/2017 - 21/8/2017",
        "18/8/2017 – 21/8",
        "2017-08-18 - 2017-08-21",
        "18 - 21/8/2017",
        "18-21/8/2017",
        "Trong 2 ngày 23 và 24/4/2017",
        "ngày 23, 24/4/2017",
        "ngày 23 và 24-4-2017",
        "28/12/2016 – 02/01/2017",
        "từ ngày 18 đến ngày 21 tháng 8 năm 2017",
        "18 - 21 tháng 8, 2017",
        "5 - 8 June 2018",
        "June 5 - 8, 2018",
    ],
    "anniversary": [
        "26/3/1931 – 26/3/2011",
        "(26/3/1931-26/3/2018)",
        "Kỷ niệm 87 năm ngày 26/3/2018",
        "Ngày thành lập Đoàn 26/03/2018",
        "Ngày sinh: 05/06/1998",
    ],
    "year that cannot be": ["25/5/1012", "05/06/2099", "05/06/1931", "05/06/0001", "0001-01-01T00:00:00"],
    "day that is not": ["31/02/2018", "29/02/2018", "31/4/2018", "00/06/2018", "05/13/2018", "32/01/2018"],
    "telephone": [
        "028.38.223.344",
        "(028) 3822 3344",
        "0903.12.05.2018",
        "028.12.05.2018",
        "0903-12-05-2018",
        "Hotline: 0909 05 06 2018",
        "ĐT: 38.22.33.44",
    ],
    "price, share, score": [
        "1.500.000 đồng",
        "5.6.2018 đồng",
        "15/6%",
        "tăng 5/6/2018%",
        "5/6 phiếu",
        "2-1",
        "tỉ số 2-1",
    ],
    "document": [
        "12/2018/NĐ-CP",
        "Nghị định 12/2018/NĐ-CP",
        "Nghị định số 12/2018/NĐ-CP ngày 05/06/2018",
        "số 05/06/2018/QĐ-TTg",
        "12/05/2018/NQ-HĐND",
        "GP số 12/GP-TTĐT ngày 05/06/2017",
        "Số 12/GP-TTĐT do Sở cấp ngày 05/06/2017",
    ],
    "always open": ["24/7", "Hỗ trợ 24/7", "phục vụ 24/7, 8h", "8:00 24/7"],
    "address": ["Số 5/6 đường Lê Lợi", "Địa chỉ: số 12/5/2018 đường Lê Lợi", "12/5 Nguyễn Huệ, phường 3"],
    "version, number": ["v1.2.2018", "phiên bản 5.6.2018", "2.10.2018.1", "10.10.10.10", "192.168.1.2018"],
    "heading of months": ["Quý 2/2018", "Quý II/2018", "Tin tháng 5/2018", "năm học 2017-2018", "2017-2018"],
    "deadline": ["Hạn nộp: 30/06/2018", "Hạn chót 30/06/2018", "Giấy phép hết hạn ngày 05/06/2018"],
    "time alone": ["14:30", "8h", "14h30", "10 phút", "08:00 - 17:00"],
    "sentence": [
        "Ngày 5/6, T.Ư Đoàn tổ chức hội nghị",
        "Tin hôm nay",
        "Xe cháy 2 giờ trước trận đấu",
        "Vietnam Today",
        "tuần trước",
        "thứ ba",
    ],
}
CASES = [(kind, text) for kind, texts in REFUSED.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_it_dates_nothing_however_it_is_written(kind: str, text: str) -> None:
    for written in (text, text.upper(), unicodedata.normalize("NFD", text), f"  {text} "):
        assert parse_stamp(written, fetched_at=FETCHED, source="page") is None
        assert parse_edit(written, fetched_at=FETCHED, source="page") is None


@pytest.mark.parametrize("text", [text for kind in ("span", "anniversary", "document") for text in REFUSED[kind]])
def test_its_line_is_no_line_of_a_stamp(text: str) -> None:
    assert not is_stamp_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "14:30, 05/06/2018",
        "14:30 - 05/06/2018",
        "14h30 - 05/06/2018",
        "Thứ 3, 05/06/2018",
        "T3 - 5/6/2018",
        "Thứ 3, ngày 5 tháng 6 năm 2018",
        "05/06/2018, 14.30",
        "05/06/2018 - 5 bình luận",
        "05/06/2018 | 18 - 21 tuổi",
        "Số 12 - 05/06/2018",
        "Pháp luật | 05/06/2018",
        "Nghị quyết - 05/06/2018",
        "Đồng Nai, 05/06/2018",
        "05/06/2018 Đồng Tháp",
        "5-6-18 - 14:30",
        "Ngày cập nhật 05/06/2018",
        "08:00 05/06/2018 - 09:00 07/06/2018",
    ],
)
def test_what_only_resembles_it_is_read(text: str) -> None:
    found = parse_stamp(text, fetched_at=FETCHED, source="page")
    assert found is not None
    assert found.value[:10] == "2018-06-05"


DAY = st.dates(date(1991, 1, 1), date(2017, 12, 31))


@given(DAY, st.integers(1, 400), st.sampled_from(["-", " - ", " – ", " đến ", " đến ngày ", " tới hết ngày "]))
def test_no_span_of_days_dates_anything(first: date, length: int, link: str) -> None:
    last = first + timedelta(days=length)
    for text in (
        f"{first:%d/%m/%Y}{link}{last:%d/%m/%Y}",
        f"từ ngày {first.day}/{first.month}{link}{last.day}/{last.month}/{last.year}",
        f"Từ {first:%d}{link}{last:%d/%m/%Y}",
        f"{first.day}{link}{last.day} tháng {last.month} năm {last.year}",
    ):
        assert parse_stamp(text, fetched_at=FETCHED, source="page") is None, text


@given(DAY, st.integers(0, 999))
def test_no_number_of_a_document_dates_anything(day: date, number: int) -> None:
    for text in (f"{day:%d/%m/%Y}/QĐ-TTg", f"Số {day:%d/%m/%Y}/TT", f"{number}/{day.year}/NĐ-CP"):
        assert parse_stamp(text, fetched_at=FETCHED, source="page") is None, text


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 12, 31)), st.integers(1, 59), st.integers(1, 400))
def test_a_count_back_never_claims_more_than_it_knows(now: datetime, few: int, many: int) -> None:
    at = now.replace(tzinfo=UTC)
    for text, precisions in (
        (f"{few} phut truoc", {"minute"}),
        (f"{few} gio truoc", {"minute"}),
        (f"{many} ngay truoc", {"day"}),
        (f"{few} tuan truoc", {"month", "year"}),
        (f"{few} thang truoc", {"month"}),
        (f"{min(few, 9)} nam truoc", {"year"}),
    ):
        found = relative(text, at)
        assert (found is None and "tuan" in text) or (found is not None and found[1] in precisions), text
        assert found is None or found[0] <= at.isoformat()


@pytest.mark.parametrize(
    ("fetched", "expected"), [("2018-03-31", "2018-02"), ("2018-03-01", "2018-02"), ("2018-01-31", "2017-12")]
)
def test_months_are_counted_on_the_calendar(fetched: str, expected: str) -> None:
    assert relative("1 thang truoc", datetime.fromisoformat(f"{fetched}T10:00:00+07:00")) == (expected, "month")


@pytest.mark.parametrize(
    ("text", "published", "modified"),
    [
        (
            "Đăng: 01/02/2018 08:00 | Cập nhật: 03/02/2018 09:00",
            "2018-02-01T08:00:00+07:00",
            "2018-02-03T09:00:00+07:00",
        ),
        (
            "Cập nhật lúc 14h30, 03/02/2018 | Đăng lúc 8h, 01/02/2018",
            "2018-02-01T08:00:00+07:00",
            "2018-02-03T14:30:00+07:00",
        ),
        ("01/02/2018 (sửa lần cuối: 03/02/2018)", "2018-02-01", "2018-02-03"),
        ("Published 1 February 2018, updated 3 February 2018", "2018-02-01", "2018-02-03"),
        ("Cập nhật: 03/02/2018", "2018-02-03", "2018-02-03"),
        ("Đăng ngày 01/02/2018", "2018-02-01", None),
    ],
)
def test_publication_and_edit_are_told_apart(text: str, published: str, modified: str | None) -> None:
    seen = parse_stamp(text, fetched_at=FETCHED, source="page")
    edit = parse_edit(text, fetched_at=FETCHED, source="page")
    assert (seen and seen.value, edit and edit.value) == (published, modified)
