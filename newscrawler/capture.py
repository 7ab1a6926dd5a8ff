"""The station nearest the network: every exchange is in the archive before anybody sees its response.

It is a download handler, not a signal or a middleware: what it raises fails the request, so no page is read that is
not archived (facts: archiving §0.9), and what never became a response is archived as well.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urldefrag
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.archive.message import MOST_HEAD, Message, head_length, interim_length
from newscrawler.errors import DiskError, StoreError, WireTapError
from newscrawler.items import Exchange
from newscrawler.politeness import HostGate
from newscrawler.politeness.certificates import CertificatePolicy
from newscrawler.run import ArchiveRun
from newscrawler.stopping import Stopping
from newscrawler.tape import Tape
from newscrawler.wire.endings import LongHeadError, ending, sentence
from newscrawler.wire.recording import Attempt, Recording
from newscrawler.wire.selftest import prove
from newscrawler.wire.tap import TappedPool

TRUNCATED = "truncated"
"""Flag of a response whose body was asked for up to a limit, and goes on behind it."""

_SECRET = re.compile(rb"^Proxy-Authorization:[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_SENT_AGAIN = ("GET", "HEAD")
_VERSION = re.compile(rb"HTTP/\d+\.\d+")


class DeadConnectionError(Exception):
    """Raised when a kept-alive connection has proved dead, so that the request waits for its turn once more."""


class CapturingHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 and archives every attempt as it passed on the wire; the capture of the last one that
    was answered travels in `response.meta["capture"]`, and its head, as it came, in `response.meta["head"]`.

    A request with `meta["archive_only"]` goes into the archive alone: its response is handed on without body, so that
    a body of any length (up to `meta["download_maxsize"]`) passes in flat memory. With `meta["keep_partial"]`, a body
    that is longer than `meta["download_maxsize"]` is handed on up to there, with the flag `truncated`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        self._certificates = CertificatePolicy(crawler)
        self._contextFactory = self._certificates.factory  # type: ignore[assignment]
        self._pool = TappedPool(reactor, self._pool.maxPersistentPerHost)
        self._crawler_of_run = crawler
        self._proof: asyncio.Future[None] | None = None
        self._left: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        """Bytes that may still come for requests that keep what came."""
        crawler.signals.connect(self._stop_at_most, signal=signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's gate, fetch, archive, hand on.

        :raises IgnoreRequest: if the exchange could not be taped or written, once the archive takes no more, and if
            exchanges would not be archived as they pass; the run ends then.
        :raises StoppedError: if the crawl is stopping before it was sent, or before it came to an end.
        """
        with Stopping.of(self._crawler_of_run).waiting():
            return await self._passed(request)

    async def _passed(self, request: Request) -> Response:
        while True:
            with suppress(DeadConnectionError):
                return await self._passed_once(request)

    async def _passed_once(self, request: Request) -> Response:
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
            # A proxy is the user's own choice, and may be anywhere.
            trusted = bool(request.meta.get("proxy"))
            recording = Recording(run.folder, partial(gate.sent, host), bodies=bodies, trusted=trusted)
            try:
                with Stopping.of(self._crawler_of_run).working():
                    response = await self._taped(run, request, recording)
            except (DiskError, StoreError) as error:
                # The run knows already; over robots.txt Scrapy would print a traceback of any other exception.
                raise IgnoreRequest(str(error)) from error
            finally:
                self._certificates.note(host, request.url, (each.tls for each in recording.attempts))
            # Before the next may pass: the answer may ask for a pause.
            gate.heard(host, response)
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
                response = await self._fetched(request)
        except (Exception, asyncio.CancelledError) as error:
            too_long = any(each.head_too_long for each in recording.attempts)
            dead = request.method in _SENT_AGAIN and any(each.found_dead for each in recording.attempts)
            _archive(run, request, recording, started_at, error)
            if dead:
                raise DeadConnectionError from error
            if too_long:
                raise LongHeadError(sentence(None, error)) from error
            raise
        cut = DownloadCancelledError() if TRUNCATED in response.flags else None
        _archive(run, request, recording, started_at, cut)
        return response

    async def _fetched(self, request: Request) -> Response:
        """The answer; of a body that may be cut, as much as was asked for."""
        most: int = request.meta.get("download_maxsize", self._default_maxsize)
        if not (request.meta.get("keep_partial") and most):
            return await super().download_request(request)
        # Scrapy's own limit gives up at once where the length is announced, and hands nothing on.
        asked = request.replace(meta={**request.meta, "download_maxsize": 0})
        self._left[asked] = most
        response = await super().download_request(asked)
        request.meta["download_latency"] = asked.meta["download_latency"]
        if len(response.body) <= most and "download_stopped" not in response.flags:
            return response
        return response.replace(body=response.body[:most], flags=[*response.flags, TRUNCATED])

    def _stop_at_most(self, data: bytes, request: Request) -> None:
        """For Scrapy's signal of bytes that have come."""
        if request in self._left:
            self._left[request] -= len(data)
            if self._left[request] < 0:
                raise StopDownload(fail=False)


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
