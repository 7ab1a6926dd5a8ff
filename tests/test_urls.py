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
    assert urlkey(url) == urlkey(url).lower()


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
        ("http://example.com:8080/a", "com,example:8080)/a"),
        ("http://example.com/a/", "com,example)/a/"),
        ("http://example.com/?a=2&a=1", "com,example)/?a=1&a=2"),
        ("http://example.com/Bài", "com,example)/b%c3%a0i"),
        ("http://127.0.0.1/", "1,0,0,127)/"),
        ("http://[::1", "http://[::1"),
        ("http://a.vn:99999/A", "http://a.vn:99999/a"),
    ],
)
def test_keys(url: str, key: str) -> None:
    assert urlkey(url) == key
