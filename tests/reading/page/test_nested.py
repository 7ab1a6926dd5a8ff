"""The nested document is found wherever it sits, and only there."""

from __future__ import annotations

from html import escape

import pytest

from newscrawler.reading.page.nested import generation_of, split_nested

BODY = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"</head><body> '
    '<p style="text-align:justify">S&aacute;ng 26/7, nhóm &lt; 16 tuổi ra quân dọn kênh cùng các cô chú.</p></body></html>'
)
JAVASCRIPT = BODY.replace('"', '\\"').replace("</", "<\\/").replace("\n", "\\n")
WAYS = {
    "tree": BODY,
    "textarea": f"<textarea id='x'>{BODY}</textarea>",
    "noscript": f"<noscript>{BODY}</noscript>",
    "script": f'<script type="text/template">{BODY}</script>',
    "script, as a string": f'<script>var noiDung = "{JAVASCRIPT}"; show(noiDung);</script>',
    "script, in hex": f'<script>var a = "{BODY.replace("<", chr(92) + "u003c").replace(chr(34), chr(92) + chr(34))}";</script>',
    "escaped-1": escape(BODY),
    "escaped-2": escape(escape(BODY)),
    "escaped-3": escape(escape(escape(BODY))),
    "escaped-1, tags only": BODY.replace("&", "&amp;").replace("<", "&lt;"),
    "escaped-1, by number": escape(BODY).replace("&lt;", "&#60;"),
    "textarea, escaped": f"<textarea>{escape(BODY)}</textarea>",
    "attribute": f'<input type="hidden" value="{escape(BODY)}">',
}


def page(inner: str) -> str:
    return (
        "<!DOCTYPE html><html><head><title>Ra quân</title></head><body><div id='menu'>Trang chủ</div>"
        f"<div class='nd'>{inner}</div><p>TIN NÓNG</p></body></html>"
    )


@pytest.mark.parametrize("way", WAYS)
def test_the_body_is_found_and_unescaped_just_as_often_as_it_was_escaped(way: str) -> None:
    outer, nested = split_nested(page(WAYS[way]))
    assert nested is not None
    assert nested.html.strip() == BODY
    assert nested.wrapping == way.split(",")[0]
    assert outer.count('<div id="nested-article"></div>') == 1
    assert "Sáng" not in outer
    assert "TIN NÓNG" in outer


def test_a_literal_less_than_sign_stays_text() -> None:
    _outer, nested = split_nested(page(escape(BODY)))
    assert nested is not None
    assert "nhóm &lt; 16 tuổi" in nested.html


def test_an_ordinary_page_has_no_nested_document() -> None:
    ordinary = page("<p>Bài viết có mẫu &lt;p&gt; và &lt;b&gt; trong chữ, để dạy viết trang web.</p>")
    assert split_nested(ordinary, fragments=True) == (ordinary, None)


def test_a_page_that_is_itself_a_document_is_not_nested_in_itself() -> None:
    assert split_nested(BODY)[1] is None


def test_a_wrapped_fragment_counts_only_where_the_site_is_known_to_wrap() -> None:
    fragment = "<p>" + "Các bạn trẻ dọn kênh. " * 10 + "</p><p>Buổi chiều trồng cây.</p>"
    inside = page(f"<textarea>{fragment}</textarea>")
    assert split_nested(inside)[1] is None
    _outer, nested = split_nested(inside, fragments=True)
    assert nested is not None
    assert nested.html == fragment


def test_a_script_of_structured_data_is_no_body() -> None:
    data = '<script type="application/ld+json">{"articleBody": "<html><body><p>x</p></body></html>"}</script>'
    assert split_nested(page(data))[1] is None


@pytest.mark.parametrize(
    ("head", "generation"),
    [
        ('<html> <head> <meta http-equiv="Content-Type" content="text/html; charset=windows-1252"> <title>', "A"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"\n"x"><html xmlns="y">', "C"),
        ("<html> <head> <meta content='text/html; charset=utf-8'> <title> </title> </head> <div>", "D"),
        ('<html><head><meta content="text/html; charset=windows-1252"</head><body>', "E"),
        ("<html><head></head><body><p>", "x"),
    ],
)
def test_the_generation_is_told_by_the_head(head: str, generation: str) -> None:
    assert generation_of(head) == generation
