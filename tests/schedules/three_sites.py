"""Three small news sites behind one proxy on loopback, whose answers a test may hold back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

NAMES = ("mot", "hai", "ba")
_SITE = """
name = "{name}"
title = "Báo {name}"
hosts = ["{name}.example.vn"]
root = "http://{name}.example.vn"
article = '^/tin/(?P<id>\\d+)\\.html$'
[[listings]]
pattern = '^/$'
url = "{{root}}/"
first_url = "{{root}}/"
[layout]
title = "h1"
main = "#than"
"""
_ARTICLE = (
    "<html><head><title>Bài {id}</title></head><body><h1>Bài {id} của báo {host}</h1>"
    "<div id=than><p>Sáng 26/7, đoàn viên xã {id} ra quân trồng cây dọc bờ kênh.</p></div></body></html>"
)
_ARTICLES = (1, 2)


class ThreeSites:
    """What was asked for, and a gate through which every answer goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Holds the site files."""
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self._changed = threading.Condition()
        self.proxy = ""
        folder.mkdir()
        for name in NAMES:
            (folder / f"{name}.toml").write_text(_SITE.format(name=name), "utf-8")

    def answer(self, url: str) -> tuple[int, bytes]:
        with self._changed:
            self.asked.append(url)
            self._changed.notify_all()
        self.gate.wait(60)
        host, path = urlsplit(url).hostname, urlsplit(url).path
        if path == "/":
            links = "".join(f"<li><a href='/tin/{id}.html'>Bài {id}</a></li>" for id in _ARTICLES)
            return 200, f"<html><body><ul>{links}</ul></body></html>".encode()
        id = path.removeprefix("/tin/").removesuffix(".html")
        return (200, _ARTICLE.format(id=id, host=host).encode()) if id in map(str, _ARTICLES) else (404, b"")

    def wait_for_any(self, timeout: float = 120) -> None:
        """Until any page is asked for, counted from now."""
        with self._changed:
            before = len(self.asked)
            assert self._changed.wait_for(lambda: len(self.asked) > before, timeout), "nobody asked for anything"


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close = True, False

    def handle_error(self, *_: object) -> None:
        """A crawl was killed, as the test wants it."""


@contextmanager
def three_sites(folder: Path) -> Iterator[ThreeSites]:
    sites = ThreeSites(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body = sites.answer(self.path)
            head = (
                f"HTTP/1.1 {status} .\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            self.wfile.write(head.encode() + body)

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    sites.proxy = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield sites
    finally:
        sites.gate.set()
        server.shutdown()
        server.server_close()
