"""Every form in which a date was seen on Vietnamese sites, on every day of a year, so that a swap of day and month shows."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest

from newscrawler.items import Dated
from newscrawler.reading.dates.published import Event, choose_date, folder_date, parse_stamp, prose_date

FETCHED = datetime(2018, 6, 20, 3, 0, tzinfo=UTC)
"""10:00 in Vietnam."""
DAYS = [date(2018, 1, 1) + timedelta(days=number) for number in range(365)]
VIETNAMESE = ["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
AT_1430, AT_0815 = "T14:30:00+07:00", "T08:15:00+07:00"

# d, m: as short as can be; dd, mm: two digits; y, yy: year; vi, en: name of the month; e: first three letters of it.
FORMS = [
    ("{d}/{m}/{y}", ""),
    ("{dd}/{mm}/{y}", ""),
    ("{dd}-{mm}-{y}", ""),
    ("{dd}.{mm}.{y}", ""),
    ("{d}.{m}.{yy}", ""),
    ("({dd}/{mm}/{y})", ""),
    ("{dd}/{mm}/{y} 00:00", "T00:00:00+07:00"),
    ("{dd}/{mm}/{y} 14:30", AT_1430),
    ("14:30 {dd}/{mm}/{y}", AT_1430),
    ("14:30 | {dd}/{mm}/{y}", AT_1430),
    ("{dd}/{mm}/{y} - 14:30", AT_1430),
    ("{dd}/{mm}/{y}, 14:30 (GMT+7)", AT_1430),
    ("{dd}/{mm}/{y} 14:30 GMT+7", AT_1430),
    ("{dd}/{mm}/{y} 02:30 CH", AT_1430),
    ("{dd}/{mm}/{y} 02:30:15 PM", "T14:30:15+07:00"),
    ("02:30 chiều {dd}/{mm}/{y}", AT_1430),
    ("08:15 SA - {dd}/{mm}/{y}", AT_0815),
    ("{dd}-{mm}-{y} - 00:35 AM", "T00:35:00+07:00"),
    ("23:02 , {dd}/{mm}/{y}", "T23:02:00+07:00"),
    ("Thứ ba, {dd}/{mm}/{y}", ""),
    ("Thứ Ba, {d}/{m}/{y} | 14:30 GMT+7", AT_1430),
    ("Thứ ba, ngày {dd}/{mm}/{y} 14:30", AT_1430),
    ("Thứ bảy, {dd}/{mm}/{y} - 08:15", AT_0815),
    ("Thứ bảy, {d}/{m}/{y}, 08:15 (GMT+7)", AT_0815),
    ("Thứ tư - {dd}/{mm}/{y} 08:15", AT_0815),
    ("CN, {dd}/{mm}/{y}", ""),
    ("Chủ nhật, {dd}/{mm}/{y} 08:15", AT_0815),
    ("T2, {dd}/{mm}/{y}", ""),
    ("Thứ 3, ngày {d} tháng {m} năm {y}", ""),
    ("ngày {d} tháng {m} năm {y}", ""),
    ("Ngày {dd} tháng {mm} năm {y}", ""),
    ("{d} tháng {m}, {y}", ""),
    ("{dd} tháng {mm} năm {y}", ""),
    ("Tháng {m} {d}, {y}", ""),
    ("{dd} Tháng {vi} {y}", ""),
    ("{d} Tháng {vi}, {y}", ""),
    ("Tháng {vi} {d}, {y}", ""),
    ("Ngày {d} tháng {vi} năm {y}", ""),
    ("{dd} Th{m} {y}", ""),
    ("Th{mm} {dd}, {y}", ""),
    ("{d} thg {m}, {y}", ""),
    ("{en} {d}, {y}", ""),
    ("{d} {en} {y} at 8:15 AM", AT_0815),
    ("Mon, {dd} {e} {y} 08:15:00 +0700", AT_0815),
    ("Mon, {dd} {e} {y} 01:15:00 GMT", AT_0815),
    ("Mon {e} {dd} {y} 08:15:00 GMT+0700 (Indochina Time)", AT_0815),
    ("Cập nhật: {dd}/{mm}/{y} 14:30", AT_1430),
    ("Cập nhật lúc 14h30, {dd}/{mm}/{y}", AT_1430),
    ("Đăng lúc 14h30, {dd}/{mm}/{y}", AT_1430),
    ("Đăng lúc: {dd}/{mm}/{y} 14:30", AT_1430),
    ("Đăng ngày {dd}/{mm}/{y}", ""),
    ("Ngày cập nhật {dd}/{mm}/{y}", ""),
    ("14h30 ngày {dd}/{m}/{y}", AT_1430),
    ("8h15 ngày {d}/{m}/{y}", AT_0815),
    ("14 giờ 30 phút ngày {dd}/{m}/{y}", AT_1430),
    ("8 giờ 15 phút ngày {d}/{m}/{y}", AT_0815),
    ("{dd}\n/\n{mm}\n/\n{y}", ""),
    ("{dd} {mm} {y}", ""),
    ("{y}-{mm}-{dd}", ""),
    ("{y}/{mm}/{dd}", ""),
    ("{y}{mm}{dd}", ""),
    ("{y}-{mm}-{dd} 14:30:00", AT_1430),
    ("{y}-{mm}-{dd}T14:30:00", AT_1430),
    ("{y}-{mm}-{dd}T14:30:00+07:00", AT_1430),
    ("{y}-{mm}-{dd}T14:30:00+0700", AT_1430),
    ("{y}-{mm}-{dd}T07:30:00Z", AT_1430),
    ("{y}-{mm}-{dd}T14:30:11.000 +07:00", "T14:30:11+07:00"),
    ("{y}-{mm}-{dd}T14:30:00.0000000+07:00", AT_1430),
    ("{y}-{mm}-{dd}T14:30:00&#x2B;07:00", AT_1430),
    ("{y}-{mm}-{dd}+0708:15:00", AT_0815),
    ("{y}-{mm}-{dd}ICT08:15:00", AT_0815),
    ("{y}{mm}{dd}T081500", AT_0815),
    ("{dd}/{mm}/{y} 08:15:00", AT_0815),
]


def written(form: str, day: date) -> str:
    return form.format(
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        y=day.year,
        yy=f"{day.year % 100:02}",
        vi=VIETNAMESE[day.month - 1],
        en=ENGLISH[day.month - 1],
        e=ENGLISH[day.month - 1][:3],
    )


def value(text: str, fetched_at: datetime = FETCHED) -> str | None:
    stamp = parse_stamp(text, fetched_at=fetched_at, source="page")
    return stamp.value if stamp else None


@pytest.mark.parametrize(("form", "time"), FORMS)
def test_each_form_on_each_day_of_a_year(form: str, time: str) -> None:
    wrong = {text: got for day in DAYS if (got := value(text := written(form, day))) != day.isoformat() + time}
    assert wrong == {}


@pytest.mark.parametrize(("form", "time"), FORMS)
def test_each_form_decomposed_and_in_capitals(form: str, time: str) -> None:
    day = date(2018, 5, 6)
    plain = written(form, day)
    for text in (unicodedata.normalize("NFD", plain), plain.upper() if "&" not in plain else plain):
        assert value(text) == day.isoformat() + time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 16/5", "2018-05-16"),
        ("Thứ tư, 05/06", "2018-06-05"),
        ("14:30 05/06", "2018-06-05T14:30:00+07:00"),
        ("ngày 31/12", "2017-12-31"),
        ("vừa xong", "2018-06-20T10:00:00+07:00"),
        ("5 phút trước", "2018-06-20T09:55:00+07:00"),
        ("3 giờ trước", "2018-06-20T07:00:00+07:00"),
        ("2 ngày trước", "2018-06-18"),
        ("2 tuần trước", "2018-06"),
        ("3 tuần trước", "2018"),
        ("thứ 5 tuần trước", "2018-06-14"),
        ("Thứ hai tuần trước, 14:30", "2018-06-11T14:30:00+07:00"),
        ("chủ nhật tuần trước", "2018-06-17"),
        ("2h trước", "2018-06-20T08:00:00+07:00"),
        ("30' trước", "2018-06-20T09:30:00+07:00"),
        ("cách đây 11 giờ", "2018-06-19T23:00:00+07:00"),
        ("Minh Anh | 2 giờ trước", "2018-06-20T08:00:00+07:00"),
        ("10 giờ khuya 05/06/2018", "2018-06-05T22:00:00+07:00"),
        ("12 giờ khuya 05/06/2018", "2018-06-05T00:00:00+07:00"),
        ("12 giờ trưa 05/06/2018", "2018-06-05T12:00:00+07:00"),
        ("1 giờ trưa 05/06/2018", "2018-06-05T13:00:00+07:00"),
        ("11 giờ trưa 05/06/2018", "2018-06-05T11:00:00+07:00"),
        ("1h khuya 05/06/2018", "2018-06-05T01:00:00+07:00"),
        ("Cập nhật lúc 14h30, 03/02/2018 | Đăng: 01/02/2018", "2018-02-01"),
        ("2 tháng trước", "2018-04"),
        ("1 năm trước", "2017"),
        ("hôm qua", "2018-06-19"),
        ("Hôm nay, 14:30", "2018-06-20T14:30:00+07:00"),
        ("hôm qua lúc 8h", "2018-06-19T08:00:00+07:00"),
        ("/Date(1520212500000)/", "2018-03-05T08:15:00+07:00"),
        ("/Date(1520212500000+0700)/", "2018-03-05T08:15:00+07:00"),
        ("1520212500", "2018-03-05T08:15:00+07:00"),
        ("2018-03", "2018-03"),
        ("03/2018", "2018-03"),
        ("Tháng 3/2018", "2018-03"),
        ("Tháng 12, 2017", "2017-12"),
        ("Tháng Năm 2018", "2018-05"),
        ("2018", "2018"),
        ("14:30 GMT-5 05/06/2018", "2018-06-06T02:30:00+07:00"),
        ("12:35 AM 05/06/2018", "2018-06-05T00:35:00+07:00"),
        ("29/02/2016", "2016-02-29"),
        ("Đăng: 01/02/2018 08:00 | Cập nhật: 03/02/2018 09:00", "2018-02-01T08:00:00+07:00"),
        ("Cập nhật: 03/02/2018 09:00 | Đăng: 01/02/2018 08:00", "2018-02-01T08:00:00+07:00"),
        ("08:00 01/02/2018 - 09:00 03/02/2018", "2018-02-01T08:00:00+07:00"),
        ("05/06/2018 25:61", "2018-06-05"),
    ],
)
def test_forms_with_one_value(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "24/7",
        "1/3",
        "31/02/2018",
        "29/02/2018",
        "05/16/2018",
        "05/06/1012",
        "05/06/1931",
        "05/06/2020",
        "0001-01-01T00:00:00",
        "tin tức",
        "Tháng trước",
        "25/2008/QH12",
        "0283812345",
        "14:30",
        "8",
        "Mời quý vị đón đọc",
        "²018",
        "99 năm trước",
        "x" * 100_000,
        "1" * 5_000,
        "/" * 5_000,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert value(text) is None


def test_a_stamp_says_where_it_came_from_and_what_was_printed() -> None:
    assert parse_stamp(
        " Thứ bảy,\u00a007/03/2026 - 08:07 ", fetched_at=datetime(2026, 3, 8, tzinfo=UTC), source="page"
    ) == Dated(value="2026-03-07T08:07:00+07:00", precision="minute", source="page", raw="Thứ bảy, 07/03/2026 - 08:07")


NOW = datetime(2024, 6, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lede", "hint", "expected", "raw"),
    [
        ("Chiều ngày 16/5/2018 tại Hội trường", None, "2018-05-16", "Chiều ngày 16/5/2018"),
        ("Ngày 17.03.2019, Đoàn xã", None, "2019-03-17", "Ngày 17.03.2019"),
        ("Vào lúc 14h00, ngày 16/4/2017 tại", None, "2017-04-16", "Vào lúc 14h00, ngày 16/4/2017"),
        ("Chiều ngày 15 tháng 7 năm 2017, Đoàn", None, "2017-07-15", "Chiều ngày 15 tháng 7 năm 2017"),
        ("Ngày 05 tháng Sáu năm 2018, Đoàn", None, "2018-06-05", "Ngày 05 tháng Sáu năm 2018"),
        ("Sáng 08-7-2023, tại", None, "2023-07-08", "Sáng 08-7-2023"),
        ("Sáng 26/7, Đoàn xã", (2018, 7), "2018-07-26", "Sáng 26/7"),
        ("Sáng 26/7, Đoàn xã", None, None, "Sáng 26/7"),
        ("Sáng 26/7, Đoàn xã", (2018, 11), None, "Sáng 26/7"),
        ("Sáng 26/7, Đoàn xã", (2018, None), "2018-07-26", "Sáng 26/7"),
        ("tối 13-8 tại", (2016, 8), "2016-08-13", "tối 13-8"),
        ("Ngày 22/3 vừa qua, Đoàn", (2017, 4), "2017-03-22", "Ngày 22/3 vừa qua"),
        ("Sáng 30/12, Đoàn", (2018, 1), "2017-12-30", "Sáng 30/12"),
        ("Sáng 3/1, Đoàn", (2017, 12), "2018-01-03", "Sáng 3/1"),
        ("Sáng thứ bảy (16/5), Đoàn", (2018, 5), "2018-05-16", "Sáng thứ bảy (16/5)"),
        ("Kỷ niệm 80 năm (26/3/1931 – 26/3/2011), sáng 20/3, Đoàn", (2011, 3), "2011-03-20", "sáng 20/3"),
        ("Thực hiện Kế hoạch số 25/KH-TĐTN ngày 12/5/2017, sáng 26/7/2017, Đoàn", None, "2017-07-26", "sáng 26/7/2017"),
        ("Ngày 11/09/2015, Đoàn", (2016, 9), None, "Ngày 11/09/2015"),
        ("Ngày 5/6, T.Ư Đoàn tổ chức", (2018, 6), "2018-06-05", "Ngày 5/6"),
        ("Ngày 5/6, T.Ư Đoàn tổ chức", None, None, "Ngày 5/6"),
        ("(T.Ư) - Ngày 5/6/2018, Ban Bí thư", None, "2018-06-05", "Ngày 5/6/2018"),
        ("(ĐTN) - Sáng 5.6.2018, T.Ư Hội", None, "2018-06-05", "Sáng 5.6.2018"),
    ],
)
def test_the_day_of_the_event_in_a_lede(
    lede: str, hint: tuple[int, int | None] | None, expected: str | None, raw: str
) -> None:
    assert prose_date([lede], fetched_at=NOW, year_hint=hint) == Event(expected, raw)


@pytest.mark.parametrize(
    ("lede", "expected"),
    [
        ("Trong 2 ngày 23 và 24/4/2011, Đoàn", Event("2011-04-23", "Trong 2 ngày 23 và 24/4/2011", several=True)),
        ("Trong hai ngày 25, 26/5/2012, Đoàn", Event("2012-05-25", "Trong hai ngày 25, 26/5/2012", several=True)),
        ("diễn ra từ 18/8 đến ngày 21/8/2011 tại", Event("2011-08-18", "từ 18/8 đến ngày 21/8/2011", several=True)),
        ("từ ngày 28/12 đến 02/01/2017 tại", Event("2016-12-28", "từ ngày 28/12 đến 02/01/2017", several=True)),
        ("Từ ngày 18 đến 21/8, Đoàn", Event(None, "Từ ngày 18 đến 21/8", several=True)),
    ],
)
def test_several_days_give_the_first_as_that_of_the_event_and_date_no_publication(lede: str, expected: Event) -> None:
    assert prose_date([lede], fetched_at=NOW, year_hint=None) == expected
    assert choose_date(None, None, None, expected) is None


@pytest.mark.parametrize(
    "lede",
    [
        "Kỷ niệm ngày thành lập Đoàn (26/3/1931 – 26/3/2011)",
        "Đoàn dùng phần mềm v1.2.2018 và phiên bản 5.6.2018",
        "Lễ kỷ niệm 87 năm ngày 26/3",
        "Nhân ngày 27/7, Đoàn xã",
        "Ngày 30/4/1975, miền Nam",
        "Trong hai ngày 25, 26/5/1012, Đoàn",
        "Sáng 20/12/2024, Đoàn",
        "phục vụ 24/7",
        "được 1/3 số phiếu",
        "Điện thoại 028.38.223.344",
        "theo Nghị quyết 25/2008/QH12",
        "tỉ số 2-1",
        "Vừa qua, Đoàn xã",
        "Quyết định số 12/QĐ ngày 12/5/2017 của Ban Thường vụ",
        "1-" * 700,
        "1, " * 500,
        "ngày " * 300,
    ],
)
def test_dates_that_lie_are_refused(lede: str) -> None:
    assert prose_date([lede], fetched_at=NOW, year_hint=(2018, 3)) is None


def test_only_the_first_paragraphs_are_asked() -> None:
    late = ["Không có ngày."] * 3 + ["Sáng 26/7/2018, Đoàn"]
    assert prose_date(late, fetched_at=NOW, year_hint=None) is None
    assert prose_date(late[1:], fetched_at=NOW, year_hint=None) == Event("2018-07-26", "Sáng 26/7/2018")


def test_the_folder_that_most_images_lie_in() -> None:
    site = "http://www.thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
    images = [f"{site}/Content/news/2018/7/31171/{name}.jpg" for name in "ab"] + [
        f"{site}_/data/news/2014/11/21003/c.jpg"
    ]
    assert folder_date(images) == Dated(value="2018-07", precision="month", source="image-folder", raw="2018/7/31171")
    assert folder_date(images[2:]) == Dated(
        value="2014-11", precision="month", source="image-folder", raw="2014/11/21003"
    )
    assert folder_date(["1.jpg", "http://a.vn/1200/12/a.jpg", "http://a.vn/2018/13/1/a.jpg"]) is None


def test_metadata_before_page_before_folder_before_prose() -> None:
    stated, seen, folder = (parse_stamp(f"0{n}/06/2018", fetched_at=FETCHED, source="page") for n in (1, 2, 3))
    event = Event("2018-06-04", "sáng 4/6")
    assert choose_date(stated, seen, folder, event) is stated
    assert choose_date(None, seen, folder, event) is seen
    assert choose_date(None, None, folder, event) is folder
    assert choose_date(None, None, None, event) == Dated(
        value="2018-06-04", precision="day", source="prose", raw="sáng 4/6"
    )
    assert choose_date(None, None, None, Event(None, "sáng 4/6")) is None
