"""Comments where they stand in the page, in the markup of the usual systems; what only looks like one is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler import read
from newscrawler.errors import UsageError
from newscrawler.items import Comment
from newscrawler.reading.article import read as read_laid_out
from newscrawler.reading.comments.reader import MAX_COMMENTS, read_comments
from newscrawler.reading.layout import Layout
from newscrawler.reading.page.tree import parse
from tests.conftest import times

FETCHED = datetime(2026, 3, 8, 3, 0, tzinfo=UTC)
Row = tuple[str, str | None, str | None, int | None]
"""Text, author, date, position of what is answered."""


def comments(html: str, layout: Layout | None = None) -> tuple[Comment, ...]:
    return read_comments(parse(f"<html><body><h1>Tin</h1>{html}</body></html>"), layout or Layout(), FETCHED)


def rows(html: str, layout: Layout | None = None) -> list[Row]:
    return [(one.text, one.author, one.published, one.reply_to) for one in comments(html, layout)]


WORDPRESS = """<ol class="commentlist"><li class="comment byuser even depth-1" id="li-comment-31">
<div id="comment-31"><div class="comment-author vcard"><img alt="" class="avatar"><cite class="fn">Hồng Nhung</cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="#">5 Tháng Ba, 2018 at 08:15</a>&nbsp;<a class="comment-edit-link">(Sửa)</a></div>
<p>Bài hay.</p><p>Cảm ơn tác giả.</p><div class="reply"><a class="comment-reply-link">Trả lời</a></div></div>
<ul class="children"><li class="comment odd depth-2" id="li-comment-32"><div id="comment-32"><div class="comment-author vcard"><cite class="fn">Tác giả</cite></div>
<div class="comment-meta commentmetadata"><a href="#">05/03/2018 09:00</a></div><p>Cảm ơn bạn.</p></div></li></ul></li></ol>"""
NUKEVIET = """<div id="idcomment"><h3>Ý kiến bạn đọc</h3><ul class="comment-list"><li class="media" id="cid_4"><div class="media-body">
<div class="margin-bottom">Mong tỉnh mình có thêm nhiều chương trình như vậy vào ngày 26/3.</div><div class="comment-info"><em class="fa">&nbsp;</em><strong class="cm_item">Lan Anh </strong>
<span class="small">Đã gửi 17:20 05/03/2018</span><ul class="comment-tool"><li><a>Trả lời</a></li><li><a>Thích</a> <span>3</span></li></ul></div>
<ul class="comment-list"><li class="media" id="cid_5"><div class="media-body"><div>Đồng ý với bạn.</div><div class="comment-info"><strong class="cm_item">Nam</strong><span class="small">18:00 05/03/2018</span></div></div></li></ul></div></li></ul></div>"""
OWN = """<div class="box-comment"><h3>Bình luận (2)</h3><div class="comment-item" data-id="7"><span class="author">Văn A</span><span class="time">2 giờ trước</span><div class="text">Rất ý nghĩa.<br>Chúc mừng.</div><a class="btn-like">Thích</a></div>
<div class="comment-item reply" data-id="8" data-parent="7"><b class="name">Bình</b><span class="time">07/03/2026 21:05</span><div class="text">Nhất trí.</div></div></div>"""
CAMEL = """<div id="listComment"><div class="CommentItem"><div class="FullName">Trần Bảy</div><div class="CommentDate">06/03/2026</div><div class="CommentContent">Hay.</div></div></div>"""
UNDER_A_LABEL = """<div><h4>Ý kiến bạn đọc (2)</h4><ul><li><b>Mai Lan</b> (05/03/2018 08:15)<p>Hay quá.</p></li><li><b>Tú</b> <i>06/03/2018 10:00</i><p>Đồng ý.</p></li></ul></div>"""
MICRODATA = """<div itemscope itemtype="http://schema.org/Comment"><span itemprop="creator" itemscope><b itemprop="name">Tâm</b></span>
<meta itemprop="dateCreated" content="2018-03-05T08:15:00+07:00"><p itemprop="text">Tốt.</p>
<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Sơn</span><time itemprop="dateCreated" datetime="2018-03-06">hôm qua</time><p itemprop="text">Đúng.</p></div></div>"""
FOLDED = """<div class="list-cmt"><div><p><a class="nickname">Hoa</a> Bài bổ ích.</p><span class="time-com">12 phút trước</span></div></div>"""
FOUND: dict[str, tuple[str, list[Row]]] = {
    "WordPress": (WORDPRESS, [("Bài hay.\n\nCảm ơn tác giả.", "Hồng Nhung", "2018-03-05T08:15:00+07:00", None), ("Cảm ơn bạn.", "Tác giả", "2018-03-05T09:00:00+07:00", 1)]),
    "NukeViet": (NUKEVIET, [("Mong tỉnh mình có thêm nhiều chương trình như vậy vào ngày 26/3.", "Lan Anh", "2018-03-05T17:20:00+07:00", None), ("Đồng ý với bạn.", "Nam", "2018-03-05T18:00:00+07:00", 1)]),
    "a system of the paper's own": (OWN, [("Rất ý nghĩa.\n\nChúc mừng.", "Văn A", "2026-03-08T08:00:00+07:00", None), ("Nhất trí.", "Bình", "2026-03-07T21:05:00+07:00", 1)]),
    "names in camel case": (CAMEL, [("Hay.", "Trần Bảy", "2026-03-06", None)]),
    "a plain list under a label": (UNDER_A_LABEL, [("Hay quá.", "Mai Lan", "2018-03-05T08:15:00+07:00", None), ("Đồng ý.", "Tú", "2018-03-06T10:00:00+07:00", None)]),
    "microdata": (MICRODATA, [("Tốt.", "Tâm", "2018-03-05T08:15:00+07:00", None), ("Đúng.", "Sơn", "2018-03-06", 1)]),
    "name and text in one line": (FOLDED, [("Bài bổ ích.", "Hoa", "2026-03-08T09:48:00+07:00", None)]),
}  # fmt: skip
NOT_FOUND = {
    "a label without comments": "<h3>BÌNH LUẬN</h3><h3>TIN NÓNG</h3><ul><li><b>Nam</b> 05/03/2018<p>Tin khác của ngày hôm qua</p></li></ul>",
    "a form": "<div class='comment'><h3>Gửi bình luận</h3><form><b class='name'>Họ tên</b><span class='time'>05/03/2018</span><textarea>Nội dung</textarea></form></div>",
    "a prompt": "<ul class='comment-list'><li><b class='author'>Khách</b> <p>Đăng nhập để bình luận</p></li><li><b>!</b> Chưa có bình luận nào</li></ul>",
    "a counter": "<span class='comment'>12</span><a class='comment' href='/x'>Bình luận (3)</a>",
    "a template": "<div class='comment-item'><b class='author'>{{name}}</b><span class='time'>05/03/2018</span><p>{{text}}</p></div>",
    "a list of links under the label": "<h3>Bình luận</h3><ul><li><b>Mai</b> 05/03/2018 <a href='/a-1.html'>Tin thứ nhất của ngày hôm qua</a></li></ul>",
    "a related list behind the label": "<h3>Bình luận</h3><div><p>Tin liên quan</p><ul><li><b>Mai</b> 05/03/2018<p>Tin thứ nhất</p></li></ul></div>",
    "a name only": "<div class='comment-item'><span class='author'>Văn A</span><span class='time'>05/03/2018</span></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_comments_are_read(name: str) -> None:
    html, expected = FOUND[name]
    assert rows(html) == expected
    assert len(read_comments(parse(html), Layout(), FETCHED, html)) == len(expected)


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_only_looks_like_a_comment_is_none(name: str) -> None:
    assert rows(NOT_FOUND[name]) == []


def test_what_is_no_date_is_kept_as_it_was_written() -> None:
    (comment,) = comments(OWN.replace("2 giờ trước", "mới đây thôi").partition('<div class="comment-item reply"')[0])
    assert (comment.published, comment.published_raw) == (None, "mới đây thôi")


def test_a_layout_names_the_place_and_nothing_else_counts() -> None:
    html = "<div class='x'><p>Ý kiến không tên, không ngày.</p></div>" + OWN
    assert rows(html, Layout(comments=(".x",))) == [("Ý kiến không tên, không ngày.", None, None, None)]
    with pytest.raises(UsageError):
        rows(html, Layout(comments=("[",)))


def test_comments_that_only_the_metadata_hold() -> None:
    said = {"@type": "NewsArticle", "comment": [{"@type": "Comment", "text": "Một", "author": {"name": "An"}, "dateCreated": "2018-03-05T08:15:00", "comment": {"text": "Hai"}}, {"text": 5}, "x"]}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    assert rows(script) == [("Một", "An", "2018-03-05T08:15:00+07:00", None), ("Hai", None, None, 1)]
    assert [row[0] for row in rows(script + CAMEL)] == ["Hay."]


BODY = "".join(
    f"<p>{'Đoạn văn kể chuyện các bạn trẻ dọn kênh suốt cả một mùa hè nắng gắt. ' * 3}{n}</p>" for n in range(4)
)


@pytest.mark.parametrize("name", FOUND)
def test_no_comment_is_text_of_the_article_and_no_date_of_one_is_its_date(name: str) -> None:
    html, expected = FOUND[name]
    page = f"<html><head><title>Dọn kênh mùa hè</title><meta property='og:title' content='Dọn kênh mùa hè'></head><body><div class='post'><h1>Dọn kênh mùa hè</h1><div class='post-body'>{BODY}</div>{html}</div></body></html>"
    article = read(page, "https://bao-mau.vn/doi-song/don-kenh-mua-he-2603051.html", fetched_at=FETCHED)
    assert [(one.text, one.author, one.published, one.reply_to) for one in article.comments] == expected
    assert len(article.body_text.split("\n\n")) == 4
    assert article.published is None
    assert article.byline is None


def test_no_more_are_kept_than_the_bound() -> None:
    html = "<ol class='comment-list'>" + "<li><b>An</b><p>Hay</p></li>" * (MAX_COMMENTS + 50)
    found = comments(html)
    assert len(found) == MAX_COMMENTS
    assert [one.position for one in found] == list(range(1, MAX_COMMENTS + 1))


def test_comments_inside_comments_without_end_are_read_without_recursion() -> None:
    html = "<div class='comment'><b class='author'>An</b><p>Hay</p>" * 400
    assert [one.reply_to for one in comments(html)] == [None, *range(1, 400)]


def test_a_comment_with_a_hundred_thousand_dates_costs_no_more_than_its_letters() -> None:
    html = "<div class='comment-item'><b class='author'>An</b><p>Hay</p>" + "<span class='time'>x</span>" * 100_000
    (comment,) = comments(html)
    assert (comment.text, comment.published) == ("Hay", None)


PIECES = st.sampled_from(
    ["<div class='comment-item'>", "<li class='comment depth-2'>", "<ol class='comment-list'>", "</div>", "</li>", "</ol>",
     "<b class='author'>An</b>", "<span class='time'>05/03/2018</span>", "<p>Hay quá.</p>", "Chữ rời", "<form>", "</form>",
     "<h3>Bình luận</h3>", "<ul><li>", "<i itemprop='author'>", "<p itemtype='http://schema.org/Comment'>", "<table><tr><td>"]
)  # fmt: skip


@settings(max_examples=times(100, 5000), deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_markup_gives_comments_in_order_that_answer_earlier_ones(html: str) -> None:
    found = comments(html)
    assert [one.position for one in found] == list(range(1, len(found) + 1))
    assert all(one.reply_to is None or one.reply_to < one.position for one in found)
    assert all(one.text.strip() == one.text and one.text for one in found)
    assert all(a is not b for a, b in pairwise(found))


MAIN = "".join(
    f"<p>Sáng nay, Đoàn xã ra quân chiến dịch tình nguyện hè với hơn {n} trăm đoàn viên tham gia.</p>"
    for n in ("hai", "ba")
)
SAID = """<li class="comment"><b class="name">Lan</b><span class="time">07/03/2018 20:05</span><p>Hay quá, năm sau em đi.</p></li>
<li class="comment"><b class="name">Bình</b><span class="time">08/03/2018 20:05</span><p>Nhất trí với bạn Lan.</p></li>"""


@pytest.mark.parametrize(
    "box",
    [
        f'<div id="comments"><h3>2 bình luận</h3><ul class="comment-list">{SAID}</ul><form><textarea></textarea></form></div>',
        f"<ul>{SAID}</ul>",
        f"<section><p>Ý kiến của bạn đọc về bài viết này</p><div><div>{SAID}</div></div></section>",
    ],
)
def test_comments_inside_the_body_are_comments_and_no_text_of_it(box: str) -> None:
    html = f"<html><body><h1>Ra quân</h1><main>{MAIN}{box}</main></body></html>"
    found = read_laid_out(html, url="http://doan.vn/tin/ra-quan-309.html", layout=Layout(main=("main",)))
    assert (found.body_text or "").count("\n\n") == 1
    assert [comment.author for comment in found.comments] == ["Lan", "Bình"]


def test_what_the_article_itself_says_under_a_label_of_comments_stays() -> None:
    said = (
        "<h3>Ý kiến</h3><ul><li><b>Chị Lan:</b> Chúng tôi mong có thêm một sân chơi cho các em nhỏ trong xóm.</li></ul>"
    )
    html = f"<html><body><h1>Ra quân</h1><main>{MAIN}{said}</main></body></html>"
    found = read_laid_out(html, url="http://doan.vn/tin/ra-quan-309.html", layout=Layout(main=("main",)))
    assert "thêm một sân chơi" in (found.body_text or "")
