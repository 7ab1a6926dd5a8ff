"""A small site that changes between two crawls, and whose server counts what it gives away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from newscrawler.demo.addresses import HOME, ORIGIN, news_url
from tests.big_site import LIST_SIZE, BigSite, _article
from tests.conftest import Shell
from tests.servers import Reply

LEAN = ("-s", "REQUISITES_ENABLED=False", "-s", "RETRY_TIMES=0")
HTML = {"Content-Type": "text/html; charset=utf-8"}


def list_url(number: int) -> str:
    return f"{ORIGIN}{HOME}/Category?page={number}"


@dataclass
class LivingSite:
    """`BigSite` with other answers at some addresses, articles that are added and edited, and a log."""

    big: BigSite
    answers: dict[str, Reply] = field(default_factory=dict)
    """Address → what is answered there instead."""
    asked: list[str] = field(default_factory=list)
    body_bytes: int = 0
    validators: bool = False
    """Whether answers bear an ETag, and are not given twice."""

    @classmethod
    def of(cls, articles: int) -> LivingSite:
        return cls(BigSite(articles))

    @property
    def lists(self) -> list[list[int]]:
        """Ids of the articles on each page of the list; may be changed."""
        return self.big._lists

    def url(self, page: int, place: int = 0) -> str:
        """Address of the article at a place (from 0) of a list page (from 1)."""
        return news_url(self.lists[page - 1][place])

    def edit(self, url: str, title: str) -> None:
        number = int(url.rpartition("/")[2])
        self.big.articles[number] = replace(self.big.articles[number], title=title)

    def publish(self, index: int) -> str:
        """A new article at the head of the list, all others moving on by one; gives its address."""
        article = _article(index)
        self.big.articles[article.id] = article
        self.big._order.insert(0, article.id)
        flat = [article.id, *(number for page in self.lists for number in page)]
        self.lists[:] = [flat[start : start + LIST_SIZE] for start in range(0, len(flat), LIST_SIZE)]
        return news_url(article.id)

    def reply(self, url: str, tag: str | None) -> Reply:
        """:param tag: of the copy that the client has."""
        self.asked.append(url)
        status, headers, body = self.answers.get(url) or self._page(url)
        if self.validators and status == 200:
            headers = {**headers, "ETag": f'"{sha256(body).hexdigest()[:16]}"'}
            if tag == headers["ETag"]:
                status, body = 304, b""
        self.body_bytes += len(body)
        return status, headers, body

    def _page(self, url: str) -> Reply:
        parts = urlsplit(url)
        answer = self.big.respond(parts.netloc, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return answer.status, dict(answer.headers), answer.body

    def articles_since(self, mark: int = 0) -> list[str]:
        """Addresses of articles that were asked for after so many requests."""
        return [url for url in self.asked[mark:] if "/News/" in url]

    def lists_since(self, mark: int = 0) -> list[int]:
        """Numbers of the list pages that were asked for after so many requests."""
        queries = (parse_qs(urlsplit(url).query) for url in self.asked[mark:] if "/Category" in url)
        return [int(query["page"][0]) for query in queries]


@contextmanager
def _serving(site: LivingSite) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            status, headers, body = site.reply(self.path, self.headers.get("If-None-Match"))
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                if status != 304 or name == "ETag":
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def crawling(shell: Shell, site: LivingSite) -> Iterator[Callable[..., int]]:
    """A function that crawls the site with these options, and gives how much was asked for since the beginning."""
    with _serving(site) as proxy:
        shell.proxy = proxy

        def crawl(*words: str, code: int = 0) -> int:
            done = shell.crawl(*LEAN, *words)
            assert done.returncode == code, done.stdout + done.stderr
            assert "Traceback" not in done.stderr, done.stderr
            return len(site.asked)

        yield crawl
