"""The parts that a body is made of, in order: texts, images, tables, embedded files, what is shown of other places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

TextKind = Literal["p", "h2", "h3", "h4", "ul", "ol", "quote", "pre"]


@dataclass(slots=True)
class Run:
    """Inline text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


class ListLevel(NamedTuple):
    """One of the lists that a text stands in."""

    kind: Literal["ul", "ol"]
    number: int
    """Which list of the body."""
    item: int = 0
    """Which item of it, counted through the whole body; 0 outside any item."""
    start: int = 1
    """What its first item is numbered with."""


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
    figure: int = 0
    """Which `figure` it stands in, or 0."""
    quote: int = 0
    """Which quotation it is part of, or 0."""
    cite: str = ""
    """Address that a quotation gives as its source."""
    lists: tuple[ListLevel, ...] = ()
    """The lists it stands in, the outermost first."""


@dataclass(slots=True)
class Image:
    """A picture with what the page says under it."""

    src: str
    alt: str = ""
    caption: str = ""
    block: int = 0
    figure: int = 0


@dataclass(slots=True)
class Cell:
    """One cell of a table, its paragraphs on one line."""

    text: str
    runs: list[Run] = field(default_factory=list)
    header: bool = False
    columns: int = 1
    rows: int = 1
    """How many columns and rows it spans."""


@dataclass(slots=True)
class Table:
    """A table of data."""

    cells: list[list[Cell]]
    caption: str = ""

    @property
    def rows(self) -> list[list[str]]:
        """Texts of the cells, row by row; a caption is a row of its own."""
        return [*([[self.caption]] if self.caption else []), *([cell.text for cell in row] for row in self.cells)]


@dataclass(slots=True)
class Embed:
    """A video, a sound or an attached document."""

    kind: Literal["document", "video", "audio"]
    src: str
    """As it stands in the page; of what a viewer or a plug-in shows, the address that it was given."""
    caption: str = ""
    inline: bool = False
    """Whether a link in a text leads to it, and its caption is the text of that link."""
    figure: int = 0


@dataclass(slots=True)
class Post:
    """What a page shows of another place, such as a post or a map: kept as a link."""

    src: str
    caption: str = ""


Part = Text | Image | Table | Embed | Post


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
