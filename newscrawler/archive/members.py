"""The gzip members of a file, one behind another, inflated in bounded pieces.

warcio's own reader hands out the half of a member that was cut (facts: archiving §0.4), so members are read here, to
their end and checksum.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from zlib_ng import zlib_ng

DAMAGE = (ValueError,)
"""What `Members.pieces` raises where a member is not whole."""

_GZIP_ERROR = cast(type[Exception], zlib_ng.error)
_GZIP_WINDOW = 31
_READ_SIZE = 1 << 16
_PIECE = 1 << 18
"""Bytes that one call may inflate: a bomb comes out piece by piece, and who takes the pieces may stop."""


class Members:
    """A walk over the members of a file, forward only.

    :param file: opened for reading bytes.
    :param offset: where a member begins.
    """

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self.offset = offset
        """Where the next member begins; while one is being read, where that one does."""
        self._file = file
        self._rest = b""
        file.seek(offset)

    def at_end(self) -> bool:
        """Whether the file ends here."""
        self._rest = self._rest or self._file.read(_READ_SIZE)
        return not self._rest

    def pieces(self) -> Iterator[bytes]:
        """The content of the next member; `offset` moves behind it when all of it has been taken.

        :raises ValueError: if the file ends before the member does, if it is no gzip, or differs from its checksum.
        """
        inflater = zlib_ng.decompressobj(wbits=_GZIP_WINDOW)
        read = 0
        while not inflater.eof:
            if self.at_end():
                raise ValueError("the file ends within a record" if read else "the file ends here")
            data = self._rest
            try:
                piece = inflater.decompress(data, _PIECE)
            except _GZIP_ERROR as error:
                raise ValueError(str(error)) from error
            self._rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            read += len(data) - len(self._rest)
            if piece:
                yield piece
        self.offset += read
