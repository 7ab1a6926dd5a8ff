"""Pages as the systems of small Vietnamese sites make them, read without a layout: NukeViet, WordPress, tables of old."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.etree import tostring

from newscrawler.items import Metadata
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.generic.reader import (
    generic_body,
    list_links,
    looks_like_article,
    visible_byline,
    visible_date,
)
from newscrawler.reading.generic.stamp_lines import is_stamp_line
from newscrawler.reading.page.foreign_addresses import is_article_address
from newscrawler.reading.page.lines import lines
from newscrawler.reading.page.tree import parse

FETCHED = datetime(2018, 6, 20, 3, 0, tzinfo=UTC)
URL = "http://doan.vn/vi/news/tin/ra-quan-chien-dich-he-309.html"
LEDE = "Hơn hai trăm đoàn viên tham gia chiến dịch tình nguyện hè tại xã"
TEXTS = [
    "Sáng 26/7, Đoàn xã đã tổ chức lễ ra quân chiến dịch tình nguyện hè với sự tham gia của hơn hai trăm đoàn viên.",
    "Tại buổi lễ, các đội hình đã nhận nhiệm vụ sửa đường, trồng cây và dạy học cho thiếu nhi trong xã suốt mùa hè này.",
    "Phát biểu tại đây, đồng chí Bí thư mong muốn mỗi bạn trẻ giữ gìn sức khoẻ và hoàn thành tốt nhiệm vụ được giao.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXTS)
MENU = (
    '<div id="menu"><ul>'
    + "".join(f'<li><a href="/vi/muc-{i}/">Chuyên mục {i}</a></li>' for i in range(8))
    + "</ul></div>"
)
RELATED = (
    '<h3>Những tin mới hơn</h3><ul class="detail-related related">'
    + "".join(
        f'<li><a href="/vi/news/tin/bai-viet-khac-cua-doan-{i}{i}0.html">Bài viết khác của Đoàn trường {i}</a> '
        f"<span>08:15 1{i}/01/2017</span></li>"
        for i in range(4)
    )
    + "</ul>"
)
CLOCK = '<div class="header"><span class="date-now">Thứ tư, 20/06/2018</span></div>'

NUKEVIET = f"""<html lang="vi"><head><meta property="og:title" content="Ra quân chiến dịch hè"><meta name="description"
    content="{LEDE}"></head><body>{CLOCK}{MENU}<div class="news_column panel"><h1 class="title">Ra quân chiến dịch hè</h1>
    <div class="row"><span class="h5">Thứ hai - 05/03/2018 08:15</span><ul><li><a title="In ra" href="/print">In ra</a></li></ul></div>
    <div class="hometext m-bottom">{LEDE}</div><div id="news-bodyhtml" class="bodytext">{PARAGRAPHS}
    <table><tr><td>Đội</td><td>Số người</td></tr><tr><td>Một</td><td>25</td></tr></table>
    <p style="text-align: right; color: red"><strong>THANH DUY</strong></p></div></div>
    <div class="news_column panel keywords"><em>Từ khóa: </em><a href="/tag/x">chiến dịch</a></div>{RELATED}</body></html>"""
WORDPRESS = f"""<html lang="en-US"><body><header class="site-header"><nav>{MENU}</nav></header><main><article>
    <header class="entry-header"><h1 class="entry-title">Ra quân chiến dịch hè</h1><div class="entry-meta"><span class="posted-on">
    <time datetime="2018-03-05T08:15:00+07:00">05 Th3 2018</time></span> <span class="byline">bởi <span class="author vcard">
    <a href="/author/an">Trần An</a></span></span></div></header><div class="entry-content">
    <div class="wp-caption"><img src="data:image/gif;base64,R0lGOD" data-src="/wp-content/uploads/2018/03/a.jpg">
    <p class="wp-caption-text">Lễ ra quân tại xã</p></div>{PARAGRAPHS}<ul><li>Đội một: dọn kênh rạch</li></ul>
    <blockquote><p>Chúng tôi rất vui khi được đến đây.</p></blockquote>
    <div class="sharedaddy sd-sharing"><h3>Chia sẻ:</h3><a href="#">Facebook</a></div>
    <div class="jp-relatedposts"><h3>Có liên quan</h3><p>Bài khác nói về một chuyện khác</p></div></div></article></main></body></html>"""
OLD_TABLE = f"""<html><body><table><tr><td>{MENU}</td><td><table><tr><td class="tieude"><h1>Ra quân chiến dịch hè</h1></td></tr>
    <tr><td class="ngay">Ngày cập nhật 05/03/2018</td></tr><tr><td><div class="noidung">{"<br><br>".join(TEXTS)}</div></td></tr>
    <tr><td><b>TIN LIÊN QUAN</b><br>» <a href="/?cn=1&id=12">Bài viết khác của Đoàn trường (12/01/2017)</a></td></tr></table></td></tr>
    </table></body></html>"""
THREE_LINES = f"""<html><body>{MENU}<div class="detail"><h1>Ra quân chiến dịch hè</h1><div><p>26</p><p>05</p><p>2018</p></div>
    <div class="content">{PARAGRAPHS}</div></div>{RELATED}</body></html>"""
UNDATED = f"""<html><body>{CLOCK}{MENU}<div class="detail"><h1>Ra quân chiến dịch hè</h1><div class="content">{PARAGRAPHS}</div>
    </div>{RELATED}</body></html>"""
LINES_OF_LINKS = f"""<html><body>{MENU}<div class="detail"><h1>Ra quân chiến dịch hè</h1><div class="content">
    <div>&gt;&gt; <a href="/gioi-tre/bai-viet-khac-cua-doan-truong-214974.html">Bài viết khác của Đoàn trường</a></div>
    {"".join(f"<div>{text}</div>" for text in TEXTS)}<p>Tin liên quan</p><ul><li><a href="/gioi-tre/bai-viet-khac-cua-doan-2149.html">
    Bài viết khác</a></li></ul></div></div><div class="comment-box"><p>Bạn đọc: bài viết hay quá, xin cảm ơn nhiều.</p></div></body></html>"""
BARE = f"<html><body>{CLOCK}{MENU}<h1>Ra quân chiến dịch hè</h1>{PARAGRAPHS}<p>In ra</p>{RELATED}</body></html>"
PAGES = [NUKEVIET, WORDPRESS, OLD_TABLE, THREE_LINES, UNDATED, LINES_OF_LINKS, BARE]


def body(page: str) -> str:
    return generic_body(page, URL) or ""


@pytest.mark.parametrize("page", PAGES)
def test_the_whole_text_and_nothing_else(page: str) -> None:
    found = body(page)
    assert all(found.count(text) == 1 for text in TEXTS)
    for stranger in (
        "Bài viết khác",
        "Chuyên mục",
        "Từ khóa",
        "Chia sẻ",
        "liên quan",
        "2017",
        "In ra",
        "Bạn đọc",
        "20/06/2018",
    ):
        assert stranger not in found


@pytest.mark.parametrize("page", PAGES)
def test_the_tree_is_not_changed(page: str) -> None:
    tree = parse(page)
    before = tostring(tree)
    generic_body(tree, URL)
    visible_date(tree, FETCHED)
    visible_byline(tree)
    list_links(tree, URL)
    assert tostring(tree) == before


def test_the_lede_stands_first_and_once() -> None:
    assert body(NUKEVIET).lstrip().startswith(f"<p>{LEDE}</p>")
    assert body(NUKEVIET).count(LEDE) == 1
    inside = NUKEVIET.replace(f'<div class="hometext m-bottom">{LEDE}</div>', "").replace(
        TEXTS[0], f"{LEDE}.</p><p>{TEXTS[0]}"
    )
    assert body(inside).count(LEDE) == 1


def test_a_description_that_the_page_does_not_show_is_no_lede() -> None:
    assert LEDE not in body(NUKEVIET.replace(f'<div class="hometext m-bottom">{LEDE}</div>', ""))


def test_tables_lists_quotations_and_the_byline_stay() -> None:
    assert "<td>Số người</td>" in body(NUKEVIET)
    assert '<p style="text-align: right"><strong>THANH DUY</strong></p>' in body(NUKEVIET)
    assert "<li>Đội một: dọn kênh rạch</li>" in body(WORDPRESS)
    assert "<blockquote><p>Chúng tôi rất vui khi được đến đây.</p></blockquote>" in body(WORDPRESS)


def test_a_caption_is_no_paragraph_and_a_lazy_picture_is_seen() -> None:
    assert '<img src="/wp-content/uploads/2018/03/a.jpg">' in body(WORDPRESS)
    assert "<figcaption>Lễ ra quân tại xã</figcaption>" in body(WORDPRESS)


@pytest.mark.parametrize("page", ["", "<html></html>", "<p>x</p>", f"<html><body>{MENU}{RELATED}</body></html>"])
def test_no_article_is_none(page: str) -> None:
    assert generic_body(page, URL) is None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (NUKEVIET, "2018-03-05T08:15:00+07:00"),
        (WORDPRESS, "2018-03-05T08:15:00+07:00"),
        (OLD_TABLE, "2018-03-05"),
        (THREE_LINES, "2018-05-26"),
        (UNDATED, None),
        (LINES_OF_LINKS, None),
        ("", None),
    ],
    ids=["nukeviet", "wordpress", "old table", "three lines", "undated", "lines of links", "empty"],
)
def test_the_date_by_the_headline_never_the_clock_nor_a_related_one(page: str, expected: str | None) -> None:
    found = visible_date(parse(page), FETCHED)
    assert (found.value if found else None) == expected
    assert found is None or found.source == "page"


def test_a_date_above_the_headline_counts_in_the_same_box_only() -> None:
    above = f'<div class="box"><span class="date">Thứ hai, 5/3/2018, 08:15 (GMT+7)</span><h1>Ra quân chiến dịch</h1>{PARAGRAPHS}</div>'
    found = visible_date(parse(f"<html><body>{CLOCK}{above}</body></html>"), FETCHED)
    assert found is not None
    assert found.value == "2018-03-05T08:15:00+07:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thứ bảy, 07/03/2026 - 08:07", True),
        ("23:02 , 06/03/2026", True),
        ("Cập nhật lúc 14h30, 05/06/2018", True),
        ("ngày 5 tháng 6 năm 2018", True),
        ("2 giờ trước", True),
        ("Giá vàng ngày 7/3/2026", False),
        ("Năm 2018", False),
        ("Chính sách mới từ 1/3/2026", False),
    ],
)
def test_lines_that_are_nothing_but_a_date(text: str, expected: bool) -> None:
    assert is_stamp_line(text) is expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<div class="author">Theo Hồ Hương</div>', "Theo Hồ Hương"),
        ('<p class="tac-gia">Tác giả: Trần An</p>', "Trần An"),
        ('<span class="byline">bởi <a rel="author" href="/an">Trần An</a></span>', "Trần An"),
        ('<div class="author-bio"><p>Anh viết báo từ 1998 và đã đi qua nhiều nơi trên đất nước mình.</p></div>', None),
        ('<div class="comment"><span class="author">Bạn đọc</span></div>', None),
        ("", None),
    ],
)
def test_a_byline_that_the_page_marks(markup: str, expected: str | None) -> None:
    assert (
        visible_byline(parse(f"<html><body><h1>Ra quân chiến dịch</h1>{markup}{PARAGRAPHS}</body></html>")) == expected
    )


@pytest.mark.parametrize("page", PAGES)
def test_an_article_is_no_list(page: str) -> None:
    assert looks_like_article(parse(page), URL, Metadata())


HEADLINE = "Hỏi nhanh đáp gọn về ngày hội"
ANSWERS = (
    "Bạn đến từ đâu?",
    "Tôi đến từ huyện đảo phía nam.",
    "Bạn thích gì nhất?",
    "Tôi thích nhất phần thi gói bánh buổi tối.",
    "Bạn có quay lại không?",
    "Nhất định tôi sẽ quay lại cùng hai em.",
)
NAMED = {
    "JSON-LD": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
    + HEADLINE
    + '", "datePublished": "2018-03-05T08:15:00+07:00"}</script>',
    "OpenGraph": f'<meta property="og:title" content="{HEADLINE}">'
    '<meta property="article:published_time" content="2018-03-05T08:15:00+07:00">',
}


@pytest.mark.parametrize("head", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("url", ["http://doan.vn/tin/hoi-nhanh", URL])
def test_short_paragraphs_are_an_article_where_the_page_says_so(url: str, head: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in ANSWERS)
    body = f"{MENU}<h1>{HEADLINE}</h1><div>{text}</div>"
    told, untold = (parse(f"<html><head>{one}</head><body>{body}</body></html>") for one in (head, ""))
    assert looks_like_article(told, url, read_metadata(told, url=url, fetched_at=FETCHED))
    assert not looks_like_article(untold, url, Metadata())
    assert [line.text for line in lines(parse(generic_body(told, url) or ""))] == list(ANSWERS)


LIST = (
    f"""<html><body>{CLOCK}{MENU}<div class="list">"""
    + "".join(
        f'<div class="item"><a href="/vi/news/tin/bai-so-{i}-cua-doan-truong-10{i}.html"><img src="/i/{i}.jpg"></a><h3>'
        f'<a href="http://www.doan.vn/vi/news/tin/bai-so-{i}-cua-doan-truong-10{i}.html#c">Bài số {i} của Đoàn trường</a></h3>'
        f"<p>Tóm tắt của bài số {i}, khá dài để không ai tưởng là một dòng chữ vô nghĩa, và dài hơn một trăm chữ cái.</p></div>"
        for i in range(6)
    )
    + """</div><div class="tags"><a href="/tag/chien-dich-tinh-nguyen-he-2018">chiến dịch tình nguyện hè</a></div>
    <footer><a href="/vi/gioi-thieu/quy-dinh-su-dung-trang-tin-1234.html">Quy định sử dụng trang tin</a></footer></body></html>"""
)


def test_a_list_gives_each_article_once_with_what_stands_beside_it() -> None:
    links = list_links(parse(LIST), "http://doan.vn/vi/news/tin/")
    assert [link.position for link in links] == [1, 2, 3, 4, 5, 6]
    first = links[0]
    assert (first.block, first.title) == ("main", "Bài số 0 của Đoàn trường")
    assert first.url == "http://doan.vn/vi/news/tin/bai-so-0-cua-doan-truong-100.html"
    assert first.summary is not None
    assert first.summary.startswith("Tóm tắt của bài số 0")
    assert first.image_url == "http://doan.vn/i/0.jpg"
    assert len(list_links(parse(LIST), "http://doan.vn/vi/news/tin/", limit=2)) == 2


def test_a_list_is_no_article() -> None:
    assert not looks_like_article(parse(LIST), "http://doan.vn/vi/news/tin/", Metadata())
    assert not looks_like_article(parse(NUKEVIET), "http://doan.vn/", Metadata())


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/chi-tiet/kien-giang-ra-quan-chien-dich-thanh-nien-tinh-nguyen-he--nam-2022-41501", True),
        ("/doan-xa-ra-quan-chien-dich-nd29361.html", True),
        ("/news/tin/ra-quan-chien-dich-he-309.html", True),
        ("/doan-xa-ra-quan-chien-dich-post1779368.tpo", True),
        ("https://video.doan.vn/doan-xa-ra-quan-chien-dich-5047621.html", True),
        ("/2018/03/ra-quan-chien-dich-he/", True),
        ("/news.php?id=4410", False),
        ("/chuyen-muc-nc5517.html", False),
        ("/tu-khoa/chien-dich-tinh-nguyen-he-tag258779.tpo", False),
        ("/event/chien-dich-tinh-nguyen-he-1015.tpo", False),
        ("/tac-gia/tran-an-nguyen-van-12345.html", False),
        ("/kinh-doanh/vi-mo.htm", False),
        ("/video.htm", False),
        ("/uploads/van-ban-so-12-cua-doan-2018.pdf", False),
        ("https://khac.vn/doan-xa-ra-quan-chien-dich-5047621.html", False),
        ("javascript:void(0)", False),
        ("#top", False),
    ],
)
def test_addresses_of_articles(href: str, expected: bool) -> None:
    assert is_article_address(href, "https://doan.vn/") is expected


def test_an_address_without_words_is_believed_with_a_headline() -> None:
    assert is_article_address("/news.php?id=4410", "https://doan.vn/", "Đoàn xã ra quân chiến dịch hè")
    assert is_article_address("/?cn=144&gd=1&tc=1639", "https://doan.vn/", "Đoàn xã ra quân chiến dịch hè")


def test_headlines_and_summaries_side_by_side_are_a_list() -> None:
    rows = "".join(
        f'<h3><a href="/tin/bai-so-{i}-cua-doan-truong-10{i}.html">Bài số {i} của Đoàn trường</a></h3><p>{TEXTS[1]}</p>'
        for i in range(8)
    )
    assert not looks_like_article(
        parse(f"<html><body>{MENU}<div>{rows}</div></body></html>"), "http://doan.vn/tin/", Metadata()
    )
