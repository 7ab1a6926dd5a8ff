"""The dates that stand by a headline, among all those of a page that are other articles', readers', or today's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.reading.article import read
from newscrawler.reading.generic.visible import visible_dates
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.tree import parse
from tests.conftest import times

FETCHED = datetime(2018, 6, 20, 3, 0, tzinfo=UTC)
URL = "http://doan.vn/tin/ra-quan-chien-dich-he-309.html"
TITLE = "Ra quân chiến dịch hè"
OTHER = '<a href="/tin/le-khai-giang-nam-hoc-moi-288.html">Lễ khai giảng năm học mới của trường</a>'
TEXT = (
    "<p>Sáng nay, Đoàn xã đã tổ chức lễ ra quân chiến dịch tình nguyện hè với sự tham gia của hơn hai trăm đoàn viên, "
    "hội viên, thanh niên đến từ mười hai chi đoàn trên địa bàn xã, cùng các thầy cô giáo và phụ huynh học sinh.</p>"
)
STAMP = '<p class="ngay">Thứ hai, 05/03/2018 08:15</p>'
PUBLISHED = "2018-03-05T08:15:00+07:00"
STRANGERS = {
    "menu clock": '<div class="header"><span>Thứ tư, 20/06/2018</span></div>',
    "plain clock": "<div><span>Hôm nay, 20/06/2018 10:00</span></div>",
    "related list": f'<ul class="tin-lien-quan"><li>{OTHER} <span>12/01/2017</span></li></ul>',
    "plain list": f"<ul><li>{OTHER}<br><i>12/01/2017</i></li></ul>",
    "date behind a title": f"<div><div>{OTHER}</div><div>12/01/2017</div></div>",
    "date before a title": f"<div><span>12/01/2017</span><div>{OTHER}</div></div>",
    "date behind a summary": f"<div><h3>{OTHER}</h3><p>Hơn ba trăm học sinh dự lễ.</p><p>12/01/2017</p></div>",
    "flat": f"<p>{OTHER}</p><p>12/01/2017</p>",
    "in brackets": f"<p>{OTHER} (12/01/2017)</p>",
    "on three lines": f"<div><p>12</p><p>01</p><p>2017</p><h4>{OTHER}</h4></div>",
    "table": f"<table><tr><td>12/01/2017</td><td>{OTHER}</td></tr></table>",
    "footer": "<div class='footer'>Giấy phép số 12/GP-TTĐT ngày 12/01/2017</div>",
    "plain footer": "<div>Giấy phép số 12/GP-TTĐT cấp ngày 12/01/2017</div>",
    "event": "<p>Diễn ra từ 18/8/2017 đến ngày 21/8/2017</p>",
    "deadline": "<p>Hạn nộp: 30/05/2018</p>",
    "comment": '<div class="comment"><b>Lan</b> <span class="time">12/01/2017 09:00</span><p>Hay quá!</p></div>',
    "labelled": "<h3>Tin liên quan</h3><p>12/01/2017</p>",
    "labelled comments": "<h3>Bình luận</h3><p>Lan</p><p>12/01/2017 09:00</p><p>Hay quá!</p>",
}
"""What bears a date that is not the article's; the true one is 05/03/2018."""
BEFORE = (
    "menu clock",
    "plain clock",
    "related list",
    "plain list",
    "date behind a summary",
    "table",
    "date before a title",
)
"""Those that stand above headlines, too."""
CLOCKS = ("menu clock", "plain clock")
BEHIND = sorted(set(STRANGERS).difference(CLOCKS))


def page(*parts: str, above: str = "") -> str:
    return f'<html><body>{above}<div class="detail"><h1>{TITLE}</h1>{"".join(parts)}</div></body></html>'


def seen(html: str, url: str = URL) -> tuple[str | None, str | None]:
    published, modified = visible_dates(parse(html), FETCHED, url)
    return published.value if published else None, modified.value if modified else None


