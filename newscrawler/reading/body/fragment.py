"""A body's HTML into parts: paragraphs from p, div and br forms, images, tables; what editors' programs left behind
is dropped."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from newscrawler.reading.body.breaks import BREAK, paragraphs
from newscrawler.reading.body.embeds import EMBEDS, embedded, linked, player
from newscrawler.reading.body.look import Look
from newscrawler.reading.body.parts import Body, Embed, Image, Part, Post, Run, Text
from newscrawler.reading.body.pictures import is_picture, source_of
from newscrawler.reading.body.tables import data_table
from newscrawler.text import keep_lines, one_line

MAX_LEVELS = 150
"""Deeper elements are read as plain text: no editor nests so deep, and no text is lost."""

MAX_TABLES = 8
"""Tables within tables that may be tables of data, or hold a picture and its caption."""

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul caption".split()
)
_DROPPED = frozenset("head link meta option script select style template textarea title xml svg math button".split())
_OFFICE_DATA = ("w:", "m:", "v:")
_WORD_LEFTOVER = re.compile(
    r"^\s*Normal\s+0\b[\s\w-]*?(?:MicrosoftInternetExplorer4|X-NONE(?:\s+X-NONE)*(?:\s+MicrosoftInternetExplorer4)?)\s*"
    r"|/\*\s*Style Definitions\s*\*/\s*(?:[\w.]*MsoNormal\w*\s*\{[^}]*\}\s*)*"
)


def read_body(fragment: str) -> Body:
    """The parts of a body.

    :param fragment: HTML of the body, or a whole nested document; its charset, title and styles have no say.
    :returns: parts in order; captions, headline and byline are not yet told apart (see `figures`, `byline`).
    """
    walk = _Walk()
    walk.children(BeautifulSoup(fragment, "lxml"), Look(), 0)
    walk.flush()
    return Body(parts=walk.parts)


class _Walk:
    """Collects inline runs until a block ends, then makes parts of them."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.runs: list[Run] = []
        self.before: list[Part] = []
        self.after: list[Part] = []
        self.look = Look()
        self.block = self.number = 0
        self.awaited: set[str] = set()
        """Addresses of players that wait for a script; the script may have put its own element in already."""
        self.begun, self.looked_at = False, 0

    def children(self, tag: Tag, look: Look, level: int) -> None:
        for child in tag.children:
            self.node(child, look, level)

    def node(self, node: PageElement, look: Look, level: int) -> None:
        if isinstance(node, PreformattedString):
            return
        if isinstance(node, NavigableString):
            self.string(str(node), look)
        elif isinstance(node, Tag) and node.name not in _DROPPED and not node.name.startswith(_OFFICE_DATA):
            if level > MAX_LEVELS:
                self.string(node.get_text(" "), look)
            else:
                self.tag(node, look, level)

    def string(self, text: str, look: Look) -> None:
        if not self.runs:
            self.look = look
        if not look.pre:
            text = text.replace("\r", " ").replace("\n", " ")
        self.runs.append(Run(text.replace(BREAK, ""), look.bold, look.italic, look.href))

    def inside(self, tag: Tag, look: Look) -> Look:
        self.number += 1
        return look.inside(tag, self.number)

    def tag(self, tag: Tag, look: Look, level: int) -> None:
        name = tag.name
        if name == "br":
            if self.runs:
                self.runs.append(Run(BREAK))
        elif name in ("img", "amp-img"):
            self.image(tag, look)
        elif name == "noscript":
            self.unscripted(tag, look)
        elif name == "table":
            self.flush()
            self.table(tag, look, level)
        elif name in EMBEDS:
            self.embed(shown := embedded(tag), look)
            if name == "object":
                self.awaited |= {shown.src} if shown else set()
                self.children(tag, look, level + 1)
        elif name in _BLOCKS:
            self.flush()
            self.container(tag, look, level)
            self.flush()
        else:
            self.container(tag, look, level)

    def container(self, tag: Tag, look: Look, level: int) -> None:
        if tag.attrs and (waiting := player(tag)):
            self.embed(waiting, look)
            self.awaited.add(waiting.src)
        self.children(tag, self.inside(tag, look), level + 1)
        if tag.name == "a" and (file := linked(str(tag.get("href") or "").strip())):
            file.caption = one_line(tag.get_text())
            self.beside(file)

    def image(self, tag: Tag, look: Look) -> None:
        if source := source_of(tag):
            self.beside(Image(source, one_line(str(tag.get("alt") or "")), block=self.block, figure=look.figure))

    def unscripted(self, tag: Tag, look: Look) -> None:
        """A picture that a script would load; not where the page shows it already."""
        shown = tag.parent is not None and any(
            source_of(image) for image in tag.parent.find_all("img", recursive=False, limit=5)
        )
        for image in [] if shown else tag.find_all("img", limit=20):
            if is_picture(image):
                self.image(image, look)

    def embed(self, part: Embed | Post | None, look: Look) -> None:
        if part is not None and part.src not in self.awaited:
            if isinstance(part, Embed):
                part.figure = look.figure
            self.beside(part)

    def beside(self, part: Part) -> None:
        """A picture does not part the sentence it stands in."""
        (self.after if self.has_begun() else self.before).append(part)

    def has_begun(self) -> bool:
        """Whether the block has text yet; each run is looked at once."""
        while not self.begun and self.looked_at < len(self.runs):
            self.begun = bool(self.runs[self.looked_at].text.strip(BREAK + " \t\u00a0"))
            self.looked_at += 1
        return self.begun

    def table(self, tag: Tag, look: Look, level: int) -> None:
        inside = self.inside(tag, look).copy()
        inside.align, inside.tables = look.align, look.tables + 1
        if inside.tables <= MAX_TABLES:  # each look goes through all that the table holds
            pictured = tag.find("img") is not None
            if not pictured and tag.find("table") is None and self.data(tag, level):
                return
            inside.caption = pictured and len(tag.get_text(strip=True)) <= 600
        self.children(tag, inside, level + 1)
        self.flush()

    def data(self, tag: Tag, level: int) -> bool:
        """Whether a table holds data; then it is kept, with the files that its cells lead to behind it."""
        found: list[Part] = []

        def runs_of(cell: Tag) -> list[Run]:
            walk = _Walk()
            walk.children(cell, Look(), level + 1)
            walk.flush()
            texts = [part for part in walk.parts if isinstance(part, Text)]
            found.extend(part for part in walk.parts if not isinstance(part, Text))
            return [run for text in texts for run in (*text.runs, Run(" "))][:-1]

        table = data_table(tag, runs_of)
        if table is None:
            return False
        self.parts += [table, *found]
        return True

    def flush(self) -> None:
        """End the block: its runs become paragraphs, the pictures in it stand before or behind them."""
        if not self.runs and not self.before and not self.after:
            return
        runs, self.runs = self.runs, []
        self.parts += self.before
        for paragraph in paragraphs(runs):
            if text := self._text(paragraph):
                self.parts.append(text)
        self.parts += self.after
        self.before, self.after = [], []
        self.begun, self.looked_at = False, 0
        self.block += 1

    def _text(self, runs: list[Run]) -> Text | None:
        text = keep_lines("".join(run.text for run in runs))
        if "Normal" in text or "MsoNormal" in text:
            text = _WORD_LEFTOVER.sub("", text).strip()
        if not text or text == ";":
            return None
        seen = [run for run in runs if run.text.strip()]
        return Text(
            text,
            runs,
            kind=self.look.kind,
            align=self.look.align,
            bold=all(run.bold for run in seen),
            italic=all(run.italic for run in seen),
            caption=self.look.caption,
            block=self.block,
            figure=self.look.figure,
            quote=self.look.quote,
            cite=self.look.cite,
            lists=self.look.lists,
        )
