"""The search page: what it finds, how it narrows, and that its address says it all."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.conftest import Archive, Get
from tests.web.search.conftest import ODD


def ids(page: str) -> list[int]:
    return [int(id) for id in re.findall(r'<h3[^>]*><a href="/article/([0-9]+)"', page)]


def links(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(/search[^"]*)"', page)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=mua+he+xanh", [1, 2]),
        ("q=m%C3%B9a+h%C3%A8+xanh", [1, 2]),
        ("q=%22ch%E1%BB%A7+nh%E1%BA%ADt+xanh%22", [3]),
        ("q=xanh&sort=newest", [3, 2, 1]),
        ("q=xanh&sort=oldest", [1, 2, 3]),
        ("site=tuoitre", [6, 5]),
        ("from=2018&to=2018", [2, 1]),
        ("from=6%2F2018&to=2020", [3, 2]),
        ("to=16.5.2018", [1]),
        ("section=tin+tuc", [2, 1]),
        ("section=Tin+t%E1%BB%A9c+%3E+T%C3%ACnh+nguy%E1%BB%87n", [1]),
        ("byline=lan+chi&sort=oldest", [2, 6]),
        ("block=hot", [2]),
        ("q=xanh&block=hot&site=tuoitre", []),
        ("", [6, 5, 3, 2, 1, 4]),
    ],
)
def test_each_filter_leaves_what_fits(library: Get, asked: str, found: list[int]) -> None:
    order = "sort=" in asked or not asked.startswith("q=")
    shown = ids(library(f"/search?{asked}").text)
    assert (shown if order else sorted(shown)) == found


def test_found_words_are_marked_where_they_stand(library: Get) -> None:
    page = library("/search?q=ra+quan+chien").text
    assert "<mark>ra</mark> <mark>quân</mark> mùa hè xanh" in page
    assert "<mark>chiến</mark> sĩ" in page


def test_words_of_the_title_alone_are_marked_there_and_the_lede_stands_below(library: Get) -> None:
    page = library("/search?q=den+2024").text
    assert re.search(r"<h3[^>]*><a[^>]*><mark>Đến</mark> <mark>2024</mark></a>", page)
    assert '<p class="snippet" lang="vi">Nhà văn hoá đóng cửa.</p>' in page


def test_a_title_is_text_and_never_markup(library: Get) -> None:
    page = library("/search?q=van+hoa").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quân&#34;" in page


def test_what_was_typed_stands_in_the_form_again_and_in_the_title_of_the_page(library: Get) -> None:
    page = library("/search?q=%22%3E%3Cb%3E+mua&from=5/2018&section=Tin&byline=khue&site=thanhdoan&block=main").text
    assert 'name="q" value="&#34;&gt;&lt;b&gt; mua"' in page
    assert "<title>&#34;&gt;&lt;b&gt; mua – Tìm kiếm" in page
    assert 'name="from" value="5/2018"' in page
    assert "<option selected>thanhdoan</option>" in page
    assert '<option value="main" selected>' in page
    assert 'name="section" value="Tin"' in page
    assert 'name="byline" value="khue"' in page


def test_each_filter_in_use_is_taken_away_by_a_link_of_its_own(library: Get) -> None:
    page = library("/search?q=xanh&site=thanhdoan&from=2018&to=2018&section=Tin+t%E1%BB%A9c&byline=chi&block=hot").text
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    fields = {"q", "site", "from", "to", "section", "byline", "block"}
    without = [fields - set(parse_qs(urlsplit(unescape(href)).query)) for href in chips]
    assert sorted(map(sorted, without)) == [["block"], ["byline"], ["from", "to"], ["section"], ["site"]]
    assert "/search?q=xanh" in links(page)


def test_empty_fields_of_a_form_lead_to_the_address_without_them(library: Get) -> None:
    answer = library("/search?q=%C4%91o%C3%A0n&site=&from=+&to=2018&section=&byline=&block=&sort=&lang=en")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/search?q=%C4%91o%C3%A0n&to=2018&lang=en"
    assert library(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("from=abc", "from", "There is no such date"),
        ("to=30/2/2018", "to", "There is no such date"),
        ("from=2018&to=2017", "to", "before the beginning"),
    ],
)
def test_a_date_without_sense_is_told_beside_its_field_and_left_out(
    library: Get, asked: str, field: str, sentence: str
) -> None:
    page = library(f"/search?{asked}&lang=en").text
    assert re.search(rf'<input id="{field}"[^>]*aria-invalid="true"[^>]*aria-describedby="{field}-amiss"', page)
    assert re.search(rf'<p id="{field}-amiss"[^<]*<strong>[^<]*</strong>[^<]*{sentence}', page)
    assert ids(page)


def test_a_date_is_told_as_exactly_as_it_is_known_and_whether_it_was_inferred(library: Get) -> None:
    page = "".join(line.strip() for line in library("/search?sort=oldest&lang=vi").text.splitlines())
    assert '<time datetime="2018-05-16">16/5/2018</time><span>thanhdoan' in page
    assert '<time datetime="2018-07">tháng 7/2018</time><span>ngày suy ra</span>' in page
    assert '<time datetime="2020">năm 2020</time>' in page
    assert "<span>không rõ ngày</span>" in page


def test_counts_lead_to_a_narrower_search_and_back(library: Get) -> None:
    page = library("/search?q=xanh").text
    assert re.findall(r'bar-name">([^<]*)</span>\s*<span class="bar-count">([^<]*)', page) == [
        ("2020", "1"),
        ("2018", "2"),
        ("Tin tức", "1"),
        ("Tin tức &gt; Tình nguyện", "1"),
        ("Văn bản", "1"),
    ]
    assert "/search?q=xanh&from=2018&to=2018" in links(page)
    narrowed = library("/search?q=xanh&from=2018&to=2018").text
    assert ids(narrowed) != ids(page)
    assert re.search(r'<a href="/search\?q=xanh" aria-current="true">\s*<span class="bar-name">2018', narrowed)


def test_nothing_found_gives_advice_that_fits(library: Get) -> None:
    page = library("/search?q=%22khong+co+that%22&site=tuoitre&lang=en").text
    assert "No article found with “khong co that”" in page
    assert "no quotation marks" in page
    assert "the same without filters" in page
    assert "without filters" not in library("/search?q=khongcothat&lang=en").text


def test_words_without_a_letter_find_nothing_and_break_nothing(library: Get) -> None:
    assert ids(library("/search?q=%21%3F").text) == []


def test_pages_are_led_through_and_end_where_narrowing_is_better(long_list: Get) -> None:
    first = long_list("/search?q=la&lang=en").text
    assert "1,050 articles with “la”" in first
    assert "/search?q=la&page=2" in links(first)
    assert "/search?q=la&page=50" in links(first)
    last = long_list("/search?q=la&page=50&lang=en").text
    assert "Only the first 1,000 results" in last
    assert 'rel="next"' not in last
    assert not set(ids(first)) & set(ids(last))
    assert len(ids(first)) == len(ids(last)) == 20


@pytest.mark.parametrize("page", ["51", "999999999", "99999999999999999999"])
def test_pages_beyond_the_last_show_the_last_or_the_first(long_list: Get, page: str) -> None:
    answer = long_list(f"/search?q=la&from=2003&to=2003&page={page}")
    assert answer.status_code == 200
    assert ids(answer.text)


def test_the_feed_of_the_search_stands_in_the_head_and_no_code_in_the_page(library: Get) -> None:
    page = library("/search?q=mua+he&site=thanhdoan").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/search.atom?q=mua+he&amp;site=thanhdoan"' in page
    assert "<style" not in page
    assert not re.search(r"<script(?! src)|\son\w+=|\sstyle=", page)


def test_both_languages_tell_the_same_articles(library: Get) -> None:
    assert ids(library("/search?q=xanh&lang=vi").text) == ids(library("/search?q=xanh&lang=en").text)


def test_a_crawled_archive_is_found_with_its_pictures(get: Get, archive: Archive) -> None:
    page = get("/search").text
    pictures = re.findall(r'<img class="thumb" src="(/picture/[0-9]+)" alt=""', page)
    assert pictures
    assert ODD not in page
