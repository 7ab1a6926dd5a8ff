"""Rows 1-30 and 34: connections, answers and redirects of one host."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from tests.faults.case import NEWS, Fault, Row, Trace, fault, given_up
from tests.faults.content import begins_like
from tests.faults.replies import (
    CHUNKED,
    HTML,
    Act,
    Slowly,
    chunk,
    endless,
    fine,
    half,
    head,
    missing,
    moved,
    page,
    refused,
    whole,
)

LATER = "http://ngoai.example.invalid"
"""A host that is not of the site."""
COOKIE = "Set-Cookie: a=" + "b" * 4000


def _cut(*captures: str, kind: str, asked: int | None = 2) -> Trace:
    return given_up(f"fetching/{kind}", asked=asked, captures=captures)


def possibly_cut(captures: str) -> Trace:
    """Stored as what may be a beginning, and asked for again, in this run and in later ones."""
    return replace(_cut(captures, kind="cut", asked=3), article="whole")


def _moved(kind: str = "other-site", captures: tuple[str, ...] = ("302",)) -> Trace:
    """The redirect itself is in the archive; where it leads is not asked for."""
    return Trace(captures=captures, problems=(f"fetching/{kind}",), article="none", state=f"given-up {kind}")


def connections() -> list[Fault]:
    """Rows 1-13."""
    return [
        fault(1, 1, "body drips", head(HTML, CHUNKED), Slowly(chunk(b"<p>")), wanted=_cut("200 time", "200 time", kind="timeout")),
        fault(2, 1, "head drips", b"HTTP/1.1 200 OK\r\n", Slowly(b"X-A: b\r\n"), wanted=_cut("200 time", "200 time", kind="timeout")),
        fault(3, 1, "stalls before the head", Act.SILENCE, wanted=_cut(kind="timeout")),
        fault(3, 2, "stalls behind the head", head(HTML, "Content-Length: 9000"), Act.SILENCE, wanted=_cut("200 time", "200 time", kind="timeout")),
        fault(4, 1, "head without end", b"HTTP/1.1 200 OK\r\n", endless(b"X-More: and more\r\n" * 500, 40_000), wanted=_cut("200 length", kind="too-long-head", asked=1)),
        fault(5, 1, "one header line of 2 MB", head(HTML, "X-Long: " + "a" * 2_000_000), page(501), wanted=_cut("200 length", kind="too-long-head", asked=1)),
        fault(6, 1, "RST before the head", Act.RESET, wanted=_cut(kind="reset", asked=None)),
        fault(7, 1, "RST in a counted body", head(HTML, "Content-Length: 9000") + half(701), Act.RESET, wanted=_cut("200 disconnect", "200 disconnect", kind="cut")),
        fault(7, 2, "close in a counted body", head(HTML, "Content-Length: 9000") + half(702), Act.CLOSE, wanted=_cut("200 disconnect", "200 disconnect", kind="cut")),
        fault(8, 1, "RST, no length given", head(HTML, "Connection: close") + half(801), Act.RESET, wanted=possibly_cut("200 disconnect × many"), text="", look=begins_like(801)),
        fault(8, 2, "close, no length given", head(HTML, "Connection: close") + half(802), Act.CLOSE, wanted=possibly_cut("200 × many"), text="", look=begins_like(802)),
        Fault(row=8, part=3, name="close, no length, then whole", scripts=((head(HTML, "Connection: close") + half(803), Act.CLOSE), (fine(803),)), wanted=Trace(asked=2, captures=("200", "200"), problems=("fetching/cut",))),
        fault(9, 1, "Content-Length too small", head(HTML, f"Content-Length: {len(half(901))}") + page(901), wanted=possibly_cut("200 disconnect × many"), text="", look=begins_like(901)),
        fault(10, 1, "two Content-Lengths", whole(page(1001), HTML, "Content-Length: 3"), wanted=_cut("200 unspecified", "200 unspecified", kind="bad-length")),
        fault(10, 2, "negative Content-Length", head(HTML, "Content-Length: -3") + page(1002), Act.CLOSE, wanted=_cut("200 unspecified", "200 unspecified", kind="bad-length")),
        fault(11, 1, "chunks cut", head(HTML, CHUNKED) + chunk(half(1101)) + b"ff\r\nhalf", Act.CLOSE, wanted=_cut("200 disconnect", "200 disconnect", kind="cut")),
        fault(11, 2, "bad chunk size", head(HTML, CHUNKED) + chunk(half(1102)) + b"xyz\r\nmore", wanted=_cut("200 unspecified", "200 unspecified", kind="bad-chunks")),
        fault(11, 3, "chunk size of 2^64", head(HTML, CHUNKED) + b"1" + b"0" * 16 + b"\r\n" + half(1103), Act.CLOSE, wanted=_cut("200 disconnect", "200 disconnect", kind="cut")),
        fault(12, 1, "garbage", bytes(range(256)) + b"\r\n\r\n", Act.CLOSE, wanted=_cut("0 unspecified", "0 unspecified", kind="not-http")),
        fault(12, 2, "HTTP/0.9", page(1202) + b"\n", Act.CLOSE, wanted=_cut("0 unspecified", "0 unspecified", kind="not-http")),
        fault(12, 3, "empty reply", Act.CLOSE, wanted=_cut(kind="no-answer", asked=None)),
        fault(13, 1, "status 999", whole(page(1301), HTML, first="HTTP/1.1 999 Request denied"), wanted=_cut("999", kind="http-999", asked=1)),
        fault(13, 2, "103 early hints", head("Link: </a.css>; rel=preload", first="HTTP/1.1 103 Early Hints") + fine(1302)),
    ]  # fmt: skip


def redirects() -> list[Fault]:
    """Rows 19-30 and 34."""
    own = f"{NEWS}/2001"
    nowhere = _moved("bad-location")
    hops = count(1)

    def loop() -> list[bytes]:
        return [moved(f"{NEWS}/1901?x={next(hops)}") for _ in range(60)]

    private = [
        ("dotted", "http://127.0.0.1:9/r24"),
        ("hexadecimal", "http://0x7f000001/r24"),
        ("decimal", "http://2130706433/r24"),
        ("IPv6-mapped", "http://[::ffff:127.0.0.1]/r24"),
    ]
    reserved = [
        ("NAT64", "http://[64:ff9b::7f00:1]/r26"),
        ("6to4", "http://[2002:7f00:1::]/r26"),
        ("multicast", "http://224.0.0.1/r26"),
    ]
    return [
        Fault(row=19, part=1, name="redirect loop with a new query", scripts=tuple((each,) for each in loop()), wanted=_moved("redirect-loop", ("302 × many",))),
        fault(20, 1, "redirect to itself", moved(own), wanted=_moved("redirect-loop")),
        fault(20, 2, "redirect to a seen article", moved(f"{NEWS}/1"), wanted=Trace(captures=("302",), article="none", state="done redirected")),
        *(fault(21, n, f"redirect to {to[:5]}", moved(to), wanted=_moved("refused-scheme")) for n, to in enumerate(("file:///etc/passwd", "data:text/html,<p>r21", "ftp://127.0.0.1/r21"), 1)),
        fault(22, 1, "meta refresh to file:", _refreshed(2201, "0;url=file:///etc/passwd")),
        fault(23, 1, "meta refresh to javascript:", _refreshed(2301, "0;url=javascript:alert(1)")),
        *(fault(24, n, f"redirect to 127.0.0.1, {how}", moved(to), wanted=_moved("private-address"), elsewhere="/r24") for n, (how, to) in enumerate(private, 1)),
        *(fault(26, n, f"redirect to {how}", moved(to), wanted=_moved("private-address"), elsewhere="/r26") for n, (how, to) in enumerate(reserved, 1)),
        fault(27, 1, "cross-domain redirect with cookie", whole(b"", f"Location: {LATER}/r27", "Set-Cookie: a=1", first="HTTP/1.1 302 Found"), wanted=_moved(), elsewhere="/r27"),
        fault(28, 1, "off-site redirect", moved(f"{LATER}/r28"), wanted=_moved(), elsewhere="/r28"),
        fault(29, 1, "Location: bad IPv6", moved("http://[::1/r29"), wanted=nowhere),
        fault(29, 2, "Location: empty", moved(""), wanted=nowhere),
        fault(29, 3, "no Location", whole(b"", first="HTTP/1.1 302 Found"), wanted=nowhere),
        fault(29, 4, "Location of 100 kB", moved("/" + "a" * 100_000), wanted=_cut("302 length", kind="too-long-head", asked=1)),
        Fault(row=29, part=5, name="Location in raw UTF-8", scripts=((moved(f"{NEWS}/2905?ở=Đoàn".encode()),), (fine(2905),)), wanted=Trace(asked=1, captures=("302", "200"))),
        fault(29, 6, "Location with user:pass@", moved("http://user:pass@thanhdoan.hochiminhcity.gov.vn/r29"), wanted=Trace(captures=("302",), article="none", state="done redirected"), elsewhere="user:pass"),
        fault(30, 1, "cookie on a public suffix", fine(3001, "Set-Cookie: a=1; Domain=vn", "Set-Cookie: b=1; Domain=gov.vn")),
        fault(30, 2, "100 cookies of 4 kB", head(HTML, f"Content-Length: {len(page(3002))}", *[COOKIE] * 100) + page(3002), wanted=_cut("200 length", kind="too-long-head", asked=1)),
        fault(34, 1, "Referrer-Policy: os.system", fine(3401, "Referrer-Policy: os.system")),
    ]  # fmt: skip


def _refreshed(number: int, content: str) -> bytes:
    return whole(page(number, head=f'<meta http-equiv="refresh" content="{content}">'), HTML)


def answers() -> list[Fault]:
    """Rows 18, 71 and 72: refused, in a status or in words."""

    def said(title: str, *words: str) -> bytes:
        body = "".join(f"<p>{word}</p>" for word in words)
        return whole(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), HTML)

    captcha = '<form action="/v">Vui lòng nhập mã captcha. <img src="/captcha.png"><input name="captcha"></form>'
    login = (
        '<form action="/v" method="post">Vui lòng đăng nhập để xem bài viết. <input type="password" name="p"></form>'
    )

    def refusal(kind: str) -> Trace:
        return given_up(f"reading/{kind}", asked=1, captures=("200",))

    return [
        fault(18, 1, "403", refused(403), wanted=given_up("fetching/http-403", asked=1, captures=("403",))),
        fault(18, 2, "captcha under status 200", said("Xác minh", captcha), wanted=refusal("captcha")),
        fault(18, 3, "block page under status 200", said("Access denied", "You have been blocked."), wanted=refusal("block")),
        fault(71, 1, "soft 404", said("Thông báo", "Không tìm thấy trang bạn yêu cầu."), wanted=Trace(problems=("fetching/soft-404",), article="none", state="done soft-404")),
        fault(72, 1, "login wall", said("Đăng nhập", login), wanted=refusal("login")),
    ]  # fmt: skip


def afterwards() -> list[Fault]:
    """Rows 7-9, 18, 40, 65, 71 and 72 over an article that the archive holds already: it stays as it is."""

    def kept(row: int, name: str, *steps: Any, part: int = 9, look: Callable[[Row], str] = one_version) -> Fault:
        wanted = Trace(asked=None, captures=None, problems=None, state=None)
        return fault(row, part, f"{name}, over a good copy", *steps, wanted=wanted, look=look)

    def said(title: str, words: str) -> bytes:
        return whole(f"<html><head><title>{title}</title></head><body>{words}</body></html>".encode(), HTML)

    packed = gzip.compress(page(4009), mtime=0)
    login = '<form>Vui lòng đăng nhập để xem bài viết. <input type="password" name="p"></form>'
    return [
        kept(7, "counted body cut", head(HTML, "Content-Length: 9000") + half(709), Act.CLOSE),
        kept(8, "body cut, no length", head(HTML, "Connection: close") + half(809), Act.CLOSE),
        kept(9, "Content-Length too small", head(HTML, f"Content-Length: {len(half(909))}") + page(909)),
        kept(18, "captcha", said("Xác minh", "<p>Vui lòng nhập mã captcha.</p>")),
        kept(40, "gzip cut", whole(packed[:-200], HTML, "Content-Encoding: gzip")),
        kept(65, "empty 200", whole(b"", HTML)),
        kept(65, "204", head(HTML, first="HTTP/1.1 204 No Content"), part=10),
        kept(65, "206", whole(half(6511), HTML, first="HTTP/1.1 206 Partial Content"), part=11),
        kept(71, "soft 404", said("Thông báo", "<p>Không tìm thấy trang bạn yêu cầu.</p>")),
        kept(71, "404", missing(), part=10, look=gone),
        kept(72, "login wall", said("Đăng nhập", login)),
    ]  # fmt: skip


def one_version(row: Row) -> str:
    return "" if row["last_changed"] == row["first_seen"] else "it counts as changed"


def gone(row: Row) -> str:
    return one_version(row) or ("" if row["gone_at"] else "nothing tells that it is gone")
