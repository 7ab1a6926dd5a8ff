"""The source of a page in pieces, tags and texts, each text with the font that it is shown in.

The source is not parsed as a tree: a body may stand in it raw, in a text area, or escaped, and escaped tags count as
tags here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawler.reading.letters.legacy.fonts import Font, font_of

_TAG = re.compile(
    r"<[^<>]*+>|&(?:amp;){0,4}lt;/?[a-z](?:[^&]|&(?!(?:amp;){0,4}[lg]t;))*+&(?:amp;){0,4}gt;", re.IGNORECASE
)
_NAME = re.compile(r"(?:<|lt;)(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
_NAMES_OF_RULES = re.compile(r"""\b(class|id)\s*=\s*["']?([^"'>&]{1,200})""", re.IGNORECASE)
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_NEXT = frozenset("p li td th tr dt dd option".split())
_HOLDERS = frozenset("table ul ol dl div blockquote".split())
_UNICODE = Font()
_MOST_OPEN = 2_000
"""Elements within each other, of which the innermost may be forgotten."""
_BEFORE_SELECTOR = re.compile(r"[>;]|--|\*/")


@dataclass(frozen=True)
class Piece:
    """A tag, or the text between two tags."""

    source: str
    is_tag: bool = False
    font: Font = _UNICODE
    stretch: int = 0
    """Number of the element that asks for the font; 0 where none does."""
    inside: str = ""
    """Name of the innermost element."""


@dataclass
class _Open:
    """The elements that are open at a place."""

    rules: dict[str, Font]
    names: list[tuple[str, Font, int]] = field(default_factory=lambda: [("", _UNICODE, 0)])
    counts: Counter[str] = field(default_factory=Counter)
    stretches: int = 0

    def meet(self, tag: str) -> None:
        match = _NAME.search(tag)
        if match is None:
            return
        name = match[2].lower()
        if match[1]:
            self._close(name)
        elif name not in _EMPTY:
            if name in _CLOSED_BY_NEXT and self._is_sibling(name):
                self._close(name)
            self._enter(name, tag)

    def _enter(self, name: str, tag: str) -> None:
        if len(self.names) > _MOST_OPEN:
            return
        _name, font, stretch = self.names[-1]
        asked = font_of(tag) or self._ruled(name, tag)
        if asked is not None:
            self.stretches += 1
            font, stretch = asked, self.stretches
        self.names.append((name, font, stretch))
        self.counts[name] += 1

    def _close(self, name: str) -> None:
        while self.counts[name]:
            closed = self.names.pop()[0]
            self.counts[closed] -= 1
            if closed == name:
                return

    def _is_sibling(self, name: str) -> bool:
        for open_name, _font, _stretch in reversed(self.names[-20:]):
            if open_name == name:
                return True
            if open_name in _HOLDERS:
                return False
        return False

    def _ruled(self, name: str, tag: str) -> Font | None:
        if not self.rules:
            return None
        keys = [name]
        for kind, names in _NAMES_OF_RULES.findall(tag):
            mark = "#" if kind.lower() == "id" else "."
            keys += [key for each in names.lower().split() for key in (mark + each, name + mark + each)]
        return next((self.rules[key] for key in reversed(keys) if key in self.rules), None)


def pieces(html: str) -> Iterator[Piece]:
    """All of a source; the pieces joined are the source."""
    elements = _Open(_rules(html))
    position = 0
    for match in _TAG.finditer(html):
        if match.start() > position:
            yield _text(html[position : match.start()], elements)
        yield Piece(match[0], is_tag=True)
        elements.meet(match[0])
        position = match.end()
    if position < len(html):
        yield _text(html[position:], elements)


def _text(source: str, elements: _Open) -> Piece:
    name, font, stretch = elements.names[-1]
    return Piece(source, font=font, stretch=stretch, inside=name)


def _rules(html: str) -> dict[str, Font]:
    """Selectors of one name, class or id → the font that the page's own CSS gives them."""
    rules: dict[str, Font] = {}
    if "{" not in html:
        return rules
    for chunk in html.split("}"):
        before, brace, declarations = chunk.rpartition("{")
        font = font_of(declarations[:2000]) if brace and "font" in declarations.lower() else None
        if font is not None:
            selectors = _BEFORE_SELECTOR.split(before[-500:])[-1].lower()
            rules |= {part.split()[-1]: font for part in selectors.split(",") if part.split() and "@" not in part}
    return rules
