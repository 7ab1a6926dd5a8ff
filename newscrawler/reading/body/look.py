"""What an element of a body inherits from those around it: alignment, weight, link, list, quotation, figure."""

from __future__ import annotations

import re
from typing import Literal

from bs4.element import Tag

from newscrawler.reading.body.parts import ListLevel, TextKind

HEADINGS: dict[str, TextKind] = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
MAX_CAPTION_BOX = 600
"""What holds more letters is no caption, whatever its class says."""

_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_CAPTION = re.compile(r"caption|chu-?thich|img-?desc|image-?desc|photo-?desc|desc-?image", re.IGNORECASE)
_PLACEHOLDER = "chú thích"
_MOST_LISTS = 20
_NAMES = frozenset(
    ("b", "strong", "i", "em", "center", "a", "ul", "ol", "li", "blockquote", "figure", "figcaption", "pre", *HEADINGS)
)
_MARKS = frozenset(("style", "align", "class", "data-placeholder"))
_WHOLE_TAG = 3
"""Attributes of an element whose style did not fall to pieces."""


class Look:
    """Inherited values; `inside` gives those of an element's own content."""

    __slots__ = (
        "align",
        "bold",
        "caption",
        "cite",
        "figure",
        "href",
        "italic",
        "kind",
        "lists",
        "pre",
        "quote",
        "tables",
    )

    def __init__(self) -> None:
        self.align = self.cite = ""
        self.bold = self.italic = self.caption = self.pre = False
        self.href: str | None = None
        self.kind: TextKind = "p"
        self.tables = self.figure = self.quote = 0
        self.lists: tuple[ListLevel, ...] = ()

    def copy(self) -> Look:
        """A look of its own, to be changed."""
        look = Look()
        look.align, look.bold, look.italic = self.align, self.bold, self.italic
        look.href, look.kind, look.caption, look.pre = self.href, self.kind, self.caption, self.pre
        look.tables, look.figure = self.tables, self.figure
        look.quote, look.cite, look.lists = self.quote, self.cite, self.lists
        return look

    def inside(self, tag: Tag, number: int) -> Look:
        """The look of what stands in an element; this one, if the element changes nothing.

        :param number: one that no other element of the body has.
        """
        named = tag.name in _NAMES
        if not named and _MARKS.isdisjoint(tag.attrs) and len(tag.attrs) <= _WHOLE_TAG:
            return self
        look = self.copy()
        if tag.attrs:
            look._by_style(tag)
        if named:
            look._by_name(tag, number)
        return look

    def _by_name(self, tag: Tag, number: int) -> None:
        name = tag.name
        if name in ("b", "strong"):
            self.bold = True
        elif name in ("i", "em"):
            self.italic = True
        elif name == "center":
            self.align = "center"
        elif name == "a":
            self.href = str(tag.get("href") or "") or None
        elif name in HEADINGS:
            self.kind = HEADINGS[name]
        elif name in ("ul", "ol", "li"):
            self._by_list(tag, number)
        elif name == "blockquote":
            self.kind, self.quote, self.cite = "quote", number, str(tag.get("cite") or "")
        elif name == "figure":
            self.figure = number
        elif name == "figcaption":
            self.caption = True
        elif name == "pre":
            self.pre = True

    def _by_list(self, tag: Tag, number: int) -> None:
        if tag.name == "li":
            if self.lists:
                self.lists = (*self.lists[:-1], self.lists[-1]._replace(item=number))
            return
        kind: Literal["ul", "ol"] = "ol" if tag.name == "ol" else "ul"
        self.kind = kind
        if len(self.lists) < _MOST_LISTS:
            self.lists = (*self.lists, ListLevel(kind, number, start=_start(tag)))

    def _by_style(self, tag: Tag) -> None:
        style = str(tag.get("style") or "")
        if len(tag.attrs) > _WHOLE_TAG:
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
        if not self.caption and ("class" in tag.attrs or "data-placeholder" in tag.attrs):
            self.caption = _is_caption(tag)


def _is_caption(tag: Tag) -> bool:
    classes = tag.get("class") or ""
    marks = f"{classes if isinstance(classes, str) else ' '.join(classes)} {tag.get('data-placeholder') or ''}"
    named = _CAPTION.search(marks) is not None or _PLACEHOLDER in marks
    return named and len(tag.get_text(strip=True)) <= MAX_CAPTION_BOX


def _start(tag: Tag) -> int:
    stated = str(tag.get("start") or "")
    return int(stated) if stated.isascii() and stated.isdecimal() and len(stated) <= 4 else 1
