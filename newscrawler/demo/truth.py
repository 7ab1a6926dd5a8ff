"""What a reader must get out of an article's page."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawler.demo.entries import Entry
from newscrawler.demo.sources import Event


@dataclass(frozen=True, kw_only=True)
class TruthImage:
    """A picture that a reader must find."""

    src: str
    """As written in the page."""
    url: str | None
    """Where the site serves it; None when it is gone."""
    caption: str | None
    credit: str | None


@dataclass(frozen=True, kw_only=True)
class TruthDocument:
    """An attached file that a reader must find."""

    src: str
    url: str
    caption: str
    """The words of the link."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The content of one article, as its sources have it; all text is NFC."""

    id: int
    url: str
    title: str
    paragraphs: tuple[str, ...]
    """Without headline, captions, table and byline; an item of a bulleted list is a paragraph."""
    byline: str | None
    images: tuple[TruthImage, ...]
    """In the order of the page."""
    documents: tuple[TruthDocument, ...]
    table: tuple[tuple[str, ...], ...] | None
    hot: tuple[Entry, ...]
    related: tuple[Entry, ...]
    generation: str
    wrapping: str
    template: str
    event: Event
    folder: str
    listed: bool
