"""The body of an article as it may stand in a page of ours: its pictures and links made our own, and then, as the very
last step, cleaned once more by nh3 (facts: reliability §4).

Nothing is believed of what the database holds: it may have been written by another version, or by another program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3
from markupsafe import Markup

from newscrawler.web.addresses import Addresses
from newscrawler.web.rendering import web_address
from newscrawler.web.speech import Speech

_TAGS = set(
    "p br strong b em i a h2 h3 h4 ul ol li blockquote pre figure figcaption img table caption tbody tr th td".split()
)
_OURS = {"div", "span", "code"}
"""What is built around pictures and tables here."""
_CLASSES = {"a": {"held"}, "div": {"scroll"}, "span": {"missing"}}
_SPANS = {"colspan", "rowspan"}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "img": {"src", "alt", "loading"},
    "blockquote": {"cite"},
    "ol": {"start"},
    "td": _SPANS,
    "th": _SPANS,
    "div": {"class", "tabindex", "role", "aria-label"},
    "span": {"class"},
}
_REL = "noopener noreferrer nofollow"
_VOID = {"br", "img"}
_HEADINGS = {"h2", "h3", "h4"}
_NUMBER = re.compile(r"[0-9]{1,4}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)")
_MOST_TAGS, _DEEPEST, _LONGEST_TAG = 60_000, 300, 8_000
"""Beyond these nh3 takes seconds (facts: reliability §4, time bombs); our own bodies stay far below."""


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A stored body, and what is known of the addresses in it."""

    html: str = field(repr=False)
    text: str = field(repr=False)
    """The same without markup, for a body that would cost too much to clean."""
    pictures: Mapping[str, int] = field(default_factory=dict)
    """Address of a picture → its capture."""
    articles: Mapping[str, int] = field(default_factory=dict)
    """Address of a link → the article of ours that it leads to."""

    def shown(self, to: Addresses, say: Speech) -> Markup:
        """HTML that is safe to stand in a page: nothing in it asks any other host for anything."""
        if too_costly(self.html):
            return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in self.text.split("\n\n"))
        writer = _Writer(self, to, say)
        writer.feed(_settled(self.html))
        writer.close()
        return Markup(_cleaned("".join(writer.pieces), writer.sources, writer.addresses))


def too_costly(html: str) -> bool:
    """Whether a body is deeper or has more tags than any that was cleaned when it was stored."""
    depth, opened = 0, Counter[str]()
    for count, match in enumerate(_TAG.finditer(html), 1):
        name, step = match[2].lower(), -1 if match[1] else 1
        # An end of what was never begun closes nothing.
        if name not in _VOID and (step == 1 or opened[name]):
            opened[name] += step
            depth += step
        if depth > _DEEPEST or count > _MOST_TAGS or len(match[3]) > _LONGEST_TAG:
            return True
    return False


def _settled(html: str) -> str:
    """A body as nh3 writes it: over tags that do not end, Python's own reader takes the square of their number."""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"})


def _cleaned(html: str, sources: Collection[str], addresses: Collection[str]) -> str:
    """The last step. Pictures have addresses that were made here; links lead to pages of the web, or are ours."""

    def kept(element: str, name: str, value: str) -> str | None:
        if name == "src":
            return value if value in sources else None
        if name in ("href", "cite"):
            return value if value in addresses or web_address(value) or value.startswith("mailto:") else None
        if name == "class":
            return value if value in _CLASSES[element] else None
        if name in ("start", *_SPANS):
            return value if _NUMBER.fullmatch(value) else None
        return value

    return nh3.clean(
        html,
        tags=_TAGS | _OURS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
    )


class _Writer(HTMLParser):
    """Writes a body again, of known tags alone."""

    def __init__(self, prose: Prose, to: Addresses, say: Speech) -> None:
        super().__init__(convert_charrefs=True)
        self.prose, self.to, self.say = prose, to, say
        self.pieces: list[str] = []
        self.sources: set[str] = set()
        """Addresses of pictures that were written."""
        self.addresses: set[str] = set()
        """Addresses of pages of ours that were written."""
        self._levels: list[str] = []
        """What the open headings have become."""
        self._last_level = 1
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.pieces.append(self._picture(values))
        elif tag == "a":
            self.pieces.append(self._link(values.get("href", "")))
        elif tag in _HEADINGS:
            self.pieces.append(f"<{self._heading(tag)}>")
        elif tag == "table":
            self._tables += 1
            self.pieces.append(self._scroll() + "<table>")
        elif tag in _TAGS:
            known = {name: value for name, value in values.items() if name in _ATTRIBUTES.get(tag, ())}
            told = "".join(f' {name}="{escape(value)}"' for name, value in known.items())
            self.pieces.append(f"<{tag}{told}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            if self._levels:
                self.pieces.append(f"</{self._levels.pop()}>")
        elif tag == "table":
            if self._tables:
                self._tables -= 1
                self.pieces.append("</table></div>")
        elif tag in _TAGS and tag not in _VOID:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(escape(data, quote=False))

    def _heading(self, tag: str) -> str:
        """At most one level below the one before, for those who walk through a page by its headings."""
        level = min(int(tag[1]), self._last_level + 1)
        self._last_level = level
        self._levels.append(f"h{level}")
        return f"h{level}"

    def _scroll(self) -> str:
        label = escape(str(self.say("article.table")))
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'

    def _link(self, href: str) -> str:
        known = self.prose.articles.get(href)
        if known is None:
            return f'<a href="{escape(href)}">'
        address = self.to.article(known)
        self.addresses.add(address)
        return f'<a class="held" href="{escape(address)}">'

    def _picture(self, values: Mapping[str, str]) -> str:
        alt, src = escape(values.get("alt", "")), values.get("src", "")
        capture = self.prose.pictures.get(src)
        if capture is None:
            words = escape(str(self.say("article.missing_picture")))
            told = f" {alt}" if alt else ""
            return f'<span class="missing">{words}{told} <code>{escape(src)}</code></span>'
        address = self.to.picture(capture)
        self.sources.add(address)
        return f'<img src="{escape(address)}" alt="{alt}" loading="lazy">'


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (tag, name) == ("a", "href"):
                self.links.append(value)
            elif value and (tag, name) == ("img", "src"):
                self.pictures.append(value)


def addresses_in(html: str) -> tuple[list[str], list[str]]:
    """The addresses of the links and of the pictures of a body, in order; none where it would cost too much."""
    if too_costly(html):
        return [], []
    found = _Addresses()
    found.feed(_settled(html))
    found.close()
    return found.links, found.pictures
