"""A page in reading order: its texts and images as a flat list, each knowing its element, line and link.

Labels, entries and footers are found on this list, since what a reader sees is an order, whatever tags made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawler.reading.page.foreign_addresses import leads_to_article, registrable
from newscrawler.reading.page.nested import MARKER
from newscrawler.reading.page.script_links import script_address
from newscrawler.reading.page.tree import SILENT_TAGS
from newscrawler.text import one_line
from newscrawler.urls import absolute, bare_host

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data em font i img ins kbd label mark o:p q s samp small span strike "
    "strong sub sup time tt u var".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:main-?)?(?:menu|nav|navbar|navigation|breadcrumbs?|footer|copyright|pager|paging|pagination)", re.I
)
_ICON = re.compile(
    r"^(?:icons?|arrow|bullet|dot|spacer|blank|pixel|space|line|muiten|mui_ten|new|hot|star|sao|next|prev|more|left|right"
    r"|print|email|rss|home)[\W\d_]*(?:left|right|red|blue|new|small)?[\W\d_]*(?:gif|png|jpe?g|svg|ico)\b",
    re.IGNORECASE,
)
_MAX_ICON = 32
_MOST_LINKS = 5_000
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


@dataclass(slots=True)
class Piece:
    """A run of text, or an image, in one line of the page."""

    element: HtmlElement
    line: int
    text: str = ""
    href: str | None = None
    """Absolute address of the link it stands in; empty if that link leads nowhere, as `#` and `javascript:` do."""
    heading: bool = False
    aside: bool = False
    """Whether it stands in a menu, a page list or a footer."""
    image_url: str | None = None
    hint: str = ""
    """Title of the link, or alternative text of the image."""


@dataclass
class ReadingOrder:
    """All pieces of a page, and for each element the range of pieces it holds."""

    root: HtmlElement
    pieces: list[Piece] = field(default_factory=list)
    spans: dict[HtmlElement, tuple[int, int]] = field(default_factory=dict)
    marker: int | None = None
    """Index of the first piece after the place of the nested article, or None."""
    base_url: str = ""
    """Address against which links were made absolute."""

    @cached_property
    def likely_articles(self) -> frozenset[str]:
        """Addresses among the links that look like an article's of this site; for sites of which nothing is known."""
        site = registrable(bare_host(self.base_url))
        titles: dict[str, str] = {}
        for piece in self.pieces:
            if piece.href and not piece.aside and len(piece.text) >= len(titles.get(piece.href, "")):
                titles[piece.href] = piece.text.strip()
        asked = islice(titles.items(), _MOST_LINKS)
        return frozenset(href for href, title in asked if leads_to_article(href, site, title))

    @cached_property
    def lines(self) -> list[tuple[int, int, str]]:
        """(first piece, piece after the last, text) of each line that has text."""
        found: list[tuple[int, int, str]] = []
        start = 0
        for end in range(1, len(self.pieces) + 1):
            if end == len(self.pieces) or self.pieces[end].line != self.pieces[start].line:
                alone = end - start == 1
                run = self.pieces[start].text if alone else "".join([piece.text for piece in self.pieces[start:end]])
                text = one_line(run)
                if text:
                    found.append((start, end, text))
                start = end
        return found


def reading_order(root: HtmlElement, base_url: str) -> ReadingOrder:
    """Walk a parsed page once.

    :param base_url: address against which links and images are made absolute.
    """
    return _Walk(root, base_url).run()


class _Walk:
    def __init__(self, root: HtmlElement, base_url: str) -> None:
        self.order = ReadingOrder(root, base_url=base_url)
        self.base_url = base_url
        self.line = 0
        self.links: list[tuple[str | None, str]] = []
        self.linking: set[HtmlElement] = set()
        """The elements that opened them."""
        self.headings = 0
        self.asides = 0
        self.open: list[tuple[int, bool]] = []
        """For each open element: its first piece (-1 if it is not walked), and whether it opens an aside."""

    def run(self) -> ReadingOrder:
        walk: Any = iterwalk(self.order.root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in SILENT_TAGS:
                    walk.skip_subtree()
                    self.open.append((-1, False))
                    continue
                self._enter(element, tag)
                self._text(element, element.text)
            else:
                start, aside = self.open.pop()
                if start >= 0:
                    self._leave(element, tag, start, aside)
                parent = element.getparent()
                if parent is not None and element is not self.order.root:
                    self._text(parent, element.tail)
        return self.order

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag not in _INLINE:
            self.line += 1
        aside = _is_aside(element, tag)
        self.asides += aside
        self.open.append((len(self.order.pieces), aside))
        if tag == "a" or element.get("onclick"):
            self._link(element, tag)
        elif tag == "img":
            self._image(element)
        elif tag in _HEADINGS:
            self.headings += 1
        if element.get("id") == MARKER:
            self.order.marker = len(self.order.pieces)

    def _link(self, element: HtmlElement, tag: str) -> None:
        href = element.get("href")
        address = self._address(href) if href else None
        scripted = None if address else script_address(element)
        if scripted:
            address = self._address(scripted)
        if tag == "a" or address:
            self.links.append((address, element.get("title") or ""))
            self.linking.add(element)

    def _address(self, href: str) -> str:
        return "" if href[0] == "#" else absolute(self.base_url, href) or ""

    def _leave(self, element: HtmlElement, tag: str, start: int, aside: bool) -> None:
        self.order.spans[element] = (start, len(self.order.pieces))
        if tag not in _INLINE:
            self.line += 1
        if element in self.linking:
            self.links.pop()
        elif tag in _HEADINGS:
            self.headings -= 1
        self.asides -= aside

    def _text(self, element: HtmlElement, text: str | None) -> None:
        if text and not text.isspace():
            href, hint = self.links[-1] if self.links else (None, "")
            self.order.pieces.append(
                Piece(
                    element,
                    self.line,
                    text,
                    href,
                    self.headings > 0 or element.tag in ("strong", "b"),
                    self.asides > 0,
                    None,
                    hint,
                )
            )
        elif text and self.order.pieces:
            last = self.order.pieces[-1]
            if last.line == self.line and not last.text.endswith(" "):
                last.text += " "

    def _image(self, element: HtmlElement) -> None:
        sources = (element.get(name) for name in _IMAGE_SOURCES)
        source = next((src for src in sources if src and not src.startswith("data:")), None)
        url = absolute(self.base_url, source) if source else None
        if url and not is_icon(url, element.get("width"), element.get("height")):
            href, hint = self.links[-1] if self.links else (None, "")
            hint = hint or element.get("alt") or ""
            self.order.pieces.append(Piece(element, self.line, "", href, False, self.asides > 0, url, hint))


def is_icon(url: str, width: str | None, height: str | None) -> bool:
    """Whether an image is an ornament, such as the arrow before a link: by its size or by its name."""
    sizes = [int(size) for size in (width, height) if size and size.isdecimal()]
    if sizes and max(sizes) <= _MAX_ICON:
        return True
    return _ICON.search(url.rpartition("/")[2]) is not None


def _is_aside(element: HtmlElement, tag: str) -> bool:
    if tag in ("nav", "footer"):
        return True
    names, own = element.get("class"), element.get("id")
    if not (names or own) or tag in ("body", "html", "form"):
        return False
    return (names is not None and _is_aside_name(names)) or (own is not None and _is_aside_name(own))


@lru_cache(maxsize=4096)
def _is_aside_name(names: str) -> bool:
    return _ASIDE.search(names) is not None
