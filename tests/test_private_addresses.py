"""No page, redirect or name server makes the crawler knock at the own machine or network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address

from newscrawler.wire.resolver import PublicResolver
from tests.hostile_archive import crawl
from tests.private_addresses import HOSTS, SITE, ask, ask_through, listening, stations, table, url_of
from tests.servers import Reply, serving

REFUSED = {"private-address", "bad-location", "no request", "dns", "bad-address"}


def test_no_spelling_of_a_private_address_is_ever_connected_to(tmp_path: Path) -> None:
    made = table(tmp_path)
    print(made)
    assert made.callers == []
    assert made.asked_of_proxy == []
    assert len(made.rows) >= 60
    assert {row[1] for row in made.rows} <= {"private-address", "no request"}
    assert {row[2] for row in made.rows} <= REFUSED
    assert {row[3] for row in made.rows} <= {"private-address", "bad-location"}


def test_the_listener_hears_them_once_the_setting_allows_it(tmp_path: Path) -> None:
    hosts = ("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "0.0.0.0", "localhost", "１２７.0.0.1")
    with listening() as heard:
        urls = [url_of(host, heard.port) for host in hosts]
        became = ask(tmp_path, urls, ALLOW_PRIVATE_ADDRESSES=True)
    assert set(became.values()) <= {"no-answer", "reset"}
    assert len(heard.callers) >= len(hosts)


class _NameServer:
    """Answers every name with addresses of the own network."""

    def resolveHostName(self, receiver: Any, _name: str, port: int = 0, *_more: Any) -> None:
        receiver.resolutionBegan(None)
        for address in ("127.0.0.1", "10.0.0.7", "169.254.169.254"):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        for address in ("::1", "::ffff:127.0.0.1", "fe80::1", "64:ff9b::7f00:1"):
            receiver.addressResolved(IPv6Address("TCP", address, port))
        receiver.resolutionComplete()


class Rebinding(PublicResolver):
    """As if such a server were asked."""

    def install_on_reactor(self) -> None:
        super().install_on_reactor()
        self._names = _NameServer()


def test_a_name_that_leads_into_the_own_network_is_not_followed(tmp_path: Path) -> None:
    with listening() as heard:
        rebound = [url_of(host, heard.port) for host in (SITE, "example.vn")]
        rebound.append(rebound[0].replace("http:", "https:"))
        became = ask(tmp_path, rebound, TWISTED_DNS_RESOLVER="tests.test_private_addresses.Rebinding")
    assert became == dict.fromkeys(rebound, "private-address")
    assert heard.callers == []


def test_a_proxy_may_be_anywhere_by_name_too(tmp_path: Path) -> None:
    with serving(lambda _path: (200, {"Content-Type": "text/html"}, b"a page")) as proxy:
        named = proxy.url.replace("127.0.0.1", "localhost")
        became = ask_through(named, tmp_path, [f"http://{SITE}/page"])
    assert became == {f"http://{SITE}/page": "answered 200"}


def test_a_robots_txt_that_redirects_into_the_own_network_closes_its_host(tmp_path: Path) -> None:
    with listening() as heard:
        inside = url_of("127.0.0.1", heard.port) + "robots.txt"

        def reply(url: str) -> Reply:
            return (302, {"Location": inside}, b"") if url.endswith("/robots.txt") else (200, {}, b"a page")

        with serving(reply) as proxy:
            requests = [{"url": f"http://{SITE}/page", "meta": {"dont_retry": True}}]
            through = stations({"tests.hostile_crawl.ThroughProxy": 70})
            guarded = {"DOWNLOADER_MIDDLEWARES": through, "PROXY": proxy.url, "ALLOW_PRIVATE_ADDRESSES": False}
            outcome = crawl(tmp_path, requests, **guarded)
    assert [each["error"] for each in outcome.seen] == ["robots-unreachable"], outcome.words
    assert proxy.paths == [f"http://{SITE}/robots.txt"]
    assert heard.callers == []


def test_the_table_names_sixty_different_spellings() -> None:
    assert len(set(HOSTS)) == len(HOSTS) >= 60
