"""The tapes of a request: one pair for each attempt at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.items import Tls
from newscrawler.tape import Tape


class Attempt:
    """One sending of a request over one connection, and what came back while it was in flight."""

    def __init__(self, folder: Path | None, ip_address: str | None, tls: Tls | None) -> None:
        self.sent = Tape(folder=folder)
        self.received = Tape(folder=folder)
        self.started_at = datetime.now(UTC)
        """When the first byte was handed to the connection, UTC."""
        self.ip_address = ip_address
        """Whom the connection leads to; behind a proxy, the proxy."""
        self.tls = tls
        """None on a plain connection, and as long as the handshake is not done: nothing has been sent then."""
        self.whole = False
        """Whether the parser saw the response end."""
        self.lost: BaseException | None = None
        """Why the connection ended, if it did while the response was awaited."""
        self.left = False
        """Whether it was we who ended it."""
        self.reused = False
        """Whether the connection had been kept alive behind another request."""
        self.head_too_long = False
        self.disk_error: OSError | None = None
        self.over = False
        """Whether the tapes have been taken; what comes later is nobody's."""

    @property
    def found_dead(self) -> bool:
        """Whether a kept-alive connection ended without a byte, and not by us: the server had closed it, or closed it
        over the request, which then may be sent again."""
        return self.reused and self.lost is not None and not self.left and not len(self.received)

    def send(self, data: bytes) -> None:
        """:raises OSError: if the disk takes no more."""
        self._keep(self.sent, data)

    def receive(self, data: bytes) -> None:
        """:raises OSError: if the disk takes no more."""
        self._keep(self.received, data)

    def _keep(self, tape: Tape, data: bytes) -> None:
        if self.over:
            return
        try:
            tape.write(data)
        except OSError as error:
            self.disk_error = error
            raise


def _nothing() -> None:
    """Nobody wants to know."""


class Recording:
    """All attempts at one request.

    :param folder: where tapes lie that are too long for memory.
    :param on_sending: called at the beginning of each attempt.
    :param bodies: whether response bodies are handed upward; without them, bodies of any size pass in flat memory.
    :param trusted: whether its connections may lead anywhere, as to a proxy; see `resolver`.
    """

    def __init__(
        self, folder: Path, on_sending: Callable[[], None] = _nothing, *, bodies: bool = True, trusted: bool = False
    ) -> None:
        self.attempts: list[Attempt] = []
        self.bodies = bodies
        self.trusted = trusted
        self._folder = folder
        self._on_sending = on_sending

    def begin(self, ip_address: str | None, tls: Tls | None) -> Attempt:
        """A new attempt, from now on."""
        attempt = Attempt(self._folder, ip_address, tls)
        self.attempts.append(attempt)
        self._on_sending()
        return attempt

    @contextmanager
    def running(self) -> Iterator[None]:
        """What this task asks of the pool meanwhile is recorded here."""
        token = RUNNING.set(self)
        try:
            yield
        finally:
            RUNNING.reset(token)

    @property
    def disk_error(self) -> OSError | None:
        """What kept a tape from being written."""
        return next((each.disk_error for each in self.attempts if each.disk_error), None)

    def close(self) -> None:
        """Stop listening and free the tapes."""
        for attempt in self.attempts:
            attempt.over = True
            attempt.sent.close()
            attempt.received.close()


RUNNING: ContextVar[Recording] = ContextVar("newscrawler.wire.recording")
"""The recording of the request that the present task downloads."""
