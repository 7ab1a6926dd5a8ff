"""Every writing of an article's address is one key and one address, on every site that comes along."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.sites import SITES, get_site, site_of

SLUG = "kien-giang-ra-quan-chien-dich-he--nam-2022"

SAME = {
    "doanthanhnien": (
        "41501",
        f"https://doanthanhnien.vn/chi-tiet/{SLUG}-41501",
        f"http://doanthanhnien.vn/chi-tiet/{SLUG}-41501",
        f"https://WWW.doanthanhnien.vn/chi-tiet/{SLUG}-41501/?utm_source=zalo#dau",
    ),
    "haiphong": (
        "29361",
        "https://thanhdoanhaiphong.gov.vn/tin-doan-nd29361.html",
        "http://www.thanhdoanhaiphong.gov.vn/tin-doan-nd29361.html?fbclid=77",
        "https://thanhdoanhaiphong.gov.vn/tin-doan-nd029361.html",
    ),
    "tinhdoanqnam": (
        "309",
        "http://tinhdoanqnam.vn/news/tin-hoat-dong/ra-quan-309.html",
        "https://www.tinhdoanqnam.vn/vi/news/tin-hoat-dong/ra-quan-309.html",
        "http://tinhdoanqnam.vn/news/savefile/tin-hoat-dong/ra-quan-309.html",
        "http://tinhdoanqnam.vn/news/print/tin-hoat-dong/ra-quan-309.html",
    ),
    "tuoitrekiengiang": (
        "4410",
        "http://tuoitrekiengiang.vn/news.php?id=4410",
        "https://www.tinhdoankiengiang.org.vn/news.php?id=4410",
        "http://tinhdoankiengiang.org.vn/News.php?PHPSESSID=1f&id=04410",
    ),
    "doancqhue": (
        "1639",
        "https://doancqvadn.thuathienhue.gov.vn/?cn=144&gd=1&tc=1639",
        "http://doancqvadn.thuathienhue.gov.vn/?tc=1639&gd=1&cn=144",
    ),
    "youth-uel": (
        "ra-quan-mua-he-xanh",
        "https://youth.uel.edu.vn/tin-tuc-760/ra-quan-mua-he-xanh",
        "http://youth.uel.edu.vn/tin-tuc-760/Ra-Quan-Mua-He-Xanh/",
    ),
    "doanhoi-vhu": ("ra-quan", "https://doanhoi.vhu.edu.vn/vi/tin-808/ra-quan", "http://doanhoi.vhu.edu.vn/vi/tin-808/ra-quan?utm_id=1"),
    "hoisinhvien-hcm": (
        "khong-de-ai-o-lai",
        "https://hoisinhvientphcm.com/khong-de-ai-o-lai/",
        "http://www.hoisinhvientphcm.com/khong-de-ai-o-lai",
        "https://hoisinhvientphcm.com/khong-de-ai-o-lai/amp/",
    ),
    "thanhnien-hcm": ("khong-de-ai", "https://thanhnien.hochiminhcity.gov.vn/khong-de-ai/", "https://thanhnien.hochiminhcity.gov.vn/khong-de-ai?amp=1"),
    "doanvptw": ("739", "https://doanvptw.dcs.vn/index.php/tin/doan/739-ra-quan", "http://doanvptw.dcs.vn/index.php/tin/doan/739-ra-quan?print=1"),
    "tuoitre": (
        "20260307075519174",
        f"https://tuoitre.vn/{SLUG}-20260307075519174.htm",
        f"http://www.tuoitre.vn/{SLUG}-20260307075519174.htm?utm_medium=x",
    ),
    "thanhnien": (
        "185251220151245903",
        f"https://thanhnien.vn/{SLUG}-185251220151245903.htm",
        f"https://www.thanhnien.vn/{SLUG}-185251220151245903.htm#binh-luan",
    ),
    "tienphong": (
        "post1779368",
        f"https://tienphong.vn/{SLUG}-post1779368.tpo",
        f"https://tienphong.vn/{SLUG}-post1779368.amp",
        f"https://www.tienphong.vn/{SLUG}-post1779368.tpo?gclid=1",
    ),
    "vnexpress": ("5047363", f"https://vnexpress.net/{SLUG}-5047363.html", f"http://vnexpress.net/{SLUG}-5047363.html#box_comment"),
    "dantri": (
        "20260307080054340",
        f"https://dantri.com.vn/kinh-doanh/{SLUG}-20260307080054340.htm",
        f"http://dantri.com.vn/kinh-doanh/{SLUG}-20260307080054340.htm?zarsrc=30",
    ),
}  # fmt: skip
"""Site → id of an article, its canonical address, and other writings of it."""

OF_ITS_TIME = [
    ("tuoitre", "http://tuoitre.vn/Chinh-tri/485724/Tin cu.html", "485724", "https://tuoitre.vn/Chinh-tri/485724/Tin%20cu.html"),
    ("thanhnien", "https://thanhnien.vn/gioi-tre/tin-1442338.html", "1442338", "https://thanhnien.vn/gioi-tre/tin-1442338.html"),
    ("thanhnien", "http://thanhnien.vn/pages/2012/214974.tno", "214974.tno", "https://thanhnien.vn/pages/2012/214974.tno"),
    ("tienphong", "https://tienphong.vn/gioi-tre/tin-1307198.tpo", "1307198", "https://tienphong.vn/gioi-tre/tin-1307198.tpo"),
    ("hoisinhvien-hcm", "https://hoisinhvientphcm.com/2024/12/tin/", "tin", "https://hoisinhvientphcm.com/2024/12/tin/"),
]  # fmt: skip

LISTS = [
    ("haiphong", "https://thanhdoanhaiphong.gov.vn/chuyen-muc-nc5517.html?page=3", 3, "chuyen-muc-nc5517"),
    ("haiphong", "https://thanhdoanhaiphong.gov.vn/chuyen-muc-nc5517.html", 1, "chuyen-muc-nc5517"),
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/news/tin-hoat-dong/page-38", 38, "tin-hoat-dong"),
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/news/tin-hoat-dong/", 1, "tin-hoat-dong"),
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/news/page-2", 2, ""),
    ("tuoitrekiengiang", "http://tuoitrekiengiang.vn/news.php?nt=406", 1, "406"),
    ("youth-uel", "https://youth.uel.edu.vn/tin-tuc-760", 1, "tin-tuc-760"),
    ("hoisinhvien-hcm", "https://hoisinhvientphcm.com/category/tin-tuc/hoi/page/4/", 4, "category/tin-tuc/hoi"),
    ("hoisinhvien-hcm", "https://hoisinhvientphcm.com/page/2/", 2, ""),
    ("tienphong", "https://tienphong.vn/event/he-2026-1015.tpo?trang=2", 2, "event/he-2026-1015"),
    ("tuoitre", "https://tuoitre.vn/kinh-doanh.htm", 1, "kinh-doanh"),
    ("vnexpress", "https://vnexpress.net/kinh-doanh-p2", 2, "kinh-doanh"),
    ("vnexpress", "https://vnexpress.net/kinh-doanh/quoc-te", 1, "kinh-doanh/quoc-te"),
    ("dantri", "https://dantri.com.vn/kinh-doanh/trang-3.htm", 3, "kinh-doanh"),
    ("dantri", "https://dantri.com.vn/kinh-doanh/tai-chinh.htm", 1, "kinh-doanh/tai-chinh"),
]
OTHERS = [
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/news/rss/"),
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/news/savefile/"),
    ("tinhdoanqnam", "http://tinhdoanqnam.vn/about/gioi-thieu-3.html"),
    ("tuoitrekiengiang", "http://tuoitrekiengiang.vn/news.php?uid=4410"),
    ("hoisinhvien-hcm", "https://hoisinhvientphcm.com/wp-content/uploads/2024/12/ke-hoach.pdf"),
    ("hoisinhvien-hcm", "https://hoisinhvientphcm.com/feed/"),
    ("tuoitre", "https://tuoitre.vn/tac-gia/nhat-xuan-20148.htm"),
    ("vnexpress", "https://vnexpress.net/topic/iran-1234"),
    ("dantri", "https://dantri.com.vn/event/quoc-hoi-8378.htm"),
]


@pytest.mark.parametrize("name", SAME)
def test_every_writing_of_an_article_is_one_key_and_one_address(name: str) -> None:
    article_id, canonical, *others = SAME[name]
    site = get_site(name)
    for url in (canonical, *others):
        assert (site.article_id(url), site.kind(url), site_of(url)) == (article_id, "article", site), url
    for url in (canonical, *others[:1]):
        assert site.canonical(url) in (canonical, canonical.replace("ra-quan-mua-he-xanh", "Ra-Quan-Mua-He-Xanh")), url


@pytest.mark.parametrize(("name", "url", "article_id", "canonical"), OF_ITS_TIME)
def test_addresses_of_former_years_are_articles_of_their_own(
    name: str, url: str, article_id: str, canonical: str
) -> None:
    site = get_site(name)
    assert (site.article_id(url), site.canonical(url)) == (article_id, canonical)


@pytest.mark.parametrize(("name", "url", "number", "series"), LISTS)
def test_lists_are_known_by_their_pages(name: str, url: str, number: int, series: str) -> None:
    site = get_site(name)
    page = site.list_page(url)
    assert page is not None
    assert (page.number, page.series, site.kind(url), site.article_id(url)) == (number, series, "listing", None)
    assert site.list_page(page.url) == page
    if not page.is_only:
        following = site.list_page(page.turn(number + 1).url)
        assert following == page.turn(number + 1)


@pytest.mark.parametrize(("name", "url"), OTHERS)
def test_what_is_neither_article_nor_list(name: str, url: str) -> None:
    assert get_site(name).kind(url) == "other"


@pytest.mark.parametrize("name", SITES)
def test_a_site_owns_its_starting_pages_and_reads_them_as_lists(name: str) -> None:
    site = get_site(name)
    for url in site.start:
        assert (site.owns(url), site.kind(url)) == (True, "listing")


@pytest.mark.parametrize("name", SITES)
@given(text=st.text(max_size=60), number=st.integers(0, 10**18))
def test_a_canonical_address_is_its_own_canonical_address_whatever_was_asked_for(
    name: str, text: str, number: int
) -> None:
    site = get_site(name)
    root = f"https://{site.hosts[0]}"
    for path in (f"/{text}", f"/tin/{text}-{number}.html", f"/{text}-{number}/{text}", f"/news.php?id={number}&{text}"):
        canonical = site.canonical(root + path)
        if canonical is not None:
            assert site.canonical(canonical) == canonical
            assert site.article_id(canonical) == site.article_id(root + path)
            assert urlsplit(canonical).hostname == site.hosts[0]


@pytest.mark.parametrize("name", SITES)
def test_an_endless_address_is_looked_at_in_no_time(name: str) -> None:
    site = get_site(name)
    root = f"https://{site.hosts[0]}"
    started = time.process_time()
    for unit in ("a-", "1-", "/a", "-1", "nd1", "a&", "cn=1&", "page-1/", "%20", "/page/1", "-p1", "."):
        for start in ("/", "/?", "/news/", "/news.php?", "/thoi-su/", "/category/"):
            site.kind(root + start + unit * 5_000 + "!")
    assert time.process_time() - started < 20  # a pattern that goes back and forth would take hours
