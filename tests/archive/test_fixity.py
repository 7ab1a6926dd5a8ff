"""What a checksum does not cover is looked at too, and nothing that is whole is suspected."""

from __future__ import annotations

import zlib
from base64 import b32encode
from hashlib import sha1, sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from zlib_ng import zlib_ng

from newscrawler.archive.fixity import MEMBER_HEADER, payload_agrees, stray_bits
from newscrawler.archive.lock import ArchiveLock, is_held
from newscrawler.archive.reader import StoredRecord, read_at
from newscrawler.archive.salvage import Gap, salvage
from newscrawler.tape import Tape
from tests.archive.exchanges import exchange, members, writer
from tests.archive.test_lock import holding
from tests.conftest import times

SEED = 1

STREAMS = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=9), st.integers(1, 3000)),
)
STRATEGIES = st.sampled_from([zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE])


def record(length: int) -> StoredRecord:
    return StoredRecord("resource", None, "", "", (), Tape(), 0, length)


def suspected(data: bytes) -> bool:
    return stray_bits(BytesIO(data), record(len(data)))


def packed(content: bytes, level: int = 3, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """A member with our header, deflated by zlib in any of its ways."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    tail = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    return MEMBER_HEADER + deflater.compress(content) + deflater.flush() + tail


def idle_bits(data: bytes) -> list[int]:
    """Bits of the last byte of the stream that zlib does not look at, by trial."""
    found = []
    for bit in range(7, -1, -1):
        changed = bytearray(data)
        changed[-9] ^= 1 << bit
        try:
            inflater = zlib.decompressobj(-15)
            same = inflater.decompress(bytes(changed[10:-8])) == zlib.decompress(data, 31)
        except zlib.error:
            break
        if not (same and inflater.eof and not inflater.unused_data):
            break
        found.append(bit)
    return found


def test_our_writer_begins_members_with_this_header(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange())
    warc.close()
    path = tmp_path / capture.filename
    data = path.read_bytes()
    assert {data[offset : offset + 10] for offset, _content in members(path)} == {MEMBER_HEADER}


@given(STREAMS, st.integers(0, 9), STRATEGIES)
@example(b"ab" * 1000, 9, zlib.Z_FIXED)
def test_a_member_that_is_whole_is_never_suspected(content: bytes, level: int, strategy: int) -> None:
    assert not suspected(packed(content, level, strategy))


@given(STREAMS)
def test_a_member_of_our_compressor_is_never_suspected(content: bytes) -> None:
    deflater = zlib_ng.compressobj(3, zlib_ng.DEFLATED, 31)
    assert not suspected(deflater.compress(content) + deflater.flush())


@given(STREAMS, st.integers(0, 9), STRATEGIES)
def test_any_bit_of_the_padding_is_seen(content: bytes, level: int, strategy: int) -> None:
    data = packed(content, level, strategy)
    for bit in idle_bits(data):
        changed = bytearray(data)
        changed[-9] |= 1 << bit
        assert suspected(bytes(changed))


@pytest.mark.parametrize("place", range(10))
def test_any_bit_of_the_header_is_seen(place: int) -> None:
    data = packed(b"abc")
    for bit in range(8):
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        assert suspected(bytes(changed))


def test_a_long_member_is_looked_at_in_pieces() -> None:
    assert not suspected(packed(bytes(20_000_000) + b"end"))


def test_a_single_flip_of_a_file_is_found(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    path = tmp_path / warc.write(exchange(b"<p>ab</p>" * 3)).filename
    warc.close()
    whole = path.read_bytes()
    bits = 8 * len(whole)
    places, missed = Random(SEED).sample(range(bits), times(500, bits)), []
    print(f"\n{len(places)} of {bits} bits flipped (seed {SEED})")
    for place in places:
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(damaged)
        with path.open("rb") as stream:
            if not any(isinstance(part, Gap) or stray_bits(stream, part) for part in salvage(path)):
                missed.append(place)
    assert missed == []


BODY = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
ENTITY = b"hello world"


def labelled(content: bytes) -> dict[str, str]:
    return {
        "base 32": f"sha1:{b32encode(sha1(content).digest()).decode()}",
        "hex": f"SHA-1:{sha1(content).hexdigest()}",
        "sha256": f"sha256:{sha256(content).hexdigest()}",
    }


def response(digest: str, kind: str = "response", body: bytes = BODY) -> StoredRecord:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return StoredRecord(kind, "http://a.vn/", "", "", (("WARC-Payload-Digest", digest),), Tape(head + body), 0, 9)


@pytest.mark.parametrize("digest", labelled(ENTITY).values(), ids=labelled(ENTITY))
def test_the_digest_of_the_entity_agrees(digest: str) -> None:
    assert payload_agrees(response(digest), strictly=True)
    assert not payload_agrees(response(digest, body=BODY.replace(b"w", b"W")), strictly=False)


@pytest.mark.parametrize("digest", labelled(BODY).values(), ids=labelled(BODY))
def test_the_digest_of_the_chunks_agrees_where_others_wrote_it(digest: str) -> None:
    assert payload_agrees(response(digest), strictly=False)
    assert not payload_agrees(response(digest), strictly=True)


@pytest.mark.parametrize("kind", ["revisit", "metadata"])
def test_a_payload_that_lies_elsewhere_is_not_digested(kind: str) -> None:
    assert payload_agrees(response("sha1:AAAA", kind), strictly=True)


def test_the_payload_of_a_resource_is_its_block() -> None:
    whole = response("", "resource").block.read()
    assert payload_agrees(response(labelled(whole)["hex"], "resource"), strictly=True)
    assert not payload_agrees(response(labelled(ENTITY)["hex"], "resource"), strictly=True)


def test_a_record_without_payload_digest_or_with_an_unknown_one_is_believed() -> None:
    assert payload_agrees(response(""), strictly=True)
    assert payload_agrees(response("blake9:00"), strictly=True)


def test_a_written_record_agrees(tmp_path: Path) -> None:
    warc = writer(tmp_path)
    capture = warc.write(exchange(BODY, head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
    warc.close()
    assert payload_agrees(read_at(tmp_path / capture.filename, capture.offset), strictly=True)


def test_a_lock_is_seen_while_it_is_held_and_not_after(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    with holding(tmp_path):
        assert is_held(tmp_path)
    assert not is_held(tmp_path)


def test_looking_leaves_the_lock_free(tmp_path: Path) -> None:
    ArchiveLock(tmp_path).release()
    assert not is_held(tmp_path)
    ArchiveLock(tmp_path).release()
