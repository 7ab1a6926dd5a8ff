"""A local HTTP server that answers for the sample site, as a proxy or directly."""

from __future__ import annotations

import contextlib
import gzip
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from newscrawler.demo.site import SampleSite


class SampleServer:
    """Serves a site on 127.0.0.1 while its `with` block runs; port 0 takes any free port.

    Requests may name the host in the request line, as a client with `http_proxy` does, or in the Host header.
    """

    def __init__(self, site: SampleSite, port: int = 0) -> None:
        self._http = _Server(("127.0.0.1", port), site)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="sample-site", daemon=True)

    @property
    def url(self) -> str:
        """The address for `http_proxy`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def requests(self) -> list[tuple[str, str]]:
        """(method, absolute URL) of the requests so far, in order of arrival."""
        with self._http.lock:
            return list(self._http.seen)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Idle keep-alive connections would hold up the end; hang_up closes them instead.
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], site: SampleSite) -> None:
        super().__init__(address, _Handler)
        self.site = site
        self.lock = threading.Lock()
        self.seen: list[tuple[str, str]] = []
        self.connections: set[socket.socket] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed, or had enough, is nothing to tell."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        with self.lock:
            connections = list(self.connections)
        for connection in connections:
            with contextlib.suppress(OSError):  # the client may have been faster
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave together: as two packets the second would wait 40 ms for the first to be acknowledged.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections.add(self.connection)

    def finish(self) -> None:
        with self.server.lock:
            self.server.connections.discard(self.connection)
        with contextlib.suppress(OSError):  # nobody may be there to read the rest
            super().finish()

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        if self.path.startswith("http://"):
            parts = urlsplit(self.path)
            host, path = parts.netloc, parts.path or "/"
            path += f"?{parts.query}" if parts.query else ""
        else:
            host, path = self.headers.get("Host", ""), self.path
        with self.server.lock:
            self.server.seen.append((self.command, f"http://{host}{path}"))
        reply = self.server.site.respond(host, path)
        body = reply.body
        self.send_response(reply.status, reply.reason)
        for name, value in reply.headers:
            self.send_header(name, value)
        if dict(reply.headers)["Content-Type"].startswith("text/html") and body and self._accepts_gzip():
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _accepts_gzip(self) -> bool:
        codings = (coding.strip().lower() for coding in self.headers.get("Accept-Encoding", "").split(","))
        return any(c.split(";")[0].strip() in ("gzip", "*") and "q=0" not in c.replace("q=0.", "") for c in codings)

    def version_string(self) -> str:
        return "newscrawler-sample-site"

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet; `SampleServer.requests` is the log."""
