"""Pages made to break a reader: fixtures and real pages, mutated by a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.demo import SampleSite

SITE = "http://thanhdoan.hochiminhcity.gov.vn/ThanhDoan/webtd"
ADDRESSES = (
    f"{SITE}/News/31171",
    f"{SITE}/Category/446/17",
    f"{SITE}/About",
    "http://tinh-doan.example/tin/tin-31171.html",
)
"""An article and a list of a known site, a page of it that is neither, and a page of an unknown site."""

TOKENS = (
    "<div>", "<b n><i n>", "<p>", "</p>", "<i>x</i>", "<br>", "<table><tr><td>", "<td>x", "<li>một", "<font size=2>",
    "<span><a href=/ThanhDoan/webtd/News/12>Tin thứ mười hai của Đoàn</a></span>", "<svg><math>", "<x-y>", "<ul><li>",
    "<html>", "<html><body>x", "</html>", "<head>", "<title>x", "<base href=//x>", "<textarea>", "</textarea>",
    "<noscript>", "<script>", "<script></script>", "<style>", "<template>", "<!--", "-->", "<!-->", "<!", "<?", "<![CDATA[",
    "<", ">", "< ", "</", "<a", "<a href=", '<a b="', "<a b='\">", '"', "'", "=", '="', "='", "= ", "&", "&amp;", "&amp;amp;",
    "&lt;p&gt;", "&lt", "&#", "&#x110;", "&#272", "&nbsp;", "&#0;", "&#99999999;", "\\", "\\u003c", '"\\', "%3C", "`", "{", "[",
    "{{", '{"a":', '[{"@type":"NewsArticle","x":', "<script type=application/ld+json>[", "<meta charset=x ", "<meta content=",
    " ", "\n", "\t", "\u00a0", "\u200b", "\u0301", "\u202e", "\ufeff", "\x00", "\x0c", "\ud7ff", "x", "é", "Đ", "ệ", "a ",
    "- ", "– ", "(", "((", "...", "..", ",", "/", "//", "1", "1/", "26/7/2018 ", "14h30 ", "ngày ", "tháng 5 năm ", "Ảnh: ",
    "TIN NÓNG ", "<h3>TIN NÓNG</h3>", "<h3>x</h3>", "Bình luận", "ANH THƯ ", "Thứ bảy, ", "@media{", "url(", "/*", "<img src=x>",
    "<img src='data:image/png;base64,", "<p style='text-align:right'>", "<iframe src=x></iframe>", "<video><source src=x>",
    "<input type=password>", "<figure><figcaption>Ảnh: x", "<h1>x</h1>", "<o:p>", "Normal 0 false ", "<blockquote>",
    "Không tìm thấy trang ", "không tồn tại ", "http://", "trang ",
)  # fmt: skip
CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1258",
    "cp1252",
    "latin-1",
    "shift_jis",
    "gb18030",
)
LABELS = (
    "",
    "utf-8",
    "windows-1252",
    "windows-1258",
    "utf-16",
    "utf8mb4",
    "utf-7",
    "x-unknown",
    "idna",
    "iso-2022-jp",
    "hz",
    "\x00",
)


@dataclass(frozen=True)
class HostilePage:
    """One answer of a hostile server."""

    number: int
    url: str
    label: str
    """Charset that its header states."""
    body: bytes
    how: str
    """What was done to it."""


def sources(samples: Path | None) -> list[str]:
    """Ordinary pages that are to be broken: of the sample site, and real ones where they are present."""
    site = SampleSite.load()
    paths = [urlsplit(truth.url) for truth in site.truth()[:20]] + [urlsplit(f"{SITE}/Category/446/1")]
    own = [site.respond(path.netloc, path.path).body.decode("utf-8", "replace") for path in paths]
    real = sorted(samples.rglob("*.html")) if samples is not None else []
    return own + [path.read_text("utf-8", "replace") for path in real]


def hostile_pages(seed: int, count: int, pages: list[str]) -> Iterator[HostilePage]:
    """So many pages; the same for the same seed and sources."""
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        html, done = rng.choice(pages), []
        for mutate in rng.choices(MUTATIONS, k=rng.choice((1, 1, 2, 3))):
            html = mutate(rng, html)[:MOST]
            done.append(mutate.__name__)
        body, label = _encoded(rng, html)
        yield HostilePage(number, rng.choice(ADDRESSES), label, body, " ".join(done))


MOST = 18_000_000


def _many(rng: random.Random, letters: int) -> int:
    """How often something of so many letters is repeated: mostly a little, sometimes to many megabytes."""
    most = rng.choice((2_000, 30_000, 30_000, 200_000, 200_000, 1_000_000)) if rng.random() > 0.01 else 15_000_000
    return max(1, int(most ** rng.uniform(0.4, 1)) // letters)


def _inserted(rng: random.Random, html: str, text: str) -> str:
    place = rng.randrange(len(html) + 1)
    return html[:place] + text + html[place:]


def repeat_token(rng: random.Random, html: str) -> str:
    """One token many times, perhaps another as often behind it."""
    token = rng.choice(TOKENS)
    text = token * _many(rng, len(token))
    if rng.random() < 0.3:
        other = rng.choice(TOKENS)
        text += "Hết. " + other * _many(rng, len(other))
    return _inserted(rng, html, text)


def mix_tokens(rng: random.Random, html: str) -> str:
    """A few tokens in turn, many times."""
    text = "".join(rng.choices(TOKENS, k=rng.randint(2, 4)))
    return _inserted(rng, html, text * _many(rng, len(text)))


def scatter_tokens(rng: random.Random, html: str) -> str:
    """Tokens at random."""
    return _inserted(rng, html, "".join(rng.choices(TOKENS, k=min(30_000, _many(rng, 5)))))


def nest(rng: random.Random, html: str) -> str:
    """Levels about the whole page or a part of it."""
    name = rng.choice(("div", "b", "span", "table", "font", "ul", "x", "a", "blockquote", "p", "section", "em"))
    count = _many(rng, len(name) + 2)
    begin, end = sorted((rng.randrange(len(html) + 1), rng.randrange(len(html) + 1)))
    closing = f"</{name}>" * (count if rng.random() < 0.6 else 0)
    return html[:begin] + f"<{name}>" * count + html[begin:end] + closing + html[end:]


def attributes(rng: random.Random, html: str) -> str:
    """A tag of many attributes, or of one that is long."""
    kind = rng.choice(("a{}=1", "a{}", 'a{}="<"', "data-x{}='>'", "class=x{}"))
    if rng.random() < 0.3:
        return _inserted(rng, html, f'<img alt="{"x " * _many(rng, 2)}"><p>Sau.</p>')
    return _inserted(rng, html, f"<p {' '.join(kind.format(n) for n in range(_many(rng, 8)))}>Trong.</p>")


def wrap(rng: random.Random, html: str) -> str:
    """The page inside something, perhaps several times."""
    for _round in range(rng.choice((1, 1, 2, 5))):
        if len(html) > 2_000_000:
            break
        html = rng.choice(WRAPPERS)(html)
    return html


WRAPPERS: tuple[Callable[[str], str], ...] = (
    escape,
    lambda html: escape(escape(html)),
    lambda html: f"<html><title>Ra quân</title><body><textarea>{html}</textarea></body></html>",
    lambda html: f"<html><body>{html}{html}</body></html>",
    lambda html: f"<script>var x = '{html}';</script>",
    lambda html: f'<div data-html="{escape(html)}"></div>',
    lambda html: f"<!-- {html}",
    lambda html: f"<![CDATA[{html}]]>",
    lambda html: f"<svg><foreignObject>{html}</foreignObject></svg>",
    lambda html: "".join(f"&#{ord(letter)};" for letter in html[:100_000]),
    lambda html: html.replace("<", "&lt;"),
    lambda html: html.replace(">", ""),
)


def cut(rng: random.Random, html: str) -> str:
    """Broken off."""
    return html[: rng.randrange(len(html) + 1)]


def noise(rng: random.Random, html: str) -> str:
    """Characters replaced at random."""
    letters = list(html[:200_000])
    for _each in range(min(len(letters), rng.choice((1, 30, 1_000)))):
        letters[rng.randrange(len(letters))] = chr(
            rng.choice((rng.randrange(32), rng.randrange(256), rng.randrange(0xD800)))
        )
    return "".join(letters)


def splice(rng: random.Random, html: str) -> str:
    """A part of the page many times over."""
    begin = rng.randrange(len(html) + 1)
    part = html[begin : begin + rng.choice((5, 50, 500, 5_000))] or "<p>"
    return _inserted(rng, html, part * _many(rng, len(part)))


MUTATIONS = (repeat_token, repeat_token, mix_tokens, scatter_tokens, nest, attributes, wrap, cut, noise, splice)


def _encoded(rng: random.Random, html: str) -> tuple[bytes, str]:
    charset = "utf-8" if rng.random() < 0.7 else rng.choice(CHARSETS)
    body = html.encode(charset, "replace")
    if rng.random() < 0.1:
        spoilt = bytearray(body)
        for _each in range(min(len(spoilt), 200)):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        body = bytes(spoilt)
    return body, rng.choice(LABELS) if rng.random() < 0.4 else "utf-8"
