"""Eight real pages of four papers, read without a layout.

The pages are other people's words: here stand only facts of them, each judged by eye before it was written down. They lie
beside the repository, or where NEWSCRAWLER_SAMPLES says; without them these tests are skipped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from newscrawler.items import Link
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.generic.reader import (
    generic_body,
    list_links,
    looks_like_article,
    visible_byline,
    visible_date,
)
from newscrawler.reading.page.lines import squeeze, text_of
from newscrawler.reading.page.tree import parse

SAMPLES = Path(os.environ.get("NEWSCRAWLER_SAMPLES") or Path(__file__).parents[3] / "shared" / "samples")
PAGES = SAMPLES / "pages"
FETCHED = datetime(2026, 3, 8, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the real pages are not here; set NEWSCRAWLER_SAMPLES to their folder"
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one article page."""

    name: str
    url: str
    title: str
    author: str | None
    published: str
    modified: str
    visible: str
    byline: str | None
    section: str
    paragraphs: int
    begins: str
    pictures: int
    captions: int
    digest: str
    """SHA-256 of the paragraphs, joined by line feeds."""


ARTICLES = [
    Facts(
        name="baochinhphu",
        url="https://baochinhphu.vn/chinh-sach-moi-co-hieu-luc-tu-thang-3-2026-102260228093004191.htm",
        title="Chính sách mới có hiệu lực từ tháng 3/2026",
        author=None,
        published="2026-03-01T09:51:00+07:00",
        modified="2026-03-01T09:54:00+07:00",
        visible="2026-03-01T09:51:00+07:00",
        byline=None,
        section="Chính sách và cuộc sống > Chính sách mới",
        paragraphs=72,
        begins="(Chinhphu.vn) - Tháng",
        pictures=2,
        captions=0,
        digest="be7f8b2550994820f4451e8aadedad865dd12cd091fdebeeec728c6c272e7023",
    ),
    Facts(
        name="dantri",
        url="https://dantri.com.vn/kinh-doanh/gia-vang-giam-van-cao-hon-the-gioi-gan-20-trieu-dongluong-20260307080054340.htm",
        title="Giá vàng giảm, vẫn cao hơn thế giới gần 20 triệu đồng/lượng",
        author="Tri Túc",
        published="2026-03-07T08:07:18+07:00",
        modified="2026-03-07T08:07:18+07:00",
        visible="2026-03-07T08:07:00+07:00",
        byline=None,
        section="Kinh doanh, Tài chính",
        paragraphs=13,
        begins="(Dân trí) -",
        pictures=0,
        captions=0,
        digest="a6a997079bebef77048daf50159e3df9541d42560a3febb6c9a11334d9708ffc",
    ),
    Facts(
        name="tuoitre",
        url="https://tuoitre.vn/chien-su-day-gia-hoa-nhap-khau-dip-8-3-tang-manh-20260307075519174.htm",
        title="Chiến sự đẩy giá hoa nhập khẩu dịp 8-3 tăng mạnh",
        author="NHẬT XUÂN, NGHI VŨ",
        published="2026-03-07T08:01:00+07:00",
        modified="2026-03-07T08:01:00+07:00",
        visible="2026-03-07T08:01:00+07:00",
        byline="NHẬT XUÂN",
        section="Kinh doanh",
        paragraphs=27,
        begins="Xung đột ở",
        pictures=2,
        captions=2,
        digest="5e377935f4d68f3f6a7c1471d1ed6cb929401df60f158175e72458b0466417fb",
    ),
    Facts(
        name="vnexpress",
        url="https://vnexpress.net/cach-cac-nuoc-doi-pho-cu-soc-nang-luong-tu-trung-dong-5047363.html",
        title="Cách các nước đối phó cú sốc năng lượng từ Trung Đông",
        author=None,
        published="2026-03-07T00:05:00+07:00",
        modified="2026-03-07T07:38:56+07:00",
        visible="2026-03-07T00:05:00+07:00",
        byline=None,
        section="Kinh doanh > Quốc tế > Phân tích",
        paragraphs=30,  # the last is the byline, right aligned, for the body's cleaner to take
        begins="Trung Quốc, Nhật",
        pictures=2,
        captions=2,
        digest="0102b88e0c09ce924791559a67be8e6ef120261ab479f9f0e40e7b307dbd21ab",
    ),
]
LISTS = [
    (
        "baochinhphu",
        "https://baochinhphu.vn/chinh-sach-va-cuoc-song/chinh-sach-moi.htm",
        34,
        20,
        {
            1: "/moi-giao-vien-mam-non-khong-kiem-nhiem-qua-2-nhiem-vu-102260305092012481.htm",
            34: "/dieu-kien-huong-chinh-sach-mien-giam-tien-su-dung-dat-theo-nghi-quyet-254-102260305095802641.htm",
        },
    ),
    (
        "dantri",
        "https://dantri.com.vn/kinh-doanh.htm",
        49,
        14,
        {
            1: "/kinh-doanh/gia-vang-giam-van-cao-hon-the-gioi-gan-20-trieu-dongluong-20260307080054340.htm",
            15: "/kinh-doanh/chung-khoan-thung-moc-1800-diem-20260306151317523.htm",
        },
    ),
    (
        "tuoitre",
        "https://tuoitre.vn/kinh-doanh.htm",
        15,
        1,
        {
            1: "/chien-su-day-gia-hoa-nhap-khau-dip-8-3-tang-manh-20260307075519174.htm",
            14: "/den-sieu-thi-dip-8-3-trao-mon-qua-nho-gui-loi-yeu-lon-20260307074732188.htm",
        },
    ),
    (
        "vnexpress",
        "https://vnexpress.net/kinh-doanh",
        50,
        46,
        {
            1: "/gia-vang-the-gioi-tang-manh-dau-tho-vuot-90-usd-5047621.html",
            11: "/vn-index-mat-hon-40-diem-5047451.html",
        },
    ),
]
by_name = pytest.mark.parametrize("facts", ARTICLES, ids=lambda facts: facts.name)
by_list = pytest.mark.parametrize(("name", "url", "count", "summaries", "known"), LISTS, ids=[row[0] for row in LISTS])


