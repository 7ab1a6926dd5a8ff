"""What pages state of themselves, as they really state it: each trap was met on a page or in a system that makes pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newscrawler.items import Metadata
from newscrawler.reading.fields.metadata import read_metadata
from newscrawler.reading.page.tree import parse

FETCHED = datetime(2026, 3, 8, tzinfo=UTC)
URL = "https://bao.vn/thoi-su/doan-xa-ra-quan-20260307.htm"
ARTICLE: dict[str, Any] = {
    "@context": "http://schema.org",
    "@type": "NewsArticle",
    "headline": "Đoàn xã ra quân",
    "description": "Hai trăm bạn trẻ tham gia.",
    "datePublished": "2026-03-07T08:06:00+07:00",
    "dateModified": "2026-03-07T09:00:00+07:00",
    "author": {"@type": "Person", "name": "Trần An"},
    "articleSection": "Thời sự",
}


def metadata(head: str, url: str = URL, lang: str = "vi") -> Metadata:
    return read_metadata(
        parse(f'<html lang="{lang}"><head>{head}</head><body><p>x</p></body></html>'), url=url, fetched_at=FETCHED
    )


def ld(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def published(head: str) -> str | None:
    stamp = metadata(head).published
    return stamp.value if stamp else None


def test_everything_from_json_ld() -> None:
    found = metadata(ld(ARTICLE))
    assert (found.title, found.summary, found.author) == ("Đoàn xã ra quân", "Hai trăm bạn trẻ tham gia.", "Trần An")
    assert (found.section, found.language, found.modified) == ("Thời sự", "vi", "2026-03-07T09:00:00+07:00")
    assert found.published is not None
    assert (found.published.value, found.published.source) == ("2026-03-07T08:06:00+07:00", "metadata")


def test_everything_from_meta_elements() -> None:
    found = metadata(
        """
        <meta property="og:site_name" content="Báo Mẫu"><meta property="og:title" content="Đoàn x&#227; ra qu&#226;n - Báo Mẫu">
        <meta name="description" content="Hai tr&#259;m bạn tr&#7867;."><meta property="article:section" content="Thời sự">
        <meta property="article:published_time" content="2026-03-07T08:06:00&#x2B;07:00"><meta name="author" content="Báo Mẫu">
        <meta property="og:locale" content="vi_VN"><link rel="canonical" href="/thoi-su/doan-xa-ra-quan-20260307.htm">""",
        lang="",
    )
    assert (found.title, found.summary, found.section) == ("Đoàn xã ra quân", "Hai trăm bạn trẻ.", "Thời sự")
    assert (found.author, found.language, found.canonical_url) == (None, "vi", URL)
    assert found.published is not None
    assert found.published.value == "2026-03-07T08:06:00+07:00"


def test_a_page_that_states_nothing() -> None:
    assert metadata("<title>x</title>", lang="") == Metadata()


TEXT = json.dumps(ARTICLE, ensure_ascii=False)


@pytest.mark.parametrize(
    "script",
    [
        [ARTICLE],
        [[{"@type": "WebSite", "datePublished": "2001-01-01"}], [ARTICLE]],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"@type": ["Article", "NewsArticle"]},
        ARTICLE | {"@type": "http://schema.org/BlogPosting"},
        TEXT.replace('"}', '",}').replace("Trần An", "Trần\n\tAn").replace('"Thời sự"}', '"Thời sự",}'),
        f"<!-- {TEXT} -->",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"{{}}\n{TEXT};",
        TEXT.replace('"@type": "NewsArticle",', '"@type": "NewsArticle", /* the "type" */ // and so on\n'),
        TEXT.replace('"', "&quot;"),
        TEXT + TEXT.replace("2026-03-07", "2001-01-01"),
    ],
    ids=[
        "array",
        "arrays",
        "graph",
        "main entity",
        "two types",
        "type with address",
        "trailing commas and line breaks",
        "html comment",
        "cdata",
        "several objects",
        "comments",
        "escaped",
        "two articles",
    ],
)
def test_json_ld_as_pages_really_write_it(script: object) -> None:
    found = metadata(ld(script))
    assert (found.title, found.author) == ("Đoàn xã ra quân", "Trần An")
    assert found.published is not None
    assert found.published.value == "2026-03-07T08:06:00+07:00"


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 20_000, '{"@type": "NewsArticle", "headline": ', "null", "1", "{}" * 100_000]
)
def test_broken_json_ld_is_nothing(script: str) -> None:
    assert metadata(ld(script), lang="") == Metadata()


def test_what_is_no_article_has_no_say() -> None:
    dated = {"headline": "Khác", "datePublished": "2001-01-01"}
    listed = {"@type": "ItemList", "itemListElement": [ARTICLE]}
    for node in (
        {"@type": "WebPage"} | dated,
        {"@type": "VideoObject"} | dated,
        {"@type": "Organization"} | dated,
        listed,
    ):
        assert metadata(ld(node), lang="") == Metadata()


def test_of_several_articles_the_one_that_names_the_page() -> None:
    other = ARTICLE | {"headline": "Khác", "url": "https://bao.vn/thoi-su/khac-1.htm"}
    assert (
        metadata(ld([other, ARTICLE | {"mainEntityOfPage": {"@type": "WebPage", "@id": URL}}])).title
        == "Đoàn xã ra quân"
    )


def test_entities_escaped_twice() -> None:
    twice = ARTICLE | {"headline": "Đoàn x&amp;#227; ra quân", "author": {"name": "NH&#7852;T XUÂN"}}
    found = metadata(ld(twice))
    assert (found.title, found.author) == ("Đoàn xã ra quân", "NHẬT XUÂN")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Person", "name": "Trần An"}, "Trần An"),
        ([{"@type": "Person", "name": "Trần An"}, {"@type": "Person", "name": "Lê Bình"}], "Trần An, Lê Bình"),
        (["Trần An", "Trần An"], "Trần An"),
        ({"@type": "Person", "name": "Theo Hồ Hương"}, "Theo Hồ Hương"),
        ({"@type": "Person", "name": ""}, None),
        ({"@type": "Organization", "name": "Trần An"}, None),
        ({"@type": "Person", "name": "BAO.VN"}, None),
        ({"@type": "Person", "name": "Báo Mẫu"}, None),
        ({"@type": "Person", "name": "báo mẫu online"}, None),
        ({"@type": "Person", "name": "admin"}, None),
        ({"@type": "Person", "name": "https://facebook.com/bao"}, None),
        (None, None),
    ],
)
def test_the_paper_is_no_author(author: object, expected: str | None) -> None:
    head = '<meta property="og:site_name" content="Báo Mẫu Online">' + ld(
        ARTICLE | {"author": author, "publisher": {"@type": "Organization", "name": "Báo Mẫu"}}
    )
    assert metadata(head).author == expected


def test_meta_author_is_not_taken_on_trust() -> None:
    assert metadata('<meta name="author" content="Trần An">').author is None


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-03-07T00:01:00", "2026-03-07T00:01:00+07:00"),
        ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11+07:00"),
        ("2026-03-07+0708:15:00", "2026-03-07T08:15:00+07:00"),
        ("07/03/2026 08:15:00", "2026-03-07T08:15:00+07:00"),
        ("0001-01-01T00:00:00", None),
        ("hôm nào", None),
    ],
)
def test_stamps_as_sites_write_them(stamp: str, expected: str | None) -> None:
    assert published(ld(ARTICLE | {"datePublished": stamp})) == expected
    assert published(f'<meta property="article:published_time" content="{stamp}">') == expected


def test_a_day_in_json_ld_takes_its_time_from_meta() -> None:
    day = ld(ARTICLE | {"datePublished": "2026-03-07"})
    assert published(day + '<meta name="pubdate" content="2026-03-07T08:06:00+07:00">') == "2026-03-07T08:06:00+07:00"
    assert published(day + '<meta name="pubdate" content="2026-03-08T08:06:00+07:00">') == "2026-03-07"


def test_microdata_date_a_page_only_where_nothing_else_does() -> None:
    edited = '<meta itemprop="datePublished" content="2026-03-09T08:06:00+07:00">'
    assert published(edited) == "2026-03-09T08:06:00+07:00"
    assert published(edited + '<meta name="pubdate" content="2026-03-07">') == "2026-03-07"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (URL, URL),
        ("http://www.bao.vn/khac.htm", "http://www.bao.vn/khac.htm"),
        ("khac.htm", "https://bao.vn/thoi-su/khac.htm"),
        ("https://khac.vn/thoi-su/doan-xa-ra-quan-20260307.htm", None),
        ("https://bao.vn/", None),
        ("", None),
        ("javascript:void(0)", None),
    ],
)
def test_canonical_address(href: str, expected: str | None) -> None:
    assert metadata(f'<link rel="canonical" href="{href}">').canonical_url == expected


@pytest.mark.parametrize(
    ("lang", "locale", "title", "expected"),
    [
        ("vi-VN", "", "x", "vi"),
        ("en", "vi_VN", "x", "vi"),
        ("en-US", "", "Đoàn xã ra quân mùa hè", "vi"),
        ("en", "", "Youth Union of Hồ Chí Minh City holds its yearly summer meeting", "en"),
        ("", "", "Đoàn xã", None),
    ],
)
def test_language(lang: str, locale: str, title: str, expected: str | None) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:locale" content="{locale}">'
    assert metadata(head, lang=lang).language == expected


def test_section_from_breadcrumbs_in_arrays_of_arrays() -> None:
    steps = [[{"@type": "ListItem", "name": name}] for name in ("Trang chủ", "Kinh doanh", "Tài chính")]
    assert metadata(ld({"@type": "BreadcrumbList", "itemListElement": steps})).section == "Kinh doanh > Tài chính"


def test_headline_cut_by_the_page_is_completed() -> None:
    head = ld(ARTICLE | {"headline": "Đoàn xã…"}) + '<meta property="og:title" content="Đoàn xã ra quân">'
    assert metadata(head).title == "Đoàn xã ra quân"


def test_summary_without_tags_and_not_the_title_again() -> None:
    assert (
        metadata('<meta name="description" content="&lt;p align=&quot;justify&quot;&gt;Hai trăm&lt;/p&gt;">').summary
        == "Hai trăm"
    )
    assert metadata(ld(ARTICLE | {"description": "Đoàn xã ra quân."})).summary is None
