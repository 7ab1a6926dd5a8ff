"""Answers as careless servers give them are replayed by both players, out of the bytes as they came."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.archive.writer import WarcWriter
from newscrawler.export import export_wacz
from newscrawler.items import Capture
from newscrawler.store import add_capture, close_database, open_database
from newscrawler.store.selection import ArticlePage
from tests.archive.exchanges import exchange
from tests.conftest import times
from tests.replay.pywb import COLLECTION, Pywb, replayed
from tests.replay.test_replayweb import playing

SITE = "http://thanhdoan.hochiminhcity.gov.vn"
WORDS = "Đoàn xã ra quân giúp dân"
HTML = f"<!doctype html><html><head><title>Tin</title></head><body><p>{WORDS}</p></body></html>".encode()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
HALF = len(HTML) // 2
CHUNKS = b"%x;ext=1\r\n%b\r\n%x\r\n%b\r\n0\r\nX-Trailer: yes\r\n\r\n" % (
    HALF,
    HTML[:HALF],
    len(HTML) - HALF,
    HTML[HALF:],
)
ZIPPED = gzip.compress(HTML, mtime=0)

ANSWERS: dict[str, tuple[bytes, bytes]] = {
    "whole": (OK + b"Content-Length: %d\r\n\r\n" % len(HTML), HTML),
    "in chunks with an extension and a trailer": (OK + b"Transfer-Encoding: chunked\r\n\r\n", CHUNKS),
    "zipped": (OK + b"Content-Encoding: gzip\r\n\r\n", ZIPPED),
    "zipped and in one chunk": (
        OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"%x\r\n%b\r\n0\r\n\r\n" % (len(ZIPPED), ZIPPED),
    ),
    "ended by closing the connection": (OK.replace(b"1.1", b"1.0") + b"Connection: close\r\n\r\n", HTML),
    "with headers in odd case and blanks": (
        b"HTTP/1.1 200 \r\ncoNTent-tYPE:text/html;charset=UTF-8  \r\nX-A:  b \r\n\r\n",
        HTML,
    ),
    "with a header without colon": (OK + b"Garbage\r\n\r\n", HTML),
    "with a folded header": (OK + b"X-Long: one\r\n two\r\n\r\n", HTML),
    "with letters outside ASCII in a header": (OK + "X-Title: Đoàn\r\n\r\n".encode(), HTML),
    "with two cookies": (OK + b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n", HTML),
    "with line feeds alone": (OK.replace(b"\r\n", b"\n") + b"\n", HTML),
    "not found": (OK.replace(b"200 OK", b"404 Not Found") + b"\r\n", HTML),
}
INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TIMESTAMP = "2026-01-02T03:04:05.000000Z"


def address(name: str) -> str:
    return f"{SITE}/{name.replace(' ', '-')}"


@pytest.fixture(scope="module")
def archive(some_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One response of each kind, one behind a 103, a redirect to the first, and a revisit of another address."""
    folder = tmp_path_factory.mktemp("odd")
    writer = WarcWriter(folder / "warc", "thanhdoan", {"software": "test"})
    db = open_database(folder / "news.db", write=True)

    def write(name: str, head: bytes, body: bytes, original: Capture | None = None, **values: object) -> Capture:
        capture = writer.write(exchange(body, head=head, url=address(name), started_at=AT, **values), original)
        assert capture is not None
        add_capture(db, capture, None)
        return capture

    captures = {name: write(name, *answer) for name, answer in ANSWERS.items()}
    write("behind a 103", *ANSWERS["whole"], interim=INTERIM)
    write("moved", b"HTTP/1.1 301 Moved Permanently\r\nLocation: /whole\r\n\r\n", b"")
    write("a revisit", *ANSWERS["zipped"], captures["zipped"])
    writer.close()
    close_database(db)
    return folder


NAMES = [*ANSWERS, "behind a 103", "moved", "a revisit"]


def test_pywb_replays_them(archive: Path, tool: Callable[[str], str], tmp_path: Path) -> None:
    pywb = Pywb(tmp_path, tool)
    pywb.manage("init", COLLECTION)
    pywb.manage("add", COLLECTION, *map(str, (archive / "warc").iterdir()))
    with pywb.serving() as base:
        lost = [name for name in NAMES if WORDS not in replayed(base, address(name), TIMESTAMP)]
    assert lost == []


def test_replayweb_replays_them(archive: Path, player: Path, chromium: str, tmp_path: Path) -> None:
    out = tmp_path / "odd.wacz"
    export_wacz(archive, out)
    # Each takes seconds in a browser: some of them here, and all in the long run.
    names = NAMES[:: times(4, 1)]
    with playing(tmp_path, player, out, chromium) as play:
        lost = [name for name in names if not play.shows("sample.wacz", page_of(name))]
    assert lost == []


def page_of(name: str) -> ArticlePage:
    return ArticlePage("thanhdoan", address(name), "Tin", WORDS, TIMESTAMP, "", "")
