"""The station nearest the network: every exchange is in the archive before anybody sees its response.

It is a download handler, not a signal or a middleware: what it raises fails the request, so no page is read that is
not archived (facts: archiving §0.9), and it begins when the request leaves, so that record dates prove politeness.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.items import Exchange
from newscrawler.politeness import HostGate
from newscrawler.run import ArchiveRun


class CapturingHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 and archives request and response; the capture travels in `response.meta["capture"]`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler_of_run = crawler

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's gate, fetch, archive, hand on.

        :raises DiskError: if the exchange could not be written; the request fails with it.
        """
        run = ArchiveRun.of(self._crawler_of_run)
        # A retry carries the meta of the try before it, whose capture is not this one's.
        request.meta.pop("capture", None)
        async with HostGate.of(self._crawler_of_run).passage(urlparse_cached(request).hostname or ""):
            if run.broken:
                raise IgnoreRequest("the archive takes no more, so nothing more is fetched")
            started_at = datetime.now(UTC)
            response = await super().download_request(request)
            request.meta["capture"] = run.archive(exchange_of(request, response, started_at))
        return response


def exchange_of(request: Request, response: Response, started_at: datetime) -> Exchange:
    """What is known of an exchange above Scrapy's HTTP parser.

    The body is as received, still compressed. Heads are rebuilt from parsed headers: letter case, order between
    names, reason phrase and chunk framing are lost at this height (facts: archiving §4); the warcinfo record says so.
    """
    return Exchange(
        url=request.url,
        method=request.method,
        request_head=_request_head(request),
        request_body=request.body,
        response_head=_response_head(response),
        response_body=response.body,
        status=response.status,
        mime=_mime(response),
        started_at=started_at,
        ip_address=str(response.ip_address) if response.ip_address else None,
        protocol=(response.protocol or "http/1.1").lower(),
        truncated="disconnect" if "partial" in response.flags else None,
    )


def _request_head(request: Request) -> bytes:
    parts = urlparse_cached(request)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"{request.method} {target} HTTP/1.1".encode(),
        b"Host: " + _host(parts.netloc),
    ]
    lines += _header_lines(request.headers.items())
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _host(netloc: str) -> bytes:
    """Host and port as the Host header has them: without user and password."""
    host = netloc.rpartition("@")[2]
    return host.encode("ascii" if host.isascii() else "idna")


def _response_head(response: Response) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {response.status} {phrase}".encode(), *_header_lines(response.headers.items())]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _header_lines(headers: Iterable[tuple[bytes, list[bytes]]]) -> list[bytes]:
    hidden = (b"proxy-authorization",)
    return [name + b": " + value for name, values in headers for value in values if name.lower() not in hidden]


def _mime(response: Response) -> str:
    declared = response.headers.get(b"Content-Type") or b""
    return declared.split(b";")[0].strip().lower().decode("latin-1") or "unk"
