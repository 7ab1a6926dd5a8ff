"""What a page needs beside its HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.demo import SampleSite
from newscrawler.items import Media, Page
from newscrawler.reading.article import read_page
from newscrawler.reading.blocks import split_blocks
from newscrawler.reading.layout import Layout
from newscrawler.reading.leads.requisites import best_of, requisites, stylesheet_links
from tests.conftest import times

URL = "http://a.vn/tin/5"


def page(html: str, url: str = URL) -> Page:
    return Page(url=url, html=html, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), kind="article")


def needed(html: str, *media: Media) -> list[tuple[str, str]]:
    return [(each.kind, each.url) for each in requisites(split_blocks(page(html), Layout()), media)]


def medium(url: str | None, source: str, kind: str = "image") -> Media:
    return Media(position=1, kind=kind, url=url, original_src=source)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<img src='/anh 1.jpg'>", [("image", "http://a.vn/anh%201.jpg")]),
        ("<img src='data:image/gif;base64,AA==' data-src='1.jpg'>", [("image", "http://a.vn/tin/1.jpg")]),
        ("<img src=s.jpg srcset='m.jpg 2x, l.jpg 3x'>", [("image", "http://a.vn/tin/s.jpg"), ("image", "http://a.vn/tin/l.jpg")]),
        ("<picture><source srcset='a.webp 320w, b.webp 900w'></picture>", [("image", "http://a.vn/tin/b.webp")]),
        ("<form><input type=image src=/nut.png><input type=text src=/khong.png></form>", [("image", "http://a.vn/nut.png")]),
        ("<link rel=StyleSheet href=/x.css><link rel=next href=/6>", [("stylesheet", "http://a.vn/x.css")]),
        ("<link rel='shortcut icon' href=/favicon.ico>", [("icon", "http://a.vn/favicon.ico")]),
        ("<script src=//cdn.vn/x.js></script><script>var src='no.js'</script>", [("script", "http://cdn.vn/x.js")]),
        ("<table background=nen.gif><tr><td background='o.gif'>x</table>", [("image", "http://a.vn/tin/nen.gif"), ("image", "http://a.vn/tin/o.gif")]),
        ("<div style=\"background:url('/d.png')\">x</div>", [("image", "http://a.vn/d.png")]),
        ("<style>@import '/y.css'; p {background: url(/p.png)}</style>", [("stylesheet", "http://a.vn/y.css"), ("image", "http://a.vn/p.png")]),
        ("<base href='http://a.vn/khac/'><img src=1.jpg>", [("image", "http://a.vn/khac/1.jpg")]),
        ("<img src=1.jpg><img src=1.jpg#top>", [("image", "http://a.vn/tin/1.jpg")]),
        ("<img src='javascript:x()'><img><img src=''><img src='http://['><script src='mailto:a@b.vn'></script>", []),
    ],
)  # fmt: skip
def test_what_a_page_shows_is_needed(html: str, found: list[tuple[str, str]]) -> None:
    assert needed(f"<html><body><p>Lời</p>{html}</body></html>") == found


def test_media_of_the_article_come_first_and_under_their_own_address() -> None:
    html = "<link rel=stylesheet href=/x.css><p>Lời<img src='1.jpg'><img src='/2.jpg'></p>"
    assert needed(
        html, medium("http://a.vn/data/2014/1.jpg", "1.jpg"), medium("http://a.vn/k.pdf", "k.pdf", "document")
    ) == [
        ("image", "http://a.vn/data/2014/1.jpg"),
        ("document", "http://a.vn/k.pdf"),
        ("stylesheet", "http://a.vn/x.css"),
        ("image", "http://a.vn/2.jpg"),
    ]


def test_a_medium_without_address_is_not_asked_for_under_a_wrong_one() -> None:
    assert needed("<p>Lời<img src='1.jpg'></p>", medium(None, "1.jpg")) == []


@pytest.mark.parametrize(
    "name", ["k.pdf", "k.DOC", "k.docx", "k.xls", "k.xlsx", "k.ppt", "k.pptx", "k.odt", "k.zip", "k.rar", "k.pdf?v=2"]
)
def test_a_document_that_the_body_links_to_is_a_medium(name: str) -> None:
    body = f"<p>Kế hoạch xem <a href='/tep/{name}'>tại đây</a>. " + "Sáng nay đoàn viên ra quân. " * 20 + "</p>"
    article = read_page(
        page(f"<html><body><article><h1>Tin</h1>{body}</article></body></html>"), Layout(main=("article",))
    )
    assert [(each.kind, each.url, each.caption) for each in article.media] == [
        ("document", f"http://a.vn/tep/{name}", "tại đây")
    ]


def test_the_sample_site_needs_what_it_serves() -> None:
    site = SampleSite.load()
    for truth in site.truth():
        reply = site.respond("thanhdoan.hochiminhcity.gov.vn", truth.url.split(".vn", 1)[1])
        for each in requisites(split_blocks(page(reply.body.decode(), truth.url), Layout(wrapped=True))):
            host, path = each.url.removeprefix("http://").split("/", 1)
            assert site.respond(host, f"/{path}").status == 200, each


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("@import 'a.css';", [("stylesheet", "http://a.vn/css/a.css")]),
        ('@import url("a.css") screen;', [("stylesheet", "http://a.vn/css/a.css")]),
        ("@IMPORT URL( a.css );", [("stylesheet", "http://a.vn/css/a.css")]),
        ("a {background: url(../n.png) no-repeat}", [("image", "http://a.vn/n.png")]),
        ("a {background: url( 'anh nen.png' )}", [("image", "http://a.vn/css/anh%20nen.png")]),
        ("@font-face {src: url(f.woff2?v=1#x) format('woff2')}", [("font", "http://a.vn/css/f.woff2?v=1")]),
        ("a {b: url(data:image/png;base64,AA==)} c {d: url(#loc)}", []),
        ("/* url(khong.png) */ a {b: url(co.png)} /* @import 'khong.css'", [("image", "http://a.vn/css/co.png")]),
        ("a {b: url(1.png)} c {d: url('1.png')}", [("image", "http://a.vn/css/1.png")]),
        ("a {b: url(", []),
    ],
)  # fmt: skip
def test_what_a_stylesheet_needs(css: str, found: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.url) for each in stylesheet_links(css, "http://a.vn/css/x.css")] == found


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("a.jpg", "a.jpg"),
        ("a.jpg 1x,b.jpg 2x", "b.jpg"),
        ("w_640,h_300/a.jpg 640w, b.jpg 320w", "w_640,h_300/a.jpg"),
        ("a.jpg 1.5x, b.jpg 1.25x", "a.jpg"),
        ("a.jpg xx, b.jpg", "a.jpg"),
        (" , ,", None),
        ("", None),
    ],
)
def test_the_largest_of_a_srcset_is_taken(srcset: str, best: str | None) -> None:
    assert best_of(srcset) == best


@settings(max_examples=times(100, 5000), deadline=None)
@given(st.text(alphabet="url(@import '\"/*);\\ \na.#:,x2w", max_size=200))
def test_no_stylesheet_or_srcset_breaks_the_reader(text: str) -> None:
    assert all(each.url.startswith("http://") for each in stylesheet_links(text, "http://a.vn/x.css"))
    best_of(text)


@pytest.mark.parametrize(
    "piece", ["url(", "url('", "@import ", "/*", "url( ", '@import "', "a ", "a,", "a 1x,", 'url("']
)
def test_a_stylesheet_of_open_quotes_is_read_in_one_go(piece: str) -> None:
    """A pattern that turned back would take hours over these two megabytes."""
    text = piece * (2_000_000 // len(piece))
    assert len(stylesheet_links(text, "http://a.vn/x.css")) <= 1
    best_of(text)
