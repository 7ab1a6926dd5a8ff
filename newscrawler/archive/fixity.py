"""What the checksums of a WARC file do not say: whether payloads are as their digests state, and whether a bit is set
that no reader looks at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from zlib_ng import zlib_ng

from newscrawler.archive.digest import agrees
from newscrawler.archive.reader import StoredRecord
from newscrawler.tape import Tape

MEMBER_HEADER = bytes.fromhex("1f8b0800000000000003")
"""How each gzip member of ours begins (RFC 1952 §2.3): deflate, no flags, no time, no hint, Unix."""

_GZIP_ERROR = cast(type[Exception], zlib_ng.error)
_TRAILER = 8
"""Checksum and length behind the deflate stream of a member."""
_RAW_DEFLATE = -15
_READ_SIZE = 1 << 16
_PIECE = 1 << 18
_HTTP = ("response", "request")
_WHOLE_BLOCK = ("resource", "conversion")


def payload_agrees(record: StoredRecord, *, strictly: bool) -> bool:
    """Whether the payload of a record has the digest that the record states; true where it states none, and of
    revisits, whose payload lies elsewhere.

    :param strictly: the digest must be that of the entity without chunk framing, as WARC 1.1 §5.9 has it and we write
        it; other recorders digest the framing too (facts: archiving §0.7).
    """
    digest = record.headers.get("WARC-Payload-Digest", "")
    if digest and record.kind in _WHOLE_BLOCK:
        return agrees(record.block, digest)
    if not digest or record.kind not in _HTTP or agrees(_taped(record.message.entity()), digest):
        return True
    return not strictly and agrees(_taped(record.block.pieces(record.message.head_size)), digest)


def _taped(pieces: Iterable[bytes]) -> Tape:
    tape = Tape()
    for piece in pieces:
        tape.write(piece)
    return tape


def stray_bits(file: BinaryIO, record: StoredRecord) -> bool:
    """Whether bits of one of our own members are set that no reader looks at: in the gzip header, or in the padding
    behind the last code of the deflate stream. The checksum is blind to them (facts: archiving §5).

    :param file: the file that holds the record, opened for reading bytes.
    """
    file.seek(record.offset)
    if file.read(len(MEMBER_HEADER)) != MEMBER_HEADER:
        return True
    inflater = zlib_ng.decompressobj(wbits=_RAW_DEFLATE)
    left = record.length - len(MEMBER_HEADER) - _TRAILER - 1
    while left and (data := file.read(min(left, _READ_SIZE))):
        left -= len(data)
        while data:
            inflater.decompress(data, _PIECE)
            data = inflater.unconsumed_tail
    return _idle_bits(inflater, file.read(1)[0])


def _idle_bits(inflater: Any, last: int) -> bool:
    """Whether a bit of the last byte is set without a meaning.

    The padding is at its top: a bit belongs to it if it and all above it can be turned without a change. One alone may
    be idle within the stream, where either distance leads to the same bytes; those of the last code never are.
    """
    written = _ended(inflater, last)
    highest = last.bit_length() - 1
    return last > 0 and all(_ended(inflater, last ^ 1 << bit) == written for bit in range(highest, 8))


def _ended(inflater: Any, last: int) -> tuple[bytes, bool] | None:
    """What a last byte adds to the content, and whether the stream ends with it; None if none such can stand there."""
    copy = inflater.copy()
    try:
        return copy.decompress(bytes([last])), copy.eof
    except _GZIP_ERROR:
        return None
