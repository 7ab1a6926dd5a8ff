"""A body's HTML into parts: paragraphs from p, div and br forms, images, tables; what editors' programs left behind
is dropped."""

from __future__ import annotations

import re
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from newscrawler.reading.parts import Body, Embed, Image, Part, Run, Table, Text, TextKind
from newscrawler.text import keep_lines, one_line

MAX_LEVELS = 150
"""Deeper elements are read as plain text: no editor nests so deep, and no text is lost."""

MAX_TABLES = 8
"""Tables within tables that may be tables of data, or hold a picture and its caption."""

_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr ul caption".split()
)
_DROPPED = frozenset(
    "head link meta noscript option script select style template textarea title xml svg math button".split()
)
_HEADINGS: dict[str, TextKind] = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_EMBEDS: dict[str, Literal["video", "audio"]] = {
    "iframe": "video",
    "embed": "video",
    "video": "video",
    "audio": "audio",
}
_OFFICE_DATA = ("w:", "m:", "v:")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_WORD_LEFTOVER = re.compile(
    r"^\s*Normal\s+0\b[\s\w-]*?(?:MicrosoftInternetExplorer4|X-NONE(?:\s+X-NONE)*(?:\s+MicrosoftInternetExplorer4)?)\s*"
    r"|/\*\s*Style Definitions\s*\*/\s*(?:[\w.]*MsoNormal\w*\s*\{[^}]*\}\s*)*"
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")
_NEW_ITEM = re.compile(r"^(?:[-+•*–—]\s*|\d{1,2}[.)]\s+)\S")
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_BREAK = "\x00"


def read_body(fragment: str) -> Body:
    """The parts of a body.

    :param fragment: HTML of the body, or a whole nested document; its charset, title and styles have no say.
    :returns: parts in order; captions, headline and byline are not yet told apart (see `figures`, `byline`).
    """
    walk = _Walk()
    walk.children(BeautifulSoup(fragment, "lxml"), _Look(), 0)
    walk.flush()
    return Body(parts=walk.parts)


class _Look:
    """What an element inherits from those around it."""

    __slots__ = ("align", "bold", "caption", "href", "italic", "kind", "pre", "tables")

    def __init__(self) -> None:
        self.align = ""
        self.bold = self.italic = self.caption = self.pre = False
        self.href: str | None = None
        self.kind: TextKind = "p"
        self.tables = 0

    def inside(self, tag: Tag) -> _Look:
        look = _Look()
        look.align, look.bold, look.italic = self.align, self.bold, self.italic
        look.href, look.kind, look.caption, look.pre = self.href, self.kind, self.caption, self.pre
        look.tables = self.tables
        name = tag.name
        if tag.attrs:
            look._by_style(tag)
        if name in ("b", "strong"):
            look.bold = True
        elif name in ("i", "em"):
            look.italic = True
        elif name == "center":
            look.align = "center"
        elif name == "a":
            look.href = str(tag.get("href") or "") or None
        elif name in _HEADINGS:
            look.kind = _HEADINGS[name]
        elif name in ("ul", "ol"):
            look.kind = "ol" if name == "ol" else "ul"
        elif name == "blockquote":
            look.kind = "quote"
        elif name == "figcaption":
            look.caption = True
        elif name == "pre":
            look.pre = True
        return look

    def _by_style(self, tag: Tag) -> None:
        style = str(tag.get("style") or "")
        if len(tag.attrs) > 3:
            # Quotes inside a style attribute end it early, and its rest becomes names of attributes (facts: sites
            # §1.1).
            style = f"{style} {' '.join(tag.attrs)}"
        if align := _ALIGN.search(style):
            self.align = align.group(1).lower()
        elif align_attribute := tag.get("align"):
            self.align = str(align_attribute).lower()
        if "font-" in style:
            self.bold = self.bold or _BOLD.search(style) is not None
            self.italic = self.italic or _ITALIC.search(style) is not None


class _Walk:
    """Collects inline runs until a block ends, then makes parts of them."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.runs: list[Run] = []
        self.before: list[Part] = []
        self.after: list[Part] = []
        self.look = _Look()
        self.block = 0
        self.begun, self.looked_at = False, 0

    def children(self, tag: Tag, look: _Look, level: int) -> None:
        for child in tag.children:
            self.node(child, look, level)

    def node(self, node: PageElement, look: _Look, level: int) -> None:
        if isinstance(node, PreformattedString):
            return
        if isinstance(node, NavigableString):
            self.string(str(node), look)
        elif isinstance(node, Tag) and node.name not in _DROPPED and not node.name.startswith(_OFFICE_DATA):
            if level > MAX_LEVELS:
                self.string(node.get_text(" "), look)
            else:
                self.tag(node, look, level)

    def string(self, text: str, look: _Look) -> None:
        if not self.runs:
            self.look = look
        if not look.pre:
            text = text.replace("\r", " ").replace("\n", " ")
        self.runs.append(Run(text.replace(_BREAK, ""), look.bold, look.italic, look.href))

    def tag(self, tag: Tag, look: _Look, level: int) -> None:
        name = tag.name
        if name == "br":
            if self.runs:
                self.runs.append(Run(_BREAK))
        elif name == "img":
            self.image(tag)
        elif name == "table":
            self.flush()
            self.table(tag, look, level)
        elif name in _EMBEDS:
            self.embed(tag, _EMBEDS[name])
        elif name in _BLOCKS:
            self.flush()
            self.children(tag, look.inside(tag), level + 1)
            self.flush()
        else:
            self.children(tag, look.inside(tag), level + 1)
            if name == "a":
                self.attachment(tag)

    def image(self, tag: Tag) -> None:
        source = next((str(src) for name in _IMAGE_SOURCES if (src := tag.get(name))), "")
        if source and not source.startswith("data:"):
            self.beside(Image(source.strip(), one_line(str(tag.get("alt") or "")), block=self.block))

    def embed(self, tag: Tag, kind: Literal["video", "audio"]) -> None:
        source = tag.get("src") or next((child.get("src") for child in tag.find_all("source")), None)
        if source:
            self.beside(Embed(kind, str(source).strip()))

    def attachment(self, tag: Tag) -> None:
        href = str(tag.get("href") or "")
        if _DOCUMENT.search(href):
            self.beside(Embed("document", href.strip(), one_line(tag.get_text())))

    def beside(self, part: Part) -> None:
        """A picture does not part the sentence it stands in."""
        (self.after if self.has_begun() else self.before).append(part)

    def has_begun(self) -> bool:
        """Whether the block has text yet; each run is looked at once."""
        while not self.begun and self.looked_at < len(self.runs):
            self.begun = bool(self.runs[self.looked_at].text.strip(_BREAK + " \t\u00a0"))
            self.looked_at += 1
        return self.begun

    def table(self, tag: Tag, look: _Look, level: int) -> None:
        inside = look.inside(tag)
        inside.align, inside.tables = look.align, look.tables + 1
        if inside.tables <= MAX_TABLES:  # each look goes through all that the table holds
            pictured = tag.find("img") is not None
            rows = _rows(tag) if not pictured and tag.find("table") is None else []
            if len(rows) > 1 and max(map(len, rows)) > 1:
                self.parts.append(Table(rows))
                return
            inside.caption = pictured and len(tag.get_text(strip=True)) <= 600
        self.children(tag, inside, level + 1)
        self.flush()

    def flush(self) -> None:
        """End the block: its runs become paragraphs, the pictures in it stand before or behind them."""
        if not self.runs and not self.before and not self.after:
            return
        runs, self.runs = self.runs, []
        self.parts += self.before
        for paragraph in _paragraphs(runs):
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
        )


def _rows(table: Tag) -> list[list[str]]:
    rows = []
    for row in table.find_all("tr"):
        cells = [one_line(cell.get_text(" ")) for cell in row.find_all(["td", "th"], recursive=False)]
        if any(cells):
            rows.append(cells)
    return rows


def _paragraphs(runs: list[Run]) -> list[list[Run]]:
    """Part runs at their breaks: two breaks always part; one parts behind a sentence, else joins or keeps a line."""
    lines: list[list[Run]] = [[]]
    gaps: list[int] = []
    for run in runs:
        if run.text != _BREAK:
            lines[-1].append(run)
        elif _seen(lines[-1]):
            lines.append([])
            gaps.append(1)
        elif gaps:
            gaps[-1] += 1
    texts = [_seen(line) for line in lines]
    paragraphs = [lines[0]]
    for gap, line, before, after in zip(gaps, lines[1:], texts, texts[1:], strict=False):
        joint = _joint(before, gap, after)
        if joint is None:
            paragraphs.append(line)
        else:
            paragraphs[-1] += (Run(joint), *line)
    return [paragraph for paragraph in paragraphs if _seen(paragraph)]


def _seen(runs: list[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def _joint(before: str, gap: int, after: str) -> str | None:
    if gap > 1 or not after:
        return None
    if after[0].islower():
        return " "
    if _SENTENCE_END.search(before) or _NEW_ITEM.match(after):
        return None
    return "\n"
