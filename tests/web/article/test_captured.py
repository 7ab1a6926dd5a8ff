"""The page as it came: shown in a frame that can do nothing, with what the archive has of its pictures and styles."""

from __future__ import annotations

import gzip
from base64 import b64encode
from pathlib import Path

import pytest
from lxml import html as lxml_html

from newscrawler.web.captures.captured import POLICY
from tests.store.conftest import PAGE, article
from tests.web.article.conftest import URL, Made, answer, make, png
from tests.web.conftest import Archive, Get, asking

PAGE_BODY = b"<html><head><title>x</title></head><body><p>Ra qu\xc3\xa2n</p></body></html>"
HOST = "http://thanhdoan.hochiminhcity.gov.vn"


def captured(get: Get, made: Made, number: int = 0, query: str = "") -> bytes:
    answered = get(f"/capture/{made.captures[number].id}{query}")
    assert answered.status_code == 200
    assert answered.headers["content-security-policy"] == POLICY
    content: bytes = answered.content
    return content


def test_the_frame_has_no_rights_and_its_page_none_of_this_server(get: Get, archive: Archive) -> None:
    page = lxml_html.fromstring(get(f"/article/{archive.edited}/captured").text)
    (frame,) = page.xpath("//iframe")
    assert frame.get("sandbox") == ""
    sent = get(frame.get("src"))
    policy = sent.headers["content-security-policy"].split("; ")
    assert "sandbox" in policy
    assert {"default-src 'none'", "form-action 'none'", "base-uri 'none'"} <= set(policy)
    assert not any(word in " ".join(policy) for word in ("script-src", "http:", "allow-"))


def test_a_page_comes_as_its_bytes_without_codings_under_its_own_label(tmp_path: Path) -> None:
    zipped = answer(
        gzip.compress(PAGE_BODY), mime='text/html; charset="windows-1258"', head="Content-Encoding: gzip\r\n"
    )
    chunked = answer(b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", head="Transfer-Encoding: chunked\r\n", second=1)
    made = make(tmp_path, [zipped, chunked])
    get = asking(made.data)
    assert captured(get, made) == PAGE_BODY
    assert captured(get, made, 1) == b"<html>"
    assert get(f"/capture/{made.captures[0].id}").headers["content-type"] == "text/html; charset=windows-1258"
    assert get(f"/capture/{made.captures[1].id}").headers["content-type"] == "text/html"


def test_a_label_that_breaks_out_of_its_header_is_left_out(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(PAGE_BODY, mime='text/html; charset=";x=<script>')])
    assert asking(made.data)(f"/capture/{made.captures[0].id}").headers["content-type"] == "text/html"


@pytest.mark.parametrize(
    ("mime", "body", "kind", "taken"),
    [
        ("text/plain", b"User-agent: *", "text/plain", False),
        ("text/css", b"a{}", "text/plain", False),
        ("application/javascript", b"alert(1)", "text/plain", False),
        ("image/svg+xml", b'<svg onload="alert(1)"/>', "text/plain", False),
        ("application/pdf", b"%PDF-1.4", "application/pdf", True),
        ("application/x-shockwave-flash", b"FWS\x00", "application/octet-stream", True),
        ("application/xhtml+xml", b"<html/>", "text/html", False),
        ("image/png", png(), "image/png", False),
        ("image/png", b"<html><script>alert(1)</script>", "text/html", False),
    ],
)
def test_other_bodies_are_text_or_files_and_never_run(
    tmp_path: Path, mime: str, body: bytes, kind: str, taken: bool
) -> None:
    made = make(tmp_path, [answer(body, mime=mime)])
    sent = asking(made.data)(f"/capture/{made.captures[0].id}")
    told = {"image/svg+xml": "application/octet-stream"}.get(mime, kind)
    assert sent.headers["content-type"].split(";")[0] == told
    assert sent.headers["content-security-policy"] == POLICY
    assert sent.headers.get("content-disposition", "").startswith("attachment") is (taken or told != kind)


def test_byte_for_byte_it_is_a_file(tmp_path: Path) -> None:
    body = b"<html><img src=http://evil.vn/x><iframe src=http://evil.vn/></iframe>"
    made = make(tmp_path, [answer(body, url=f'{HOST}/a/%22b";c.html?q')])
    sent = asking(made.data)(f"/capture/{made.captures[0].id}?raw=1")
    assert sent.content == body
    assert sent.headers["content-type"] == "application/octet-stream"
    assert sent.headers["content-disposition"] == f'attachment; filename="{made.captures[0].id}-22b-c.html"'


def test_a_revisit_shows_the_body_of_its_original(tmp_path: Path) -> None:
    made = make(tmp_path, [answer(PAGE_BODY), (answer(PAGE_BODY, head="ETag: b\r\n", second=9), 0)])
    assert made.captures[1].record_type == "revisit"
    assert captured(asking(made.data), made, 1) == PAGE_BODY