@pytest.mark.parametrize("url", [URL, ""])
@pytest.mark.parametrize("name", STRANGERS)
def test_a_date_of_something_else_is_never_the_articles(name: str, url: str) -> None:
    stranger = STRANGERS[name]
    if name in BEFORE:
        assert seen(page(TEXT, above=stranger), url) == (None, None)
        assert seen(page(STAMP, TEXT, above=stranger), url) == (PUBLISHED, None)
    if name in CLOCKS:
        return  # below a headline nothing tells it from a stamp
    assert seen(page(stranger, TEXT), url) == (None, None)
    assert seen(page(TEXT, stranger), url) == (None, None)
    assert seen(page(stranger), url) == (None, None)
    if not name.startswith("labelled"):
        assert seen(page(stranger, STAMP, TEXT), url) == (PUBLISHED, None)
    assert seen(page(STAMP, stranger, TEXT), url) == (PUBLISHED, None)
    assert seen(page(STAMP, stranger), url) == (PUBLISHED, None)


@settings(max_examples=times(150, 3000), deadline=None)
@given(
    st.lists(st.sampled_from(BEHIND), max_size=3),
    st.booleans(),
    st.lists(st.sampled_from(BEHIND), max_size=3),
    st.lists(st.sampled_from(BEFORE), max_size=2),
)
def test_among_any_strangers_the_date_is_right_or_none(
    before: list[str], stamped: bool, after: list[str], above: list[str]
) -> None:
    parts = [*(STRANGERS[name] for name in before), STAMP * stamped, *(STRANGERS[name] for name in after), TEXT]
    found = seen(page(*parts, above="".join(STRANGERS[name] for name in above)))
    assert found in ((PUBLISHED, None), (None, None)) if stamped else found == (None, None)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["<p>26</p><p>05</p><p>2018</p>"], "2018-05-26"),
        (["<b>26</b><div>/</div><div>05</div><div>/</div><div>2018</div>"], "2018-05-26"),
        (["<div>26/05</div><div>2018</div>"], "2018-05-26"),
        (["<div>26</div><div>Tháng 5</div><div>2018</div>"], "2018-05-26"),
        (["<div>26</div><div>Th5, 2018</div>"], "2018-05-26"),
        (["<p>26</p><p>13</p><p>2018</p>"], None),
        (["<p>31</p><p>02</p><p>2018</p>"], None),
        (["<p>2 giờ trước</p>"], "2018-06-20T08:00:00+07:00"),
        (["<p>2 ngày trước</p>"], "2018-06-18"),
        (["<p>3 tháng trước</p>"], "2018-03"),
        (["<p>thứ 5 tuần trước</p>"], "2018-06-14"),
        (["<p>Hôm qua, 14:30</p>"], "2018-06-19T14:30:00+07:00"),
        (['<p><a href="/muc/tin-noi-bat">Tin nổi bật</a></p>', STAMP], PUBLISHED),
        (['<p class="meta"><a href="/tac-gia/an">Trần An</a> - 05/03/2018 08:15</p>'], PUBLISHED),
        ([f'{STAMP}<p><a href="{URL}#binh-luan">Bạn nghĩ gì về bài viết này?</a></p>'], PUBLISHED),
        ([f"<div>{STAMP}</div><div>&gt;&gt; {OTHER}</div>"], PUBLISHED),
        (["<p>Thứ hai, 31/02/2018</p>"], None),
    ],
)
def test_forms_in_which_a_page_shows_its_date(parts: list[str], expected: str | None) -> None:
    assert seen(page(*parts, TEXT))[0] == expected


