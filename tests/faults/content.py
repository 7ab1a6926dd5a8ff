"""Rows 35-65: what a body holds, under which coding, in which letters."""

from __future__ import annotations

import codecs
import gzip
import os
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import brotli

from tests.faults.case import Fault, Row, Trace, fault, given_up
from tests.faults.replies import (
    CHUNKED,
    HTML,
    chunk,
    endless,
    half,
    head,
    html_of,
    page,
    paragraphs,
    sentences,
    whole,
)
from tests.reading.letters.test_encoding import cp1258
from tests.reading.old_letters import CODES, in_markup, written

LONG = bool(os.environ.get("NEWSCRAWLER_LONG"))
MEGABYTE = 1 << 20


def coded(number: int, body: bytes, *codings: str) -> bytes:
    return whole(body, HTML, f"Content-Encoding: {', '.join(codings)}")


def labelled(body: bytes, charset: str = "") -> bytes:
    return whole(body, f"{HTML}; charset={charset}" if charset else HTML)


NOTED = Trace(problems=("decoding/note",))
"""Read as far as it can be, and what was odd is written down."""
LONG_AND_TAMED = Trace(problems=("decoding/note", "reading/note"))
"""Its beginning is read, and that is written down too."""
TAMED = Trace(problems=("reading/note",))
"""Read without what would cost a parser minutes; what was left out is written down."""


HOSTILE = given_up("reading/HostilePageError", asked=1, captures=("200",))
CUT = replace(given_up("fetching/cut", asked=3, captures=("200 disconnect × many",)), article="whole")
"""What came of it is stored as long as there is nothing better, and asked for again and again."""


