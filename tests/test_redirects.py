"""Where an answer may send the crawler, and what is said of it where it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.crawl import project_settings
from newscrawler.items import Entry
from newscrawler.redirects import OffsiteRedirectError, RedirectedError, Redirects, is_same_page
from newscrawler.sites import get_site
from newscrawler.wire.location import location

SITE = get_site("thanhdoan")
ROOT = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
ARTICLE, OTHER = f"{ROOT}/News/2754", f"{ROOT}/News/2755"


class OfSite(Spider):
    name = "of-site"
    site = SITE


@pytest.fixture(scope="module")
def redirects() -> Redirects:
    crawler = Crawler(OfSite, project_settings())
    crawler.spider = OfSite()
    return Redirects.from_crawler(crawler)


def entry(url: str = ARTICLE, **meta: object) -> Request:
    hops = meta.pop("hops", 0)
    return Request(url, meta={"entry": Entry(url=url, kind="article", carried={"hops": hops}), **meta})


def led(redirects: Redirects, request: Request, to: str | bytes | None, status: int = 302) -> Request | Response:
    raw = to.encode() if isinstance(to, str) else to
    headers = {} if raw is None else {b"Location": raw}
    return redirects.process_response(request, Response(request.url, status=status, headers=headers))


def refused(redirects: Redirects, request: Request, to: str | bytes | None, status: int = 302) -> RedirectedError:
    with pytest.raises(RedirectedError) as caught:
        led(redirects, request, to, status)
    return caught.value


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ARTICLE, ARTICLE.replace("http:", "https:")),
        (ARTICLE, ARTICLE.replace("//", "//www.")),
        (ARTICLE, ARTICLE.lower() + "/?utm=1#top"),
        (ARTICLE, f"{ROOT}/News/02754"),
        (f"{ROOT}/Category/5/2", f"{ROOT}/category/5/2/"),
        (f"{ROOT}/Category/5", f"{ROOT}/Category/5/1"),
        (ROOT, f"{ROOT}/"),
        (f"{ROOT}/Gioi-thieu?b=1&a=2", f"{ROOT}/gioi-thieu?a=2&b=1"),
    ],
)
def test_another_spelling_of_the_same_page_is_followed_within_its_entry(
    redirects: Redirects, first: str, second: str
) -> None:
    for source, target in ((first, second), (second, first)):
        assert is_same_page(SITE, source, target)
        request = entry(source)
        followed = led(redirects, request, target)
        assert isinstance(followed, Request)
        assert followed.url == target.split("#")[0]
        assert followed.meta["entry"] == request.meta["entry"]
        assert followed.dont_filter


@pytest.mark.parametrize("target", [OTHER, f"{ROOT}/Category/5", ROOT, f"{ROOT}/Error?path=/News/2754"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_page_of_the_site_is_for_an_entry_of_its_own(redirects: Redirects, target: str, status: int) -> None:
    error = refused(redirects, entry(), target, status)
    assert (error.target, error.reason, error.hops) == (target, "redirected", 1)


def test_the_next_page_of_a_list_is_another_page(redirects: Redirects) -> None:
    assert refused(redirects, entry(f"{ROOT}/Category/5/2"), f"{ROOT}/Category/5/3").reason == "redirected"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://bao.vn/", "other-site"),
        ("//bao.vn/tin", "other-site"),
        ("https://ten:matkhau@bao.vn/tin", "other-site"),
        ("http://xn--bo-jja.vn:8080/", "other-site"),
        (ARTICLE, "redirect-loop"),
        ("2754", "redirect-loop"),
        ("#top", "redirect-loop"),
        ("", "bad-location"),
        (None, "bad-location"),
        ("http://", "bad-location"),
        ("http:///", "bad-location"),
        ("http://[::1/", "bad-location"),
        ("http://[zz]/", "bad-location"),
        ("http://a b/", "bad-location"),
        ("http://a:99999999/", "bad-location"),
        (f"{ROOT}/{'a' * 100_000}", "bad-location"),
        ("file:///etc/passwd", "refused-scheme"),
        ("data:text/html,<p>tin</p>", "refused-scheme"),
        ("ftp://bao.vn/", "refused-scheme"),
        ("javascript:alert(1)", "refused-scheme"),
        ("mailto:a@bao.vn", "refused-scheme"),
        ("http://127.0.0.1/", "private-address"),
        ("//2130706433/", "private-address"),
        ("http://[::ffff:127.0.0.1]/", "private-address"),
        ("http://thanhdoan.hochiminhcity.gov.vn@0x7f.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://localhost:8080/", "private-address"),
    ],
)
def test_what_is_not_followed_is_told_in_a_word(redirects: Redirects, to: str | None, reason: str) -> None:
    for request in (entry(), Request(ARTICLE), entry(requisite="image")):
        error = refused(redirects, request, to)
        assert error.reason == reason
        assert str(error).startswith("it redirects")
        assert len(str(error)) < 500
        if reason in ("other-site", "redirect-loop"):
            assert error.target is not None
            assert "matkhau" not in error.target
        else:
            assert error.target is None


def test_a_location_in_utf8_is_understood(redirects: Redirects) -> None:
    error = refused(redirects, entry(), f"{ROOT}/Đoàn viên".encode())
    assert error.target == f"{ROOT}/%C4%90o%C3%A0n%20vi%C3%AAn"
    assert location(ARTICLE, b"/\xff\xfe") == ("http://thanhdoan.hochiminhcity.gov.vn/%EF%BF%BD%EF%BF%BD", "http")


def test_a_loop_with_ever_new_queries_ends_after_twenty_hops(redirects: Redirects) -> None:
    request = entry()
    for hop in range(20):
        followed = led(redirects, request, f"{ARTICLE}?n={hop}")
        assert isinstance(followed, Request)
        request = followed
    assert refused(redirects, request, f"{ARTICLE}?n=20").reason == "redirect-loop"


def test_hops_are_counted_over_entries_as_well(redirects: Redirects) -> None:
    assert refused(redirects, entry(hops=19), OTHER).reason == "redirected"
    assert refused(redirects, entry(hops=20), OTHER).reason == "redirect-loop"
    assert refused(redirects, entry(hops=3, redirect_times=2), OTHER).hops == 6


def test_a_redirect_back_and_forth_is_a_loop(redirects: Redirects) -> None:
    www = ARTICLE.replace("//", "//www.")
    request = led(redirects, entry(), www)
    assert isinstance(request, Request)
    assert refused(redirects, request, ARTICLE).reason == "redirect-loop"


def test_credentials_stay_with_their_host(redirects: Redirects) -> None:
    request = entry()
    request.headers.update({"Authorization": "Basic a", "Cookie": "a=1"})
    followed = led(redirects, request, ARTICLE.replace("//", "//www."))
    assert isinstance(followed, Request)
    assert not {b"Authorization", b"Cookie"} & set(followed.headers)


def test_files_may_move_where_files_may_be(redirects: Redirects) -> None:
    file = entry(f"{ROOT}/a.jpg", requisite="image")
    followed = led(redirects, file, "https://cdn.tuoitre.vn/a.jpg")
    assert isinstance(followed, Request)
    assert followed.url == "https://cdn.tuoitre.vn/a.jpg"
    for elsewhere in ("https://bao.vn/a.jpg", ARTICLE):
        with pytest.raises(OffsiteRedirectError):
            led(redirects, file, elsewhere)


def test_answers_that_are_no_redirects_pass(redirects: Redirects) -> None:
    for status in (200, 204, 300, 304, 305, 404, 500):
        assert isinstance(led(redirects, entry(), "http://bao.vn/", status), Response)
    for meta in ({"dont_redirect": True}, {"handle_httpstatus_all": True}, {"handle_httpstatus_list": [302]}):
        assert isinstance(led(redirects, entry(**meta), "http://bao.vn/"), Response)


@given(st.binary(max_size=300))
def test_any_bytes_give_an_address_or_none(raw: bytes) -> None:
    target, _scheme = location(ARTICLE, raw)
    assert target is None or target.startswith(("http://", "https://"))
    assert target is None or target.isascii()
