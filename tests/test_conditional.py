"""Asking only for what has changed: what is sent, what a 304 becomes, and that the archive tells the same afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.message import Head
from newscrawler.conditional import validators
from newscrawler.demo.addresses import HOME
from tests.changing_site import ChangingSite, Raw, Reply, head
from tests.conftest import Shell
from tests.test_crawl import query
from tests.test_rebuild import change, forget, hash_of

NEWS = f"{HOME}/News/"


@pytest.fixture
def site() -> Iterator[ChangingSite]:
    with ChangingSite().serving() as site:
        yield site


@pytest.fixture
def shell(site: ChangingSite, tmp_path: Path) -> Shell:
    return Shell(site.url, tmp_path)


def crawl(shell: Shell, *words: str, code: int = 0) -> None:
    done = shell.crawl(*words)
    assert done.returncode == code, done.stderr


def articles(shell: Shell) -> list[tuple[object, ...]]:
    return query(shell.data, "SELECT id, url, content_hash, first_seen, last_seen, gone_at FROM articles ORDER BY id")


def rebuilt_alike(shell: Shell) -> None:
    """The archive made again from its WARC files alone says the same, and so does what looks at it without making."""
    before = hash_of(shell.data)
    for words in (["rebuild", "--check"], ["verify"]):
        done = shell("newscrawler", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    forget(shell.data)
    assert shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(shell.data) == before


def test_an_unchanged_site_costs_almost_no_bytes_and_every_page_counts_as_seen(
    shell: Shell, site: ChangingSite
) -> None:
    crawl(shell)
    first, before = sum(each.size for each in site.asked), articles(shell)
    links = query(shell.data, "SELECT max(last_seen) FROM links")
    site.forget()
    crawl(shell)
    again = [each for each in site.asked if each.path != "/robots.txt"]
    assert {each.status for each in again if each.path.startswith(NEWS)} <= {304}
    assert sum(each.size for each in site.asked) <= first * 0.05
    after = articles(shell)
    assert [row[:4] for row in after] == [row[:4] for row in before]
    seen = {each.path for each in again}
    moved = [new for old, new in zip(before, after, strict=True) if new[4] > old[4]]  # type: ignore[operator]
    assert len(moved) == len([path for path in seen if path.startswith(NEWS)])
    assert query(shell.data, "SELECT max(last_seen) FROM links") > links
    assert query(shell.data, "SELECT count(*) FROM problems WHERE stage != 'requisite'") == [(0,)]
    rebuilt_alike(shell)


def test_the_304_is_in_the_archive_as_a_revisit_of_the_page_it_speaks_of(shell: Shell, site: ChangingSite) -> None:
    one = f"http://thanhdoan.hochiminhcity.gov.vn{NEWS}22431"
    for _turn in range(2):
        crawl(shell, "--url", one)
    assert query(shell.data, f"SELECT status, record_type FROM captures WHERE url = '{one}' ORDER BY id") == [
        (200, "response"),
        (304, "revisit"),
    ]
    assert query(
        shell.data,
        f"SELECT (SELECT status FROM captures WHERE id = s.capture_id) FROM sightings s JOIN articles a ON a.id = s.article_id WHERE a.url = '{one}' ORDER BY seen_at",
    ) == [(200,), (304,)]
    packed = shell("newscrawler", "export", "wacz", str(shell.folder / "all.wacz"))
    assert packed.returncode == 0, packed.stderr
    (other := shell.folder / "other").mkdir()
    taken = Shell("", other)("newscrawler", "import", str(shell.folder / "all.wacz"))
    assert taken.returncode == 0, taken.stderr
    assert [hash for (hash,) in query(other / "data", "SELECT content_hash FROM sightings")] == [
        hash for (hash,) in query(shell.data, "SELECT content_hash FROM sightings")
    ]


def test_a_full_crawl_takes_nobodys_word_for_it(shell: Shell, site: ChangingSite) -> None:
    crawl(shell)
    site.forget()
    crawl(shell, "--full")
    assert not [each for each in site.asked if "if-none-match" in each.headers or "if-modified-since" in each.headers]


def test_a_page_that_changed_brings_its_new_text_and_is_asked_for_by_its_new_tag(
    shell: Shell, site: ChangingSite
) -> None:
    truth = next(truth for truth in site.site.truth() if truth.listed and truth.generation == "E")
    url, path = truth.url, f"{NEWS}{truth.id}"
    crawl(shell, "--url", url)
    site.site.edit(truth.id, paragraphs=["Nhất trí.", *truth.paragraphs[1:]])
    crawl(shell, "--url", url)
    crawl(shell, "--url", url)
    assert [each.status for each in site.asked if each.path == path] == [200, 200, 304]
    assert query(shell.data, "SELECT count(*) FROM versions") == [(2,)]
    rebuilt_alike(shell)


def test_a_304_that_nobody_asked_for_is_no_page(shell: Shell, site: ChangingSite) -> None:
    path = f"{NEWS}22431"
    url = f"http://thanhdoan.hochiminhcity.gov.vn{path}"
    crawl(shell, "--url", url)
    seen = articles(shell)
    site.answers[path] = lambda _body, _count: Reply(304)
    crawl(shell, "--full", "--url", url, code=1)
    assert articles(shell) == seen
    assert query(shell.data, "SELECT kind FROM problems WHERE kind LIKE 'http%'") == [("http-304",)]
    rebuilt_alike(shell)


def test_a_304_with_a_body_or_of_a_page_that_is_lost_makes_us_ask_outright(shell: Shell, site: ChangingSite) -> None:
    path = f"{NEWS}22431"
    url = f"http://thanhdoan.hochiminhcity.gov.vn{path}"
    crawl(shell, "--url", url)
    site.forget()
    stray = Raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\nstray")
    site.answers[path] = lambda _body, count: stray if count == 1 else None
    crawl(shell, "--url", url)
    asked = [each for each in site.asked if each.path == path]
    assert ["if-none-match" in each.headers for each in asked] == [True, False]
    rebuilt_alike(shell)


def test_where_the_archived_page_cannot_be_read_it_is_asked_for_without_validators(
    shell: Shell, site: ChangingSite
) -> None:
    path = f"{NEWS}22431"
    url = f"http://thanhdoan.hochiminhcity.gov.vn{path}"
    crawl(shell, "--url", url)
    change(shell.data, f"UPDATE captures SET offset = offset + 1 WHERE url = '{url}'")
    site.forget()
    crawl(shell, "--url", url)
    assert [(each.status, "if-none-match" in each.headers) for each in site.asked if each.path == path] == [
        (200, False)
    ]


def test_a_copy_that_may_be_cut_is_never_confirmed(shell: Shell, site: ChangingSite) -> None:
    path = f"{NEWS}22431"
    url = f"http://thanhdoan.hochiminhcity.gov.vn{path}"
    torn = lambda body, _count: Raw(head('ETag: "half"', "Connection: close") + body[: len(body) // 2])  # noqa: E731
    site.answers[path] = torn
    crawl(shell, "--url", url, code=3)
    site.forget()
    site.answers.clear()
    crawl(shell, "--url", url)
    assert ["if-none-match" in each.headers for each in site.asked if each.path == path] == [False]


@pytest.mark.parametrize(
    ("lines", "sent"),
    [
        ({"ETag": '"a"', "Last-Modified": "Sun, 22 Nov 2026 06:00:00 GMT"}, {"If-None-Match": b'"a"', "If-Modified-Since": b"Sun, 22 Nov 2026 06:00:00 GMT"}),
        ({"ETag": 'W/"a b"'}, {"If-None-Match": b'W/"a b"'}),
        ({"ETag": "5f3-abc"}, {"If-None-Match": b"5f3-abc"}),
        ({"ETag": '"\xe9"'}, {"If-None-Match": b'"\xe9"'}),
        ({"ETag": "*"}, {}),
        ({"ETag": '"a", *'}, {}),
        ({"ETag": '"a\x01"'}, {}),
        ({"ETag": '"' + "a" * 2000 + '"'}, {}),
        ({"Last-Modified": "hôm qua"}, {}),
        ({"Last-Modified": "Sun, 22 Nov 2026 06:00:00 GMT", "Date": "Sun, 22 Nov 2026 06:00:00 GMT"}, {}),
        ({"Last-Modified": "Sun, 22 Nov 2026 06:00:00 GMT", "Date": "Sun, 22 Nov 2026 06:00:01 GMT"}, {"If-Modified-Since": b"Sun, 22 Nov 2026 06:00:00 GMT"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_only_what_can_be_compared_is_sent_back(lines: dict[str, str], sent: dict[str, bytes]) -> None:
    assert validators(Head("HTTP/1.1 200 OK", 200, tuple(lines.items()))) == sent


@given(tag=st.text(st.characters(max_codepoint=255)), date=st.text(st.characters(max_codepoint=255)))
def test_nothing_that_a_server_sends_breaks_out_of_its_line(tag: str, date: str) -> None:
    for value in validators(Head("", 200, (("ETag", tag), ("Last-Modified", date)))).values():
        assert not set(value) & {*range(0x20), 0x7F}
