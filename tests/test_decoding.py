"""The live door: what a server says wrongly of its pages does not lose them, and the archive reads them alike."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from newscrawler.archive.message import parse_head
from newscrawler.decoding import Decoding, page_of_response
from newscrawler.errors import HostilePageError
from newscrawler.pages.door import page_of
from newscrawler.store import open_database
from newscrawler.store.dump import dump_hash
from tests.conftest import Shell
from tests.servers import Reply, serving
from tests.test_crawl import query
from tests.test_pages import ARTICLE, HTML, TEXT, capture

BOMB = brotli.compress(bytes(60_000_000), quality=1)
HTML_HEAD = {"Content-Type": "text/html"}


def answer(body: bytes, **headers: str) -> Response:
    request = Request(ARTICLE, meta={"capture": capture()})
    named = {name.replace("_", "-"): value for name, value in {"Content_Type": "text/html", **headers}.items()}
    return Decoding().process_response(request, HtmlResponse(ARTICLE, headers=named, body=body, request=request))


def test_a_coded_body_is_decoded_and_its_label_taken_off() -> None:
    response = answer(gzip.compress(HTML.encode()), Content_Encoding="gzip")
    assert response.body == HTML.encode()
    assert b"Content-Encoding" not in response.headers


def test_a_wrong_label_does_not_lose_the_page() -> None:
    page = page_of_response(answer(HTML.encode(), Content_Encoding="gzip"))
    assert page is not None
    assert (page.html, page.notes) == (HTML, ("labelled gzip, but is not",))


def test_a_bomb_is_refused() -> None:
    with pytest.raises(HostilePageError):
        answer(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")


CODED: dict[str, tuple[str, bytes]] = {
    "plain": ("", HTML.encode()),
    "gzip": ("Content-Encoding: gzip", gzip.compress(HTML.encode())),
    "twice": ("Content-Encoding: gzip, gzip", gzip.compress(gzip.compress(HTML.encode()))),
    "label lies": ("Content-Encoding: br", HTML.encode()),
    "latin label": ("X: y", HTML.encode("cp1258", "replace")),
    "no trailer": ("Content-Encoding: gzip", gzip.compress(HTML.encode())[:-8]),
}


@pytest.mark.parametrize(("line", "body"), CODED.values(), ids=CODED)
def test_both_doors_give_the_same_page(line: str, body: bytes) -> None:
    name, _colon, value = line.partition(": ")
    live = page_of_response(answer(body, **({name.replace("-", "_"): value} if line else {})))
    raw = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{line}\r\n\r\n".encode()
    assert live == page_of(capture(), parse_head(raw), body)
    assert live is not None


def numbered(html: str, n: int) -> str:
    return html.replace("Ra quân", f"Ra quân {n}").replace(TEXT, f"Bài {n}. {TEXT}")


def lies(n: int) -> Reply:
    """Twelve ways to serve article n, some of which it cannot be read from."""
    text = numbered(HTML, n)
    html = text.encode()
    kinds: list[tuple[int, dict[str, str], bytes]] = [
        (200, HTML_HEAD, html),
        (200, {**HTML_HEAD, "Content-Encoding": "gzip"}, html),
        (200, {**HTML_HEAD, "Content-Encoding": "deflate"}, zlib.compress(html)[2:-4]),
        (200, {**HTML_HEAD, "Content-Encoding": "br"}, brotli.compress(html)),
        (200, {**HTML_HEAD, "Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(html))),
        (200, {"Content-Type": "text/html; charset=windows-1252"}, html),
        (200, {"Content-Type": "text/html; charset=utf-8"}, text.encode("utf-16")),
        (200, {"Content-Type": "application/octet-stream"}, html),
        (200, HTML_HEAD, b"%PDF-1.4 " + html),
        (200, {**HTML_HEAD, "Content-Encoding": "gzip"}, gzip.compress(html)[:-40]),
        (200, {**HTML_HEAD, "Content-Encoding": "br"}, BOMB),
        (206, HTML_HEAD, html),
        (200, {**HTML_HEAD, "Content-Encoding": "x-unknown"}, html),
    ]
    return kinds[n - 1]


READABLE = [1, 2, 3, 4, 5, 6, 7, 8, 10, 13]
"""The tenth breaks off, and stands as long as no whole copy comes."""


def reply(path: str) -> Reply:
    number = path.rpartition("/")[2]
    return lies(int(number)) if number.isdigit() else (404, {}, b"")


def test_pages_under_wrong_labels_are_stored_and_read_again_alike(lonely_shell: Shell) -> None:
    data = lonely_shell.data
    with serving(reply) as proxy:
        lonely_shell.proxy = proxy.url
        done = lonely_shell.crawl("--ids", "1-13")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    stored = query(data, "SELECT site_article_id, body_text FROM articles ORDER BY CAST(site_article_id AS INTEGER)")
    assert [int(number) for number, _body in stored] == READABLE
    assert all(body.startswith(f"Bài {number}. Sáng 26/7, Đoàn xã") for number, body in stored)
    before, problems = hash_of(data), unread(data)
    assert {url.rpartition("/")[2]: kind for url, kind in problems} == {
        "9": "no-page",
        "11": "HostilePageError",
        "12": "no-page",
    }
    (data / "news.db").unlink()
    assert lonely_shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(data) == before
    assert [kind for _url, kind in unread(data)] == ["HostilePageError"]


HOME = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
LOST = f'<img src="{HOME}/lost.jpg"><img src="{HOME}/News/2">'


def soft_404(path: str) -> Reply:
    """An article whose pictures are pages: one by a redirect, as of many a site that has lost a file, one by itself."""
    if path.endswith("robots.txt"):
        return 404, {}, b""
    if path.endswith("lost.jpg"):
        return 302, {"Location": HOME}, b""
    if path.endswith("/News/1"):
        return 200, HTML_HEAD, numbered(HTML, 1).replace("<p>Bài", f"{LOST}<p>Bài").encode()
    items = f'<ul><li><a href="{HOME}/News/3">Tin khác của Thành Đoàn</a></li></ul>'
    return 200, HTML_HEAD, (numbered(HTML, 2) if path.endswith("/News/2") else items).encode()


def test_pages_in_the_place_of_pictures_are_not_read_from_the_archive_either(lonely_shell: Shell) -> None:
    data = lonely_shell.data
    with serving(soft_404) as proxy:
        lonely_shell.proxy = proxy.url
        lonely_shell.crawl("--ids", "1")
    assert query(data, "SELECT site_article_id FROM articles") == [("1",)]
    assert query(data, "SELECT count(*) FROM media") == [(2,)]
    before = hash_of(data)
    (data / "news.db").unlink()
    assert lonely_shell("newscrawler", "rebuild").returncode == 0
    assert hash_of(data) == before


def hash_of(data: Path) -> str:
    return dump_hash(open_database(data / "news.db"))


def unread(data: Path) -> list[tuple[Any, ...]]:
    return query(data, "SELECT url, kind FROM problems WHERE stage = 'reading' ORDER BY id")
