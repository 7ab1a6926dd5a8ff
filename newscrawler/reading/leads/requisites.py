"""What a page needs beside its HTML to be seen as it was: pictures, documents, stylesheets, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

from newscrawler.items import Blocks, Media
from newscrawler.reading.blocks import base_address
from newscrawler.reading.page.tree import parse
from newscrawler.urls import absolute

RequisiteKind = Literal["image", "document", "video", "audio", "stylesheet", "script", "icon", "font"]

LONGEST_ADDRESS = 2_000
"""Characters of an address inside a stylesheet; so bounded, a stylesheet of open quotes is still read in one go."""

_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src")
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed"})
_SUFFIX = re.compile(r"\.([a-z0-9]{1,5})(?:[?#]|$)", re.IGNORECASE)
_KINDS: dict[str, RequisiteKind] = {
    "css": "stylesheet",
    "js": "script",
    "ico": "icon",
    **dict.fromkeys(("woff", "woff2", "ttf", "otf", "eot"), "font"),
    **dict.fromkeys("pdf doc docx xls xlsx ppt pptx odt ods rtf zip rar".split(), "document"),
    **dict.fromkeys(("mp4", "webm", "flv", "avi", "wmv"), "video"),
    **dict.fromkeys(("mp3", "wav", "ogg", "m4a"), "audio"),
}  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ADDRESS = rf"""(?:"([^"\n]{{1,{LONGEST_ADDRESS}}})"|'([^'\n]{{1,{LONGEST_ADDRESS}}})'"""
_URL = rf"""url\(\s{{0,20}}{_ADDRESS}|([^\s"'()]{{1,{LONGEST_ADDRESS}}}))\s{{0,20}}\)"""
_CSS_LINK = re.compile(rf"""(@import\s{{1,20}}(?:{_URL}|{_ADDRESS})))|{_URL}""", re.IGNORECASE)
_BETWEEN_CANDIDATES = re.compile(r",\s+|(?<=\d[wx]),")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)[wx]")


@dataclass(frozen=True, slots=True)
class Requisite:
    """One file that a page needs."""

    kind: RequisiteKind
    url: str
    """Absolute, without fragment."""


def kind_at(url: str) -> RequisiteKind:
    """What probably lies at an address, where nothing but the address is known.

    >>> kind_at("http://a.vn/trang.css?v=2"), kind_at("http://a.vn/anh")
    ('stylesheet', 'image')
    """
    match = _SUFFIX.search(url)
    return _KINDS.get(match[1].lower(), "image") if match else "image"


def requisites(blocks: Blocks, media: Iterable[Media] = ()) -> list[Requisite]:
    """What a page needs, each address once: first the media of its article, then what the page around them shows.

    :param blocks: the page, split.
    :param media: of its article. Their addresses are the ones to be asked for: a bare name in an old body lies in
        another folder than the page's address says (facts: sites §1.3).
    """
    tree = blocks.page.cache.get("tree")
    tree = parse(blocks.page.html) if tree is None else tree
    own = list(media)
    named = {medium.original_src for medium in own}
    found = [Requisite(medium.kind, medium.url) for medium in own if medium.url]
    base = base_address(tree, blocks.page.url)
    for kind, source in _sources(tree):
        if source not in named and (url := absolute(base, source)):
            found.append(Requisite(kind, url))
    return list({each.url: each for each in reversed(found)}.values())[::-1]


def _sources(tree: HtmlElement) -> Iterator[tuple[RequisiteKind, str]]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.attrib:
            continue
        yield from _by_element(element)
        if background := (element.get("background") or "").strip():
            yield "image", background
        if "url(" in (style := element.get("style") or ""):
            yield from _in_css(style)
    for sheet in tree.iter("style"):
        yield from _in_css(sheet.text_content())


def _by_element(element: HtmlElement) -> Iterator[tuple[RequisiteKind, str]]:
    match element.tag:
        case "img" | "source" | "input":
            yield from _picture(element)
        case "script" if source := (element.get("src") or "").strip():
            yield "script", source
        case "link" if source := (element.get("href") or "").strip():
            purposes = set((element.get("rel") or "").lower().split())
            if "stylesheet" in purposes:
                yield "stylesheet", source
            elif purposes & _ICONS:
                yield "icon", source


def _picture(element: HtmlElement) -> Iterator[tuple[RequisiteKind, str]]:
    """The source of a picture, and the best of its `srcset`: browsers take the one or the other."""
    if element.tag == "img" or (element.tag == "input" and (element.get("type") or "").lower() == "image"):
        sources = (element.get(name) or "" for name in (*_LAZY_SOURCES, "src"))
        if source := next((source.strip() for source in sources if source.strip()), ""):
            yield "image", source
    if best := best_of(element.get("srcset") or element.get("data-srcset") or ""):
        yield "image", best


def best_of(srcset: str) -> str | None:
    """The largest candidate of a `srcset` attribute.

    >>> best_of("nho.jpg 320w, lon.jpg 1280w, vua.jpg 640w")
    'lon.jpg'
    >>> best_of("mot.jpg, hai.jpg 2x")
    'hai.jpg'
    """
    candidates = [candidate.split() for candidate in _BETWEEN_CANDIDATES.split(srcset)]
    sized = [(_size(words[1:]), words[0].rstrip(",")) for words in candidates if words]
    return max(sized, key=lambda candidate: candidate[0])[1] or None if sized else None


def _size(descriptors: list[str]) -> float:
    match = _SIZE.fullmatch(descriptors[0]) if descriptors else None
    return float(match[1]) if match else 1.0


def stylesheet_links(css: str, url: str) -> list[Requisite]:
    """What a stylesheet needs: `@import` gives stylesheets, `url(…)` pictures and fonts; each address once.

    :param css: its text.
    :param url: its own address, which relative ones are resolved against.

    >>> [each.url for each in stylesheet_links("@import 'a.css'; body {background: url(../anh/nen.png)}", "http://a.vn/css/x.css")]
    ['http://a.vn/css/a.css', 'http://a.vn/anh/nen.png']
    """
    found = (Requisite(kind, whole) for kind, source in _in_css(css) if (whole := absolute(url, source)))
    return list({each.url: each for each in found}.values())


def _in_css(css: str) -> Iterator[tuple[RequisiteKind, str]]:
    for match in _CSS_LINK.finditer(_COMMENT.sub(" ", css)):
        source = next(group for group in match.groups()[1:] if group is not None).strip()
        if match[1]:
            yield "stylesheet", source
        elif not source.startswith(("data:", "#")):
            yield ("font" if kind_at(source) == "font" else "image"), source
