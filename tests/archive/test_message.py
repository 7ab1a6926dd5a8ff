"""HTTP messages as servers send them: never an exception, and the same whatever pieces they come in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.archive.chunks import Unchunker, unchunked
from newscrawler.archive.message import Message, head_length, interim_length, parse_head
from newscrawler.tape import Tape

HEX = st.sampled_from(
    [b"0", b"1", b"5", b"a", b"F", b"\r\n", b"\n", b"\r", b";", b" ", b"x", b"abc", b"\t", b"0\r\n\r\n"]
)
NEARLY_CHUNKED = st.lists(HEX, max_size=30).map(b"".join) | st.binary(max_size=300)
EXTENSION = st.sampled_from([b"", b";a=b", b' ; name="v"', b" ", b"\t;x"])


def cut(data: bytes, places: list[int]) -> list[bytes]:
    borders = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(borders)]


def framed(chunks: list[tuple[bytes, bytes]], newline: bytes = b"\r\n") -> bytes:
    body = b"".join(b"%x" % len(data) + extension + newline + data + newline for data, extension in chunks)
    return body + b"0" + newline + b"Trailer: x" + newline + newline


@given(
    st.lists(st.tuples(st.binary(min_size=1, max_size=100), EXTENSION)),
    st.sampled_from([b"\r\n", b"\n"]),
    st.lists(st.integers(0)),
)
def test_chunks_give_their_content_in_whatever_pieces_they_come(
    chunks: list[tuple[bytes, bytes]], newline: bytes, places: list[int]
) -> None:
    unchunker = Unchunker()
    found = b"".join(map(unchunker.feed, cut(framed(chunks, newline), places)))
    assert found == b"".join(data for data, _extension in chunks)
    assert unchunker.finished
    assert not unchunker.broken


@given(NEARLY_CHUNKED, st.lists(st.integers(0), max_size=12))
@example(b"<p>" + b"x" * 100 + b"\n", [70])
def test_any_body_gives_the_same_in_one_piece_and_in_many(body: bytes, places: list[int]) -> None:
    whole, pieces = Unchunker(), Unchunker()
    assert whole.feed(body) == b"".join(map(pieces.feed, cut(body, places)))
    assert (whole.framed, whole.finished, whole.broken) == (pieces.framed, pieces.finished, pieces.broken)
    assert b"".join(unchunked([body])) == b"".join(unchunked(cut(body, places)))


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=100), EXTENSION), min_size=1), st.integers(0))
def test_a_cut_body_gives_the_beginning_of_its_content(chunks: list[tuple[bytes, bytes]], place: int) -> None:
    body = framed(chunks)
    part, unchunker = body[: place % len(body)], Unchunker()
    assert b"".join(data for data, _extension in chunks).startswith(unchunker.feed(part))


@pytest.mark.parametrize(
    "body",
    [
        b"<p>no frame</p>",
        b"<p>no frame</p>\n" * 9,
        b"x" * 70 + b"\n" + b"y" * 70,
        b"",
        b"\x1f\x8b\x08\x00",
        b"-5\r\nabc",
    ],
)
def test_a_body_without_frame_is_given_as_it_is(body: bytes) -> None:
    assert b"".join(unchunked([body])) == b"".join(unchunked([body[i : i + 1] for i in range(len(body))])) == body


def test_what_stands_where_a_chunk_should_begin_ends_the_body() -> None:
    assert b"".join(unchunked([b"3\r\nabc\r\nnonsense\r\n3\r\ndef\r\n"])) == b"abc"


def test_a_size_beyond_all_sizes_is_no_size() -> None:
    assert Unchunker().feed(b"f" * 16 + b"\r\nabc") == b""


def test_a_line_that_does_not_end_is_not_waited_for_forever() -> None:
    unchunker = Unchunker()
    assert unchunker.feed(b"5;") == b""
    for _ in range(20):
        assert not unchunker.broken
        unchunker.feed(b"x" * 1000)
        if unchunker.broken:
            break
    assert unchunker.broken


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read_as_a_message(data: bytes) -> None:
    message = Message.of(data)
    assert message.raw_head == data[: message.head_size]
    assert data[message.head_size :].startswith(b"".join(message.entity())) or message.head.chunked
    assert message.head_ends or message.head_size == len(data)
    assert interim_length(data) <= len(data)
    assert isinstance(message.head.mime, str)
    assert isinstance(message.head.codings, list)


@given(
    st.lists(st.binary(max_size=40), max_size=10),
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.1 103 Early"]),
    st.binary(max_size=50),
)
def test_any_header_lines_can_be_read(lines: list[bytes], first: bytes, body: bytes) -> None:
    data = b"\r\n".join([first, *lines]) + b"\r\n\r\n" + body
    message = Message.of(data)
    assert message.head_ends
    assert message.head.status in (200, 103)
    assert all("\n" not in name + value for name, value in message.head.headers)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"HTTP/1.1 200 OK", 200),
        (b"HTTP/1.0  404", 404),
        (b"HTTP/1.1 999 ", 999),
        (b"HTTP/1.1 2000 OK", 0),
        (b"HTTP/1.1 200OK", 0),
        (b"HTTP/1.1 20", 0),
        (b"HTTP/2 200", 200),
        (b"http/1.1 200 OK", 0),
        (b"ICY 200 OK", 0),
        (b"", 0),
        (b"GET / HTTP/1.1", 0),
    ],
)
def test_only_a_status_line_gives_a_status(line: bytes, status: int) -> None:
    assert parse_head(line + b"\r\nA: b\r\n\r\n").status == status


def test_heads_end_with_an_empty_line_of_either_kind() -> None:
    assert head_length(b"HTTP/1.1 200 OK\nA: b\n\nbody") == 22
    assert head_length(b"HTTP/1.1 200 OK\r\nA: b\r\n") is None


def test_a_head_beyond_all_heads_has_no_end() -> None:
    message = Message.of(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 100_000 + b"\r\nbody")
    assert not message.head_ends
    assert message.head_size == len(message.tape)
    assert b"".join(message.entity()) == b""


@pytest.mark.parametrize("status", [204, 304])
def test_what_no_body_may_follow_has_no_payload_and_none_is_stated_if_bytes_follow(status: int) -> None:
    head = b"HTTP/1.1 %d X\r\nTransfer-Encoding: chunked\r\n\r\n" % status
    assert Message.of(head).digestible
    stray = Message.of(head + b"5\r\nHello\r\n0\r\n\r\n")
    assert b"".join(stray.entity()) == b""
    assert not stray.digestible


def test_interim_heads_are_counted_up_to_the_final_one() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    assert interim_length(interim + b"HTTP/1.1 200 OK\r\n\r\n") == interim_length(interim) == len(interim)
    assert interim_length(interim[:-2]) == len(b"HTTP/1.1 100 Continue\r\n\r\n")


def test_a_message_may_be_longer_than_memory_holds() -> None:
    tape = Tape(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", in_memory=100)
    for _ in range(50):
        tape.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
    tape.write(b"0\r\n\r\n")
    assert sum(map(len, Message.of(tape).entity())) == 500_000
