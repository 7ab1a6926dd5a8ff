"""What a robots.txt says to us, whatever stands in it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.politeness.rules import LONGEST_CRAWL_DELAY, ROBOTS_LIMIT, Rules, text_of

AGENT = "newscrawler/1.0 (archive of youth union news; +contact@example.vn)"


def rules(text: str | bytes) -> Rules:
    return Rules.parse(text if isinstance(text, bytes) else text.encode(), AGENT)


def allowed(text: str | bytes, *paths: str) -> list[str]:
    parsed = rules(text)
    return [path for path in paths if parsed.allow(f"http://a.vn{path}")]


@pytest.mark.parametrize(
    ("text", "open_paths"),
    [
        ("User-agent: *\nDisallow: /a", ["/b", "/"]),
        ("User-agent: *\nDisallow: /\nAllow: /b", ["/b"]),
        ("User-agent: *\nDisallow: /*.pdf$\nDisallow: /b", ["/a", "/"]),
        ("USER-AGENT:*\r\nDISALLOW:/a\rDisallow: /b", ["/"]),
        ("User-agent: *\nDisallow: # nothing\n", ["/a", "/b", "/"]),
        ("User-agent: *\nDisallow: /a # why not\n", ["/b", "/"]),
        ("Disallow: /", ["/a", "/b", "/"]),
        ("User-agent: *\nUser-agent: b\nDisallow: /a", ["/b", "/"]),
        ("User-agent: *\nDisallow: /a\nUser-agent: b\nDisallow: /b", ["/b", "/"]),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/"]),
        ("User-agent: *\nSitemap: http://a.vn/x\nDisallow: /a", ["/b", "/"]),
        ("Useragent: *\nDissallow: /a", ["/b", "/"]),
        ("User-agent *\nDisallow /a", ["/b", "/"]),
    ],
)
def test_rules_for_everybody(text: str, open_paths: list[str]) -> None:
    assert allowed(text, "/a", "/b", "/") == open_paths


@pytest.mark.parametrize("name", ["newscrawler", "NewsCrawler", "newscrawler/2.0", "NEWSCRAWLER *"])
def test_a_group_that_names_us_stands_in_the_place_of_that_for_everybody(name: str) -> None:
    text = f"User-agent: *\nDisallow: /a\nUser-agent: {name}\nDisallow: /b\nUser-agent: other\nDisallow: /"
    assert allowed(text, "/a", "/b") == ["/a"]


@pytest.mark.parametrize("name", ["news", "crawler", "archive", "contact", "newscrawlerbot", "newscrawler-image", ""])
def test_a_group_for_others_is_not_ours_though_its_name_stands_in_our_user_agent(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /", "/a") == ["/a"]


def test_groups_for_one_agent_are_one() -> None:
    text = "User-agent: newscrawler\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: newscrawler\nDisallow: /b"
    assert allowed(text, "/a", "/b", "/c") == ["/c"]


def test_percent_escapes_and_letters_are_the_same() -> None:
    assert allowed("User-agent: *\nDisallow: /tin-t\u1ee9c", "/tin-t%E1%BB%A9c/1", "/tin-t%e1%bb%a9c") == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_whatever_it_is_written_in(coding: str) -> None:
    assert allowed("User-agent: *\nDisallow: /a".encode(coding), "/a", "/b") == ["/b"]


def test_bytes_that_are_no_text_spoil_only_their_line() -> None:
    assert allowed(b"\x00\xff\xfe: \x80\nUser\x00-agent: *\n\xc3\x28\nDisallow: /a", "/a", "/b") == ["/b"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 2", 2),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", 0.5),
        ("User-agent: *\nCrawl-delay: 0,5", 0.5),
        ("User-agent: *\nCrawl-delay: 3600", LONGEST_CRAWL_DELAY),
        ("User-agent: *\nCrawl-delay: 2\nCrawl-delay: 1", 2),
        ("User-agent: newscrawler\nCrawl-delay: 1\nUser-agent: *\nCrawl-delay: 5", 1),
        ("User-agent: newscrawler\nDisallow:\nUser-agent: *\nCrawl-delay: 5", 5),
        ("User-agent: other\nCrawl-delay: 5", None),
        *[(f"User-agent: *\nCrawl-delay: {word}", None) for word in ("soon", "-1", "nan", "inf", "", "1e999")],
    ],
)
def test_crawl_delay(text: str, seconds: float | None) -> None:
    assert rules(text).crawl_delay == seconds


def test_a_line_that_broke_off_says_nothing() -> None:
    text = b"User-agent: *\nDisallow: /a\nDisallow: /b"
    assert Rules.parse(text, AGENT, cut=True).allow("http://a.vn/b")
    assert not Rules.parse(text, AGENT, cut=False).allow("http://a.vn/b")


def test_nothing_counts_beyond_500_kib() -> None:
    text = b"User-agent: *\nDisallow: /a\n#" + b"x" * ROBOTS_LIMIT + b"\nDisallow: /b"
    assert allowed(text, "/a", "/b") == ["/b"]


HALF = ROBOTS_LIMIT // 2
HOSTILE = {
    "5,000 stars": b"User-agent: *\nDisallow: /" + b"a*" * 5000,
    "250,000 stars": b"User-agent: *\nDisallow: /" + b"a*" * 250_000,
    "27,000 rules with stars": b"User-agent: *\n" + b"".join(b"Disallow: /*%x*b\n" % each for each in range(27_000)),
    "42,000 rules": b"User-agent: *\n" + b"".join(b"Allow:/%x\n" % each for each in range(42_000)),
    "14,000 agents of 14,000 rules": b"User-agent: *\n"
    + b"".join(b"User-agent: a%d\n" % each for each in range(14_000))
    + b"".join(b"Disallow: /%d\n" % each for each in range(14_000)),
    "19,000 groups": b"User-agent: *\nDisallow:/a\n" * 19_000,
    "one line": b"User-agent: *\nDisallow: /" + b"x" * ROBOTS_LIMIT,
    "escapes": b"User-agent: *\nDisallow: /" + b"%41" * 160_000,
    "dollars": b"User-agent: *\n" + b"".join(b"Disallow: /$%d$\n" % each for each in range(27_000)),
}
LONG = "http://a.vn/" + "a" * 2000 + "?" + "a=" * 400


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_a_bounded_time(name: str) -> None:
    """Of processor time, which other work does not add to; handed to Protego as they are, 14,000 agents of 14,000 rules
    are 196 million of them."""
    before = time.process_time()
    rules(HOSTILE[name]).allow(LONG)
    assert time.process_time() - before < 10


@given(st.binary(max_size=400))
def test_no_bytes_break_it(body: bytes) -> None:
    assert Rules.parse(body, AGENT).allow("http://a.vn/robots.txt")
    assert "\0" not in text_of(body)


LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: newscrawler",
        "User-agent: x",
        "Disallow: /a",
        "Allow: /a",
        "Crawl-delay: 3",
        "Sitemap: /s",
        "# a",
        "",
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_end_of_lines_and_a_sitemap_between_them_change_nothing(lines: list[str], end: str) -> None:
    plain = rules("\n".join(line for line in lines if not line.startswith(("Sitemap", "#")) and line))
    other = rules(end.join(lines))
    assert plain.allow("http://a.vn/a") == other.allow("http://a.vn/a")
    assert plain.crawl_delay == other.crawl_delay
