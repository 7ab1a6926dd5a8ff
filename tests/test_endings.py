"""What is said of a response that is not whole, and of a request that got none."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from newscrawler.wire.endings import ending, gzip_is_cut, sentence
from newscrawler.wire.recording import Attempt


def attempt(received: bytes = b"HTTP/1.1 200 OK\r\n\r\nhalf", **known: object) -> Attempt:
    made = Attempt(None, "127.0.0.1", None)
    made.receive(received)
    for name, value in known.items():
        setattr(made, name, value)
    return made


def failed(reason: Exception) -> DownloadFailedError:
    error = DownloadFailedError("failed")
    error.__cause__ = ResponseFailed([Failure(reason)])
    return error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (DownloadTimeoutError("Getting http://a.vn took longer than 60 seconds."), "time"),
        (DownloadCancelledError(), "length"),
        (failed(ConnectionLost()), "disconnect"),
        (failed(ConnectionDone()), "disconnect"),
        (failed(ValueError("bad chunk")), "unspecified"),
        (KeyError("anything"), "unspecified"),
    ],
)
def test_the_word_of_warc_truncated_follows_from_the_error(error: Exception, word: str) -> None:
    truncated, reason = ending(attempt(), error)
    assert truncated == word
    assert reason


def test_where_nothing_came_there_is_a_reason_but_nothing_that_could_be_truncated() -> None:
    assert ending(attempt(b""), failed(ConnectionLost())) == (
        None,
        "Connection to the other side was lost in a non-clean fashion.",
    )


def test_a_name_that_cannot_be_resolved_is_told_as_such() -> None:
    assert (
        sentence(None, CannotResolveHostError("DNS lookup failed: no results for khong.vn."))
        == "DNS lookup failed: no results for khong.vn."
    )


def test_a_body_that_ends_with_its_connection_is_whole_unless_the_connection_was_reset() -> None:
    assert ending(attempt(whole=True, lost=ConnectionDone()), None) == (None, "")
    assert ending(attempt(whole=True, lost=ConnectionLost()), None)[0] == "disconnect"


@pytest.mark.parametrize(
    ("rest", "word"),
    [("", None), ("\r\n \n", None), ("<p>and more", "disconnect")],
)
def test_a_page_that_goes_on_behind_its_stated_length_may_be_cut(rest: str, word: str | None) -> None:
    received = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nhalf{rest}".encode()
    assert ending(attempt(received, whole=True), None)[0] == word


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_gzip_body_that_fills_what_is_inflated_at_once_is_whole(size: int) -> None:
    data = gzip.compress(bytes(size), mtime=0)
    assert not gzip_is_cut([data])
    assert not gzip_is_cut([data, data])
    assert gzip_is_cut([data[:-1]])


@given(st.binary(max_size=400), st.lists(st.integers(1, 40), max_size=20), st.integers(1, 400), st.binary(max_size=5))
def test_gzip_is_whole_however_it_comes_in_pieces_and_cut_wherever_it_is_cut(
    content: bytes, sizes: list[int], cut: int, junk: bytes
) -> None:
    data = gzip.compress(content, mtime=0)
    assert not gzip_is_cut(pieces(data, sizes))
    assert not gzip_is_cut(pieces(data + data, sizes))
    assert not gzip_is_cut(pieces(data + b"\0" + junk, sizes))
    assert gzip_is_cut(pieces(data[: -min(cut, len(data) - 1)], sizes))


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    found = []
    for size in sizes:
        found.append(data[:size])
        data = data[size:]
    return [each for each in [*found, data] if each]


def test_a_body_of_a_million_empty_members_is_not_read_to_its_end() -> None:
    assert not gzip_is_cut([gzip.compress(b"") * 50_000, b"\x1f\x8b half a member"])
    assert gzip_is_cut([gzip.compress(b"") * 900, b"\x1f\x8b half a member"])
