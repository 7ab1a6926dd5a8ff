"""However much a server sends, a bounded part of it is taken, and memory stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hostile_archive import Outcome, crawl
from tests.hostile_exchange import Act, Case, HostileServer, endless, head, said, serving_all, whole

CHUNKED = "Transfer-Encoding: chunked"
MANY = b"X-More: and more and more\r\n" * 500
SIZE = 500 << 10
KEPT = {"keep_partial": True, "download_maxsize": SIZE}


def ask(folder: Path, cases: list[Case], **settings: Any) -> Outcome:
    server = HostileServer(cases)
    meta = {"dont_obey_robotstxt": True, "dont_retry": True}
    with serving_all([server]):
        requests = [{"url": server.url + case.path, "meta": {**meta, **case.meta}} for case in cases]
        return crawl(folder, requests, **settings)


HEADS = [
    said("page", whole(b"a page")),
    said("lines", b"HTTP/1.1 200 OK\r\n", Act.FORGET, endless(MANY, 20_000)),
    said("line", b"HTTP/1.1 200 OK\r\nX-Long: ", Act.FORGET, endless(b"a" * 13_500, 20_000)),
    said("status-line", b"HTTP/1.1 200 ", Act.FORGET, endless(b"a" * 13_500, 20_000)),
    said("folds", b"HTTP/1.1 200 OK\r\nX: a\r\n", Act.FORGET, endless(b" b\r\n" * 3000, 20_000)),
    said("no-names", b"HTTP/1.1 200 OK\r\n", Act.FORGET, endless(b"no colon here\r\n" * 900, 20_000)),
    said("hints", Act.FORGET, endless(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 300, 20_000)),
    said("trailers", head(CHUNKED) + b"3\r\nabc\r\n0\r\n", Act.FORGET, endless(MANY, 20_000)),
    said("chunk-size", head(CHUNKED), Act.FORGET, endless(b"0" * 13_500, 20_000)),
    said("extension", head(CHUNKED) + b"3;", Act.FORGET, endless(b"a" * 13_500, 20_000)),
    said("last", whole(b"a page")),
]
"""Each 270 MB long."""


def test_endless_heads_end_at_64_kilobytes_in_flat_memory(tmp_path: Path) -> None:
    outcome = ask(tmp_path, HEADS)
    kinds = {each["url"].rpartition("/")[2]: each["error"] for each in outcome.seen}
    grown = (outcome.seen[-1]["kilobytes"] - outcome.seen[0]["kilobytes"]) / 1024
    taken = {
        url.rpartition("/")[2]: sum(len(each.block) for each in records) for url, records in outcome.archived.items()
    }
    print(
        f"{len(HEADS) - 2} responses of 270 MB: at most {max(taken.values()):,} bytes taken, peak grown by {grown:.0f} MB"
    )
    long = ("lines", "line", "status-line", "folds", "no-names", "hints", "trailers")
    assert kinds == {
        "page": "",
        "last": "",
        **dict.fromkeys(long, "too-long-head"),
        "chunk-size": "bad-chunks",
        "extension": "bad-chunks",
    }
    cut = {url.rpartition("/")[2]: records[-1].truncated for url, records in outcome.archived.items()}
    assert {cut[name] for name in long if name != "hints"} == {"length"}
    assert max(taken.values()) < 1 << 18
    assert grown < 40


def test_a_head_of_just_under_64_kilobytes_is_read_and_one_byte_over_is_not(tmp_path: Path) -> None:
    start = whole(b"", "X-Long: ")
    room = (1 << 16) - len(start)
    fits = said("fits", whole(b"a page", "X-Long: " + "a" * room))
    long = said("long", whole(b"a page", "X-Long: " + "a" * (room + 1)))
    slow = said("in-two", whole(b"a page", "X-Long: " + "a" * (room - 9)), whole(b""))
    outcome = ask(tmp_path, [fits, long, slow])
    assert [each["error"] for each in outcome.seen] == ["", "too-long-head", ""]


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    piece = b"Disallow: /a\n" * 1000
    return ask(
        tmp_path_factory.mktemp("partial"),
        [
            said("endless", head(), Act.FORGET, endless(piece, 20_000), meta=KEPT),
            said("announced", head(f"Content-Length: {50 << 20}"), Act.FORGET, endless(piece, 20_000), meta=KEPT),
            said("chunked", head(CHUNKED), Act.FORGET, endless(b"%x\r\n" % len(piece) + piece + b"\r\n"), meta=KEPT),
            said("exact", whole(b"a" * SIZE), meta=KEPT),
            said("over", whole(b"a" * (SIZE + 1)), meta=KEPT),
            said("short", whole(b"a"), meta=KEPT),
            said("refused", whole(b"a" * (SIZE + 1)), meta={"download_maxsize": SIZE}),
        ],
    )


def test_a_body_that_is_too_long_is_handed_on_up_to_the_limit_where_that_is_asked_for(partial: Outcome) -> None:
    came = {each["url"].rpartition("/")[2]: (each["size"], each["flags"]) for each in partial.seen}
    assert came["short"] == (1, [])
    assert came["exact"] == (SIZE, [])
    for name in ("endless", "announced", "chunked", "over"):
        assert came[name][0] == SIZE, name
        assert "truncated" in came[name][1]


def test_without_asking_it_is_an_error(partial: Outcome) -> None:
    assert [each["error"] for each in partial.seen if each["error"]] == ["too-large"]


def test_the_record_of_a_body_that_was_left_is_marked(partial: Outcome) -> None:
    cut = {url.rpartition("/")[2]: records[0].truncated for url, records in partial.archived.items()}
    whole_ones = {name for name, word in cut.items() if word is None}
    assert {"exact", "short"} <= whole_ones <= {"exact", "short", "over"}
    assert set(cut.values()) <= {None, "length"}
    assert cut["endless"] == cut["announced"] == cut["chunked"] == "length"


def test_bytes_behind_a_body_are_not_taken_for_the_next_answer(tmp_path: Path) -> None:
    """Facts: reliability §2, row 9."""
    answer = head("Content-Length: 5") + b"hello"
    smuggled = whole(b"smuggled")
    cases = [
        said("short", answer + smuggled),
        said("next", whole(b"honest")),
    ]
    outcome = ask(tmp_path, cases)
    blocks = {url.rpartition("/")[2]: records[0].block for url, records in outcome.archived.items()}
    assert [each["size"] for each in outcome.seen] == [5, 6], outcome.words
    assert blocks["next"].endswith(b"honest")
    assert blocks["short"] == answer + smuggled
