"""The sample site behind a server that sends validators, takes pages away, and breaks off where a test says so."""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from newscrawler.demo import SampleSite

DATE = "Mon, 23 Nov 2026 06:00:00 GMT"
MODIFIED = "Sun, 22 Nov 2026 06:00:00 GMT"


@dataclass(frozen=True)
class Asked:
    """One request, and what it cost."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    status: int
    size: int
    """Bytes of the answer's body."""


@dataclass(frozen=True)
class Raw:
    """An answer as bytes, behind which the connection ends."""

    data: bytes
    reset: bool = False
    """Whether it ends with a reset instead of in good order."""


@dataclass(frozen=True)
class Reply:
    """An ordinary answer; its length is stated."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Answer = Callable[[bytes, int], Raw | Reply | None]
"""What is answered in the place of a page, asked for the n-th time, counted from 1; None for the page itself."""


class ChangingSite:
    """What is served, and what was asked."""

    def __init__(self) -> None:
        self.site = SampleSite.load()
        self.answers: dict[str, Answer] = {}
        """Path (without host) → what is answered there."""
        self.asked: list[Asked] = []
        self.validators: Callable[[bytes], dict[str, str]] = strong
        self.change: Callable[[str, bytes], bytes] = lambda _path, body: body
        """What becomes of the bytes of each page on their way."""
        self.lock = threading.Lock()
        self.url = ""

    def paths(self) -> list[str]:
        """What was asked for, robots.txt apart."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    def forget(self) -> None:
        self.asked.clear()

    @contextmanager
    def serving(self) -> Iterator[ChangingSite]:
        server = _Server(("127.0.0.1", 0), self)
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def strong(body: bytes) -> dict[str, str]:
    """A tag that changes with the bytes, and a date that does not."""
    return {"ETag": f'"{hashlib.md5(body).hexdigest()}"', "Last-Modified": MODIFIED}


def head(*lines: str, first: str = "HTTP/1.1 200 OK") -> bytes:
    """The head of an answer."""
    return "\r\n".join([first, "Content-Type: text/html; charset=utf-8", *lines, "", ""]).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], site: ChangingSite) -> None:
        super().__init__(address, _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has enough may go."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        parts = urlsplit(self.path)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        with site.lock:
            page = site.site.respond(parts.netloc, path)
            count = sum(each.path == path for each in site.asked) + 1
            answer = site.answers[path](page.body, count) if path in site.answers else None
        if isinstance(answer, Raw):
            self._send_raw(path, answer)
            return
        if answer is None:
            answer = Reply(page.status, site.change(path, page.body), dict(page.headers))
            if page.status == 200 and path != "/robots.txt":
                answer.headers.update(site.validators(answer.body))
        self._send(path, answer)

    def _send_raw(self, path: str, answer: Raw) -> None:
        self._note(path, 200, len(answer.data))
        self.wfile.write(answer.data)
        self.wfile.flush()
        if answer.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _send(self, path: str, answer: Reply) -> None:
        headers, body, status = answer.headers, answer.body, answer.status
        tag, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        same = tag == headers.get("ETag") if tag else since is not None and since == headers.get("Last-Modified")
        if status == 200 and same:
            status, body = 304, b""
        elif "text/html" in headers.get("Content-Type", "") and body:
            body = gzip.compress(body, mtime=0)
            headers = {**headers, "Content-Encoding": "gzip"}
        self._note(path, status, len(body))
        self.send_response_only(status)
        for name, value in {"Date": DATE, **headers}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _note(self, path: str, status: int, size: int) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.site.lock:
            self.server.site.asked.append(Asked(path, headers, status, size))

    def log_message(self, *args: object) -> None:
        """Quiet."""
