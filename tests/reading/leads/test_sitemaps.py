"""Sitemaps are read as far as they can be, and nothing in them does anything else than name addresses."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import LeadsError
from newscrawler.reading.dates.moments import moment_of
from newscrawler.reading.leads import xml_lists
from newscrawler.reading.leads.sitemaps import Lead, Sitemap, read_sitemap, sitemaps_of_robots

URL = "http://bao.vn/sitemap.xml"
XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<urlset {XMLNS}>
  <url><loc> http://bao.vn/tin/1 </loc><lastmod>2026-11-20</lastmod></url>
  <url><loc>/tin/2?a=1&amp;b=2</loc></url>
  <url><loc><![CDATA[http://bao.vn/tin/đoàn-3]]></loc><lastmod>hôm qua</lastmod>
    <news:news><news:publication><news:name>Báo</news:name></news:publication>
    <news:publication_date>2026-11-22T08:00:00+07:00</news:publication_date><news:title>Ra quân</news:title></news:news>
  </url>
  <url><lastmod>2026-11-20</lastmod></url>
  <url><loc>javascript:alert(1)</loc></url>
</urlset>"""
READ = Sitemap(
    pages=(
        Lead(url="http://bao.vn/tin/1", changed=datetime(2026, 11, 20, tzinfo=UTC)),
        Lead(url="http://bao.vn/tin/2?a=1&b=2"),
        Lead(url="http://bao.vn/tin/%C4%91o%C3%A0n-3", changed=datetime(2026, 11, 22, 1, tzinfo=UTC)),
    )
)


@pytest.mark.parametrize(
    "body",
    [
        PAGES.encode(),
        b"\xef\xbb\xbf" + PAGES.encode(),
        b"\n\n  " + PAGES.encode(),
        gzip.compress(PAGES.encode()),
        PAGES.encode("utf-16"),
        PAGES.replace("UTF-8", "windows-1252").encode(),
        PAGES.replace("UTF-8", "utf8mb4").encode(),
        PAGES.replace("<urlset", "<sm:urlset xmlns:sm='x'").replace("</urlset", "</sm:urlset").encode(),
        PAGES.replace("<urlset", "<!DOCTYPE urlset SYSTEM 'http://x.vn/a.dtd' [<!ENTITY a 'b'>]><urlset").encode(),
        PAGES.removesuffix("</urlset>").encode(),
    ],
)
def test_a_sitemap_is_read_whatever_its_wrapping(body: bytes) -> None:
    assert read_sitemap(body, URL) == READ


def test_a_sitemap_that_breaks_off_gives_what_came_before() -> None:
    assert read_sitemap(PAGES[: PAGES.index("</loc>", 300)].encode(), URL).pages[0] == READ.pages[0]


def test_broken_markup_in_one_entry_costs_no_other() -> None:
    body = PAGES.replace("</lastmod></url>", "</lastmod><b></url>", 1).replace("hôm qua", "& < hôm")
    assert {lead.url for lead in read_sitemap(body.encode(), URL).pages} >= {READ.pages[1].url}


def test_an_index_names_sitemaps() -> None:
    body = f"<sitemapindex {XMLNS}><sitemap><loc>/a.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    lead = Lead(url="http://bao.vn/a.xml.gz", changed=datetime(2026, 1, 1, tzinfo=UTC))
    assert read_sitemap(body.encode(), URL) == Sitemap(sitemaps=(lead,))


def test_a_plain_list_of_addresses_is_a_sitemap_too() -> None:
    assert read_sitemap(b"http://bao.vn/1\r\n\r\nfile:///etc/passwd\nhttp://bao.vn/2", URL).pages == (
        Lead(url="http://bao.vn/1"),
        Lead(url="http://bao.vn/2"),
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01", b"<!DOCTYPE html><html><body>Kh\xc3\xb4ng c\xc3\xb3</body></html>", b"<rss></rss>", b"no list"],
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(LeadsError, match="no sitemap"):
        read_sitemap(body, URL)


def test_entities_are_neither_resolved_nor_fetched() -> None:
    bomb = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" * 1}{("&a" + str(n - 1) + ";") * 9}">' for n in range(1, 12)
    )
    body = (
        f'<!DOCTYPE urlset [<!ENTITY a0 "http://x.vn/"><!ENTITY f SYSTEM "file:///etc/hostname">{bomb}]>'
        f"<urlset><url><loc>&a11;</loc></url><url><loc>&f;</loc></url><url><loc>/tin/1</loc></url></urlset>"
    )
    assert {lead.url for lead in read_sitemap(body.encode(), URL).pages} <= {"http://bao.vn/tin/1"}


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_lists, "MOST_BYTES", 100_000)
    with pytest.raises(LeadsError, match="more than 100,000 bytes"):
        read_sitemap(gzip.compress(PAGES.encode() + b" " * 200_000), URL)
    with pytest.raises(LeadsError, match="unpacked"):
        read_sitemap(b"\x1f\x8bno gzip at all", URL)


def test_so_many_entries_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_lists, "MOST_ENTRIES", 10)
    body = "<urlset>" + "".join(f"<url><loc>/{number}</loc></url>" for number in range(50)) + "</urlset>"
    assert len(read_sitemap(body.encode(), URL).pages) == 10


def test_robots_txt_names_sitemaps() -> None:
    body = b"User-agent: *\nsitemap: /a.xml # main\nSITEMAP:http://bao.vn/b.xml\nSitemap:\nDisallow: /sitemap: /c\n"
    assert sitemaps_of_robots(body, "http://bao.vn/robots.txt") == ("http://bao.vn/a.xml", "http://bao.vn/b.xml")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018", datetime(2018, 1, 1, tzinfo=UTC)),
        ("2018-05", datetime(2018, 5, 1, tzinfo=UTC)),
        (" 2018-05-16 ", datetime(2018, 5, 16, tzinfo=UTC)),
        ("2018-05-16T14:30+07:00", datetime(2018, 5, 16, 7, 30, tzinfo=UTC)),
        ("2018-05-16T14:30:00Z", datetime(2018, 5, 16, 14, 30, tzinfo=UTC)),
        ("2018-05-16T14:30:00", datetime(2018, 5, 16, 14, 30, tzinfo=UTC)),
        ("Wed, 16 May 2018 14:30:00 GMT", datetime(2018, 5, 16, 14, 30, tzinfo=UTC)),
        ("16 May 2018 14:30:00 +0700", datetime(2018, 5, 16, 7, 30, tzinfo=UTC)),
        ("2018-02-30", None),
        ("0000-00-00", None),
        ("", None),
        ("16/05/2018", None),
        ("9999-12-31T23:59:59-23:00", None),
    ],
)
def test_moments(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


@given(st.text())
def test_no_text_makes_a_moment_fail(text: str) -> None:
    moment = moment_of(text)
    assert moment is None or moment.tzinfo is UTC


@given(st.binary(max_size=200), st.sampled_from([b"", b"<urlset>", b"<sitemapindex><sitemap>", b"\x1f\x8b"]))
def test_no_bytes_fail_otherwise_than_by_being_no_sitemap(body: bytes, start: bytes) -> None:
    try:
        found = read_sitemap(start + body, URL)
    except LeadsError:
        return
    assert all(lead.url.startswith("http") for lead in (*found.pages, *found.sitemaps))
