"""Content codings undone: what is labelled rightly, wrongly, cut, damaged, or meant to fill the memory."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.archive.coding import MOST_CODINGS, MOST_DECODED, Decoded, undo
from newscrawler.errors import HostilePageError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def bare_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


CODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate as the standard says": ("deflate", zlib.compress),
    "deflate without its zlib frame": ("deflate", bare_deflate),
    "br": ("br", lambda data: brotli.compress(data, quality=1)),
    "zstd": ("zstd", zstd.compress),
}
NAMES = ["gzip", "deflate", "br", "zstd"]
SEED = 7
WORDS = "".join(random.Random(SEED).choices("aăâbcdđeêghiklmnoôơpqrstuưvxy ", k=30_000))
PAGE = f"<html><body><p>{WORDS}</p></body></html>".encode()

coders = pytest.mark.parametrize(("name", "code"), CODERS.values(), ids=CODERS)


@coders
@given(data=st.binary(max_size=3000))
def test_what_was_coded_comes_back(name: str, code: Callable[[bytes], bytes], data: bytes) -> None:
    assert undo(code(data), [name]).body == data


@given(data=st.binary(min_size=1, max_size=3000), codings=st.lists(st.sampled_from(NAMES), max_size=MOST_CODINGS))
def test_layers_come_off_in_the_order_opposite_to_that_of_the_header(data: bytes, codings: list[str]) -> None:
    coded = data
    for name in codings:
        coded = CODERS.get(name, CODERS["deflate as the standard says"])[1](coded)
    assert undo(coded, codings) == undo(data, [])


@given(data=st.binary(max_size=400), codings=st.lists(st.sampled_from([*NAMES, "aes128gcm", "x"]), max_size=4))
def test_no_bytes_under_any_label_bring_it_down(data: bytes, codings: list[str]) -> None:
    assert len(undo(data, codings).body) <= MOST_DECODED


@pytest.mark.parametrize("name", NAMES)
def test_text_under_a_wrong_label_is_kept_as_it_is(name: str) -> None:
    decoded = undo(PAGE, [name])
    assert (decoded.body, decoded.notes, decoded.whole) == (PAGE, (f"labelled {name}, but is not",), True)


@coders
def test_of_a_cut_stream_comes_the_beginning_and_a_note(name: str, code: Callable[[bytes], bytes]) -> None:
    coded = code(PAGE)
    decoded = undo(coded[: len(coded) // 2], [name])
    assert PAGE.startswith(decoded.body)
    assert not decoded.whole
    assert "is cut" in decoded.notes[0]


def test_of_a_damaged_gzip_stream_comes_all_up_to_the_damage() -> None:
    coded = bytearray(gzip.compress(PAGE))
    coded[-6] ^= 1  # the checksum
    decoded = undo(bytes(coded), ["gzip"])
    assert (decoded.body, decoded.whole, decoded.notes) == (PAGE, False, ("the gzip coding is damaged",))


def test_streams_one_behind_another_are_one_body() -> None:
    assert undo(gzip.compress(PAGE) + gzip.compress(b"x") + b"\0\0", ["gzip"]).body == PAGE + b"x"
    assert undo(zstd.compress(PAGE) + zstd.compress(b"x"), ["zstd"]).body == PAGE + b"x"


def test_an_unknown_coding_leaves_the_body_as_it_is() -> None:
    decoded = undo(PAGE, ["sdch"])
    assert (decoded.body, decoded.notes) == (PAGE, ("unknown coding sdch",))


@coders
@pytest.mark.parametrize("size", [MOST_DECODED + 1, 60_000_000])
def test_a_bomb_is_refused(name: str, code: Callable[[bytes], bytes], size: int) -> None:
    with pytest.raises(HostilePageError, match="bomb"):
        undo(code(bytes(size)), [name])


def test_a_bomb_within_a_bomb_is_refused() -> None:
    with pytest.raises(HostilePageError, match="bomb"):
        undo(gzip.compress(gzip.compress(bytes(60_000_000))), ["gzip", "gzip"])


def test_more_layers_or_streams_than_anybody_needs_are_refused() -> None:
    with pytest.raises(HostilePageError, match="5 content codings"):
        undo(PAGE, ["gzip"] * 5)
    with pytest.raises(HostilePageError, match="streams"):
        undo(gzip.compress(b"") * 100_000, ["gzip"])


def test_a_page_of_repeated_rows_is_no_bomb() -> None:
    table = b"<tr><td>1</td></tr>\n" * 40_000
    assert undo(gzip.compress(table), ["gzip"]).body == table


NOISE = random.Random(20261123).randbytes(200_000)


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
@pytest.mark.parametrize("sizes", [(0, 65_536, 1), (199_999, 65_537, 3), (65_500, 65_500, 65_500)])
def test_streams_behind_one_another_are_read_wherever_their_ends_lie(
    pack: Callable[[bytes], bytes], sizes: tuple[int, ...]
) -> None:
    name = "gzip" if pack is gzip.compress else "zstd"
    parts = [NOISE[:size] for size in sizes]
    assert undo(b"".join(map(pack, parts)) + b"\0\0", [name]) == Decoded(b"".join(parts))


def test_of_a_stream_that_is_damaged_far_behind_everything_before_is_kept() -> None:
    body = bytearray(gzip.compress(NOISE * 20, 1))
    body[len(body) // 2] ^= 255
    found = undo(bytes(body), ["gzip"])
    assert not found.whole
    assert len(found.body) > 1_900_000
    assert (NOISE * 20).startswith(found.body[:1_900_000])
