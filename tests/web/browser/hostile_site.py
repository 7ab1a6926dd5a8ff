"""A news site whose every word is an attack: titles, bylines, bodies, captions, file names, addresses, comments."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import islice
from urllib.parse import quote, urlsplit

from tests.servers import Reply

PER_PAGE = 40
HOST = "hostile.example"
FILE = f"""\
name = "hostile"
hosts = ["{HOST}"]
root = "http://{HOST}"
start = ["{{root}}/list/1"]
article = '^/news/(?P<id>\\d+)(/.*)?$'

[[listings]]
pattern = '^/list/(?P<page>\\d+)$'
url = "{{root}}/list/{{page}}"

[layout]
title = "h1"
summary = ".lede"
byline = ".byline"
published = ".date"
category = ".section a"
tags = ".tags a"
main = ".body"
hot = ".hot"
related = ".related"
"""


def pages_of(payloads: Sequence[str]) -> list[list[str]]:
    """The payloads, as many to a page as it bears."""
    source = iter(payloads)
    return list(iter(lambda: list(islice(source, PER_PAGE)), []))


class HostileSite:
    """Answers for the site; each payload stands on one page, as markup in the body and as text in every field."""

    def __init__(self, payloads: Sequence[str]) -> None:
        self.pages = pages_of(payloads)

    def reply(self, path: str) -> Reply:
        """What the server says to a path, or to the absolute address that a proxy is asked for."""
        local = urlsplit(path).path
        number = local.removeprefix("/news/").partition("/")[0]
        if local.startswith("/news/") and number.isdigit() and 0 < int(number) <= len(self.pages):
            return _html(self._article(int(number)))
        if local == "/list/1":
            return _html(self._list())
        if local.endswith(".png"):
            return 200, {"Content-Type": "image/png"}, b"<script>alert(1)</script>"
        return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"

    def _list(self) -> str:
        entries = (
            f'<div class="item"><h3><a href="/news/{number}">Bài thứ {number} trong danh sách: {escape(page[0])}</a></h3>'
            f"<p>Tóm tắt của bài thứ {number}: {escape(page[-1])}</p></div>"
            for number, page in enumerate(self.pages, 1)
        )
        return (
            f"<!doctype html><title>All</title><body><h1>All news</h1><div class=list>{''.join(entries)}</div></body>"
        )

    def _article(self, number: int) -> str:
        page = self.pages[number - 1]
        turn = lambda place: escape(page[place % len(page)])  # noqa: E731
        path = lambda place: escape(quote(page[place % len(page)], safe="<>'()=:;"))  # noqa: E731
        other = number % len(self.pages) + 1
        # Some payloads swallow what follows them, so the markup stands behind all text.
        paragraphs = "\n".join(f"<p>Đoạn {place} của bài {number}: {escape(raw)}</p>" for place, raw in enumerate(page))
        markup = "\n".join(f"<p>Đoạn nữa {place} của bài {number}: {raw}</p>" for place, raw in enumerate(page))
        return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{turn(0)}</title>
<meta name="description" content="{turn(1)}"><meta property="og:image" content="/x/{path(2)}.png">
<link rel="canonical" href="http://{HOST}/news/{number}"></head><body>
<p class="section"><a href="/a">{turn(3)}</a></p><h1>{turn(4)} bài {number}</h1><p class="date">16/05/2018 14:30 {turn(5)}</p>
<p class="lede">{turn(6)}</p><p class="byline">{turn(7)}</p>
<p class="tags"><a href="/t">{turn(8)}</a></p>
<ul class="hot"><li><a href="/news/{other}">{turn(20)}</a></li><li><a href="/news/{other}?{path(21)}">{turn(22)}</a></li>
<li><a href="{turn(23)}">{turn(24)}</a></li></ul>
<ul class="related"><li><a href="/news/{other}#{path(25)}">{turn(26)}</a></li><li><a href="/y/{path(27)}">{turn(28)}</a></li></ul>
<div class="body">
<figure><img src="/x/{path(9)}.png" alt="{turn(10)}" title="{turn(11)}"><figcaption>{turn(12)}</figcaption></figure>
<p><a href="/files/{path(13)}.pdf">{turn(14)}</a> <a href="{turn(15)}">{turn(16)}</a></p>
<table><tr><th>{turn(17)}</th></tr><tr><td>{turn(18)}</td></tr></table><blockquote>{turn(19)}</blockquote>
{paragraphs}
{markup}
</div>
</body></html>"""


def _html(text: str) -> Reply:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode("utf-8", "replace")
