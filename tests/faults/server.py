"""The server of faults: a proxy on loopback that answers for every host, and keeps a log of what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.faults.replies import Act, Script, Slowly
from tests.hostile_exchange import _request, _reset

Answer = Callable[[str, int], Script]
"""The script for an absolute address, asked for the n-th time under whatever query."""


@dataclass
class Asked:
    """One request, as the server saw it; times in seconds of a clock of its own."""

    url: str
    head: bytes
    began: float
    ended: float | None = None
    sent: int = 0
    """Bytes of the answer that were handed to the system."""

    @property
    def seconds(self) -> float:
        return (self.ended if self.ended is not None else time.monotonic()) - self.began


@dataclass
class FaultServer:
    """Follows scripts on a port of its own."""

    answer: Answer
    tls: ssl.SSLContext | None = None
    log: list[Asked] = field(default_factory=list)
    port: int = 0
    handshakes: int = 0
    """Connections, with or without a request."""

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    async def start(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls, limit=1 << 22)
        self.port = server.sockets[0].getsockname()[1]
        self._counts: Counter[str] = Counter()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.handshakes += 1
        try:
            while request := await _request(reader):
                target = request.split(b" ", 2)[1].decode("latin-1")
                url = target if "://" in target else self.url + target
                self._counts[address := url.partition("?")[0]] += 1
                asked = Asked(url, request, time.monotonic())
                self.log.append(asked)
                try:
                    goes_on = await self._follow(self.answer(url, self._counts[address]), asked, reader, writer)
                finally:
                    asked.ended = time.monotonic()
                if not goes_on:
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
            """The client has left, as it should over many of the faults."""
        finally:
            writer.close()

    async def _follow(
        self, script: Script, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the connection may go on."""
        for step in script:
            if isinstance(step, Act):
                if step is Act.RESET:
                    _reset(writer)
                elif step is Act.SILENCE:
                    await reader.read()
                return False
            if isinstance(step, Slowly):
                await _drip(step, reader, writer)
                return False
            for piece in [step] if isinstance(step, bytes) else step():
                writer.write(piece)
                await writer.drain()
                asked.sent += len(piece)
        return True


async def _drip(step: Slowly, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until the client leaves; it says nothing more before."""
    left = asyncio.ensure_future(reader.read())
    while not left.done():
        writer.write(step.piece)
        await writer.drain()
        await asyncio.wait([left], timeout=step.every)


@contextlib.contextmanager
def serving(*servers: FaultServer) -> Iterator[None]:
    """The servers, on a thread of their own."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(_quiet)
    thread = threading.Thread(target=loop.run_forever, name="faults", daemon=True)
    thread.start()
    for server in servers:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _quiet(_loop: asyncio.AbstractEventLoop, _context: dict[str, Any]) -> None:
    """Clients that leave in the middle are what this server is for."""
