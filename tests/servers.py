"""Small real servers that misbehave on purpose, on loopback only."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Seen:
    """Where a server listens, and what it was asked for."""

    url: str
    paths: list[str] = field(default_factory=list)


Reply = tuple[int, dict[str, str], bytes]


@contextlib.contextmanager
def serving(reply: Callable[[str], Reply]) -> Iterator[Seen]:
    """A server that answers each path, or absolute address, as a function says."""
    seen = Seen("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            seen.paths.append(self.path)
            status, headers, body = reply(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    seen.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answering(status: int) -> contextlib.AbstractContextManager[Seen]:
    """A server that answers everything with one status."""
    return serving(lambda _path: (status, {"Content-Type": "text/plain"}, b"no"))


@contextlib.contextmanager
def refusing() -> Iterator[Seen]:
    """An address on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    yield Seen(f"http://127.0.0.1:{port}")
