"""robots.txt files as servers have them: too long, endless, elsewhere, in a loop, and no robots.txt at all. Each server
has a loopback address of its own, and all are crawled at once."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import sqlite3
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newscrawler.politeness.robots import MOST_HOPS
from newscrawler.politeness.rules import ROBOTS_LIMIT
from tests.conftest import Shell
from tests.hostile_archive import Outcome, crawl
from tests.politeness.tls import sign
from tests.politeness_proof import GOOD, is_probe
from tests.servers import Reply, serving

FIRST = b"User-agent: *\nDisallow: /2\n"
LATEST = b"Disallow: /3\n"
LINES = b"".join(b"Disallow: /nowhere/%07d\n" % number for number in range(2000))
PLENTY = 50_000_000
ENDLESS = 1 << 40
IN_PIPES = 12_000_000
"""Bytes that may lie in the buffers of two sockets when their reader leaves."""
ALL = ["/1", "/2", "/3"]
BUT_THE_SECOND = ["/1", "/3"]


def hop(target: str) -> Reply:
    return 302, {"Location": target}, b""


def chain(hops: int, end: Reply) -> dict[str, Reply]:
    """A robots.txt behind so many redirects."""
    names = ["/robots.txt", *(f"/r{number}" for number in range(1, hops + 1))]
    return {**{name: hop(f"/r{number}") for number, name in enumerate(names[:-1], 1)}, names[-1]: end}


FORBIDDING: Reply = (200, {"Content-Type": "text/plain"}, FIRST)


@dataclass(frozen=True)
class Case:
    """A server, and which of its three pages may be asked for."""

    allowed: list[str]
    replies: dict[str, Reply] = field(default_factory=dict)
    """What is no good page."""
    stream: int = 0
    """Bytes of robots.txt that are sent behind FIRST, and before LATEST."""
    announced: bool = False
    secure: bool = False


CASES = {
    "50 MB": Case(BUT_THE_SECOND, stream=PLENTY, announced=True),
    "endless": Case(BUT_THE_SECOND, stream=ENDLESS),
    "endless over TLS": Case(BUT_THE_SECOND, stream=ENDLESS, secure=True),
    "five redirects": Case(BUT_THE_SECOND, chain(MOST_HOPS, FORBIDDING)),
    "six redirects": Case([], chain(MOST_HOPS + 1, FORBIDDING)),
    "circle": Case([], {"/robots.txt": hop("/robots.txt")}),
    "circle of two": Case([], {"/robots.txt": hop("/r1"), "/r1": hop("/robots.txt")}),
    "nowhere": Case([], {"/robots.txt": hop("")}),
    "odd scheme": Case([], {"/robots.txt": hop("ftp://a.vn/robots.txt")}),
    **{str(status): Case(ALL, {"/robots.txt": (status, {}, FIRST)}) for status in (400, 401, 403, 404, 410)},
    **{str(status): Case([], {"/robots.txt": (status, {}, b"")}) for status in (429, 500, 503, 304)},
    "a page": Case(ALL),
    "empty": Case(ALL, {"/robots.txt": (200, {}, b"")}),
}
STREAMS = [name for name, case in CASES.items() if case.stream]


class Server(socketserver.ThreadingTCPServer):
    """One case at one address; knows what it was asked for."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, case: Case, context: ssl.SSLContext) -> None:
        super().__init__((host, 0), Handler)
        self.case, self.context = case, context if case.secure else None
        self.paths: list[str] = []
        self.sent = 0
        """Bytes of robots.txt that the sockets took."""
        self.left = threading.Event()
        """Set when the reader of an endless file has gone."""
        self.url = f"http{'s' if case.secure else ''}://{host}:{self.server_address[1]}"

    @property
    def pages(self) -> list[str]:
        return [path for path in self.paths if path in ALL]


class Handler(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            context = self.server.context
            connection = context.wrap_socket(self.request, server_side=True) if context else self.request
            lines = connection.makefile("rb")
            path = lines.readline().split()[1].decode()
            while lines.readline().strip():
                pass
            self.server.paths.append(path)
            if path == "/robots.txt" and self.server.case.stream:
                self.stream(connection)
            else:
                self.answer(connection, *self.server.case.replies.get(path, GOOD))

    def answer(self, connection: socket.socket, status: int, headers: dict[str, str], body: bytes) -> None:
        named = {"Connection": "close", "Content-Length": str(len(body)), **headers}
        head = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in named.items()), "", ""]
        connection.sendall("\r\n".join(head).encode() + body)

    def stream(self, connection: socket.socket) -> None:
        server, most = self.server, self.server.case.stream
        length = b"Content-Length: %d\r\n" % most if server.case.announced else b""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + length + b"\r\n" + FIRST)
        try:
            while server.sent < most:
                connection.sendall(LINES)
                server.sent += len(LINES)
            connection.sendall(LATEST)
        except OSError:
            server.left.set()
            raise