def test_pictures_and_styles_nearest_in_time_stand_in_the_page(tmp_path: Path) -> None:
    page = (
        '<html><head><link rel="Stylesheet" media="screen" href="/a.css?v=1&amp;w=2"></head>'
        "<body background='nen.png'><IMG alt='Ảnh' SRC=\"anh 1.png\" srcset='x 2x' onload=alert(1)><img src=mat.png>"
    ).encode()
    css = "@import 'b.css'; @font-face { src: url(f.woff) } h1::before { content: '“'; background: url('nen.png') } </style>"
    answers = [
        answer(page, second=100),
        answer(png(1), f"{PAGE}anh%201.png", mime="image/png", second=0),
        answer(png(2), f"{PAGE}anh%201.png", mime="image/png", second=99),
        answer(png(3), f"{PAGE}anh%201.png", mime="image/png", second=900),
        answer(css.encode(), f"{HOST}/a.css?v=1&w=2", mime="text/css", second=1),
        answer(png(4), f"{HOST}/nen.png", mime="image/png", second=2),
        answer(b"<h1>404", f"{PAGE}mat.png", second=3),
    ]
    made = make(tmp_path, answers)
    shown = captured(asking(made.data), made).decode()
    assert f'<IMG src="data:image/png;base64,{b64encode(png(2)).decode()}"' in shown
    assert "srcset" not in shown
    assert f'url("data:image/png;base64,{b64encode(png(4)).decode()}")' in shown
    assert '<style media="screen">' in shown
    assert "\\201c " in shown
    assert "@import" not in shown
    assert "font-face" not in shown
    assert "mat.png" not in shown
    assert "nen.png" not in shown
    assert shown.count("</style>") == 1


def test_links_keep_their_looks_and_lead_nowhere_but_within_the_page(tmp_path: Path) -> None:
    page = b'<a class=x style="color:red" HREF="/ThanhDoan/webtd">a</a><a href=#b>b</a><area href=\'http://a.vn/\'><a name=b>c</a>'
    made = make(tmp_path, [answer(page)])
    shown = lxml_html.fromstring(captured(asking(made.data), made))
    assert shown.xpath("//@href") == ["#", "#b", "#"]
    assert shown.xpath("//@style | //@class | //@name") == ["x", "color:red", "b"]


def test_what_a_browser_would_open_connections_for_is_disarmed(tmp_path: Path) -> None:
    body = (
        b'<html><base href="http://evil.vn/"><link rel=preconnect href="http://evil.vn">'
        b'<meta http-equiv=Refresh content="0;url=http://evil.vn/"><IFRAME src="http://evil.vn/"></IFRAME>'
        b'<frame src="http://evil.vn/"><object data="http://evil.vn/"></object><embed src="http://evil.vn/">'
        b"<script>document.write('<iframe src=http://evil.vn/>')</script><img src='http://evil.vn/x'>"
    )
    made = make(tmp_path, [answer(body)])
    shown = captured(asking(made.data), made)
    names = {element.tag for element in lxml_html.fromstring(shown).iter() if isinstance(element.tag, str)}
    assert not names & {"base", "link", "iframe", "frame", "object", "embed", "script"}
    assert b"http-equiv=Refresh" not in shown.replace(b"<x-meta http-equiv=Refresh", b"")
    assert b"<img >" in shown.replace(b"<img  >", b"<img >")


def test_a_page_beyond_the_limit_is_told_and_not_sent(tmp_path: Path) -> None:
    made = make(
        tmp_path,
        [
            answer(b"<html>" + b" " * (21 * 1024 * 1024)),
            answer(gzip.compress(b" " * (30 << 20)), head="Content-Encoding: gzip\r\n"),
        ],
    )
    get = asking(made.data)
    for capture in made.captures:
        answered = get(f"/capture/{capture.id}")
        assert answered.status_code == 404
        assert "capture" not in answered.headers["content-type"]
    assert get("/article/1/captured").status_code == 200


def test_another_capture_of_the_article_may_be_chosen_and_none_of_another_page(tmp_path: Path) -> None:
    made = make(
        tmp_path, [answer(PAGE_BODY), answer(b"<html>2", second=60), answer(b"<html>3", f"{PAGE}77")], article()
    )
    get = asking(made.data)
    chosen = lxml_html.fromstring(get(f"/article/1/captured?capture={made.captures[1].id}").text)
    assert chosen.xpath("//iframe/@src") == [f"/capture/{made.captures[1].id}"]
    assert chosen.xpath("//select[@name='capture']/option[@selected]/@value") == [str(made.captures[1].id)]
    assert URL in chosen.text_content()
    assert get(f"/article/1/captured?capture={made.captures[2].id}").status_code == 404


@pytest.mark.parametrize(
    "piece", ['<img "', "<!--", "<script", "<img src='", "<td background=", "<iframe <iframe ", "<a <!-- --"]
)
def test_a_hostile_page_costs_time_that_grows_with_it_alone(tmp_path: Path, piece: str) -> None:
    made = make(tmp_path, [answer(b"<html>" + piece.encode() * 100_000)])
    assert captured(asking(made.data), made)


def test_styles_within_the_page_bear_their_pictures_and_no_other_address(tmp_path: Path) -> None:
    body = (
        "<html><style>p { background: url(/nen.png) } @import '/b.css'; i { background: url(http://evil.vn/) }</style>"
        "<p style='color: red; background: url(&quot;/nen.png&quot;)'>1</p><p style=\"background:url(javascript:alert)\">2</p>"
        "<p style='background:u\\72l(http://evil.vn/)'>3</p><p style='color: green'>4</p><svg><use href='//evil.vn/#a'/></svg>"
    )
    made = make(tmp_path, [answer(body.encode()), answer(png(4), f"{HOST}/nen.png", mime="image/png")])
    shown = captured(asking(made.data), made).decode()
    held = f"data:image/png;base64,{b64encode(png(4)).decode()}"
    assert f'p {{ background: url("{held}") }}' in shown
    assert f"<p style='color: red; background: url({held})'>1</p>" in shown
    assert "<p style='color: green'>4</p>" in shown
    assert "evil" not in shown.replace("<x-use href='//evil.vn/#a'", "")
    assert "javascript" not in shown
