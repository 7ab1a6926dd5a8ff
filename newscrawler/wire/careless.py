"""HTTP/1 as careless servers write it: what browsers read and Twisted 26 refuses. No byte of the archive changes by it,
but pages are read that would be lost, and whole responses are not called cut."""

from __future__ import annotations

import logging

from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser
from twisted.web.http import _ChunkedTransferDecoder
from twisted.web.http_headers import InvalidHeaderName

logger = logging.getLogger(__name__)


class PaddedChunks(_ChunkedTransferDecoder):
    """Lets blanks around the size of a chunk pass: recipients must (RFC 9112 §7.1.1), and old servers pad with them."""

    def _dataReceived_CHUNK_LENGTH(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end >= 0:
            size = self._buffer[:end].partition(b";")[0]
            self._buffer[: len(size)] = size.strip(b" \t")
            self._start = 0
        return super()._dataReceived_CHUNK_LENGTH()


class CarelessParser(_LenientHTTPClientParser):
    """Lets blanks before a colon pass, and header lines whose name is none; Scrapy's lets those without colon pass."""

    _transferDecoders = {b"chunked": PaddedChunks}  # noqa: RUF012 (Twisted's own)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        try:
            super().headerReceived(name.rstrip(b" \t"), value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            logger.debug("no header's name: %r", name)
