"""How a foreign WARC may be packed: not at all, as gzip, or as zstd; each with its way to inflate piece by piece."""

from __future__ import annotations

import sys
import zlib
from typing import Any, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DAMAGE: tuple[type[Exception], ...] = (zlib.error, zstd.ZstdError, EOFError)
"""What an inflater raises over bytes that are not its own."""

_GZIP_WINDOW = 31
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The skippable frame that holds a dictionary (iipc/warc-specifications, warc-zstd)."""
_MOST_DICTIONARY = 1 << 24


class Inflater(Protocol):
    """One member while it is inflated."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stood behind its end."""

    def feed(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """Inflate at most so many bytes; gives them, and what of the data is still to be fed."""


class Packing(Protocol):
    """A way to pack."""

    name: str
    magic: bytes
    """How a member begins."""

    def inflater(self) -> Inflater:
        """For the next member."""


class _Inflating:
    """What both libraries tell in the same words."""

    _inner: Any

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)


class _GzipInflater(_Inflating):
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=_GZIP_WINDOW)

    def feed(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        piece = self._inner.decompress(data, most)
        return piece, b"" if self._inner.eof else self._inner.unconsumed_tail


class _ZstdInflater(_Inflating):
    def __init__(self, dictionary: zstd.ZstdDict | None) -> None:
        self._inner = zstd.ZstdDecompressor(dictionary)

    def feed(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        # It keeps what it could not give out yet; an empty feed asks for more of it.
        return self._inner.decompress(data, most), b""


class Gzip:
    """RFC 1952, one member behind another."""

    name, magic = "gzip", b"\x1f\x8b\x08"

    def inflater(self) -> Inflater:
        """For the next member."""
        return _GzipInflater()


class Zstd:
    """RFC 8878, one frame behind another, with a dictionary if the file begins with one."""

    name, magic = "zstd", b"\x28\xb5\x2f\xfd"

    def __init__(self, dictionary: bytes = b"") -> None:
        self._dictionary = zstd.ZstdDict(dictionary) if dictionary else None

    def inflater(self) -> Inflater:
        """For the next frame."""
        return _ZstdInflater(self._dictionary)


def packing_of(start: bytes) -> tuple[Packing | None, int]:
    """How a file is packed that begins so, and how many bytes stand before its first member; None for not at all.

    :param start: the beginning of the file, with all of its dictionary if there is one; see `dictionary_size`.
    :raises ValueError: if the dictionary cannot be used.
    """
    if start.startswith(Gzip.magic):
        return Gzip(), 0
    if start.startswith(Zstd.magic):
        return Zstd(), 0
    if size := dictionary_size(start):
        return Zstd(_dictionary(start[8:size])), size
    return None, 0


def dictionary_size(start: bytes) -> int:
    """Bytes of the frame that holds a dictionary, its head included; 0 if the file begins with none.

    :raises ValueError: if it is longer than any dictionary.
    """
    if not start.startswith(_DICTIONARY) or len(start) < 8:
        return 0
    size = 8 + int.from_bytes(start[4:8], "little")
    if size > _MOST_DICTIONARY:
        raise ValueError("its dictionary is too long")
    return size


def _dictionary(content: bytes) -> bytes:
    try:
        if content.startswith(Zstd.magic):
            content = zstd.ZstdDecompressor().decompress(content, _MOST_DICTIONARY)
        zstd.ZstdDict(content)
    except (zstd.ZstdError, ValueError) as error:
        raise ValueError("its dictionary cannot be used") from error
    return content
