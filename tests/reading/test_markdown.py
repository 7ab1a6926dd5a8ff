"""An article's body as Markdown: each element in its form, and no word lost on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newscrawler.reading.body.fragment import read_body
from newscrawler.reading.body.parts import Body
from newscrawler.reading.body.safe_html import render, sanitize
from newscrawler.reading.markdown import markdown
from newscrawler.reading.page.tree import parse
from tests.conftest import times


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Một</p><p>Hai<br>Ba</p>", "Một\n\nHai  \nBa"),
        ("<h3>Đề mục</h3><p>Lời</p>", "### Đề mục\n\nLời"),
        ("<h2>Đội số #</h2>", "## Đội số \\#"),
        ("<ul><li>một</li><li>hai<ul><li>trong</li></ul></li></ul><p>sau</p>", "- một\n- hai\n  - trong\n\nsau"),
        ("<ol><li><p>một</p></li><li><p>hai</p></li></ol>", "1. một\n2. hai"),
        ("<ol start='9'><li>chín<li>mười<ol><li>trong</ol></ol>", "9. chín\n10. mười\n    1. trong"),
        ("<ul><li>một<br>hàng hai</li></ul>", "- một  \n  hàng hai"),
        ("<blockquote><p>Lời</p><p>nói</p></blockquote><p>sau</p>", "> Lời\n>\n> nói\n\nsau"),
        ("<blockquote cite='http://a.vn/1'><p>Lời</p></blockquote>", "> Lời\n>\n> — <http://a.vn/1>"),
        ("<p>trước</p><blockquote><p>Lời</p></blockquote>", "trước\n\n> Lời"),
        ("<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"),
        ("<p><em>nghiêng</em> &amp; <b>đậm</b></p>", "*nghiêng* & **đậm**"),
        ("<p><b>Sáng </b>26/7,<b> tại</b> <b></b>đây</p>", "**Sáng** 26/7, **tại** đây"),
        ("<p><a href='http://a.vn/x (1)'>nối</a></p>", "[nối](<http://a.vn/x (1)>)"),
        ("<figure><img src='a.jpg' alt='Ảnh'><figcaption>Lê Anh</figcaption></figure>", "![Ảnh](<a.jpg>)\n\nLê Anh"),
        (
            "<table><tr><th>Tên</th><th>Số</th></tr><tr><td>A|B</td><td><p>1</p></td></tr></table>",
            "| Tên | Số |\n| --- | --- |\n| A\\|B | 1 |",
        ),
        (
            "<table><caption>Bảng 1</caption><tr><th colspan=2>Đội</th></tr><tr><td>A</td><td>1</td></tr></table>",
            "Bảng 1\n\n| Đội |  |\n| --- | --- |\n| A | 1 |",
        ),
        ("<table><tr><td>A</td></tr><tr><td>B</td><td>1</td></tr></table>", "| A |  |\n| --- | --- |\n| B | 1 |"),
        (
            "<p>* a_b [c] &lt;d&gt;</p><p># không</p><p>1. không</p><p>## không</p>",
            "\\* a\\_b \\[c\\] \\<d\\>\n\n\\# không\n\n1\\. không\n\n\\## không",
        ),
        ("<p>Kết quả<br>- một<br>===<br>2) hai</p>", "Kết quả  \n\\- một  \n\\===  \n2\\) hai"),
        ("<p>Hay quá!<a href='http://a.vn/'>nối</a></p>", "Hay quá\\![nối](http://a.vn/)"),
        ("<p>viết là &amp;lt;</p>", "viết là \\&lt;"),
        ("<p>dở dang <b>chưa đóng", "dở dang **chưa đóng"),
        ("", ""),
    ],
)
def test_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


WORDS = st.text(alphabet="aĐ1 .-#>*_`|[]()\\!<&;:~=+\n\u00a0ộ", max_size=12)
INLINE = st.one_of(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    st.sampled_from(["<br>", "<b>đậm</b>", "<i> nghiêng </i>", "<b><i>x</i></b>", "<a href='http://a.vn/(1)'>nối</a>"]),
)
LINES = st.lists(INLINE, max_size=4).map("".join)
BLOCK = st.recursive(
    st.one_of(
        st.tuples(st.sampled_from(["p", "div", "h2", "h3", "pre", "center", "td"]), LINES),
        st.tuples(st.just("table"), st.lists(LINES, min_size=1, max_size=4).map(
            lambda cells: "".join(f"<tr><td>{cell}</td><th colspan=2>{cell}</th></tr>" for cell in cells))),
    ).map(lambda block: f"<{block[0]}>{block[1]}</{block[0]}>"),
    lambda inner: st.tuples(
        st.sampled_from(["ul", "ol", "li", "blockquote", "div", "figure", "figcaption"]), st.lists(inner, max_size=3)
    ).map(lambda block: f"<{block[0]}>{''.join(block[1])}</{block[0]}>"),
    max_leaves=8,
)  # fmt: skip
BODIES = st.lists(st.one_of(BLOCK, LINES), max_size=5).map("".join)


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


@settings(max_examples=times(60, 1000), deadline=None)
@given(BODIES)
def test_no_word_of_a_body_is_missing_in_its_parts_its_html_or_its_markdown(html: str) -> None:
    body = read_body(html)
    rendered = render(body, lambda address: address)
    seen = letters("".join(parse(f"<body>{rendered}</body>").itertext()))
    assert seen == letters("".join(map(str, parse(f"<body>{html}</body>").itertext())))
    assert all(letters(text.text) in seen for text in body.texts)
    shown = MarkdownIt("commonmark").enable("table").render(markdown(rendered))
    assert letters("".join(parse(f"<body>{shown}</body>").itertext())) == seen


@settings(max_examples=times(60, 1000), deadline=None)
@given(BODIES)
def test_a_rendered_body_is_clean_and_reads_the_same_again(html: str) -> None:
    once = render(read_body(html), lambda address: address)
    assert sanitize(once) == once
    assert _words(read_body(once)) == _words(read_body(html))


def _words(body: Body) -> list[str]:
    return [word for text in body.texts for word in text.text.split()]
