"""A proof, made before the first real request leaves, that what is archived is what passed on the wire.

The tap hangs on private parts of Scrapy and Twisted: an upgrade of either must stop a crawl rather than bend its
archive.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path

import scrapy
import twisted
from scrapy import Request

from newscrawler.archive.message import head_length
from newscrawler.errors import WireTapError
from newscrawler.wire.recording import Recording

Fetch = Callable[[Request], Awaitable[object]]
LONGEST = 10.0
"""Seconds that one of the exchanges may take; all are done in a few milliseconds."""

_PAGE = gzip.compress(b"Ra qu\xc3\xa2n " * 40)
REPLIES = (
    b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    b"HTTP/1.1 200  o.K.\r\ncONTENT-encoding: gzip\r\nSet-Cookie: a=1\r\nX-Folded: one\r\n\ttwo \r\nno colon here\r\n"
    b"X-Latin: \xe9\xf4\r\nSET-cookie:b=2\r\ntransfer-ENCODING: chunked\r\nTrailer: X-Sum\r\n\r\n"
    b'0A;name="a b"\r\n' + _PAGE[:10] + b"\r\n" + b"%x\r\n" % len(_PAGE[10:]) + _PAGE[10:] + b"\r\n"
    b"000\r\nX-Sum:  1\r\n\r\n",
    b"HTTP/1.0 404\nX-Lines: LF only\nCONNECTION: close\n\nto the end",
)
"""What the server answers to the first and to the second request."""


class _Server:
    """Answers each request with the next reply, and keeps what it was sent."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = b""
        while piece := await reader.read(1 << 16):
            data += piece
            if head_length(data) is not None and data.endswith(b"body" if data.startswith(b"POST") else b"\r\n\r\n"):
                writer.write(REPLIES[len(self.received)])
                self.received.append(data)
                data = b""
                if len(self.received) == len(REPLIES):
                    break
        writer.close()


async def prove(fetch: Fetch, folder: Path) -> None:
    """Fetch awkward known bytes from a server of our own on loopback, and compare the tapes with them.

    :param fetch: the real way of fetching, through the tapped pool and without proxy.
    :param folder: where tapes may lie.
    :raises WireTapError: if a single byte differs, or if nothing was taped.
    """
    server = _Server()
    try:
        listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    except OSError as error:
        raise _complaint(f"it cannot be tried out, for 127.0.0.1 is not to be had: {error}") from error
    try:
        url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/wire?q=%C3%A2"
        for reply, body in zip(REPLIES, (b"", b"a body"), strict=True):
            taped = await _fetch(fetch, url, body, folder)
            sent = b"".join(server.received[-1:])
            if taped != [(sent, reply)]:
                raise _complaint(_difference(taped, sent))
    finally:
        listening.close()


async def _fetch(fetch: Fetch, url: str, body: bytes, folder: Path) -> list[tuple[bytes, bytes]]:
    """What was taped of each attempt: sent, received."""
    meta = {"bindaddress": ("127.0.0.1", 0), "download_timeout": LONGEST}
    method = "POST" if body else "GET"
    request = Request(url, method=method, body=body, headers={"X-odd-CASE": ["1", "2"]}, meta=meta)
    recording = Recording(folder, trusted=True)
    try:
        with recording.running():
            await fetch(request)
        return [(each.sent.read(), each.received.read()) for each in recording.attempts]
    except Exception as error:
        raise _complaint(f"the exchange failed: {error}") from error
    finally:
        recording.close()


def _difference(taped: list[tuple[bytes, bytes]], sent: bytes) -> str:
    if len(taped) != 1:
        return f"{len(taped)} exchanges were taped instead of one"
    which = "request" if taped[0][0] != sent else "response"
    return f"the {which} was taped otherwise than it passed"


def _complaint(what: str) -> WireTapError:
    versions = f"Scrapy {scrapy.__version__} and Twisted {twisted.__version__}"
    return WireTapError(
        f"with {versions} the archive would not be what passed on the wire ({what}); "
        "install the versions that constraints.txt names, then crawl again"
    )
