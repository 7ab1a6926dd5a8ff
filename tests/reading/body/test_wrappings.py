"""The wrapped body, in one wrapping inside another, beside what only looks like one, and without its end."""

from __future__ import annotations

import pytest

from newscrawler import read
from tests.reading.pages import BODY, HOT, PARAGRAPHS, RELATED, ROOT, URL, WRAPPINGS, check_article, fill, found, wanted

INNER_WRAPPINGS = {
    "textarea in a hidden div of a form": "<form><div style='display:none'><textarea name='nd'>{body}</textarea></div></form>",
    "escaped in a pre": "<pre>{escaped}</pre>",
    "escaped in a textarea": "<textarea>{escaped}</textarea>",
    "escaped twice in a textarea": "<textarea>{twice}</textarea>",
    "hidden input": "<input type='hidden' name='hdfNoiDung' value=\"{escaped}\"><div id='view'></div>",
    "data-content": "<div class='nd' data-content=\"{escaped}\"></div>",
    "iframe srcdoc": "<iframe srcdoc=\"{escaped}\"></iframe>",
    "iframe content": "<iframe>{body}</iframe>",
    "xmp": "<xmp>{body}</xmp>",
    "script string": "<div id='nd'></div><script>document.getElementById('nd').innerHTML = '{js}';</script>",
    "script, json": "<script>var data = {\"id\": 31171, \"noiDung\": \"{json}\"};</script>",
    "cdata": "<div><![CDATA[{body}]]></div>",
    "HTML comment, as some scripts read it": "<div id='nd'><!--{body}--></div>",
    "noscript and script, one text": "<noscript>{body}</noscript><script type='text/template'>{body}</script>",
    "escaped over a page with its own script of markup": "<script>var menu = '<ul><li><a href=\"/x\">Trang chủ</a></li><li><p>Menu</p></li></ul>';</script>{escaped}",
    "behind a textarea of the search form": "<textarea name='q' rows=2>Nhập từ khóa cần tìm kiếm vào ô này rồi nhấn nút</textarea>{escaped}",
    "behind a noscript of a counter": "<noscript><img height='1' width='1' src='https://www.facebook.com/tr?id=1&amp;ev=PageView&amp;noscript=1'/></noscript>{escaped}",
    "behind a noscript warning": "<noscript><div><p>Trình duyệt của bạn không hỗ trợ JavaScript, xin hãy bật lên để xem đầy đủ nội dung trang này.</p><p>Hướng dẫn bật JavaScript có trong phần trợ giúp của trình duyệt mà bạn đang dùng để xem trang.</p></div></noscript>{escaped}",
    "behind a template of comments": "<script type='text/x-template' id='cm'><div class='c'><p>Tên người gửi</p><p>Nội dung bình luận sẽ được duyệt trước khi đăng lên trang, vui lòng gõ tiếng Việt có dấu đầy đủ và không viết tắt, không dùng lời lẽ thiếu văn hóa nhé các bạn.</p></div></script>{escaped}",
}  # fmt: skip


@pytest.mark.parametrize("name", INNER_WRAPPINGS)
def test_the_body_is_found_in_a_wrapping_inside_another(name: str) -> None:
    once, js = WRAPPINGS["escaped once"](BODY), BODY.replace("\\", "\\\\").replace("\n", "\\n").replace("</", "<\\/")
    inner = (
        INNER_WRAPPINGS[name]
        .replace("{body}", BODY)
        .replace("{escaped}", once)
        .replace("{twice}", WRAPPINGS["escaped twice"](BODY))
        .replace("{json}", js.replace('"', '\\"'))
        .replace("{js}", js.replace("'", "\\'"))
    )
    check_article(
        "<html><head><title>{title}</title></head><body><h1>{title}</h1>" + inner + HOT + RELATED + "</body></html>",
        "1s",
        "3s",
    )


@pytest.mark.parametrize("wrapping", [name for name in WRAPPINGS if name != "tree"])
def test_a_body_without_html_of_its_own_is_read_as_well(wrapping: str) -> None:
    fragment = BODY.partition("<body>")[2].replace("</body></html>", "")
    inner = WRAPPINGS[wrapping](fragment)
    check_article("<html><head><title>{title}</title></head><body><h1>{title}</h1>" + inner + HOT + RELATED, "1s", "3s")


def test_a_body_in_the_tree_that_never_ends_is_cut_at_the_first_label() -> None:
    endless = BODY.replace("</body></html>", "")
    for label in ("<h3><span>TIN</span> NÓNG</h3>", "<h3>Tin nóng &raquo;</h3>", "<b>Đọc nhiều nhất:</b>"):
        blocks = f"{label}<p><a href='{{u1}}'>{{s1}}</a></p>" + RELATED
        page = "<html><head><title>{title}</title></head><body><h1>{title}</h1>" + endless + blocks + "</body></html>"
        article = read(fill(page), URL)
        assert article.body_text.split("\n\n") == PARAGRAPHS
        assert found(article, "hot") == wanted("1s")
        assert found(article, "related") == wanted("3s")


def test_a_warning_on_the_home_page_is_no_article() -> None:
    warning = INNER_WRAPPINGS["behind a noscript warning"].replace("{escaped}", "")
    home = fill(
        "<html><head><title>Thành Đoàn TPHCM</title></head><body>"
        + warning
        + "<ul><li><a href='{u1}'>{t1}</a></li><li><a href='{u2}'>{t2}</a></li></ul></body></html>"
    )
    article = read(home, ROOT)
    assert article.body_text == ""
    assert found(article, "main") == wanted("1t 2t")
