"""The sanitised HTML of an article as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = {
    *("p", "div", "figure", "figcaption", "section", "article", "blockquote", "ul", "ol", "table", "caption", "pre"),
    "hr",
}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|]|~(?=~)|&(?=#?\w{1,40};))")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|)([.)]|#{1,6}(?=\s|$)|[+-](?=\s|$)|[=:~-](?=[=:~\s-]*$))")
_SPACES = re.compile(r"\s+")
_BREAKING = str.maketrans({"<": "%3C", ">": "%3E", "\n": "%0A", "\r": "%0D", "\\": "%5C"})
_WIDEST = 200
"""Columns of a table that are written; wider rows keep their text in the last."""


def markdown(html: str) -> str:
    """Markdown of a body: paragraphs, headings, lists, quotes, tables, links, pictures, strong and emphasised words.

    >>> markdown('<p>Sáng <b>26/7</b>, <a href="http://a.vn/">Đoàn</a></p><ul><li>một<li>hai</ul>')
    'Sáng **26/7**, [Đoàn](http://a.vn/)\\n\\n- một\\n- hai'
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.end_line()
    writer.end_table()
    return "\n".join(writer.lines).strip("\n")


class _Writer(HTMLParser):
    """Writes line by line; what opens a block ends the line before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.marks: list[str] = []
        """Opened, and not written yet: marks touch the word they belong to."""
        self.start = ""
        self.cites: list[str] = []
        """Source of each open quotation."""
        self.lists: list[_List] = []
        self.hrefs: list[str] = []
        self.cells: list[str] | None = None
        self.span = 1
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag in _HEADINGS:
            self._open_block(tag, values)
        elif tag in _MARKS:
            self.marks.append(_MARKS[tag])
        elif tag == "li":
            self._open_item()
        elif tag == "a":
            self.hrefs.append(values.get("href", ""))
            if values.get("href"):
                self._open_link()
        elif tag == "img":
            self._picture(values)
        elif tag == "br":
            self._break()
        elif tag == "tr":
            self.end_line()
            self.cells = []
        elif tag in ("td", "th"):
            self.span = _span(values.get("colspan", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self._close_mark(_MARKS[tag])
        elif tag == "a":
            href = self.hrefs.pop() if self.hrefs else ""
            self.line += f"]({_address(href)})" if href else ""
        elif tag in ("td", "th") and self.cells is not None:
            self.cells += [self.line.strip().replace("\n", " "), *[""] * (self.span - 1)]
            self.line, self.marks, self.span = "", [], 1
        elif tag == "tr" and self.cells is not None:
            self.rows.append(self.cells)
            self.cells = None
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        words = _SPACES.sub(" ", data)
        if self.line.endswith((" ", "\n")) or not self.line:
            words = words.lstrip(" ")
        if words.startswith(" "):
            self.line += " "
            words = words[1:]
        if words:
            self._write(_SPECIAL.sub(r"\\\1", words))

    def end_line(self) -> None:
        """Write what has been gathered as a line of its own."""
        if self.cells is not None:
            return
        if text := self.line.strip():
            lines = [_LINE_START.sub(r"\1\\\2", line) for line in text.split("\n")]
            if self.start.startswith("#"):
                lines = [re.sub(r"#(?=#*$)", r"\\#", " ".join(line.rstrip() for line in lines))]
            quoted, indent = "> " * len(self.cites), self._indent()
            first = self.start if not self.lists else f"{indent[: len(indent) - len(self.start)]}{self.start}"
            self.lines.append(quoted + (first or indent) + f"\n{quoted}{indent}".join(lines))
            self.start = ""
        self.line, self.marks = "", []

    def end_table(self) -> None:
        """Write the rows, all as wide as the widest, for cells beyond the head's would not be shown."""
        rows, self.rows = self.rows, []
        width = min(max(map(len, rows), default=0), _WIDEST)
        for number, row in enumerate(rows):
            cells = [*row[: width - 1], " ".join(filter(None, row[width - 1 :]))]
            quoted = "> " * len(self.cites)
            self.lines.append(f"{quoted}| {' | '.join([*cells, *[''] * (width - len(cells))])} |")
            if number == 0:
                self.lines.append(f"{quoted}|{' --- |' * width}")

    def _write(self, text: str) -> None:
        self.line += "".join(self.marks) + text
        self.marks = []

    def _open_link(self) -> None:
        if self.line.endswith("!") and not self.marks:  # else the link would be a picture
            self.line = f"{self.line[:-1]}\\!"
        self._write("[")

    def _close_mark(self, mark: str) -> None:
        if mark in self.marks:
            self.marks.remove(mark)
            return
        words = self.line.rstrip()
        self.line = words + mark + self.line[len(words) :]

    def _picture(self, values: dict[str, str]) -> None:
        source = values.get("src", "").translate(_BREAKING)
        alt = _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", values.get("alt", "")))
        if source or alt:
            self._write(f"![{alt}](<{source}>)")

    def _open_block(self, tag: str, values: dict[str, str]) -> None:
        if self.cells is not None:
            self.line += " " if self.line else ""
            return
        self.end_line()
        if not self.start:
            self._empty_line(tag)
        if tag == "blockquote":
            self.cites.append(values.get("cite", ""))
        elif tag in ("ul", "ol"):
            self.lists.append(_List(_number(values.get("start", "")) if tag == "ol" else None))
        elif tag == "hr":
            self.lines += ["---", ""]
        self.start = f"{_HEADINGS[tag]} " if tag in _HEADINGS else self.start

    def _close_block(self, tag: str) -> None:
        if self.cells is not None:
            return
        self.end_line()
        if tag == "table":
            self.end_table()
        elif tag == "blockquote" and self.cites:
            self._close_quotation()
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li" and self.lists:
            self.lists[-1].width = 0
        self.start = ""
        self._empty_line(tag)

    def _close_quotation(self) -> None:
        if cite := self.cites[-1]:
            self._empty_line("p")
            self.lines.append(f"{'> ' * len(self.cites)}— <{cite.translate(_BREAKING).replace(' ', '%20')}>")
        while self.lines and self.lines[-1] == ("> " * len(self.cites)).rstrip():
            self.lines.pop()
        self.cites.pop()

    def _empty_line(self, tag: str) -> None:
        empty = ("> " * len(self.cites)).rstrip()
        if tag != "li" and not self.lists and self.lines and self.lines[-1] not in ("", empty):
            self.lines.append(empty)

    def _open_item(self) -> None:
        self.end_line()
        if not self.lists:
            self.lists.append(_List(None))
        innermost = self.lists[-1]
        self.start = "- " if innermost.number is None else f"{innermost.number}. "
        innermost.width = len(self.start)
        if innermost.number is not None:
            innermost.number += 1

    def _indent(self) -> str:
        return " " * sum(level.width for level in self.lists)

    def _break(self) -> None:
        if self.cells is not None:
            self.line = f"{self.line.rstrip()} "
        elif self.line.strip():
            self.line = f"{self.line.rstrip()}  \n"


class _List:
    """An open list: the number of its next item, and how wide the mark of the open one is."""

    def __init__(self, number: int | None) -> None:
        self.number = number
        self.width = 0


def _address(href: str) -> str:
    return f"<{href.translate(_BREAKING)}>" if any(char in href for char in "() <>\\") else href


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _span(text: str) -> int:
    return min(max(_number(text), 1), _WIDEST)