@dataclass(frozen=True)
class Crawled:
    outcome: Outcome
    servers: dict[str, Server]
    asked: dict[str, list[str]]

    def problems(self, name: str) -> list[str]:
        host = self.servers[name].server_address[0]
        with closing(sqlite3.connect(self.outcome.folder / "news.db")) as db:
            found = db.execute("SELECT kind FROM problems WHERE stage = 'politeness' AND url = ?", (f"http://{host}/",))
            return [kind for (kind,) in found]


@contextlib.contextmanager
def listening(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """All cases, crawled once."""
    folder = tmp_path_factory.mktemp("robots")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sign("127.0.0.1").write(folder / "own.pem"))
    made = {name: Server(f"127.0.1.{number}", case, context) for number, (name, case) in enumerate(CASES.items(), 1)}
    with ExitStack() as stack:
        for server in made.values():
            stack.enter_context(listening(server))
        requests = [{"url": server.url + page} for server in made.values() for page in ALL]
        done = crawl(folder / "data", requests, DOWNLOAD_VERIFY_CERTIFICATES=False, RETRY_TIMES=0)
        yield Crawled(done, made, {name: server.pages for name, server in made.items()})


@pytest.mark.parametrize("name", CASES)
def test_what_may_be_asked_for_is_asked_for_and_nothing_else(run: Crawled, name: str) -> None:
    assert run.asked[name] == CASES[name].allowed


@pytest.mark.parametrize("name", STREAMS)
def test_of_a_huge_robots_txt_no_more_than_500_kib_are_read(run: Crawled, name: str) -> None:
    server = run.servers[name]
    assert server.left.wait(20)
    assert server.sent < IN_PIPES
    (record,) = run.outcome.archived[f"{server.url}/robots.txt"]
    assert record.truncated == "length"
    assert ROBOTS_LIMIT < len(record.block) < 3 * ROBOTS_LIMIT


def test_robots_txt_costs_no_memory(run: Crawled) -> None:
    assert max(row["kilobytes"] for row in run.outcome.seen) < 200_000


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.allowed])
def test_a_closed_host_gets_one_row(run: Crawled, name: str) -> None:
    assert run.problems(name) == ["robots-unreachable"]


def test_redirects_are_followed_five_times_and_a_circle_only_once(run: Crawled) -> None:
    hops = [f"/r{number}" for number in range(1, MOST_HOPS + 1)]
    assert run.servers["six redirects"].paths == ["/robots.txt", *hops]
    assert run.servers["five redirects"].paths == ["/robots.txt", *hops, *BUT_THE_SECOND]
    assert run.servers["circle of two"].paths == ["/robots.txt", "/r1"]


def test_a_closed_host_loses_no_page_to_the_next_run(lonely_shell: Shell) -> None:
    for status, pages in ((503, []), (404, ["5", "6", "7"])):

        def reply(path: str, status: int = status) -> Reply:
            if path.endswith("/robots.txt") or is_probe(path):
                return status, {}, b""
            return GOOD

        with serving(reply) as proxy:
            lonely_shell.proxy = proxy.url
            lonely_shell.crawl("--ids", "5-7")
        asked = [path.rsplit("/", 1)[1] for path in proxy.paths if not is_probe(path)]
        assert sorted(each for each in asked if each != "robots.txt") == pages


@pytest.mark.parametrize(
    ("setting", "first", "asked"),
    [("ROBOTSTXT_CLOSED_FOR", 503, [503, 404]), ("ROBOTSTXT_LIFETIME", 404, [404, 404, 404])],
)
def test_robots_txt_is_asked_for_again_after_its_time(
    tmp_path: Path, setting: str, first: int, asked: list[int]
) -> None:
    answered: list[int] = []

    def reply(path: str) -> Reply:
        if path == "/robots.txt":
            answered.append(first if not answered else 404)
            return answered[-1], {}, b""
        return GOOD

    with serving(reply) as server:
        pages = [{"url": f"{server.url}{page}"} for page in ALL]
        done = crawl(tmp_path / "data", pages, **{setting: 0, "RETRY_TIMES": 0})
    assert answered == asked
    assert [row["status"] for row in done.seen] == [0 if first == 503 else 200, 200, 200]
