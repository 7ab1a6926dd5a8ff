"""A page that sends its readers on names an address, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.reading.leads.refresh import refresh_target

BASE = "http://a.vn/cu/"


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<meta http-equiv="refresh" content="5; url=http://b.vn/x">', "http://b.vn/x"),
        ("<META HTTP-EQUIV='Refresh' CONTENT='0;URL=moi?a=1&amp;b=2#top'>", "http://a.vn/cu/moi?a=1&b=2"),
        ("<meta content=0;url=/x http-equiv=refresh>", "http://a.vn/x"),
        ("<meta http-equiv=refresh content=\"0; url='/x'\" />", "http://a.vn/x"),
        ('<meta http-equiv="refresh" content="0.5, /x">', "http://a.vn/x"),
        ('<meta http-equiv="refresh" content="; url=/Đoàn viên">', "http://a.vn/%C4%90o%C3%A0n%20vi%C3%AAn"),
        ('<meta http-equiv="refresh" content="30"><meta http-equiv="refresh" content="0;url=/y">', "http://a.vn/y"),
        ("<title>a <meta</title><meta http-equiv=refresh content='0;url=/z'>", "http://a.vn/z"),
        ('<meta http-equiv="refresh" content="30">', None),
        ('<meta http-equiv="refresh" content="0; url=">', None),
        ('<meta http-equiv="refresh" content="0; url=file:///etc/passwd">', None),
        ('<meta http-equiv="refresh" content="0; url=javascript:alert(1)">', None),
        ('<meta http-equiv="refresh" content="0; url=java&#10;script:alert(1)">', None),
        ('<meta http-equiv="refresh" content="0; url=data:text/html,x">', None),
        ('<meta http-equiv="refresh" content="0; url=http://[::1">', None),
        ('<!-- <meta http-equiv="refresh" content="0; url=/x"> -->', None),
        ('<noscript><meta http-equiv="refresh" content="0; url=/x"></noscript>', None),
        ('<script>\'<meta http-equiv="refresh" content="0; url=/x">\'</script>', None),
        ('<meta name="refresh" content="0; url=/x">', None),
        ("<p>no head at all", None),
        (" " * 70_000 + '<meta http-equiv="refresh" content="0; url=/x">', None),
    ],
)
def test_only_an_http_address_is_a_target(html: str, target: str | None) -> None:
    assert refresh_target(html, BASE) == target


@pytest.mark.parametrize(
    "piece", ["<meta ", "<!--", "<script>", "<meta http-equiv=refresh content='0;", "<title", "<meta a='"]
)
def test_a_head_full_of_beginnings_costs_little(piece: str) -> None:
    assert refresh_target(piece * 200_000, BASE) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_page_gives_an_http_address_or_none(before: str, content: str) -> None:
    target = refresh_target(f'{before}<meta http-equiv="refresh" content="{content}">', BASE)
    assert target is None or target.startswith(("http://", "https://"))