def tree(name: str) -> HtmlElement:
    return parse((PAGES / f"{name}.html").read_text(encoding="utf-8"))


def fragment(facts: Facts) -> HtmlElement:
    return fragment_fromstring(generic_body(tree(f"{facts.name}_article"), facts.url) or "", create_parent="div")


def paragraphs(body: HtmlElement) -> list[str]:
    texts = (
        p
        for p in body.iter("p", "h2", "h3", "h4", "li")
        if not any(one.tag == "figcaption" for one in p.iterancestors())
    )
    return [text for element in texts if (text := text_of(element))]


@by_name
def test_the_body_is_whole_and_clean(facts: Facts) -> None:
    body = fragment(facts)
    found = paragraphs(body)
    assert len(found) == facts.paragraphs
    assert " ".join(found[0].split()[:3]) == facts.begins
    assert len(list(body.iter("img"))) == facts.pictures
    assert len(list(body.iter("figcaption"))) == facts.captions
    assert sha256("\n".join(found).encode()).hexdigest() == facts.digest


@by_name
def test_nothing_of_the_body_that_trafilatura_finds_alone_is_missing(facts: Facts) -> None:
    """It keeps a headline and two lines of a menu; it loses the lede on three pages, and half of one article."""
    from trafilatura import bare_extraction

    document: Any = bare_extraction(tree(f"{facts.name}_article"), favor_precision=True, with_metadata=False)
    blocks = [squeeze("".join(map(str, block.itertext()))) for block in document.body.iter("p", "head", "item")]
    ours = squeeze(text_of(fragment(facts)))
    missing = [block for block in blocks if block not in ours and block != squeeze(facts.title)]
    assert all(len(block) < 30 for block in missing)
    assert len(missing) == (2 if facts.name == "baochinhphu" else 0)


@by_name
def test_the_metadata(facts: Facts) -> None:
    found = read_metadata(tree(f"{facts.name}_article"), url=facts.url, fetched_at=FETCHED)
    assert (found.title, found.author, found.section) == (facts.title, facts.author, facts.section)
    assert (found.language, found.canonical_url, found.modified) == ("vi", facts.url, facts.modified)
    assert found.published is not None
    assert (found.published.value, found.published.precision) == (facts.published, "minute")


@by_name
def test_the_visible_date_and_byline(facts: Facts) -> None:
    page = tree(f"{facts.name}_article")
    found = visible_date(page, FETCHED)
    assert found is not None
    assert (found.value, found.source) == (facts.visible, "page")
    assert visible_byline(page) == facts.byline


@by_name
def test_an_article_is_known_as_one(facts: Facts) -> None:
    page = tree(f"{facts.name}_article")
    assert looks_like_article(page, facts.url, read_metadata(page, url=facts.url, fetched_at=FETCHED))


@by_list
def test_the_list(name: str, url: str, count: int, summaries: int, known: dict[int, str]) -> None:
    page = tree(f"{name}_list")
    links = list_links(page, url)
    assert [link.position for link in links] == list(range(1, count + 1))
    assert len({link.url for link in links}) == count
    assert {place: urlsplit(links[place - 1].url or "").path for place in known} == known
    assert sum(link.summary is not None for link in links) == summaries
    assert all(link.block == "main" and _whole(link) for link in links)


def _whole(link: Link) -> bool:
    return bool(link.url and link.url.startswith("https://") and link.title and len(link.title) >= 20)


@by_list
def test_a_list_is_known_as_one(name: str, url: str, count: int, summaries: int, known: dict[int, str]) -> None:
    page = tree(f"{name}_list")
    found = read_metadata(page, url=url, fetched_at=FETCHED)
    assert not looks_like_article(page, url, found)
    assert (found.published, found.author, found.canonical_url) == (None, None, url)


def test_the_day_of_the_event_in_the_capture_of_the_union_s_site() -> None:
    import html
    import re

    from newscrawler.reading.dates.published import Event, prose_date

    capture = SAMPLES / "thanhdoan" / "capture-2018-05.txt"
    if not capture.exists():
        pytest.skip("the capture is not here")
    text = html.unescape(capture.read_text(encoding="utf-8"))
    lede = [re.sub("<[^>]+>", "", paragraph) for paragraph in re.findall("<p[^>]*>(.*?)</p>", text, re.DOTALL)]
    assert prose_date(lede, fetched_at=FETCHED, year_hint=None) == Event("2018-05-16", "chiều ngày 16/5/2018")