@cache
def zeros(coding: str, megabytes: int) -> bytes:
    """A bomb: so much of nothing under a coding."""
    packer = {
        "gzip": lambda: zlib.compressobj(9, wbits=31),
        "deflate": lambda: zlib.compressobj(9),
    }
    if coding == "br":
        press = brotli.Compressor(quality=5, lgwin=24)
        return b"".join(press.process(bytes(MEGABYTE)) for _ in range(megabytes)) + press.finish()
    if coding == "zstd":
        return b"".join([_zstd(bytes(MEGABYTE))] * megabytes)
    machine = packer[coding]()
    return b"".join(machine.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + machine.flush()


def _zstd(data: bytes) -> bytes:
    from backports import zstd

    return zstd.compress(data)


def codings() -> list[Fault]:
    """Rows 35-41."""
    huge = 3000 if LONG else 200
    layers = gzip.compress(page(3702), mtime=0)
    for _ in range(49):
        layers = gzip.compress(layers, mtime=0)

    def packed(number: int) -> bytes:
        return gzip.compress(page(number), mtime=0)

    return [
        fault(35, 1, f"gzip bomb, {huge // 2} MB", coded(3501, zeros("gzip", huge // 2), "gzip"), wanted=HOSTILE),
        fault(35, 2, f"deflate bomb, {huge // 2} MB", coded(3502, zeros("deflate", huge // 2), "deflate"), wanted=HOSTILE),
        fault(35, 3, f"br bomb, {huge} MB", coded(3503, zeros("br", huge), "br"), wanted=HOSTILE),
        fault(35, 4, f"zstd bomb, {huge // 2} MB", coded(3504, zeros("zstd", huge // 2), "zstd"), wanted=HOSTILE),
        fault(36, 1, "gzip bomb of 500 MB", coded(3601, zeros("gzip", 500), "gzip"), wanted=HOSTILE),
        fault(37, 1, "gzip twice", coded(3701, gzip.compress(packed(3701)), "gzip", "gzip")),
        fault(37, 2, "gzip 50 times", coded(3702, layers, *["gzip"] * 50), wanted=HOSTILE),
        fault(38, 1, "body of 1.1 GB", head(HTML, "Content-Length: 1181116006"), endless(bytes(MEGABYTE), 1100), wanted=_too_long()),
        fault(38, 2, "HTML without end", head(HTML, CHUNKED), endless(chunk(b"<p>tin</p>" * 6000), 20_000), wanted=_too_long()),
        fault(39, 1, "text labelled gzip", coded(3901, page(3901), "gzip"), wanted=NOTED),
        fault(39, 2, "text labelled br", coded(3902, page(3902), "br"), wanted=NOTED),
        fault(40, 1, "gzip cut", coded(4001, packed(4001)[:-200], "gzip"), wanted=CUT, text="", look=begins_like(4001)),
        fault(40, 2, "gzip with a wrong CRC", coded(4002, packed(4002)[:-8] + b"\0\0\0\0" + packed(4002)[-4:], "gzip"), wanted=CUT),
        fault(41, 1, "unknown coding", coded(4101, page(4101), "x-none"), wanted=NOTED),
    ]  # fmt: skip


def _too_long() -> Trace:
    return given_up("fetching/too-large", asked=1, captures=("200 length",))


def structures() -> list[Fault]:
    """Rows 42-47: pages that cost a parser minutes, or lose their end in it."""

    def deep(number: int) -> bytes:
        *first, last = (f"<p>{text}</p>" for text in paragraphs(number))
        nested = "<div>" * 100_000 + last
        return _wrapped(number, "".join(first) + nested)

    return [
        fault(42, 1, "100,000 nested tags", labelled(deep(4201)), wanted=TAMED),
        fault(43, 1, "1.5 million small elements", labelled(_wrapped(4301, _body(4301) + "<i>a</i>" * 1_500_000)), wanted=LONG_AND_TAMED, text="", look=begins_well(4301)),
        fault(44, 1, "attribute of 19 MB", labelled(page(4401, after=f'<p title="{"a" * 19_000_000}"></p>')), wanted=LONG_AND_TAMED),
        fault(44, 2, "text of 25 MB", labelled(_wrapped(4402, _body(4402) + "a " * 12_500_000)), wanted=_too_long()),
        fault(44, 3, "a million entities", labelled(_wrapped(4403, _body(4403) + "&aacute;" * 1_000_000)), wanted=LONG_AND_TAMED, look=begins_well(4403), text=""),
        fault(45, 1, "50,000 attributes on one tag", labelled(page(4501, after=f"<p {_attributes()}></p>")), wanted=TAMED),
        fault(46, 1, "4,000 formatting tags", labelled(page(4601, after="".join(f"<b n{n}><i n{n}>" for n in range(4000)) + "x</b>")), wanted=TAMED, text="", look=begins_well(4601)),
        fault(47, 1, "NUL bytes in the text", labelled(page(4701).replace("Đoàn".encode(), "Đo\0àn".encode()))),
    ]  # fmt: skip


def _body(number: int) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs(number))


def _wrapped(number: int, body: str) -> bytes:
    title = f"Ra quân ngày {number}"
    return f"<html><head><title>{title}</title></head><body><textarea><html><head><title>{title}</title></head><body>{body}</body></html></textarea></body></html>".encode()


def _attributes() -> str:
    return " ".join(f"a{number}=1" for number in range(50_000))


def begins_like(number: int) -> Callable[[Row], str]:
    """Its beginning is stored, and no more than its beginning."""

    def look(row: Row) -> str:
        text = row["body_text"]
        return "" if text and sentences(number).startswith(text) and text != sentences(number) else "not its beginning"

    return look


def begins_well(number: int) -> Callable[[Row], str]:
    """The whole text is there, and perhaps more."""
    return lambda row: "" if row["body_text"].startswith(sentences(number)) else "its beginning is missing"


def letters() -> list[Fault]:
    """Rows 48-60: which letters the bytes stand for."""

    def meta(number: int, tag: str) -> bytes:
        return labelled(page(number, head=tag))

    def old(number: int, charset: str = "", head: str = "") -> bytes:
        return labelled(cp1258(page(number, head=head).decode()), charset)

    wide = page(5201).decode()
    bad = page(5401).replace(b"tr\xe1\xbb\x93ng", b"tr\xff\xbb\x93ng", 1)
    return [
        fault(48, 1, "UTF-8, windows-1252 in the header", labelled(page(4801), "windows-1252")),
        fault(48, 2, "UTF-8, windows-1252 in meta", meta(4802, '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">')),
        fault(48, 3, "UTF-8, windows-1252 in an open meta", meta(4803, '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"')),
        fault(49, 1, "windows-1258 labelled utf-8", old(4901, "utf-8")),
        fault(50, 1, "windows-1258 without label", old(5001)),
        *legacy(),
        fault(52, 1, "UTF-16 with BOM", labelled(codecs.BOM_UTF16_LE + wide.replace("5201", "5201").encode("utf-16-le"))),
        fault(52, 2, "UTF-16 without BOM", labelled(page(5202).decode().encode("utf-16-le"))),
        fault(52, 3, "UTF-16 without BOM, 7 kB", labelled(page(5203, head=f"<!--{'a' * 2500}-->").decode().encode("utf-16-be"))),
        fault(53, 1, "charset=utf8mb4", labelled(page(5301), "utf8mb4")),
        fault(53, 2, "charset=hex", labelled(page(5302), "hex")),
        fault(53, 3, "charset=utf-7", labelled(page(5303), "utf-7")),
        fault(54, 1, "one bad byte", labelled(bad), text=_with_bad_byte(5401)),
        fault(54, 2, "cut inside a character", labelled(page(5402) + "Đ".encode()[:1])),
        fault(55, 1, "NFD", labelled(unicodedata.normalize("NFD", page(5501).decode()).encode())),
        fault(55, 2, "tone before circumflex, U+0340 and U+0341", labelled(_disordered(5502))),
        fault(56, 1, "zero-width, soft hyphen, word joiner", labelled(page(5601).replace("Đoàn".encode(), "Đo\u200bà\u00ad\u2060n".encode()))),
        fault(57, 1, "bidi override in the title", labelled(page(5701).replace("Ra quân ngày".encode(), "Ra \u202equân\u202c ngày".encode())), look=_titled("Ra quân ngày 5701")),
        fault(58, 1, "mojibake", labelled(_garbled(5801, 1)), wanted=TAMED),
        fault(58, 2, "double mojibake", labelled(_garbled(5802, 2)), wanted=TAMED),
        fault(59, 1, "entities escaped twice", labelled(_escaped(5901))),
        fault(60, 1, "an html document in a body, its meta open", labelled(_nested(6001))),
    ]  # fmt: skip


def _with_bad_byte(number: int) -> str:
    return sentences(number).replace("trồng", "tr\ufffd\ufffd\ufffdng", 1)


def _disordered(number: int) -> bytes:
    text = unicodedata.normalize("NFD", page(number).decode())
    return (
        text.replace("e\u0302\u0301", "e\u0301\u0302").replace("\u0301", "\u0341").replace("\u0300", "\u0340").encode()
    )


def _garbled(number: int, times: int) -> bytes:
    """UTF-8 that was read as latin-1 and saved as UTF-8 again."""
    texts = paragraphs(number)
    for _ in range(times):
        texts = [text.encode().decode("latin-1") for text in texts]
    return html_of(texts, number).encode()


def _escaped(number: int) -> bytes:
    """Each letter of Latin-1 as `&amp;agrave;`."""
    from html.entities import codepoint2name

    def escaped(text: str) -> str:
        return "".join(f"&amp;{codepoint2name[ord(c)]};" if ord(c) in range(0xC0, 0x100) else c for c in text)

    return html_of([escaped(text) for text in paragraphs(number)], number).encode()


def _nested(number: int) -> bytes:
    inner = page(number).decode().partition("<textarea>")[2].partition("</textarea>")[0]
    inner = inner.replace("<head>", '<head><meta name=Generator content="Microsoft Word 11"')
    title = f"<title>Ra quân ngày {number}</title>"
    return f"<html><head>{title}</head><body><div class=content>{inner}</div></body></html>".encode()


def _titled(title: str) -> Callable[[Row], str]:
    return lambda row: "" if row["title"] == title else f"the title is {row['title']!r}"


def legacy() -> list[Fault]:
    """Row 51: letters of old codes and fonts are converted, and that is written down; the bytes are in the archive."""

    def old(number: int, name: str, charset: str = "") -> bytes:
        return labelled(written(page(number).decode(), CODES[name]).encode("latin-1"), charset)

    def in_font(number: int) -> bytes:
        code = CODES["VNI"]
        texts = [f'<font face="VNI-Times">{in_markup(text, code)}</font>' for text in paragraphs(number)]
        return labelled(html_of(texts, number).encode())

    return [
        fault(51, 1, "TCVN3 without label", old(5101, "TCVN3"), wanted=NOTED),
        fault(51, 2, "TCVN3 labelled windows-1252", old(5102, "TCVN3", "windows-1252"), wanted=NOTED),
        fault(51, 3, "VNI labelled utf-8", old(5103, "VNI", "utf-8"), wanted=NOTED),
        fault(51, 4, "VPS without label", old(5104, "VPS"), wanted=NOTED),
        fault(51, 5, "VISCII without label", old(5105, "VISCII"), wanted=NOTED),
        fault(51, 6, "a body in VNI-Times on a page of UTF-8", in_font(5106), wanted=TAMED),
    ]


def markup() -> list[Fault]:
    """Rows 61-65: what stands in the markup, and what is no page at all."""
    odd = [
        "javascript:alert(1)",
        "data:text/html,r62",
        "mailto:a@b.vn",
        "//ngoai.example.invalid/r62",
        "/r6\n2",
        "http://[::1/r62",
        "file:///etc/passwd",
    ]
    links = "".join(f'<a href="{href}">Tin khác của Thành Đoàn</a>' for href in odd)
    base = '<base href="http://ngoai.example.invalid/r61/">'
    active = '<script>alert(1)</script><style>p{}</style><img src=x onerror="alert(1)"><svg onload="alert(1)"></svg><form action="/x"><input></form><iframe src="http://ngoai.example.invalid/r63"></iframe>'
    nothing = given_up("reading/no-page", asked=1, captures=("200",))
    return [
        fault(61, 1, "base href to another host", labelled(page(6101, head=base, around='<a href="tin">Tin khác</a>')), elsewhere="/r61"),
        fault(62, 1, "odd links", labelled(page(6201, around=links)), elsewhere="r62"),
        fault(63, 1, "script, style, onerror, svg, form, iframe", labelled(_wrapped(6301, _body(6301) + active)), look=_harmless, elsewhere="/r63"),
        fault(64, 1, "a PDF as text/html", labelled(b"%PDF-1.4 " + page(6401)), wanted=nothing),
        fault(64, 2, "HTML as image/png", whole(page(6402), "Content-Type: image/png")),
        fault(64, 3, "HTML as octet-stream", whole(page(6403), "Content-Type: application/octet-stream")),
        fault(65, 1, "200 without a body", labelled(b""), wanted=nothing),
        fault(65, 2, "204", head(HTML, first="HTTP/1.1 204 No Content"), wanted=given_up("reading/no-page", asked=1, captures=("204",))),
        fault(65, 3, "206 that nobody asked for", whole(half(6503), HTML, "Content-Range: bytes 0-99/900", first="HTTP/1.1 206 Partial Content"), wanted=given_up("reading/no-page", asked=1, captures=("206",))),
    ]  # fmt: skip


def _harmless(row: Row) -> str:
    found = [
        word
        for word in ("<script", "onerror", "<svg", "<form", "<iframe", "<style", "javascript:")
        if word in row["body_html"]
    ]
    return f"left in it: {', '.join(found)}" if found else ""
