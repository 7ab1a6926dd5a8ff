"""The station nearest the network: every exchange is in the archive before anybody sees its response.

It is a download handler, not a signal or a middleware: what it raises fails the request, so no page is read that is
not archived (facts: archiving §0.9), and what never became a response is archived as well.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.archive.message import MOST_HEAD, Message, head_length, interim_length
from newscrawler.errors import DiskError, StoreError, WireTapError
from newscrawler.items import Exchange
from newscrawler.politeness import HostGate
from newscrawler.run import ArchiveRun
from newscrawler.tape import Tape
from newscrawler.wire.endings import ending, sentence
from newscrawler.wire.recording import Attempt, Recording
from newscrawler.wire.selftest import prove
from newscrawler.wire.tap import TappedPool

_SECRET = re.compile(rb"^Proxy-Authorization:[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(rb"HTTP/\d+\.\d+")


class CapturingHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 and archives every attempt as it passed on the wire; the capture of the last one that
    was answered travels in `response.meta["capture"]`, and its head, as it came, in `response.meta["head"]`.

    A request with `meta["archive_only"]` goes into the archive alone: its response is handed on without body, so that
    a body of any length (up to `meta["download_maxsize"]`) passes in flat memory.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        self._pool = TappedPool(reactor, self._pool.maxPersistentPerHost)
        self._crawler_of_run = crawler
        self._proof: asyncio.Future[None] | None = None

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's gate, fetch, archive, hand on.

        :raises IgnoreRequest: if the exchange could not be taped or written, once the archive takes no more, and if
            exchanges would not be archived as they pass; the run ends then.
        """
        run, gate = ArchiveRun.of(self._crawler_of_run), HostGate.of(self._crawler_of_run)
        host = urlparse_cached(request).hostname or ""
        # A retry carries the meta of the try before it, whose capture is not this one's.
        for name in ("capture", "head"):
            request.meta.pop(name, None)
        await self._prove_once(run)
        async with gate.passage(host):
            if run.broken:
                raise IgnoreRequest("the archive takes no more, so nothing more is fetched")
            bodies = not request.meta.get("archive_only")
            recording = Recording(run.folder, partial(gate.sent, host), bodies=bodies)
            try:
                response = await self._taped(run, request, recording)
            except (DiskError, StoreError) as error:
                # The run knows already; over robots.txt Scrapy would print a traceback of any other exception.
                raise IgnoreRequest(str(error)) from error
        if not bodies:
            response.headers.pop("Content-Encoding", None)  # of no body there is nothing to decode
        return response

    async def _prove_once(self, run: ArchiveRun) -> None:
        if self._proof is None:
            self._proof = asyncio.ensure_future(prove(super().download_request, run.folder))
        try:
            await asyncio.shield(self._proof)
        except WireTapError as error:
            run.fail(error)
            raise IgnoreRequest(str(error)) from error

    async def _taped(self, run: ArchiveRun, request: Request, recording: Recording) -> Response:
        started_at = datetime.now(UTC)
        try:
            with recording.running():
                response = await super().download_request(request)
        except (Exception, asyncio.CancelledError) as error:
            _archive(run, request, recording, started_at, error)
            raise
        _archive(run, request, recording, started_at, None)
        return response


def _archive(
    run: ArchiveRun, request: Request, recording: Recording, started_at: datetime, error: BaseException | None
) -> None:
    """:raises DiskError: if a tape or the archive took no more."""
    try:
        if recording.disk_error is not None:
            raise _full(run, recording.disk_error) from recording.disk_error
        for exchange in exchanges_of(request, recording.attempts, started_at, error):
            capture = run.archive(exchange)
            if capture is not None:
                request.meta["capture"] = capture
                request.meta["head"] = Message.of(exchange.response).head
    finally:
        recording.close()


def _full(run: ArchiveRun, error: OSError) -> DiskError:
    full = DiskError(f"cannot write to {run.folder}: {error.strerror or error}; make room, then crawl again")
    run.fail(full)
    return full


def exchanges_of(
    request: Request, attempts: list[Attempt], started_at: datetime, error: BaseException | None
) -> list[Exchange]:
    """What was sent and what came back, one for each attempt; one without either where none was made.

    :param started_at: when the first attempt was prepared, UTC.
    :param error: what the last attempt ended with.
    """
    asked: dict[str, Any] = {"url": urldefrag(request.url)[0], "method": request.method}
    if not attempts:
        return [
            Exchange(**asked, request=Tape(), response=Tape(), started_at=started_at, failure=sentence(None, error))
        ]
    found = []
    for attempt in attempts:
        interim = _interim(attempt.received)
        truncated, failure = ending(attempt, error if attempt is attempts[-1] else None)
        found.append(
            Exchange(
                **asked,
                request=_as_sent(attempt, urlparse_cached(request).scheme),
                response=attempt.received,
                interim=interim,
                started_at=attempt.started_at,
                ip_address=attempt.ip_address,
                protocol=_protocol(attempt.received),
                tls=attempt.tls,
                truncated=truncated,
                failure=failure,
            )
        )
    return found


def _interim(response: Tape) -> bytes:
    """The 1xx heads, taken off the beginning: replay takes the first head for the answer (facts: archiving §4)."""
    heads = b""
    while length := interim_length(response.read(0, MOST_HEAD)):
        heads += response.drop(length)
    return heads


def _as_sent(attempt: Attempt, scheme: str) -> Tape:
    """The request without credentials for the proxy, which are not meant for the site; empty where TLS never stood."""
    if scheme == "https" and attempt.tls is None:
        return Tape()
    start = attempt.sent.read(0, MOST_HEAD)
    head = start[: head_length(start) or len(start)]
    clean = _SECRET.sub(b"", head)
    if clean == head:
        return attempt.sent
    tape = Tape(clean)
    for piece in attempt.sent.pieces(len(head)):
        tape.write(piece)
    return tape


def _protocol(response: Tape) -> str:
    """Of the answer, where it names one; else what was spoken to get it."""
    match = _VERSION.match(response.read(0, 16))
    return match[0].decode().lower() if match else "http/1.1"
