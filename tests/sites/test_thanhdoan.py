"""The addresses of thanhdoan.hochiminhcity.gov.vn: which are articles, which are lists, and which are neither."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.errors import UnknownSiteError
from newscrawler.sites import SITES, get_site, site_of

SITE = get_site("thanhdoan")
HOST = "thanhdoan.hochiminhcity.gov.vn"
ROOT = f"http://{HOST}/ThanhDoan/webtd"
FORMS = {
    "as the site writes it": f"{ROOT}/News/2754",
    "https": f"https://{HOST}/ThanhDoan/webtd/News/2754",
    "www": f"http://www.{HOST}/ThanhDoan/webtd/News/2754",
    "www and https": f"https://www.{HOST}/ThanhDoan/webtd/News/2754",
    "lower case": f"{ROOT}/News/2754".lower(),
    "upper case": f"HTTP://{HOST.upper()}/THANHDOAN/WEBTD/NEWS/2754",
    "slash at the end": f"{ROOT}/News/2754/",
    "query": f"{ROOT}/News/2754?utm_source=a&b=1",
    "slash and query": f"{ROOT}/News/2754/?b=1",
    "fragment": f"{ROOT}/News/2754#top",
    "leading zeros": f"{ROOT}/News/0002754",
    "port": f"http://{HOST}:80/ThanhDoan/webtd/News/2754",
}
NO_ARTICLES = [
    f"{ROOT}/News/",
    f"{ROOT}/News",
    f"{ROOT}/News/12a",
    f"{ROOT}/News/-12",
    f"{ROOT}/News/12/34",
    f"{ROOT}/News/12.html",
    f"{ROOT}/News?id=12",
    f"{ROOT}/News/٣",
    f"{ROOT}/Newſ/12",
    f"{ROOT}/Newspaper/12",
    f"{ROOT}/x/News/12",
    f"http://{HOST}/News/12",
    f"{ROOT}/Category/12",
    f"http://example.com/?u={ROOT}/News/12",
    "http://example.com/ThanhDoan/webtd/News/12",
    f"http://{HOST}.example.com/ThanhDoan/webtd/News/12",
    f"http://{HOST}@example.com/ThanhDoan/webtd/News/12",
    f"http://x.{HOST}/ThanhDoan/webtd/News/12",
    "/ThanhDoan/webtd/News/12",
    "http://[::1",
    "",
]


@pytest.mark.parametrize("form", FORMS)
def test_every_writing_of_an_article_is_that_article(form: str) -> None:
    url = FORMS[form]
    assert SITE.owns(url)
    assert SITE.article_id(url) == "2754"
    assert SITE.canonical(url) == f"{ROOT}/News/2754"
    assert SITE.kind(url) == "article"
    assert SITE.list_page(url) is None
    assert site_of(url) is SITE


@pytest.mark.parametrize(("written", "id"), [("0", "0"), ("000", "0"), ("007", "7"), ("10", "10"), ("0100", "100")])
def test_leading_zeros_are_no_part_of_an_article_id(written: str, id: str) -> None:
    assert SITE.article_id(f"{ROOT}/News/{written}") == id


@given(st.integers(0, 10**12))
def test_a_canonical_address_is_its_own_canonical_address(number: int) -> None:
    url = SITE.article_url.format(id=number)
    assert SITE.article_id(url) == str(number)
    assert SITE.canonical(url) == url


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_what_is_no_article(url: str) -> None:
    assert SITE.article_id(url) is None
    assert SITE.canonical(url) is None
    assert SITE.kind(url) != "article"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (f"{ROOT}/Category/59/3", f"{ROOT}/Category/59/3"),
        (f"{ROOT}/Category/59", f"{ROOT}/Category/59/1"),
        (f"{ROOT}/Category/59/", f"{ROOT}/Category/59/1"),
        (f"{ROOT}/Category/59/3/?b=1", f"{ROOT}/Category/59/3"),
        (f"https://www.{HOST}/thanhdoan/WEBTD/category/59/3", f"{ROOT}/Category/59/3"),
        (f"{ROOT}/Category?page=4", f"{ROOT}/Category?page=4"),
        (f"{ROOT}/Category/?page=4", f"{ROOT}/Category?page=4"),
        (f"{ROOT}/Category?a=1&page=4&b=2", f"{ROOT}/Category?page=4"),
        (f"{ROOT}/category?PAGE=4", f"{ROOT}/Category?page=4"),
        (f"{ROOT}/Category", f"{ROOT}/Category?page=1"),
        (f"{ROOT}/Category?a=1", f"{ROOT}/Category?page=1"),
        (f"{ROOT}/Category?mypage=9", f"{ROOT}/Category?page=1"),
        (f"{ROOT}/Category?page=", f"{ROOT}/Category?page=1"),
    ],
)
def test_every_writing_of_a_list_page_is_that_list_page(url: str, canonical: str) -> None:
    page = SITE.list_page(url)
    assert page is not None
    assert page.url == canonical
    assert SITE.kind(url) == "listing"
    again = SITE.list_page(page.url)
    assert again == page


def test_a_list_is_turned_page_by_page() -> None:
    for url, following in [
        (f"{ROOT}/Category/59/9", f"{ROOT}/Category/59/10"),
        (f"{ROOT}/Category?page=9", f"{ROOT}/Category?page=10"),
    ]:
        page = SITE.list_page(url)
        assert page is not None
        assert page.turn(page.number + 1).url == following
        assert SITE.list_page(following) == page.turn(10)


@pytest.mark.parametrize(
    "url",
    [
        f"{ROOT}/Category/abc",
        f"{ROOT}/Category/59/abc",
        f"{ROOT}/Category/59/3/4",
        f"{ROOT}/Category/59/{'9' * 5000}",
        f"{ROOT}/CategoryList",
        f"{ROOT}/x/Category/59/3",
        "http://example.com/ThanhDoan/webtd/Category/59/3",
        "http://[::1",
    ],
)
def test_what_is_no_list_page(url: str) -> None:
    assert SITE.list_page(url) is None
    assert SITE.kind(url) == "other"


@pytest.mark.parametrize(
    "url",
    [
        ROOT,
        f"{ROOT}/",
        ROOT.lower(),
        f"https://{HOST}/ThanhDoan/webtd",
        f"http://www.{HOST}/ThanhDoan/webtd",
        *SITE.start,
    ],
)
def test_the_pages_where_discovery_begins_are_lists(url: str) -> None:
    assert SITE.kind(url) == "listing"


@pytest.mark.parametrize(
    "url", [f"http://{HOST}/", f"http://{HOST}/robots.txt", f"{ROOT}/About", "http://example.com/ThanhDoan/webtd"]
)
def test_other_pages_are_other(url: str) -> None:
    assert SITE.kind(url) == "other"


@example(':"', f"http://{HOST}")
@given(
    st.text(), st.sampled_from([f"{ROOT}/News/", f"{ROOT}/Category/", f"{ROOT}/Category?page=", f"http://{HOST}", ""])
)
def test_no_address_raises(text: str, start: str) -> None:
    assert SITE.kind(start + text) in ("article", "listing", "other")


def test_an_unknown_site_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownSiteError, match=f"“thanhdaon”; known sites: .*{next(iter(SITES))}"):
        get_site("thanhdaon")


def test_an_address_of_no_site_belongs_to_none() -> None:
    assert site_of("http://example.com/") is None
