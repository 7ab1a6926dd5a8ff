"""What passes on the wire, copied byte for byte: below Scrapy's HTTP parser, above TLS (facts: archiving §4).

The private names of Scrapy 2.19 and Twisted 26 stand here and in `careless`, nowhere else; `selftest.prove` finds out
at each start whether they still mean what they meant.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.request import getproxies

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.error import ConnectionAborted
from twisted.internet.interfaces import IHandshakeListener
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawler.items import Tls
from newscrawler.wire.careless import MOST_HEAD, CarelessParser, HeadLimitError
from newscrawler.wire.certificates import accepted_fault
from newscrawler.wire.recording import RUNNING, Attempt, Recording
from newscrawler.wire.resolver import GuardedEndpoint


class _TapedTransport:
    """A transport whose writes are copied; all else is the transport's own."""

    def __init__(self, transport: Any, attempt: Attempt) -> None:
        self._transport = transport
        self._attempt = attempt

    def write(self, data: bytes) -> None:
        self._attempt.send(data)
        self._transport.write(data)

    def writeSequence(self, pieces: list[bytes]) -> None:
        self.write(b"".join(pieces))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@implementer(IHandshakeListener)
class TappedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP/1.1 connection with a copy of all that passes while a request is in flight."""

    transport: Any
    _attempt: Attempt | None = None
    _tls: Tls | None = None
    _served = False

    def handshakeCompleted(self) -> None:
        """TLS stands: what is written from now on leaves."""
        self._tls = tls_of(self.transport)
        if self._attempt is not None:
            self._attempt.tls = self._tls

    def request(self, request: Any) -> Any:
        recording: Recording | None = getattr(request, "recording", None)
        if recording is None:
            return super().request(request)
        self._attempt = attempt = recording.begin(getattr(self.transport.getPeer(), "host", None), self._tls)
        attempt.reused, self._served = self._served, True
        # Only for this call.
        transport, self.transport = self.transport, _TapedTransport(self.transport, attempt)
        try:
            answer = super().request(request)
        finally:
            self.transport = transport
        if self._parser is not None:
            # Scrapy has no other way to its own parser either.
            self._parser.__class__ = CarelessParser
            self._parser.MAX_LENGTH = MOST_HEAD  # of one line; Twisted: 16 KiB
        return answer

    def dataReceived(self, data: bytes) -> None:
        allowed = len(data)
        if self._attempt is not None:
            if self._in_head:
                allowed = MOST_HEAD - len(self._attempt.received)
            try:
                self._attempt.receive(data)
            except OSError:
                self.transport.abortConnection()
                return
        super().dataReceived(data[:allowed])  # type: ignore[no-untyped-call]
        if rest := data[allowed:]:
            if self._in_head:
                # DOWNLOAD_MAXSIZE does not bound heads: 1.2 GB in 6 s (facts: reliability §0.8).
                self._end_head()
            else:
                super().dataReceived(rest)  # type: ignore[no-untyped-call]

    def _end_head(self) -> None:
        error = HeadLimitError(f"the response head is longer than {MOST_HEAD:,} bytes")
        self._giveUp(Failure(error))  # type: ignore[no-untyped-call]

    @property
    def _in_head(self) -> bool:
        return self._parser is not None and self._parser.state in ("STATUS", "HEADER")

    def _giveUp(self, reason: Failure) -> None:
        if isinstance(reason.value, HeadLimitError) and self._attempt is not None:
            self._attempt.head_too_long = True
            self.transport.abortConnection()
        super()._giveUp(reason)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:
        if rest and self._currentRequest is not None:
            # What follows a response is none of ours, and would be taken for the answer to the next request.
            self._currentRequest.persistent = False
        if self._attempt is not None:
            # A body that goes on to the end of its connection ends as well when it is we who leave.
            self._attempt.whole = not self._attempt.left
            self._attempt = None
        super()._finishResponse(rest)

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        if self._attempt is not None:
            self._attempt.lost = reason.value
            self._attempt.left = isinstance(reason.value, ConnectionAborted) or bool(self.transport.disconnecting)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]


class TappedFactory(_LenientHTTP11ClientFactory):
    """Makes tapped connections."""

    def buildProtocol(self, addr: Any) -> TappedProtocol:
        return TappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _Heard:
    """A connection of the pool, for one request that belongs to a recording."""

    def __init__(self, recording: Recording, connection: Any) -> None:
        self._recording = recording
        self._connection = connection

    def request(self, request: Any) -> Any:
        # On the object that Twisted passes along, not on its id: ids are used again (facts: archiving §4).
        request.recording = self._recording
        answer = self._connection.request(request)
        return answer if self._recording.bodies else answer.addCallback(_without_body)


class TappedPool(HTTPConnectionPool):
    """Twisted's pool of tapped connections.

    :param at_a_time: connections kept alive per host.
    """

    _factory = TappedFactory
    # Twisted would send again over another connection at once, however far apart the host wants its requests.
    retryAutomatically = False

    def __init__(self, reactor: Any, at_a_time: int) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self.maxPersistentPerHost = at_a_time

    def getConnection(self, key: Any, endpoint: Any) -> Any:
        recording = RUNNING.get(None)
        trusted = recording is not None and recording.trusted
        guarded: Any = GuardedEndpoint(endpoint, trusted=trusted)
        connection: Any = super().getConnection(key, guarded)
        return connection if recording is None else connection.addCallback(partial(_Heard, recording))


class _Nowhere:
    """Stands for the buffer in which Scrapy gathers a body."""

    def write(self, data: bytes) -> int:
        return len(data)

    def truncate(self, size: int) -> int:
        return size

    def getvalue(self) -> bytes:
        return b""


def _without_body(response: Any) -> Any:
    deliver = response.deliverBody

    def deliver_nowhere(reader: Any) -> None:
        reader._bodybuf = _Nowhere()
        deliver(reader)

    response.deliverBody = deliver_nowhere
    return response


def fidelity() -> str:
    """What the heads and bodies of a run's records are, in words for its warcinfo record."""
    words = (
        "requests and responses as they passed, byte for byte, above TLS; 1xx heads in metadata records of their own"
    )
    if getproxies():
        words += (
            "; where a proxy stood between, WARC-IP-Address is the proxy's, a request over http has the whole address "
            "in its first line, and its Proxy-Authorization is left out"
        )
    return words


def tls_of(transport: Any) -> Tls | None:
    """What is known of an encrypted connection whose handshake is done."""
    connection = transport.getHandle()
    certificate = connection.get_peer_certificate()
    if certificate is None:
        return None
    digest = certificate.digest("sha256").decode().replace(":", "").lower()
    return Tls(
        version=connection.get_protocol_version_name(),
        cipher=connection.get_cipher_name() or "",
        certificate=f"sha256:{digest}",
        fault=accepted_fault(connection),
    )
