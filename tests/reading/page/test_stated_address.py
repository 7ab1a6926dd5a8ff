"""A saved page often says itself where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler import read
from newscrawler.reading.page.stated_address import stated_address


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="http://a.vn/tin-5.html">', "http://a.vn/tin-5.html"),
        ("<LINK HREF='https://a.vn/5' REL='canonical'/>", "https://a.vn/5"),
        ('<meta property="og:url" itemprop="url" content="https://a.vn/5"/>', "https://a.vn/5"),
        ('<meta content="https://a.vn/5" property=og:url>', "https://a.vn/5"),
        (
            '<link rel="stylesheet" href="http://a.vn/x.css"><link rel="canonical" href="http://a.vn/5">',
            "http://a.vn/5",
        ),
        ('<link rel="canonical" href="/5">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("<p>rel=canonical</p>", None),
        ("", None),
    ],
)
def test_canonical_link_or_og_url(head: str, address: str | None) -> None:
    assert stated_address(head) == address


def test_a_saved_page_of_a_known_site_is_read_by_its_layout_without_its_address() -> None:
    body = "<html><body><p>Các bạn trẻ ra quân dọn kênh.</p><p>THU HÀ</p></body></html>"
    head = '<link rel="canonical" href="https://www.thanhdoan.hochiminhcity.gov.vn/thanhdoan/webtd/news/31171">'
    article = read(f"<html><head><title>Ra quân</title>{head}</head><body><textarea>{body}</textarea></body></html>")
    assert (article.site, article.site_article_id) == ("thanhdoan", "31171")


def test_an_article_without_any_address_is_read_all_the_same() -> None:
    text = "Sáng nay, hơn hai trăm bạn trẻ của quận ra quân dọn vệ sinh tuyến kênh, thu gom rác và trồng cây dọc bờ. "
    page = f"<html><head><title>Ra quân dọn kênh</title></head><body><h1>Ra quân dọn kênh</h1><article>{f'<p>{text * 2}</p>' * 4}</article></body></html>"
    article = read(page)
    assert article.title == "Ra quân dọn kênh"
    assert article.body_text.split("\n\n") == [(text * 2).strip()] * 4


@pytest.mark.parametrize("paper", ["baochinhphu", "dantri", "tuoitre", "vnexpress"])
def test_the_real_pages_are_read_without_their_address(samples: Path, paper: str) -> None:
    article = read((samples / "pages" / f"{paper}_article.html").read_bytes())
    assert article.published_source == "metadata"
    assert len(article.body_text) > 1_000
    listed = read((samples / "pages" / f"{paper}_list.html").read_bytes())
    assert sum(link.block == "main" for link in listed.links) >= 15
