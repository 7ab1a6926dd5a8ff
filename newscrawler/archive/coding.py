"""Content codings undone (RFC 9110 §8.4), with limits: what a body says once gzip, deflate, br or zstd is off it.

A label is believed only where the bytes bear it out: text under a gzip label is kept as it is, and of a stream that
ends or breaks too early its beginning is given (facts: reliability §2, rows 35-41).
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import brotli

from newscrawler.errors import HostilePageError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_DECODED = 20 * 1024 * 1024
"""Bytes that one coding may unfold to."""
MOST_FOLDED = 500
"""How many times its size a coding may unfold to; pages come to 10, and gzip can do 1,032."""
SMALL = 1 << 20
"""Bytes within which nothing is too much."""
MOST_CODINGS = 4
MOST_MEMBERS = 256
"""Streams that may stand one behind another."""

_PIECE, _BLOCK = 1 << 10, 1 << 16
_GZIP = b"\x1f\x8b\x08"
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GZIP_WINDOW, _RAW_WINDOW = 31, -15


@dataclass(frozen=True)
class Decoded:
    """A body without its codings."""

    body: bytes
    notes: tuple[str, ...] = ()
    """What was not as its label says, a few words each."""
    whole: bool = True
    """Whether every coding came to its end; else the body is what could be had of it."""


_Step = Callable[[bytes, int], Decoded]
"""Undoes one coding, giving at most one byte more than allowed."""


def undo(body: bytes, codings: Sequence[str]) -> Decoded:
    """Take the codings off a body.

    :param codings: in the order in which they were applied, as the header names them (`Head.codings`).
    :returns: the body; from an unknown coding inward it stays as it is.
    :raises HostilePageError: if it unfolds beyond MOST_DECODED or MOST_FOLDED, or bears more than MOST_CODINGS.

    >>> undo(zlib.compress(b"tin"), ["deflate"]).body
    b'tin'
    >>> undo(b"<p>tin</p>", ["gzip"])
    Decoded(body=b'<p>tin</p>', notes=('labelled gzip, but is not',), whole=True)
    """
    if len(codings) > MOST_CODINGS:
        raise HostilePageError(f"the body lies under {len(codings)} content codings, over the limit of {MOST_CODINGS}")
    result = Decoded(body)
    for name in reversed(codings):
        if name not in _STEPS:
            return Decoded(result.body, (*result.notes, f"unknown coding {name[:40]}"), result.whole)
        if not result.body:
            break
        step = _limited(name, result.body)
        result = Decoded(step.body, (*result.notes, *step.notes), result.whole and step.whole)
    return result


def _limited(name: str, body: bytes) -> Decoded:
    most = min(MOST_DECODED, max(SMALL, MOST_FOLDED * len(body)))
    step = _STEPS[name](body, most)
    if len(step.body) > most:
        del step  # for as long as the error is kept, its traceback would keep it too
        raise HostilePageError(f"{len(body):,} bytes of {name} unfold to more than {most:,}: a decompression bomb")
    return step


def _gunzip(body: bytes, most: int) -> Decoded:
    return _inflated("gzip", body, most, _GZIP_WINDOW) if body.startswith(_GZIP) else _lie("gzip", body)


def _inflate(body: bytes, most: int) -> Decoded:
    """The standard says a zlib stream; some servers send the bare deflate inside it."""
    try:
        zlib.decompressobj().decompress(body[:_PIECE])
        return _inflated("deflate", body, most, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated("deflate", body, most, _RAW_WINDOW)


def _inflated(name: str, body: bytes, most: int, window: int) -> Decoded:
    """All members of a stream, one behind another; what follows them and is none is left out."""
    marked = window == _GZIP_WINDOW
    out, at = b"", 0
    for number in count(1):
        _refuse_many(name, number)
        try:
            member = _member(zlib.decompressobj(window), body, at, most + 1 - len(out))
        except zlib.error:
            out += _beginning(body[at:], window, most + 1 - len(out))
            return _broken(name, body, out, "is damaged", marked)
        out += member.body
        if len(out) > most:
            break
        if not member.ended:
            return _broken(name, body, out, "is cut", marked)
        at = member.end
        if not (marked and body.startswith(_GZIP, at)):
            break
    return Decoded(out)


class _Member(NamedTuple):
    """One stream of several: what it says, where it ends, and whether it does."""

    body: bytes
    end: int
    ended: bool


def _member(decoder: Any, body: bytes, at: int, most: int) -> _Member:
    """The stream that begins at a place; fed in blocks, for decoders copy what they were given too much of.

    :param decoder: one of zlib or zstd, which raises its own error over damage.
    """
    out = bytearray()
    while at < len(body) and not decoder.eof and len(out) < most:
        block = body[at : at + _BLOCK]
        out += decoder.decompress(block, most - len(out))
        at += len(block) - len(decoder.unused_data)
    return _Member(bytes(out), at, decoder.eof)


def _refuse_many(name: str, number: int) -> None:
    if number > MOST_MEMBERS:
        raise HostilePageError(f"the body holds more than {MOST_MEMBERS} {name} streams, one behind another")


def _beginning(data: bytes, window: int, most: int) -> bytes:
    """What a damaged stream says up to the damage: zlib keeps the output of a call that fails, so calls get small."""
    good, out = 0, bytearray()
    for step in (_PIECE, 1):
        inflater = zlib.decompressobj(window)
        out = bytearray(inflater.decompress(data[:good], most))
        try:
            while good < len(data) and len(out) < most:
                out += inflater.decompress(data[good : good + step], most - len(out))
                good += step
        except zlib.error:
            continue
    return bytes(out)


def _unbrotli(body: bytes, most: int) -> Decoded:
    decoder = brotli.Decompressor()
    pieces: list[bytes] = []
    size, data = 0, body
    try:
        while not decoder.is_finished() and size <= most:
            pieces.append(decoder.process(data, output_buffer_limit=most + 1 - size))
            size, data = size + len(pieces[-1]), b""
            if not pieces[-1]:
                break
    except brotli.error:
        return _broken("br", body, b"".join(pieces), "is damaged")
    out = b"".join(pieces)
    return Decoded(out) if decoder.is_finished() or size > most else _broken("br", body, out, "is cut")


def _unzstd(body: bytes, most: int) -> Decoded:
    if not _ZSTD.match(body):
        return _lie("zstd", body)
    out, at = b"", 0
    for number in count(1):
        _refuse_many("zstd", number)
        try:
            member = _member(zstd.ZstdDecompressor(), body, at, most + 1 - len(out))
        except zstd.ZstdError:
            return _broken("zstd", body, out, "is damaged", marked=True)
        out += member.body
        if len(out) > most:
            break
        if not member.ended:
            return _broken("zstd", body, out, "is cut", marked=True)
        at = member.end
        if not _ZSTD.match(body, at):
            break
    return Decoded(out)


def _broken(name: str, body: bytes, out: bytes, how: str, marked: bool = False) -> Decoded:
    """A stream without an end; bytes that are text were never one, where the coding has no mark of its own to tell."""
    if not marked and not (out and _CONTROL.search(body)):
        return _lie(name, body)
    return Decoded(out, (f"the {name} coding {how}",), whole=False)


def _lie(name: str, body: bytes) -> Decoded:
    return Decoded(body, (f"labelled {name}, but is not",))


_STEPS: dict[str, _Step] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
