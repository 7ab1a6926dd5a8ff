"""Addresses as pages write them: made whole where they lead somewhere, refused where not, never an exception."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.urls import absolute, bare_host, host_of, urlkey

BASE = "http://a.vn/x/y?z=1#top"
PIECES = st.sampled_from(
    [
        *"http: https: javascript: data: mailto: / // \\ ? # @ : [ ] = & ;".split(),
        *"::1 a.vn www. .. . %20 % %zz đoàn ả xn-- user:pass@ :99999 \u2160".split(),
        *" \n\t\x00\u00a0\ud800",
    ]
)
HREFS = st.text() | st.lists(PIECES, max_size=8).map("".join)


@given(HREFS, HREFS)
@example(BASE, "http://\x00/")
@example(BASE, "http://a b.vn/")
def test_anything_becomes_an_address_that_can_be_asked_for_or_none(base: str, href: str) -> None:
    whole = absolute(base, href)
    if whole is not None:
        parts = urlsplit(whole)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert whole.isascii()
        assert whole.isprintable()
        assert " " not in whole
        assert not parts.fragment
        assert absolute(BASE, whole) == whole


@given(HREFS)
def test_hosts_and_keys_are_told_of_any_text(url: str) -> None:
    assert host_of(url) == host_of(url).lower()
    assert host_of(url).endswith(bare_host(url))
    key = urlkey(url)
    assert key == key.lower()
    assert key.isascii()
    assert key.isprintable()
    assert " " not in key


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("b", "http://a.vn/x/b"),
        ("/b", "http://a.vn/b"),
        ("//b.vn/c", "http://b.vn/c"),
        ("//b.vn", "http://b.vn"),
        ("?q=1", "http://a.vn/x/y?q=1"),
        ("#đầu", "http://a.vn/x/y?z=1"),
        ("", "http://a.vn/x/y?z=1"),
        ("../../../b", "http://a.vn/b"),
        ("  /b \n", "http://a.vn/b"),
        ("/b\n/c", "http://a.vn/b/c"),
        ("ht\ntp://b.vn/\tc", "http://b.vn/c"),
        ("HTTP://B.VN/C", "http://b.vn/C"),
        ("https://b.vn/", "https://b.vn/"),
        ("/ảnh 1.jpg", "http://a.vn/%E1%BA%A3nh%201.jpg"),
        ("/a%20b%C3%A0", "http://a.vn/a%20b%C3%A0"),
        ("http://đoàn.vn/", "http://xn--on-jia8q.vn/"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://b.vn:8080/", "http://b.vn:8080/"),
        ("/b?c=http://d.vn/", "http://a.vn/b?c=http://d.vn/"),
    ],
)
def test_links_are_made_whole(href: str, whole: str) -> None:
    assert absolute(BASE, href) == whole


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "JavaScript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,<p>",
        "mailto:a@b.vn",
        "tel:123",
        "ftp://b.vn/",
        "file:///etc/passwd",
        "about:blank",
        "http://[::1",
        "http://[nothing]/",
        "http://b.vn:99999/",
        "http://b.vn:x/",
        "http://b vn/",
        "http://\x00/",
        "http://%zz/",
        "http://a℀.vn/",
        "/\ud800",
    ],
)
def test_what_leads_nowhere_is_none(href: str) -> None:
    assert absolute(BASE, href) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://user:pass@A.vn:81/", "a.vn"),
        ("http://a.vn@evil.vn/", "evil.vn"),
        ("http://WWW.a.vn/", "www.a.vn"),
        ("//a.vn/x", "a.vn"),
        ("http://[::1", ""),
        ("a.vn", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "host"),
    [("http://www.a.vn/", "a.vn"), ("http://WWW2.a.vn/", "a.vn"), ("http://wwwx.a.vn/", "wwwx.a.vn"), ("x", "")],
)
def test_the_host_without_www(url: str, host: str) -> None:
    assert bare_host(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "http://www.Example.com/News/2754?b=2&a=1",
        "https://example.com/news/2754?a=1&b=2",
        "http://WWW2.example.com:80/NEWS/2754?a=1&b=2#top",
        "https://example.com:443/news/2754?b=2&a=1",
        "http://user:pass@example.com/news/2754?b=2&a=1",
    ],
)
def test_the_writings_of_one_address_have_one_key(url: str) -> None:
    assert urlkey(url) == "com,example)/news/2754?a=1&b=2"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.com", "com,example)/"),
        ("http://example.com?a=b", "com,example)/?a=b"),
        ("http://example.com/a/", "com,example)/a"),
        ("http://example.com/a//", "com,example)/a"),
        ("http://example.com/a/?q", "com,example)/a?q"),
        ("http://example.com/a/?q=", "com,example)/a?q="),
        ("http://example.com/a?", "com,example)/a"),
        ("http://example.com/a?b&a", "com,example)/a?a&b"),
        ("http://example.com/a?b=2&b=10&b=1", "com,example)/a?b=1&b=10&b=2"),
        ("http://example.com/a?a=1&&b=2", "com,example)/a?&a=1&b=2"),
        ("http://example.com/a?a=b=c", "com,example)/a?a=b=c"),
        ("http://example.com/a?c;b;a", "com,example)/a?c;b;a"),
        ("http://example.com/a?a=1%26b=2", "com,example)/a?a=1&b=2"),
        ("http://example.com/a?a=%20b", "com,example)/a?a=%20b"),
        ("http://example.com/a?a=x%2By", "com,example)/a?a=x+y"),
        ("http://example.com/a?q=a b", "com,example)/a?q=a%20b"),
        ("http://example.com/a?q=100%", "com,example)/a?q=100%25"),
        ("http://example.com/a?q=%2525", "com,example)/a?q=%25"),
        ("http://example.com/a?q=%23x", "com,example)/a?q=%23x"),
        ("http://example.com/a?url=http%3A%2F%2Fb.vn%2F", "com,example)/a?url=http://b.vn/"),
        ("http://example.com/a?a=1&sid=0123456789abcdef0123456789abcdef&b=1", "com,example)/a?a=1&b=1"),
        ("http://example.com/a?PHPSESSID=0123456789ABCDEF0123456789ABCDEF", "com,example)/a"),
        ("http://example.com/a?cfid=1&cftoken=2&x=1", "com,example)/a?x=1"),
        ("http://example.com/x/(S(abcdefghijklmnopqrstuvwx))/Page.aspx", "com,example)/x/page.aspx"),
        ("http://example.com/../a", "com,example)/../a"),
        ("http://example.com/a/b/../../c/", "com,example)/c"),
        ("http://example.com//a//b", "com,example)/a/b"),
        ("http://example.com/a%2Fb", "com,example)/a/b"),
        ("http://example.com/%7Ea", "com,example)/~a"),
        ("http://example.com/100%", "com,example)/100%25"),
        ("http://example.com/Bài", "com,example)/b%c3%a0i"),
        ("http://example.com/Đoàn-Thanh-Niên/", "com,example)/%c4%90o%c3%a0n-thanh-ni%c3%aan"),
        ('http://example.com/a<b>"c"', 'com,example)/a<b>"c"'),
        ("http://www.www.example.com/", "com,example,www)/"),
        ("http://www.com/", "com)/"),
        ("https://example.com:80/", "com,example:80)/"),
        ("http://example.com:8080/a", "com,example:8080)/a"),
        ("http://example.com:/a", "com,example)/a"),
        ("http://example.com./a", "com,example)/a"),
        ("http://example..com/a", "com,example)/a"),
        ("http://127.0.0.1/", "1,0,0,127)/"),
        ("http://2130706433/", "1,0,0,127)/"),
        ("http://0177.0.0.1/", "1,0,0,127)/"),
        ("http://[::1]:8080/a", "::1:8080)/a"),
        ("http://đoàn.vn/", "vn,xn--on-jia8q)/"),
        ("http://exa%6Dple.com/", "com,example)/"),
        ("http://http://example.com/a", "com,example)/a"),
        (" http://example.com/a", "com,example)/a"),
        ("example.com/a", "com,example)/a"),
        ("urn:x:y", "urn:x:y"),
        ("metadata://netpreserve.org/x", "org,netpreserve)/x"),
        (
            "http://doanthanhnien.vn/index.php?option=com_content&view=article&id=1:a&catid=2",
            "vn,doanthanhnien)/index.php?catid=2&id=1:a&option=com_content&view=article",
        ),
        ("https://baochinhphu.vn/x-102230101.htm?p=1&P=2", "vn,baochinhphu)/x-102230101.htm?p=1&p=2"),
        ("http://a.vn/?a[0]=1&a[10]=2&a[2]=3", "vn,a)/?a[0]=1&a[10]=2&a[2]=3"),
    ],
)
def test_keys_are_those_of_the_library_surt_that_pywb_and_cdxj_indexer_use(url: str, key: str) -> None:
    assert urlkey(url) == key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://[::1", "http://[::1"),
        ("http://a.vn:99999/A", "http://a.vn:99999/a"),
        ("http://a.vn:x/ Đ", "http://a.vn:x/%20%c4%90"),
        ("http://a.vn/\ud800", "vn,a)/?"),
    ],
)
def test_what_is_no_address_is_its_own_key(url: str, key: str) -> None:
    assert urlkey(url) == key


@pytest.mark.parametrize(
    "url",
    [
        "http://a.vn/?" + "cfid=" * 20_000,
        "http://a.vn/" + "%25" * 20_000,
        "http://a.vn/%" + "25" * 20_000,
        "http://a.vn/" + "../" * 20_000,
        "http://a.vn/" + "/(a(" * 20_000,
        "http://" + "1" * 20_000 + "/",
        "http://" + "a." * 20_000 + "/",
        "http://" * 20_000,
        "http://a.vn:" + "1" * 20_000,
    ],
    ids=lambda url: url[:20],
)
def test_a_long_hostile_address_has_a_key_all_the_same(url: str) -> None:
    assert urlkey(url).isascii()
