"""A server on loopback that answers as badly as servers do, and keeps the truth of every exchange.

Run as `python -m tests.hostile_exchange`, it is crawled by the real spider machinery into a real archive, and a table
shows for each exchange what passed and what was archived.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import ssl
import struct
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Act(Enum):
    """What a server does beside sending."""

    CLOSE = "close in good order"
    RESET = "close with RST"
    LEAVE = "close without a word, which over TLS is rude"
    SILENCE = "say nothing until the client leaves"
    DRIP = "send the rest byte by byte"
    CRAWL = "send the last piece again every tenth of a second until the client leaves"
    FORGET = "keep no truth of the rest, which is long"


Step = bytes | Act | Callable[[], Iterator[bytes]]
Script = tuple[Step, ...]


@dataclass(frozen=True)
class Case:
    """What is asked for, what is answered to the first, second, … attempt, and how the last record should end."""

    name: str
    scripts: tuple[Script, ...]
    truncated: str | None = None
    """With a question mark where it depends on where segments end."""
    method: str = "GET"
    body: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 1

    @property
    def path(self) -> str:
        return f"/{self.name}"


@dataclass
class Passed:
    """One attempt as the server saw it."""

    received: bytes
    sent: bytearray = field(default_factory=bytearray)


# --- answers ---------------------------------------------------------------------------------------------------------

BODY = "<html><title>Ra quân</title><p>Các bạn trẻ dọn kênh.</p></html>".encode()
OK = "HTTP/1.1 200 OK"


def head(*lines: str | bytes, first: str = OK, eol: bytes = b"\r\n") -> bytes:
    every = [line if isinstance(line, bytes) else line.encode() for line in (first, *lines)]
    return eol.join([*every, b"", b""])


def whole(body: bytes, *lines: str | bytes, first: str = OK, eol: bytes = b"\r\n") -> bytes:
    return head(*lines, f"Content-Length: {len(body)}", first=first, eol=eol) + body


def chunk(data: bytes, size: str = "{:x}", extension: str = "") -> bytes:
    return f"{size.format(len(data))}{extension}\r\n".encode() + data + b"\r\n"


CHUNKED = "Transfer-Encoding: chunked"
GZIP = "Content-Encoding: gzip"
MEGABYTE = bytes(range(256)) * 4096
HINTS = head("Link: </a.css>; rel=preload", first="HTTP/1.1 103 Early Hints")


def endless(piece: bytes, times: int = 2000) -> Callable[[], Iterator[bytes]]:
    """Far more than any limit, yet not without end."""

    def pieces() -> Iterator[bytes]:
        for _ in range(times):
            yield piece

    return pieces


_SHORT = {"download_timeout": 0.7}
_SMALL = {"download_maxsize": 100_000}


def page(name: str) -> bytes:
    return BODY + name.encode()


def said(name: str, *steps: Step, **options: Any) -> Case:
    return Case(name, (steps,), **options)


def cases(group: str = "http") -> list[Case]:
    """In the order in which they are asked for; the connection is kept alive from one to the next where it may be.

    :param group: part of each body, so that none is stored as a revisit of another.
    """

    def text(name: str) -> bytes:
        return page(f"{name} {group}")

    def packed(name: str) -> bytes:
        return gzip.compress(text(name) * 50, mtime=0)

    def simple(name: str, *lines: str | bytes, first: str = OK, eol: bytes = b"\r\n", **options: Any) -> Case:
        return Case(name, ((whole(text(name), *lines, first=first, eol=eol),),), **options)

    megabyte = MEGABYTE + group.encode()
    wrong_crc = packed("gzip-crc")[:-8] + b"\0\0\0\0" + packed("gzip-crc")[-4:]
    return [
        # bodies
        simple("plain"),
        said("gzip", whole(packed("gzip"), GZIP)),
        said("deflate", whole(zlib.compress(text("deflate") * 50), "Content-Encoding: deflate")),
        said("unknown-coding", whole(text("unknown-coding"), "Content-Encoding: x-none")),
        said("chunked", head(CHUNKED) + chunk(text("chunked")) + chunk(b"more") + b"0\r\n\r\n"),
        said(
            "chunk-extension-trailer",
            head(CHUNKED, "Trailer: X-Sum")
            + chunk(text("ext"), extension=';a="b c";d')
            + b"0;last\r\nX-Sum:  12\r\nx-more: 1\r\n\r\n",
        ),
        said("chunk-size-upper", head(CHUNKED) + chunk(text("upper"), "000{:X}") + b"000\r\n\r\n"),
        said(
            "chunk-size-blank",
            head(CHUNKED) + chunk(text("blank"), "{:x}  ") + chunk(b"b", " {:x}", " ; a=b") + b"0\r\n\r\n",
        ),
        said("chunked-gzip-in-pieces", head(CHUNKED, GZIP), *(chunk(bytes([b])) for b in packed("p")), b"0\r\n\r\n"),
        said("byte-by-byte", Act.DRIP, whole(text("byte-by-byte"), "X-Slow: 1")),
        said("megabyte", whole(megabyte, "Content-Type: image/png")),
        said("archive-only", whole(MEGABYTE * 3 + megabyte, "Content-Type: image/png"), meta={"archive_only": True}),
        said("archive-only-gzip", head(CHUNKED, GZIP) + chunk(packed("a")) + b"0\r\n\r\n", meta={"archive_only": True}),
        said("empty", whole(b"")),
        said("empty-chunked", head(CHUNKED) + b"0\r\n\r\n"),
        # heads
        said(
            "repeated-set-cookie",
            whole(text("cookies"), "Set-Cookie: a=1; Path=/", "Vary: x", "Set-Cookie: b=2", "set-cookie: a=3"),
        ),
        simple("folded", "X-Folded: one", "\ttwo  ", "   three", "X-Next: 1"),
        simple("odd-case", "x-ODD-cAsE: 1", 'ETAG: W/"a"', "content-TYPE: Text/HTML"),
        simple("blank-before-colon", "X-Blank : 1", "X-Many:    2   ", "X-None:3", "X-Empty:"),
        simple("no-header-name", "X Two Words: 1", ": no name", "X-After: 1"),
        simple("lf-only", "X-Lines: LF", eol=b"\n"),
        simple("latin1-header", b"X-Name: Qu\xe1n \xdd"),
        simple("utf8-header", "X-Name: Đoàn Thanh niên"),
        simple("control-bytes-in-header", b"X-Bytes: \x01\x02\x7f\xff"),
        simple("long-header-line", "X-Long: " + "a" * 60_000),
        simple("many-headers", *(f"X-{number}: {number}" for number in range(1500))),
        simple("colon-less", "this line has no colon", "X-After: 1"),
        simple("empty-reason", first="HTTP/1.1 200 "),
        simple("odd-reason", first="HTTP/1.1 200  Được  rồi "),
        simple("no-reason", first="HTTP/1.1 200"),
        simple("connection-close", "Connection: close"),
        simple("same-length-twice", f"Content-Length: {len(text('same-length-twice'))}"),
        # heads before the head
        said("early-hints", HINTS + whole(text("early-hints"))),
        said("continue", head(first="HTTP/1.1 100 Continue") + whole(text("continue"))),
        said("two-hints", HINTS, HINTS + whole(text("two-hints"))),
        said("hints-then-nothing", HINTS, Act.CLOSE),
        # statuses
        said("no-content", head("X-Why: 204", first="HTTP/1.1 204 No Content")),
        simple("moved-to-utf8", "Location: /Đoàn viên", first="HTTP/1.1 301 Moved Permanently"),
        simple("found", "Location: /landing", first="HTTP/1.1 302 Found"),
        said("not-modified", head('ETag: "a"', first="HTTP/1.1 304 Not Modified")),
        simple("missing", first="HTTP/1.1 404 Not Found"),
        simple("gone", first="HTTP/1.1 410 Gone"),
        simple("server-error", first="HTTP/1.1 500 Oh"),
        Case(
            "unavailable-then-there",
            (
                (whole(b"wait", first="HTTP/1.1 503 Service Unavailable"),),
                (whole(text("unavailable-then-there")),),
            ),
            meta={"dont_retry": False},
            attempts=2,
        ),
        simple("status-999", first="HTTP/1.1 999 Request denied"),
        # requests
        said("head", head("Content-Length: 5000", GZIP), method="HEAD"),
        simple(
            "post",
            method="POST",
            body="ten=Đoàn&nam=2018",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        ),
        simple("post-long", method="POST", body="a" * 300_000),
        simple("odd-request?q=%C4%90o%C3%A0n&r=a+b", headers={"X-oDD": "Đ", "Referer": "http://a.vn/"}),
        # kept-alive connections
        simple("kept-alive-1"),
        simple("kept-alive-2"),
        Case("dead-connection", ((Act.CLOSE,), (whole(text("dead-connection")),)), attempts=2),
        simple("kept-alive-3"),
        Case("dead-by-reset", ((Act.RESET,), (whole(text("dead-by-reset")),)), attempts=2),
        simple("kept-alive-4", "Connection: close"),
        # lengths that lie
        said("length-too-small", head("Content-Length: 5") + b"hello and more"),
        said("length-too-large", head("Content-Length: 5000") + text("large"), Act.CLOSE, truncated="disconnect"),
        said("chunk-cut", head(CHUNKED) + chunk(text("cut")) + b"ff\r\nhalf", Act.CLOSE, truncated="disconnect"),
        said("last-chunk-missing", head(CHUNKED) + chunk(text("last")), Act.CLOSE, truncated="disconnect"),
        said("chunk-size-bad", head(CHUNKED) + chunk(text("bad")) + b"xyz\r\nmore", truncated="unspecified"),
        said("chunk-size-huge", head(CHUNKED) + b"f" * 17 + b"\r\n" + text("huge"), Act.CLOSE, truncated="disconnect"),
        simple("lengths-differ", "Content-Length: 3", truncated="unspecified"),
        said("length-negative", head("Content-Length: -3") + b"abc", Act.CLOSE, truncated="unspecified"),
        said(
            "transfer-coding-unknown", head("Transfer-Encoding: gzip") + packed("t"), Act.CLOSE, truncated="unspecified"
        ),
        # to the end of the connection
        said("http10", head(first="HTTP/1.0 200 OK") + text("http10"), Act.CLOSE),
        said("close-delimited", head("Connection: close") + text("close-delimited"), Act.CLOSE),
        said("close-delimited-reset", head("Connection: close") + text("reset"), Act.RESET, truncated="disconnect"),
        # RFC 9112 §9.8: such a body over TLS is not whole unless TLS says goodbye.
        said(
            "close-delimited-rude",
            head("Connection: close") + text("rude"),
            Act.LEAVE,
            truncated="disconnect" if group == "https" else None,
        ),
        said("close-delimited-gzip", head(GZIP) + packed("close-delimited-gzip"), Act.CLOSE),
        said("close-delimited-gzip-cut", head(GZIP) + packed("c")[:-20], Act.CLOSE, truncated="disconnect"),
        # bodies that lie
        said("plain-labelled-gzip", whole(text("plain-labelled-gzip"), GZIP)),
        said("gzip-cut", whole(packed("gzip-cut")[:-9], GZIP), truncated="disconnect"),
        said("gzip-crc", whole(wrong_crc, GZIP), truncated="disconnect"),
        said("gzip-members", whole(packed("one") + packed("two"), GZIP)),
        # no answer, or no whole one
        said("reset-before-head", Act.RESET, attempts=2),
        said("reset-in-status-line", b"HTTP/1.1 20", Act.RESET, truncated="disconnect"),
        said("reset-in-head", b"HTTP/1.1 200 OK\r\nContent-Ty", Act.RESET, truncated="disconnect"),
        said("reset-in-body", head("Content-Length: 900") + text("r"), Act.RESET, truncated="disconnect"),
        said("close-in-head", b"HTTP/1.1 200 OK\r\nServer: a\r\n", Act.CLOSE, truncated="disconnect"),
        said("nothing", Act.CLOSE),
        said("silence", Act.SILENCE, meta=_SHORT),
        said("silence-in-head", b"HTTP/1.1 200 OK\r\nServer:", Act.SILENCE, meta=_SHORT, truncated="time"),
        said("silence-in-body", head("Content-Length: 900") + text("s"), Act.SILENCE, meta=_SHORT, truncated="time"),
        said("silence-in-chunk", head(CHUNKED) + chunk(text("c")), Act.SILENCE, meta=_SHORT, truncated="time"),
        said("too-long", whole(megabyte + b"too-long"), meta=_SMALL, truncated="length"),
        said("too-long-chunked", head(CHUNKED), endless(chunk(MEGABYTE[:9999])), meta=_SMALL, truncated="length"),
        said(
            "too-long-alone",
            head(),
            endless(MEGABYTE[:50_000]),
            meta={**_SMALL, "archive_only": True},
            truncated="length",
        ),
        said("endless-head", b"HTTP/1.1 200 OK\r\n", endless(b"X-More: and more\r\n" * 500), truncated="length"),
        said("endless-line", b"HTTP/1.1 200 OK\r\nX: ", endless(b"a" * 9999), truncated="length"),
        said("endless-hints", endless(HINTS * 200), truncated="length?"),
        said("thirty-hints", HINTS * 30, truncated="length?"),
        said(
            "endless-trailers",
            head(CHUNKED) + chunk(text("trailers")) + b"0\r\n",
            endless(b"X-More: and more\r\n" * 500),
            truncated="length",
        ),
        said("slow-head", b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", Act.CRAWL, meta=_SHORT, truncated="time"),
        said("slow-body", head("Content-Length: 900"), b"<p>", Act.CRAWL, meta=_SHORT, truncated="time"),
        # no HTTP
        said("garbage", bytes(range(256)) + b"\r\n\r\n" + b"\0" * 99, Act.CLOSE, truncated="unspecified"),
        said("empty-lines", b"\r\n\r\n\r\n", Act.CLOSE, truncated="unspecified"),
        said("http09", text("http09") + b"\n", Act.CLOSE, truncated="unspecified"),
        said("http09-no-line", text("http09-no-line"), Act.CLOSE, truncated="disconnect"),
        said("shoutcast", whole(text("shoutcast"), first="ICY 200 OK"), Act.CLOSE, truncated="unspecified"),
        said("version-odd", whole(text("version-odd"), first="HTTP/1.9 200 OK")),
        said("http2-preface", b"\0\0\x12\4\0\0\0\0\0" + b"\0" * 18, Act.CLOSE, truncated="disconnect"),
        simple("after-all-this"),
    ]


SECURE = (
    "plain gzip chunk-extension-trailer megabyte early-hints post not-modified kept-alive-1 dead-connection folded "
    "length-too-large reset-in-head reset-in-body close-delimited-gzip close-delimited-rude silence-in-body garbage nothing too-long"
).split()
"""Cases that are asked for over TLS as well."""


# --- the server ------------------------------------------------------------------------------------------------------


class HostileServer:
    """Follows the scripts of cases on a port of its own; `truth` holds what passed, by the address asked for."""

    def __init__(self, cases: list[Case], tls: ssl.SSLContext | None = None) -> None:
        self.truth: dict[str, list[Passed]] = defaultdict(list)
        self.url = ""
        self._scripts = {case.path: case.scripts for case in cases}
        self._tls = tls
        self._connections: set[asyncio.Task[Any]] = set()

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls, limit=1 << 22)
        port = server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{port}"
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _request(reader):
                target = request.split(b" ", 2)[1].decode("latin-1")
                if request.startswith(b"CONNECT "):
                    return await _tunnel(target, reader, writer)
                url = target if target.startswith("http") else self.url + target
                passed = Passed(request)
                self.truth[url].append(passed)
                if not await self._follow(self._script(url), passed, reader, writer):
                    return
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            """The client has left, as some cases make it."""
        finally:
            writer.close()

    def _script(self, url: str) -> Script:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path == "/robots.txt":
            return (whole(f"User-agent: *\nDisallow: /never\n# {self.url}\n".encode(), "Content-Type: text/plain"),)
        scripts = self._scripts.get(path, ((whole(page(path), "X-Landed: 1"),),))
        return scripts[min(len(self.truth[url]), len(scripts)) - 1]

    async def _follow(
        self, script: Script, passed: Passed, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the connection may go on."""
        slowly, keeping = False, True
        for number, step in enumerate(script):
            if step is Act.DRIP:
                slowly = True
            elif step is Act.FORGET:
                keeping = False
            elif step is Act.CLOSE:
                return False
            elif step is Act.RESET:
                _reset(writer)
                return False
            elif step is Act.LEAVE:
                writer.transport.abort()
                return False
            elif step is Act.SILENCE:
                await reader.read()
                return False
            elif step is Act.CRAWL:
                await _crawl(script[number - 1], passed, reader, writer)
                return False
            else:
                pieces = [step] if isinstance(step, bytes) else step()
                for piece in pieces if not slowly else (bytes([each]) for each in step):
                    passed.sent += piece if keeping else b""
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
        return True


async def _crawl(piece: Step, passed: Passed, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    assert isinstance(piece, bytes)
    left = asyncio.ensure_future(reader.read())
    while not (await asyncio.wait([left], timeout=0.1))[0]:
        passed.sent += piece
        writer.write(piece)
    await left


async def _request(reader: asyncio.StreamReader) -> bytes:
    """One request, or nothing once the client has closed."""
    try:
        request = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", request)
    return request + (await reader.readexactly(int(length[1])) if length else b"")


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _tunnel(target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What a proxy does for https: pass bytes on without looking."""
    host, port = target.split(":")
    far_reader, far_writer = await asyncio.open_connection(host, int(port))
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()
    writer.close()


@contextmanager
def serving_all(servers: list[HostileServer]) -> Iterator[None]:
    """The servers, on a thread of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    for server in servers:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _hang_up() -> None:
    """Whoever is still being served is so no longer."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A self-signed certificate for 127.0.0.1, and its SHA-256 in hex."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, made.fingerprint(hashes.SHA256()).hex()


if __name__ == "__main__":
    from tests.hostile_archive import main

    raise SystemExit(main())
