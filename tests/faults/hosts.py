"""Rows 14-17, 25 and 31-33: what concerns a whole host, each on a host of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.faults.case import Fault, Trace, fault, given_up
from tests.faults.replies import HTML, Act, Script, endless, head, moved, paragraphs, whole
from tests.faults.server import Asked

PAUSE = 2
"""Seconds that the server asks for."""
TEXT = "Content-Type: text/plain"
READ = Trace(problems=None)


def closed(kind: str) -> Trace:
    """Nothing is asked of such a host, and its pages stay in the queue."""
    return Trace(asked=0, captures=(), problems=(f"politeness/{kind}",), article="none", state=f"queued {kind}")


CLOSED = closed("robots-unreachable")


def named(name: str) -> str:
    return f"http://{name}.example.invalid"


def plain(number: int) -> bytes:
    """An article of a site that no layout knows."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    title = f"Ra quân ngày {number}"
    meta = f'<head><title>{title}</title><meta property="og:type" content="article"></head>'
    return whole(f"<html>{meta}<body><article><h1>{title}</h1>{body}</article></body></html>".encode(), HTML)


def late(number: int, status: int, value: Callable[[], str]) -> tuple[Script, ...]:
    """A refusal that says when to come again, then the article."""

    def refusal() -> Iterator[bytes]:
        yield whole(b"later", f"Retry-After: {value()}", first=f"HTTP/1.1 {status} Later")

    return (refusal,), (plain(number),)


def _date() -> str:
    return format_datetime(datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=PAUSE + 1), usegmt=True)


def apart(url: str) -> Callable[[Sequence[Asked]], str]:
    """Two requests for an address leave the pause between them that the first answer asked for."""

    def watch(log: Sequence[Asked]) -> str:
        times = [each.began for each in log if each.url == url]
        return "" if len(times) == 2 and times[1] - times[0] >= PAUSE else f"asked at {times}"

    return watch


def few_bytes(url: str, most: int) -> Callable[[Sequence[Asked]], str]:
    def watch(log: Sequence[Asked]) -> str:
        sent = sum(each.sent for each in log if each.url == url)
        return "" if sent <= most else f"{sent:,} bytes were taken"

    return watch


def behind_proxy() -> list[Fault]:
    """Rows 16, 17 and 31-33."""
    made = []
    for row, part, name, status, value in (
        (16, 1, "429, Retry-After in seconds", 429, lambda: str(PAUSE)),
        (16, 2, "429, Retry-After as a date", 429, _date),
        (17, 1, "503, Retry-After in seconds", 503, lambda: str(PAUSE)),
        (17, 2, "503, Retry-After as a date", 503, _date),
    ):
        host = named(f"pause{row}{part}")
        number = row * 100 + part
        wanted = Trace(asked=2, captures=(str(status), "200"), problems=None)
        made.append(Fault(row=row, part=part, name=name, host=host, scripts=late(number, status, value), wanted=wanted, watch=apart(f"{host}/News/{number}")))  # fmt: skip

    def robots(
        row: int, part: int, name: str, *steps: bytes | Act | Callable[[], Iterator[bytes]], **options: object
    ) -> Fault:
        return fault(
            row, part, name, plain(row * 100 + part), host=named(f"robots{row}{part}"), robots=steps, **options
        )

    huge = named("robots321")
    return [
        *made,
        robots(31, 1, "robots.txt answers 503", whole(b"no", first="HTTP/1.1 503 No"), wanted=CLOSED),
        robots(31, 2, "robots.txt stalls", Act.SILENCE, wanted=CLOSED),
        robots(31, 3, "robots.txt redirects to itself", moved(f"{named('robots313')}/robots.txt"), wanted=CLOSED),
        robots(32, 1, "robots.txt of 50 MB", head(TEXT, "Connection: close") + b"User-agent: *\nDisallow: /no\n", endless(b"# and so on\n" * 1000, 4400), Act.CLOSE, wanted=READ, watch=few_bytes(f"{huge}/robots.txt", 12_000_000)),
        robots(33, 1, "robots.txt is an HTML page", whole(b"<html><body><p>Trang ch\xe1\xbb\xa7</p></body></html>", HTML), wanted=READ),
        robots(33, 2, "robots.txt with 5,000 stars", whole(b"User-agent: *\nDisallow: /" + b"a*" * 5000 + b"b$\n", TEXT), wanted=READ),
    ]  # fmt: skip


def names(port: int) -> list[Fault]:
    """Row 14: names that nobody knows, or that nobody answers for."""
    return [
        fault(14, 1, "DNS: no such name", plain(1401), host=f"{named('weg')}:{port}", wanted=CLOSED),
        fault(14, 2, "DNS: no answer", plain(1402), host=f"{named('stumm')}:{port}", wanted=CLOSED),
    ]


def encrypted(ports: dict[str, int]) -> list[Fault]:
    """Row 15: certificates that nobody should trust.

    :param ports: of the servers with an `expired`, a `self-signed` and a `good` certificate, which is for one host.
    """

    def secure(part: int, name: str, host: str, certificate: str, **options: object) -> Fault:
        return fault(
            15, part, name, plain(1500 + part), host=f"https://{host}.example.invalid:{ports[certificate]}", **options
        )

    accepted = Trace(problems=("tls/self-signed",))
    return [
        secure(1, "certificate expired", "cu", "expired", wanted=closed("tls-expired")),
        secure(2, "certificate for another name", "khac", "good", wanted=closed("tls-wrong-name")),
        secure(3, "certificate self-signed", "tu", "self-signed", wanted=closed("tls-self-signed")),
        secure(4, "self-signed, but accepted in the site's file", "rieng", "self-signed", wanted=accepted),
        secure(5, "certificate as it should be", "tot", "good"),
    ]  # fmt: skip


def private(port: int) -> list[Fault]:
    """Rows 24-26 without a proxy: names and numbers that lead into the own network. A server listens there."""
    refused = given_up("fetching/private-address", asked=0)
    places = [
        (24, 11, "127.0.0.1", f"http://127.0.0.1:{port}"),
        (24, 12, "127.0.0.1 in hexadecimal", f"http://0x7f.1:{port}"),
        (24, 13, "127.0.0.1 as one number", f"http://2130706433:{port}"),
        (24, 14, "127.0.0.1 mapped to IPv6", f"http://[::ffff:7f00:1]:{port}"),
        (25, 1, "a name that leads to 127.0.0.1", f"{named('noi-bo')}:{port}"),
        (25, 2, "a name that leads to ::1", f"{named('noi-bo-6')}:{port}"),
        (26, 11, "NAT64 of 127.0.0.1", f"http://[64:ff9b::7f00:1]:{port}"),
        (26, 12, "6to4 of 127.0.0.1", f"http://[2002:7f00:1::]:{port}"),
        (26, 13, "multicast", f"http://224.0.0.1:{port}"),
        (26, 14, "a name that leads to NAT64", f"{named('nat64')}:{port}"),
    ]
    return [
        fault(row, part, name, plain(row * 100 + part), host=host, wanted=CLOSED if ".invalid" in host else refused)
        for row, part, name, host in places
    ]


ADDRESSES = {
    "noi-bo.example.invalid": "127.0.0.1",
    "noi-bo-6.example.invalid": "::1",
    "nat64.example.invalid": "64:ff9b::7f00:1",
}
"""What the tests' own name service answers; all other names of encrypted and good hosts lead to 127.0.0.1."""
