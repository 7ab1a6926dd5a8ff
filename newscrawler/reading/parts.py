"""The parts that a body is made of, in order: texts, images, tables, embedded files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TextKind = Literal["p", "h2", "h3", "h4", "ul", "ol", "quote", "pre"]


@dataclass(slots=True)
class Run:
    """Inline text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


@dataclass(slots=True)
class Text:
    """A paragraph, heading, list item or quotation; a line break inside is `\\n`."""

    text: str
    runs: list[Run]
    kind: TextKind = "p"
    align: str = ""
    bold: bool = False
    """Whether all of it is bold."""
    italic: bool = False
    caption: bool = False
    """Whether its place says that it is a caption: `figcaption`, or a cell of a picture's layout table."""
    block: int = 0
    """Which block of the source it stood in; lines parted by `br` share one."""


@dataclass(slots=True)
class Image:
    """A picture with what the page says under it."""

    src: str
    alt: str = ""
    caption: str = ""
    block: int = 0


@dataclass(slots=True)
class Table:
    """A table of data: rows of cells, each cell one line."""

    rows: list[list[str]]


@dataclass(slots=True)
class Embed:
    """A video, a sound or an attached document."""

    kind: Literal["document", "video", "audio"]
    src: str
    caption: str = ""


Part = Text | Image | Table | Embed


@dataclass(slots=True)
class Body:
    """A body read into parts, with what was taken out of it."""

    parts: list[Part] = field(default_factory=list)
    headline: str | None = None
    """The headline that stood as first line of the body."""
    byline: str | None = None

    @property
    def texts(self) -> list[Text]:
        """The paragraphs, headings, items and quotations, without anything else."""
        return [part for part in self.parts if isinstance(part, Text)]
