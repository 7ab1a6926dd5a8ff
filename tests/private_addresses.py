"""Ways to write an address of the own machine or network, and a listener that notes who calls.

Run as `python -m tests.private_addresses`, a table shows what became of each: asked for directly, and redirected to.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrapy import Request

from newscrawler import settings
from tests.hostile_archive import crawl
from tests.servers import Reply, serving

SITE = "thanhdoan.hochiminhcity.gov.vn"
HOSTS = (
    # loopback in all bases and lengths
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "127.0.0.1.", "127.0.0.1..", "2130706433", "0x7f000001"),
    *("017700000001", "0x7f.1", "0X7F.0x0.0x0.0x1", "0177.0.0.1", "0177.0x0.1", "127.0x1", "0000177.1"),
    *("0x000000007f000001", "127.000.000.001", "127.0.0.01", "6425673729", "127.0.0.0x", "127.0.0.09"),
    # escapes, full width, circles, userinfo, backslashes
    *("%31%32%37.0.0.1", "127%2e0%2E0%2e1", "%2531%2532%2537.0.0.1", "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1"),
    *(f"{SITE}@127.0.0.1", f"{SITE}:80@127.1", f"{SITE}%40@127.0.0.1", f"a:b@{SITE}@127.0.0.1"),
    *(f"127.0.0.1\\@{SITE}", f"127.0.0.1\\.{SITE}", f"127.0.0.1#@{SITE}", f"127.0.0.1?@{SITE}"),
    # names of the own machine
    *("localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "ip6-localhost", "ˡocalhost"),
    # nowhere in particular, and the own network
    *("0.0.0.0", "0", "0x0", "00000000000", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "3232235777"),
    *("169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.16689662", "100.64.0.1"),
    # given out for other ends
    *("192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
    "255.255.255.255",
    # IPv6: the same again, and IPv4 within it
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]"),
    *("[::ffff:0:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]"),
    *("[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:0:7f00:1::]", "[2001:0:c0a8:101:0:0:80ff:fffe]", "[2001:2::1]"),
    *("[2a00:1450::5efe:7f00:1]", "[2001:db8::1]", "[3fff::1]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]"),
    *("[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[5f00::1]", "[100::1]", "[2130706433]"),
)
"""Each goes before a port, but for those that hide it."""


@dataclass
class Listener:
    """Takes connections on every address of the machine, IPv4 and, where it has that, IPv6."""

    port: int = 0
    callers: list[str] = field(default_factory=list)


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """A listener that notes who calls, and hangs up. At its end it calls itself, and all that called before are noted
    by then."""
    heard = Listener()
    with _socket() as server, socket.socket() as farewell:
        server.listen(64)
        heard.port = server.getsockname()[1]
        farewell.bind(("127.0.0.1", 0))
        last = farewell.getsockname()[1]

        def take() -> None:
            while True:
                connection, address = server.accept()
                connection.close()
                if address[1] == last:
                    return
                heard.callers.append(str(address[0]))

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield heard
        farewell.connect(("127.0.0.1", heard.port))
        thread.join()


def _socket() -> socket.socket:
    try:
        made = socket.socket(socket.AF_INET6)
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.bind(("::", 0))
    except OSError:
        made = socket.socket()
        made.bind(("0.0.0.0", 0))  # the point is to hear every caller
    return made


def url_of(host: str, port: int) -> str:
    name, mark, rest = host.partition("#") if "#" in host else host.partition("?")
    return f"http://{name}:{port}/{mark}{rest}" if mark else f"http://{host}:{port}/"


def fits(url: str) -> bool:
    """Whether Scrapy makes a request of it at all."""
    try:
        Request(url)
    except ValueError:
        return False
    return True


def ask(folder: Path, urls: list[str], **changed: Any) -> dict[str, str]:
    """What became of addresses that a spider asks for, by address as it was given."""
    meta = {"dont_obey_robotstxt": True, "dont_retry": True, "download_timeout": 20}
    fitting = [url for url in urls if fits(url)]
    requests = [{"url": url, "meta": {**meta, "given": url}} for url in fitting]
    outcome = crawl(
        folder, requests, **{"ALLOW_PRIVATE_ADDRESSES": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, **changed}
    )
    became = {each["given"]: each["error"] or f"answered {each['status']}" for each in outcome.seen}
    if len(became) != len(set(fitting)):
        raise AssertionError(outcome.words[-2000:])
    return {url: became.get(url, "no request") for url in urls}


@contextlib.contextmanager
def redirecting(urls: list[str]) -> Iterator[tuple[str, list[str]]]:
    """A proxy that answers `/n` of the site with a redirect to the n-th address; its own, and what it was asked for."""

    def reply(url: str) -> Reply:
        number = url.rpartition("/")[2]
        location = urls[int(number)] if number.isdigit() else ""
        return 302, {"Location": location.encode().decode("latin-1")}, b""

    with serving(reply) as proxy:
        yield proxy.url, proxy.paths


@dataclass(frozen=True)
class Table:
    """What became of each spelling, and who called."""

    rows: list[tuple[str, ...]]
    """Spelling; asked for directly; the same with the resolver alone on guard; as the target of a redirect."""
    callers: list[str]
    asked_of_proxy: list[str]

    def __str__(self) -> str:
        lines = [f"{'host':<58}{'asked for':<17}{'resolver alone':<17}{'redirected to'}"]
        lines += [f"{row[0]:<58}{row[1]:<17}{row[2]:<17}{row[3]}" for row in self.rows]
        return "\n".join([*lines, f"{len(self.rows)} spellings, {len(self.callers)} connections"])


def table(folder: Path) -> Table:
    """Ask for all of them in three ways, without the setting that allows it."""
    with listening() as heard:
        urls = [url_of(host, heard.port) for host in HOSTS]
        direct = ask(folder / "direct", urls)
        # Half of them over TLS, whose connections are made in another way.
        other = [url if n % 2 else url.replace("http:", "https:") for n, url in enumerate(urls)]
        alone = ask(folder / "alone", other, DOWNLOADER_MIDDLEWARES=stations({"newscrawler.guard.AddressGuard": None}))
        with redirecting(urls) as (proxy, asked):
            sources = [f"http://{SITE}/{number}" for number in range(len(urls))]
            led = ask_through(proxy, folder / "led", sources)
        became = zip(HOSTS, map(direct.get, urls), map(alone.get, other), map(led.get, sources), strict=True)
        rows = [tuple(map(str, row)) for row in became]
    return Table(rows, heard.callers, [each for each in asked if each not in sources])


def stations(changed: dict[str, int | None]) -> dict[str, int | None]:
    """The project's stations, and what a test puts in or takes out."""
    return {**settings.DOWNLOADER_MIDDLEWARES, **changed}


def ask_through(proxy: str, folder: Path, urls: list[str]) -> dict[str, str]:
    """As `ask`, through a proxy."""
    return ask(folder, urls, DOWNLOADER_MIDDLEWARES=stations({"tests.hostile_crawl.ThroughProxy": 70}), PROXY=proxy)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(table(Path(folder)))
