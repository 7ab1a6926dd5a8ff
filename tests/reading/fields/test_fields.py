"""The fields of a page whose layout names their places, and of pages whose layout names none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from newscrawler.items import Article
from newscrawler.reading.article import read
from newscrawler.reading.layout import Layout

FETCHED = datetime(2018, 3, 6, 2, tzinfo=UTC)
URL = "https://tinhdoan.vn/news/phong-trao/ra-quan-309.html"
LEDE = "Sáng 4/3, hai trăm đoàn viên của bốn xã cùng ra quân dọn con kênh dài ba cây số."
BODY = [
    "Từ sáng sớm các bạn trẻ đã có mặt ở đầu kênh với cuốc, xẻng và bao tải, chia nhau từng đoạn bờ để vớt rác và phát cỏ.",
    "Đến trưa, hơn hai tấn rác được đưa lên bờ, mặt nước quang hẳn, và bà con hai bên kênh mang nước ra mời các bạn nghỉ tay.",
]
# In the shape of a provincial portal: what the facts say of NukeViet (facts: news §4), with words and names of our own.
PAGE = f"""<!DOCTYPE html><html lang="vi-VN"><head><title>Ra quân dọn kênh - Phong trào - Tỉnh Đoàn</title>
<meta property="og:title" content="Ra quân dọn kênh - Phong trào - Tỉnh Đoàn">
<meta property="og:site_name" content="Tỉnh Đoàn"><meta name="author" content="Tỉnh Đoàn">
<meta name="description" content="Ra quân dọn kênh - Phong trào - Trang tin Tỉnh Đoàn">
<meta name="keywords" content="tuổi trẻ, tỉnh đoàn, tin tức">
<meta property="article:published_time" content="2018-03-05+0708:15:00">
<meta property="og:url" content="https://tinhdoan.vn/news/phong-trao/ra-quan-309.html"></head><body>
<div class="header"><span class="clock">Thứ ba, 06/03/2018, 09:00</span></div>
<ul class="crumbs"><li><a href="/">Trang nhất</a></li><li><a href="/news/">Tin tức</a></li>
<li><a href="/news/phong-trao/">Phong trào</a></li><li><a href="/news/phong-trao/he/">Tình nguyện</a></li></ul>
<div class="item" itemscope itemtype="http://schema.org/NewsArticle">
<h1 class="name" itemprop="headline">Ra quân dọn kênh</h1><span class="when">Thứ hai - 05/03/2018 08:15</span>
<span class="hidden" itemprop="datePublished">2018-03-05T17:40:00+07:00</span>
<span class="hidden" itemprop="dateModified">2018-03-05T17:40:00+07:00</span>
<div class="lede">{LEDE}</div>
<div id="text"><p>{BODY[0]}</p><div class="ads">Mua hàng giảm giá ở đây, chỉ hôm nay.</div>
<p>{BODY[1]}</p>
<div class="more"><p>Tin liên quan</p><ul><li><a href="/news/phong-trao/hien-mau-308.html">Bốn trăm bạn trẻ hiến máu trong
ngày hội</a> <i>12/01/2017</i></li></ul></div></div>
<p class="who"><strong>Tác giả bài viết:</strong> Thu Hà - Minh An</p>
<div class="papers"><a href="/news/download/ke-hoach/" title="Tải về">Kế hoạch 12.pdf</a><a href="#">Xem trước</a>
<a href="/uploads/bieu-mau.doc">Biểu mẫu</a></div>
<p>Từ khoá: <a class="word" href="/tag/kenh">dọn kênh</a>, <a class="word" href="/tag/he">tình nguyện</a></p></div>
<div class="others"><h3>Những tin mới hơn</h3><ul class="near">
<li><a href="/news/phong-trao/trao-nha-310.html">Trao mái nhà nhân ái cho gia đình anh Lê Văn Tám</a> (06/03/2018)</li>
<li><a href="/news/phong-trao/hoi-trai-311.html">Hội trại truyền thống của học sinh ba trường trong huyện</a></li></ul></div>
<div class="side"><h3>Đọc nhiều</h3><ul class="top">
<li><a href="/news/guong/co-giao-280.html">Cô giáo trẻ mười năm mang chữ lên bản xa nhất của huyện</a></li></ul></div>
</body></html>"""
LAYOUT = Layout(
    site_names=("Tỉnh Đoàn",),
    title=("h1.name",),
    summary=(".lede",),
    main=("#text",),
    published=("span.when",),
    byline=("p.who",),
    category=("ul.crumbs a",),
    tags=("a.word",),
    files=(".papers",),
    cut=(".ads",),
    hot=("ul.top",),
    related=("ul.near", ".more"),
    distrusted=("meta:published",),
)


def article(page: str = PAGE, layout: Layout = LAYOUT, url: str = URL) -> Article:
    return read(page, url, layout=layout, kind="article", fetched_at=FETCHED)


def places(found: Article) -> dict[str, tuple[str, str]]:
    return {field: (origin.source, origin.where) for field, origin in found.origins.items()}


def conflicts(found: Article, field: str) -> list[tuple[str, str]]:
    return [(one.source, one.value) for one in found.origins[field].conflicts]


def test_each_field_is_read_where_the_layout_says_and_tells_it() -> None:
    found = article()
    assert (found.title, found.summary, found.byline) == ("Ra quân dọn kênh", LEDE, "Thu Hà - Minh An")
    assert (found.authors, found.tags) == (("Thu Hà", "Minh An"), ("dọn kênh", "tình nguyện"))
    assert found.category == "Phong trào > Tình nguyện"
    assert (found.published, found.published_source) == ("2018-03-05T08:15:00+07:00", "page")
    assert (found.published_precision, found.published_raw) == ("minute", "Thứ hai - 05/03/2018 08:15")
    named = ("title", "summary", "byline", "authors", "category", "tags", "published", "body_text", "links")
    assert {places(found)[field][0] for field in named} == {"selector"}
    assert places(found)["published"][1] == "span.when"
    assert places(found)["links"][1] == "ul.top"


def test_the_time_of_the_edit_in_microdata_is_told_as_a_conflict_and_never_chosen() -> None:
    found = article()
    assert conflicts(found, "published") == [("microdata", "2018-03-05T17:40:00+07:00")]
    alone = article(layout=Layout(main=("#text",)))
    assert alone.published == "2018-03-05T08:15:00+07:00"
    assert conflicts(alone, "published") == [("microdata", "2018-03-05T17:40:00+07:00")]
    assert (found.modified, found.modified_source) == ("2018-03-05T17:40:00+07:00", "metadata")


def test_a_distrusted_statement_is_told_and_never_chosen() -> None:
    page = PAGE.replace("2018-03-05+0708:15:00", "2017-01-12T09:00:00+07:00")
    assert article(page, Layout(main=("#text",))).published == "2017-01-12T09:00:00+07:00"
    found = article(page)
    assert found.published == "2018-03-05T08:15:00+07:00"
    assert ("meta", "2017-01-12T09:00:00+07:00") in conflicts(found, "published")


def test_the_lede_stands_first_in_the_body_once_and_apart_as_the_summary() -> None:
    outside = article()
    assert outside.body_text.split("\n\n") == [LEDE, *BODY]
    inside = PAGE.replace(f'<div class="lede">{LEDE}</div>', "").replace(
        '<div id="text">', f'<div id="text"><p class="lede">{LEDE}</p>'
    )
    assert article(inside).body_text == outside.body_text
    assert article(inside).summary == LEDE


def test_nothing_that_is_cut_boxed_or_listed_is_left_in_the_body() -> None:
    found = article()
    assert "giảm giá" not in found.body_html
    assert "hiến máu" not in found.body_html
    unnamed = article(layout=Layout(main=("#text",), cut=(".ads",)))
    assert "hiến máu" not in unnamed.body_html  # a list under a label of its own


def test_boxes_of_the_layout_and_labels_beside_them_give_each_entry_once() -> None:
    found = article()
    assert [(link.block, link.position, (link.url or "")[-8:]) for link in found.links] == [
        ("hot", 1, "280.html"),
        ("related", 1, "308.html"),
        ("related", 2, "310.html"),
        ("related", 3, "311.html"),
    ]


def test_documents_beside_the_body_are_attachments_behind_it() -> None:
    found = [(file.position, file.kind, file.url, file.caption) for file in article().media]
    assert found == [
        (1, "document", "https://tinhdoan.vn/news/download/ke-hoach/", "Kế hoạch 12.pdf"),
        (2, "document", "https://tinhdoan.vn/uploads/bieu-mau.doc", "Biểu mẫu"),
    ]


def test_without_a_layout_the_page_is_read_by_how_it_looks() -> None:
    page = (
        PAGE.replace("crumbs", "breadcrumb")
        .replace('class="lede"', 'class="hometext"')
        .replace('<meta property="article:published_time" content="2018-03-05+0708:15:00">', "")
    )
    found = article(page, Layout())
    assert (found.title, found.summary) == ("Ra quân dọn kênh", LEDE)
    assert (found.published, found.published_source) == ("2018-03-05T08:15:00+07:00", "page")
    assert found.category == "Phong trào > Tình nguyện"
    assert places(found)["published"] == ("heuristic", "beside the headline")
    assert conflicts(found, "published") == [("microdata", "2018-03-05T17:40:00+07:00")]
    assert found.body_text.startswith(LEDE)
    assert found.tags == ()  # `meta keywords` that the article does not speak of are those of the site


def test_a_shown_date_days_from_the_stated_one_is_a_conflict() -> None:
    page = PAGE.replace("2018-03-05+0708:15:00", "2018-03-01T08:15:00+07:00")
    found = article(page, Layout(main=("#text",)))
    assert found.published == "2018-03-01T08:15:00+07:00"
    assert ("heuristic", "2018-03-05T08:15:00+07:00") in conflicts(found, "published")


def test_a_date_in_three_lines_is_read_and_one_that_cannot_be_leaves_its_words() -> None:
    lines = PAGE.replace("Thứ hai - 05/03/2018 08:15", "<b>05</b><br><b>03</b><br><b>2018</b>")
    assert article(lines).published == "2018-03-05"
    never = article(PAGE.replace("Thứ hai - 05/03/2018 08:15", "Thứ hai - 35/13/2018"), _undated())
    assert (never.published, never.published_raw) == (None, "Thứ hai - 35/13/2018")


def _undated() -> Layout:
    return Layout(
        main=("#text",),
        published=("span.when",),
        distrusted=("meta:published", "microdata:published", "heuristic:published"),
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [("ra-quan-20180301075519174.htm", [("address", "2018-03-01")]), ("ra-quan-20180305075519174.htm", [])],
)
def test_the_day_in_the_address_is_a_doubt_and_never_an_answer(address: str, expected: list[Any]) -> None:
    page = PAGE.replace('itemprop="datePublished"', "")
    dated = article(page, url=f"https://tinhdoan.vn/news/{address}")
    assert dated.published == "2018-03-05T08:15:00+07:00"
    assert [one for one in conflicts(dated, "published") if one[0] == "address"] == expected
    undated = article(page.replace("Thứ hai - 05/03/2018 08:15", ""), _undated(), url=dated.url)
    assert undated.published is None


def test_the_folder_of_the_pictures_comes_behind_what_is_shown_and_before_the_prose() -> None:
    pictured = PAGE.replace("2018-03-05T17:40:00+07:00", "").replace(
        '<div id="text">', '<div id="text"><p><img src="/Content/news/2017/7/309/a.jpg"></p>'
    )
    assert conflicts(article(pictured), "published") == [("heuristic", "2017-07")]
    page = pictured.replace("2018-03-05+0708:15:00", "")
    page = page.replace("Thứ hai - 05/03/2018 08:15", "")
    found = article(page, Layout(main=("#text",)))
    assert (found.published, found.published_source) == ("2017-07", "image-folder")
    assert places(found)["published"] == ("heuristic", "image folder 2017/7/309")


def test_the_day_of_the_event_is_the_prose_s() -> None:
    found = article()
    assert found.event_date == "2018-03-04"
    assert places(found)["event_date"][0] == "prose"


def test_language_and_canonical_address_are_the_page_s_own() -> None:
    found = article()
    assert (found.language, found.canonical_url) == ("vi", URL)
    assert places(found)["canonical_url"] == ("meta", "og:url")
    silent = article(PAGE.replace(' lang="vi-VN"', ""), Layout(main=("#text",), language="vi"))
    assert places(silent)["language"] == ("site", "language")


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": [{author}]}}</script></head>'


@pytest.mark.parametrize(
    ("shown", "stated", "byline", "authors"),
    [
        ("Thu Hà", '"Thu Hà", "Minh An"', "Thu Hà, Minh An", ("Thu Hà", "Minh An")),
        ("Thu Hà", '"THU HÀ"', "Thu Hà", ("Thu Hà",)),
        ("Thu Hà – Đoàn xã Bình Mỹ", '"Báo Mẫu"', "Thu Hà – Đoàn xã Bình Mỹ", ("Thu Hà",)),
        ("Đoàn xã Bình Mỹ", "", "Đoàn xã Bình Mỹ", ()),
        ("(Theo TTO)", "", "(Theo TTO)", ()),
        ("", '"Tỉnh Đoàn"', None, ()),
        ("", '"Theo Hồ Hương"', "Theo Hồ Hương", ()),
    ],
)
def test_byline_and_authors(shown: str, stated: str, byline: str | None, authors: tuple[str, ...]) -> None:
    page = PAGE.replace("</head>", ld(stated)).replace("Thu Hà - Minh An", shown)
    found = article(page)
    assert (found.byline, found.authors) == (byline, authors)


def test_meta_keywords_count_where_the_article_speaks_of_them() -> None:
    page = PAGE.replace('content="tuổi trẻ, tỉnh đoàn, tin tức"', 'content="con kênh, vớt rác, Hè"')
    assert article(page, Layout(main=("#text",))).tags == ("con kênh", "vớt rác", "Hè")


def test_a_list_has_no_date_no_author_and_no_body() -> None:
    entries = "".join(
        f'<li><h3><a href="/news/phong-trao/ra-quan-lan-thu-{n}-30{n}.html">Đoàn viên trong tỉnh ra quân lần thứ {n}</a></h3></li>'
        for n in range(9)
    )
    page = (
        f'<html lang="vi"><head><meta name="pubdate" content="2018-03-05"></head><body><ul>{entries}</ul></body></html>'
    )
    found = read(page, "https://tinhdoan.vn/news/", fetched_at=FETCHED)
    assert (found.published, found.byline, found.body_text, len(found.links)) == (None, None, "", 9)


def test_the_same_page_always_gives_the_same_claims() -> None:
    assert article().origins == article().origins
