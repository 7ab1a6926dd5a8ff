"""Which IP addresses are of the public Internet, and which address a host means that is spelled in numbers.

Pure: nothing is looked up. `ipaddress.is_global` is not asked: it calls NAT64, 6to4 and multicast addresses of the own
network global (facts: reliability §2, row 26), and its answers have changed between versions of Python.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import unquote, urlsplit

Address = IPv4Address | IPv6Address

_CLOSED_V4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' own
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; cloud machines tell their secrets there
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
"""IANA's registry of special-purpose IPv4 addresses, and what is no unicast."""
_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 that is given out to the Internet; loopback, ULA, link-local and multicast lie outside."""
_CLOSED_V6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # protocol assignments, Teredo and benchmarks among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = 0x00005EFE
_LAST_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")
"""A host that ends like this is an IPv4 address or nothing (WHATWG URL, “ends in a number”)."""
_MOST_PARTS = 4
_LOCAL_NAME = re.compile(r"(?:^|\.)(?:localhost|localdomain)$|^ip6-(?:localhost|loopback)$")
"""Names that are the own machine by definition (RFC 6761 §6.3), or by custom."""


def is_public(address: Address) -> bool:
    """Whether an address may be a server of the public Internet; an IPv4 address within an IPv6 one is judged too.

    >>> is_public(IPv4Address("113.161.65.1")), is_public(IPv6Address("64:ff9b::7f00:1"))
    (True, False)
    """
    if isinstance(address, IPv4Address):
        return not any(address in each for each in _CLOSED_V4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(_last_four_bytes(address))
    if address not in _UNICAST or any(address in each for each in _CLOSED_V6):
        return False
    return not _is_isatap(address) or is_public(_last_four_bytes(address))


def _last_four_bytes(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def _is_isatap(address: IPv6Address) -> bool:
    """Whether its interface is named after an IPv4 address (RFC 5214 §6.1)."""
    return (int(address) >> 32) & 0xFCFFFFFF == _ISATAP


@lru_cache(maxsize=1024)
def refusal(url: str) -> str | None:
    """Why an address may not be asked for, judged by its spelling alone; None where its host is a name or public.

    Where readers of addresses differ (userinfo, backslashes, escapes, full-width digits, leading zeros), every reading
    is judged: the address may go to a proxy that reads otherwise than we do.

    >>> refusal("http://0x7f.1:8080/")
    'its host 0x7f.1 is 127.0.0.1, which is no public address'
    >>> refusal("http://thanhdoan.hochiminhcity.gov.vn/") is None
    True
    """
    try:
        hosts = _hosts(url)
    except ValueError:
        return "its host cannot be read"
    return next((reason for host in hosts if (reason := _refusal(host))), None)


def _hosts(url: str) -> list[str]:
    """The host as we read it, and as browsers do, for which a backslash is a slash.

    :raises ValueError: if there is none to be read.
    """
    readings = (url, url.replace("\\", "/"))
    return list(dict.fromkeys(urlsplit(each).hostname or "" for each in readings))


def _refusal(host: str) -> str | None:
    plain = plain_host(host)
    if not plain:
        return "it has no host"
    if _LOCAL_NAME.search(plain):
        return f"its host {host} is the own machine"
    try:
        closed = next((each for each in literals(plain) if not is_public(each)), None)
    except ValueError:
        return f"its host {host} is no address that can be read"
    if closed is None:
        return None
    meaning = "" if str(closed) == host else f"{closed}, which is "
    return f"its host {host} is {meaning}no public address"


def plain_host(host: str) -> str:
    """A host without escapes, compatibility letters (UTS 46 maps ① and １ to 1) and dots at its end.

    >>> plain_host("%31２７。0.0.1.")
    '127.0.0.1'
    """
    for _ in range(3):
        host = unquote(host)
    return unicodedata.normalize("NFKC", host).replace("\u3002", ".").replace("\xad", "").strip().rstrip(".").lower()


def literals(host: str) -> list[Address]:
    """What a host means that is written in numbers, one address for each way of reading it; empty for a name.

    :param host: in lower case, without port.
    :raises ValueError: if it is neither a name nor an address.

    >>> literals("127.1"), literals("0177.0.0.1"), literals("tuoitre.vn")
    ([IPv4Address('127.0.0.1')], [IPv4Address('127.0.0.1'), IPv4Address('177.0.0.1')], [])
    """
    if ":" in host:
        return [IPv6Address(host.strip("[]"))]
    if not _LAST_NUMBER.search(host):
        return []
    parts = host.split(".")
    readings = [_address([_number(part) for part in parts])]
    if any(_has_zero(part) for part in parts):
        with suppress(ValueError):  # too large a number is none to those who read it so
            readings.append(_address([int(part) if _has_zero(part) else _number(part) for part in parts]))
    return list(dict.fromkeys(readings))


def _has_zero(part: str) -> bool:
    """Whether some read it as an octal number, and others as a decimal one."""
    return part.isdigit() and len(part) > 1 and part.startswith("0")


def _number(part: str) -> int:
    """:raises ValueError: if it is no number as C writes it."""
    if not part.isascii():
        raise ValueError("no number")
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if _has_zero(part) else 10)


def _address(numbers: list[int]) -> IPv4Address:
    """As inet_aton reads it: the last number fills what the others leave."""
    *first, last = numbers
    if len(numbers) > _MOST_PARTS or any(each > 255 for each in first) or last >= 256 ** (5 - len(numbers)):
        raise ValueError("no address")
    value = last
    for place, each in enumerate(first):
        value += each << (8 * (3 - place))
    return IPv4Address(value)
