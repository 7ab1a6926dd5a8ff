"""A live page for `extract`: the address is the user's choice, where it leads is not."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from newscrawler.cli import fetch as fetching
from newscrawler.cli.fetch import fetch
from newscrawler.cli.guarded import PrivatePlaceError, connect, connect_publicly
from newscrawler.errors import NewsCrawlerError
from tests.hostile_exchange import Act, HostileServer, endless, head, said, serving_all
from tests.private_addresses import HOSTS, listening, url_of
from tests.servers import Reply, Seen, serving

PAGE = b"<html><title>Ra quan</title></html>"
GOOD: Reply = (200, {"Content-Type": "text/html"}, PAGE)
NO_ROBOTS: Reply = (404, {}, b"")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def site(reply: Callable[[str], Reply]) -> AbstractContextManager[Seen]:
    return serving(lambda path: NO_ROBOTS if path == "/robots.txt" else reply(path))


def moved(to: str) -> Reply:
    return 302, {"Location": to.encode().decode("latin-1")}, b"x" * 1000


def complaint(url: str) -> str:
    with pytest.raises(NewsCrawlerError) as caught:
        fetch(url)
    return str(caught.value)


def test_the_typed_address_may_be_private_and_redirects_on_its_host_too() -> None:
    with site(lambda path: GOOD if "%C4%90" in path else moved("/Đoàn")) as server:
        assert fetch(f"{server.url}/cu") == PAGE
        assert server.paths == ["/robots.txt", "/cu", "/%C4%90o%C3%A0n"]


def test_redirects_into_the_own_network_are_not_followed() -> None:
    with listening() as heard:
        inside = [url_of(host, heard.port) for host in HOSTS if not host.startswith("127.0.0.1")]
        with site(lambda path: moved(inside[int(path[1:])])) as server:
            for number in range(len(inside)):
                assert "redirects to" in complaint(f"{server.url}/{number}")
    print(f"{len(inside)} redirects, {len(heard.callers)} connections")
    assert len(inside) >= 60
    assert heard.callers == []


def test_a_name_that_leads_into_the_own_network_is_not_connected_to() -> None:
    with listening() as heard:
        with pytest.raises(PrivatePlaceError, match="localhost leads to"):
            connect_publicly(("localhost", heard.port))
        connect(("localhost", heard.port)).close()
    assert len(heard.callers) == 1


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "data:text/html,a", "ftp://a.vn/", "javascript:1", "", "http://[::1"]
)
def test_redirects_out_of_http_are_not_followed(to: str) -> None:
    with site(lambda _path: moved(to)) as server:
        assert "which is not followed" in complaint(f"{server.url}/cu")
        assert server.paths == ["/robots.txt", "/cu"]


def test_a_loop_ends_after_ten_redirects() -> None:
    with site(lambda path: moved(f"{path}a")) as server:
        assert "redirects more than 10 times" in complaint(f"{server.url}/a")
        assert len(server.paths) == 12


def test_robots_txt_is_obeyed_of_every_address_on_the_way() -> None:
    rules: Reply = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /secret\n")
    with serving(lambda path: rules if path == "/robots.txt" else moved("/secret/a")) as server:
        assert "/secret/a is forbidden by the site's robots.txt" in complaint(f"{server.url}/a")
        assert server.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize("answer", [(503, {}, b""), moved("http://10.0.0.1/robots.txt"), moved("/robots.txt?again")])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(answer: Reply) -> None:
    with serving(lambda _path: answer) as server:
        assert complaint(f"{server.url}/a")
        assert all("robots.txt" in path for path in server.paths)


def test_a_long_robots_txt_is_read_up_to_500_kilobytes() -> None:
    rules = b"User-agent: *\nDisallow: /secret\n" + b"# long\n" * 200_000
    with serving(lambda path: (200, {}, rules) if path == "/robots.txt" else GOOD) as server:
        assert fetch(f"{server.url}/a") == PAGE
        assert "forbidden" in complaint(f"{server.url}/secret")


def test_bodies_and_what_they_unfold_to_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(bytes(60_000_000))
    with site(lambda path: (200, {"Content-Encoding": "gzip"}, bomb) if path == "/bomb" else GOOD) as server:
        assert "decompression bomb" in complaint(f"{server.url}/bomb")
        monkeypatch.setattr(fetching, "DOWNLOAD_MAXSIZE", len(PAGE))
        assert fetch(f"{server.url}/a") == PAGE
        monkeypatch.setattr(fetching, "DOWNLOAD_MAXSIZE", len(PAGE) - 1)
        assert f"longer than {len(PAGE) - 1} bytes" in complaint(f"{server.url}/a")


def test_a_label_that_lies_does_not_lose_the_page() -> None:
    with site(lambda _path: (200, {"Content-Encoding": "gzip"}, PAGE)) as server:
        assert fetch(f"{server.url}/a") == PAGE


def test_whatever_a_server_does_it_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DOWNLOAD_TIMEOUT", 1)
    slow = {
        "body": (head("Content-Length: 900"), b"<p>", Act.CRAWL),
        "open-body": (head(), b"<p>", Act.CRAWL),
        "head": (b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n", Act.CRAWL),
        "silence": (Act.SILENCE,),
    }
    server = HostileServer([said(name, *steps) for name, steps in slow.items()])
    with serving_all([server]):
        for name in slow:
            assert "longer than 1 seconds" in complaint(f"{server.url}/{name}"), name


def test_endless_heads_end() -> None:
    server = HostileServer(
        [
            said("lines", b"HTTP/1.1 200 OK\r\n", Act.FORGET, endless(b"X-More: and more\r\n" * 500, 20_000)),
            said("line", b"HTTP/1.1 200 OK\r\nX: ", Act.FORGET, endless(b"a" * 9999, 20_000)),
        ]
    )
    with serving_all([server]):
        for name in ("lines", "line"):
            assert "cannot reach" in complaint(f"{server.url}/{name}")


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http:///a", "http://a b/"])
def test_what_is_no_address_is_told_so(url: str) -> None:
    assert url in complaint(url)