@pytest.mark.parametrize(
    ("parts", "published", "modified"),
    [
        (
            ["<p>Đăng: 05/03/2018 08:15</p>", "<p>Cập nhật: 07/03/2018 09:00</p>"],
            PUBLISHED,
            "2018-03-07T09:00:00+07:00",
        ),
        (
            ["<p>Cập nhật: 07/03/2018 09:00</p>", "<p>Đăng: 05/03/2018 08:15</p>"],
            PUBLISHED,
            "2018-03-07T09:00:00+07:00",
        ),
        (["<p>Đăng: 05/03/2018 08:15 | Cập nhật: 07/03/2018</p>"], PUBLISHED, "2018-03-07"),
        (["<p>Ngày cập nhật 07/03/2018</p>"], "2018-03-07", None),
        ([STAMP, "<p>Sửa lần cuối: 07/03/2018</p>"], PUBLISHED, "2018-03-07"),
        ([STAMP], PUBLISHED, None),
    ],
)
def test_publication_and_edit_are_told_apart(parts: list[str], published: str, modified: str | None) -> None:
    assert seen(page(*parts, TEXT)) == (published, modified)


BODY = "&lt;html&gt;&lt;body&gt;&lt;p&gt;Đoàn xã ra quân làm đường.&lt;/p&gt;&lt;p&gt;Hai trăm đoàn viên dự.&lt;/p&gt;"


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("<p>05/03/2018 08:15</p>", PUBLISHED),
        ("<p>Cập nhật: 07/03/2018</p><p>Đăng: 05/03/2018 08:15</p>", PUBLISHED),
        (f"<p>{OTHER}</p><p>12/01/2017</p>", None),
        (f"<p>{OTHER} 12/01/2017</p>", None),
        ("<p>Chào mừng kỷ niệm ngày thành lập Đoàn 26/3/2018</p>", None),
        ("<p>Diễn ra từ 18/8/2017 đến 21/8/2017</p>", None),
        ("", None),
    ],
)
def test_the_same_before_a_nested_body(between: str, expected: str | None) -> None:
    html = f"<html><body><div>20/06/2018</div><h1>{TITLE}</h1>{between}{BODY}&lt;/body&gt;&lt;/html&gt;</body></html>"
    article = read(html, URL, layout=Layout(wrapped=True), kind="article", fetched_at=FETCHED)
    assert "Đoàn xã ra quân" in article.body_text
    assert article.published == expected


BREAKS = {
    "day, month, year": ("26<br>05<br>2017", "2017-05-26"),
    "with strokes": ("26<br/>/05<br/>/2017", "2017-05-26"),
    "behind the unit": ("Đoàn xã Tân Phú<br>26/05/2017 08:15<br>Lượt xem: 120", "2017-05-26T08:15:00+07:00"),
}


@pytest.mark.parametrize(("lines", "day"), BREAKS.values(), ids=BREAKS)
def test_a_date_may_stand_between_breaks(lines: str, day: str) -> None:
    assert seen(page(f"<div>{lines}</div>", TEXT)) == (day, None)
    assert seen(f"<html><body><div><div>{lines}</div><h1>{TITLE}</h1>{TEXT}</div></body></html>") == (day, None)


def test_a_date_between_the_breaks_of_a_long_text_is_told_by_the_article() -> None:
    verse = f"Lịch của chiến dịch:<br>26/05/2017<br>{TEXT[3:-4]}"
    assert seen(page(f"<div>{verse}</div>")) == (None, None)


@pytest.mark.parametrize("between", ["<br>", " ", "<br><br>", "</td></tr><tr><td>"])
@pytest.mark.parametrize("head", [f"<title>{TITLE} - Đoàn xã</title>", ""])
def test_a_date_may_stand_in_the_cell_of_headline_and_text(head: str, between: str) -> None:
    cell = f"<h2>{TITLE}</h2><span>26/05/2017 08:15</span>{between}{TEXT[3:-4]}"
    html = f"<html><head>{head}</head><body><table><tr><td>{cell}</td></tr></table></body></html>"
    assert seen(html) == ("2017-05-26T08:15:00+07:00", None)


def test_a_date_in_bold_that_opens_a_paragraph_is_told_by_the_article() -> None:
    assert seen(page(f"<p><b>26/05/2017</b> {TEXT[3:]}")) == (None, None)
