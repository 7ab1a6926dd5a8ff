"""HTTP/1 as careless servers write it: what browsers read and Twisted 26 refuses. No byte of the archive changes by it,
but pages are read that would be lost, and whole responses are not called cut."""

from __future__ import annotations

import logging

from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser
from twisted.web.http import _ChunkedTransferDecoder, _MalformedChunkedDataError
from twisted.web.http_headers import InvalidHeaderName

logger = logging.getLogger(__name__)

MOST_HEAD = 1 << 16
"""Bytes of a response's heads, interim ones counted in, and of its trailers; others allow 8 to 256 KiB."""
MOST_INTERIM = 20
"""1xx heads before the final one; honest servers send one or two."""


class HeadLimitError(Exception):
    """Raised within the parser when a head or the trailers go on beyond the limit."""


class PaddedChunks(_ChunkedTransferDecoder):
    """Lets blanks around the size of a chunk pass: recipients must (RFC 9112 §7.1.1), and old servers pad with them.
    Trailers are bounded by Twisted at MOST_HEAD; here that only gets a name."""

    def _dataReceived_CHUNK_LENGTH(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end >= 0:
            size = self._buffer[:end].partition(b";")[0]
            self._buffer[: len(size)] = size.strip(b" \t")
            self._start = 0
        return super()._dataReceived_CHUNK_LENGTH()

    def _dataReceived_TRAILER(self) -> bool:
        try:
            return super()._dataReceived_TRAILER()
        except _MalformedChunkedDataError as error:
            raise HeadLimitError(f"the trailers are longer than {self._maxTrailerHeadersSize:,} bytes") from error


class CarelessParser(_LenientHTTPClientParser):
    """Lets blanks before a colon pass, and header lines whose name is none; Scrapy's lets those without colon pass."""

    _transferDecoders = {b"chunked": PaddedChunks}  # noqa: RUF012 (Twisted's own)
    _interim = 0

    def allHeadersReceived(self) -> None:
        if 100 <= self.response.code < 200:
            self._interim += 1
            if self._interim > MOST_INTERIM:
                raise HeadLimitError(f"more than {MOST_INTERIM} interim responses come before the final one")
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:
        try:
            super().headerReceived(name.rstrip(b" \t"), value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            logger.debug("no header's name: %r", name)
