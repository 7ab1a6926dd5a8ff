"""Which addresses are public, whatever they are spelled like."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.wire.addresses import is_public, literals, plain_host, refusal

PUBLIC = ["113.161.65.1", "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255"]
PUBLIC_V6 = ["2405:4800::1", "2606:4700::6810:85e5", "2a00:1450:4009:81f::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_V6])
def test_servers_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))
    assert refusal(f"http://[{address}]:80/" if ":" in address else f"http://{address}:80/") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd",
        "https://www.tuoitre.vn:443/?a=127.0.0.1#127.0.0.1",
        "http://127.0.0.1.vn/",
        "http://10.vn/",
        "http://localhost.vn/",
        "http://báo.vn/",
        "http://mylocalhost/",
        "http://0x7f.com/",
    ],
)
def test_names_are_left_to_the_resolver(url: str) -> None:
    assert refusal(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://thanhdoan.hochiminhcity.gov.vn\\@127.0.0.1/",
        "http://127.0.0.1\\@thanhdoan.hochiminhcity.gov.vn/",
        "http:\\\\127.0.0.1/",
        "http:///127.0.0.1/",
        "http://[::1/",
        "http://[::1%25lo]/",
        "http://[1.2.3.4]/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://1..1/",
        "http:///",
        "//",
        "",
    ],
)
def test_what_some_reader_would_take_for_a_private_address_or_nobody_can_read_is_refused(url: str) -> None:
    assert refusal(url)


def spellings(address: IPv4Address) -> list[str]:
    value, (a, b, c, d) = int(address), address.packed
    return [
        str(address),
        f"{value}",
        f"{value:#x}",
        f"{value:#o}".replace("0o", "0"),
        f"{a}.{value & 0xFFFFFF}",
        f"{a:#X}.{b}.{(c << 8) + d}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        "".join(f"%{ord(letter):x}" for letter in str(address)),
        str(address).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        f"{address}.",
        str(address).replace(".", "。"),
    ]


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_every_spelling_of_an_ipv4_address_is_judged_as_the_address_itself(address: IPv4Address) -> None:
    for spelling in spellings(address):
        assert address in literals(plain_host(spelling))
        if not is_public(address):
            assert refusal(f"http://{spelling}:8080/x")
            assert refusal(f"http://thanhdoan.hochiminhcity.gov.vn@{spelling}/")


@given(st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1))
def test_an_ipv4_address_within_an_ipv6_one_is_judged_too(inner: IPv4Address, noise: int) -> None:
    low = int(inner)
    for outer in (IPv6Address(0xFFFF << 32 | low), IPv6Address((0x64FF9B << 96) | low)):
        assert is_public(outer) == is_public(inner)
    isatap = IPv6Address((0x2A001450 << 96) | (noise & 0xFFFFFFFF) << 64 | 0x5EFE << 32 | low)
    assert is_public(isatap) == is_public(inner)
    for closed in (0x2002 << 112 | low << 80, 0x20010000 << 96 | low, low):
        assert not is_public(IPv6Address(closed))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_nothing_outside_of_what_is_given_out_is_public(address: IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    refusal(f"http://{text}/")
    refusal(text)
