"""One labelled part of a page."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawler.reading.page.labels import LabelKind


@dataclass(frozen=True)
class Section:
    """The pieces of one labelled part, its label left out."""

    kind: LabelKind
    start: int
    end: int
    label_start: int
    container: HtmlElement
    """Smallest element that holds the label and an entry."""
