"""Must show: the articles of the sample site under every encoding of the facts' list (reliability §3b) and under the
codes from before Unicode, read back to the letter. `pytest -s` prints the table."""

from __future__ import annotations

import codecs
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.entities import codepoint2name
from pathlib import Path

import pytest

from newscrawler.demo.sources import load_sources, sample_site_folder
from newscrawler.reading.encoding import letters_of
from newscrawler.reading.letters.mending import mend
from newscrawler.reading.page.tree import parse
from tests.reading.old_letters import CODES, cp1258, in_markup

Write = Callable[[str], bytes]


@dataclass(frozen=True)
class Article:
    title: str
    paragraphs: tuple[str, ...]


def plain(text: str) -> str:
    return escape(text, quote=False)


def named(text: str) -> str:
    """Letters of Latin-1 as named references, as the editor of the site wrote them."""
    return "".join(f"&{codepoint2name[ord(x)]};" if ord(x) in range(0xA0, 0x100) else x for x in plain(text))


def numbered(text: str) -> str:
    return plain(text).encode("ascii", "xmlcharrefreplace").decode()


def page(article: Article, letters: Callable[[str], str] = plain, charset: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    body = "".join(f"<p>{letters(text)}</p>\n" for text in article.paragraphs)
    return f"<html><head>{meta}<title>{plain(article.title)}</title></head><body>{body}</body></html>"


def old(code: str, charset: str = "") -> Callable[[Article], bytes]:
    """The whole page in a legacy code; its title has no fonts, so it is written small there."""

    def write(article: Article) -> bytes:
        title = in_markup(article.title, CODES[code])
        body = "".join(f"<p>{in_markup(text, CODES[code])}</p>\n" for text in article.paragraphs)
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
        return f"<html><head>{meta}</head><body><h1>{title}</h1>{body}</body></html>".encode("latin-1")

    return write


def garbled(charset: str, times: int = 1) -> Callable[[Article], bytes]:
    def write(article: Article) -> bytes:
        html = page(article)
        for _ in range(times):
            html = "".join(_taken_for(byte, charset) for byte in html.encode())
        return html.encode()

    return write


def _taken_for(byte: int, charset: str) -> str:
    return bytes([byte]).decode(charset, "ignore") or chr(byte)


def one_bad_byte(article: Article) -> bytes:
    data = page(article).encode()
    place = data.index(b"\xe1\xba", len(data) // 2)
    return data[: place + 2] + b"\xff" + data[place + 3 :]


def one_bad_letter(article: Article) -> str:
    """What is to be read of it: the three bytes of the letter are no letter any more."""
    data = page(article).encode()
    place = data.index(b"\xe1\xba", len(data) // 2)
    return text_of(data[:place].decode() + "\ufffd\ufffd" + data[place + 3 :].decode())


def cut(article: Article) -> bytes:
    data = page(article).encode()
    place = data.rindex(b"\xe1\xba")
    return data[: place + 2]


def cut_text(article: Article) -> str:
    data = page(article).encode()
    return text_of(data[: data.rindex(b"\xe1\xba")].decode() + "\ufffd")


def title(article: Article) -> str:
    return article.title


def text_of(html: str) -> str:
    """All that a reader sees, in NFC."""
    tree = parse(html)
    parts = tree.xpath("//h1//text() | //p//text() | //title//text()") or [tree.text_content()]
    return unicodedata.normalize("NFC", "".join(parts))


def whole(article: Article) -> str:
    return text_of(page(article))


@dataclass(frozen=True)
class Variant:
    name: str
    write: Callable[[Article], bytes]
    charset: str | None = None
    """Of the Content-Type header."""
    wanted: Callable[[Article], str] = whole
    sure: bool = True
    """Whether every article must be right; of a title alone the bytes may not say enough."""


W = "windows-1252"
VARIANTS = [
    Variant("UTF-8 with references, labelled windows-1252", lambda a: page(a, named, W).encode(), W),
    Variant("UTF-8, no label", lambda a: page(a).encode()),
    Variant("UTF-8, named references", lambda a: page(a, named).encode()),
    Variant("UTF-8, NFD", lambda a: unicodedata.normalize("NFD", page(a)).encode()),
    Variant("UTF-8, a title", lambda a: a.title.encode(), None, title),
    Variant("UTF-8, labelled windows-1252", lambda a: page(a, charset=W).encode(), W),
    Variant("UTF-8, one bad byte", one_bad_byte, W, one_bad_letter),
    Variant("UTF-8, cut in a character", cut, None, cut_text),
    Variant("windows-1258, no label", lambda a: cp1258(page(a))),
    Variant("windows-1258, a title, no label", lambda a: cp1258(a.title), None, title),
    Variant("windows-1258, labelled windows-1252", lambda a: cp1258(page(a, charset=W)), W),
    Variant("windows-1258, labelled utf-8", lambda a: cp1258(page(a, charset="utf-8")), "utf-8"),
    Variant("ASCII and numbers", lambda a: page(a, numbered).encode("ascii", "xmlcharrefreplace")),
    Variant("UTF-16 with BOM", lambda a: codecs.BOM_UTF16_LE + page(a).encode("utf-16-le")),
    Variant("UTF-16 without BOM", lambda a: page(a).encode("utf-16-le")),
    Variant("UTF-16 BE without BOM", lambda a: page(a).encode("utf-16-be"), W),
    Variant("TCVN3, no label", old("TCVN3")),
    Variant("TCVN3, labelled windows-1252", old("TCVN3", W), W),
    Variant("VISCII, no label", old("VISCII")),
    # Beyond the nineteen.
    Variant("TCVN3, labelled utf-8", old("TCVN3", "utf-8"), "utf-8"),
    Variant("TCVN3, labelled x-user-defined", old("TCVN3", "x-user-defined")),
    Variant("TCVN 5712-1, no label", old("TCVN 5712-1")),
    Variant("TCVN 5712-1, its label", old("TCVN 5712-1", "x-viet-tcvn5712")),
    Variant("VNI, no label", old("VNI")),
    Variant("VNI, labelled iso-8859-1", old("VNI", "iso-8859-1"), "iso-8859-1"),
    Variant("VPS, no label", old("VPS")),
    Variant("VPS, labelled windows-1252", old("VPS", W), W),
    Variant("VISCII, labelled windows-1252", old("VISCII", W), W),
    Variant("VISCII, its label", old("VISCII", "viscii")),
    Variant("windows-1258, its label", lambda a: cp1258(page(a)), "windows-1258"),
    Variant("UTF-8 with BOM", lambda a: codecs.BOM_UTF8 + page(a).encode(), W),
    Variant("UTF-8 taken for latin-1", garbled("latin-1")),
    Variant("UTF-8 taken for windows-1252", garbled("cp1252")),
    Variant("UTF-8 taken for windows-1252 twice", garbled("cp1252", 2)),
    Variant("UTF-8 taken for Mac Roman", garbled("mac_roman")),
    Variant("TCVN3, a title, no label", lambda a: in_markup(a.title, CODES["TCVN3"]).encode("latin-1"), None, title, False),
    Variant("VNI, a title, no label", lambda a: in_markup(a.title, CODES["VNI"]).encode("latin-1"), None, title, False),
    Variant("VPS, a title, no label", lambda a: in_markup(a.title, CODES["VPS"]).encode("latin-1"), None, title, False),
    Variant("VISCII, a title, no label", lambda a: in_markup(a.title, CODES["VISCII"]).encode("latin-1"), None, title, False),
]  # fmt: skip


def sample_articles() -> list[Article]:
    return [Article(each.title, each.paragraphs) for each in load_sources(sample_site_folder()).articles]


def read_back(variant: Variant, article: Article) -> str:
    letters = letters_of(variant.write(article), variant.charset)
    return text_of(mend(letters.text).html)


def right_of(variant: Variant, articles: list[Article]) -> tuple[int, list[tuple[str, str]]]:
    """How many articles come back to the letter, and what came of the others."""
    pairs = [
        (read_back(variant, article), unicodedata.normalize("NFC", variant.wanted(article))) for article in articles
    ]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    return len(articles) - len(wrong), wrong


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_every_article_is_read_to_the_letter(variant: Variant) -> None:
    articles = sample_articles()
    right, wrong = right_of(variant, articles)
    print(f"\n{variant.name:45} {right:3} of {len(articles)}", end="")
    if variant.sure:
        assert wrong == []


@pytest.mark.parametrize("variant", [each for each in VARIANTS if each.sure], ids=lambda variant: variant.name)
def test_the_bodies_from_outside_the_project_are_read_to_the_letter(variant: Variant, samples: Path) -> None:
    found = [json.loads(path.read_text("utf-8")) for path in sorted((samples / "thanhdoan").glob("nested-*.json"))]
    articles = [Article(each["title"], tuple(each["paragraphs"])) for each in found]
    assert right_of(variant, articles) == (len(articles), [])
