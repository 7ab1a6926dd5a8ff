"""The sanitised HTML of an article as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "figure", "figcaption", "section", "article", "blockquote", "ul", "ol", "table", "hr"}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_STARTS_LIKE = re.compile(r"^(\s*\d*)([#+-]|(?<=\d)[.)])(?=\s)")
_SPACES = re.compile(r"\s+")


def markdown(html: str) -> str:
    """Markdown of a body: paragraphs, headings, lists, quotes, tables, links, pictures, strong and emphasised words.

    >>> markdown('<p>Sáng <b>26/7</b>, <a href="http://a.vn/">Đoàn</a></p><ul><li>một<li>hai</ul>')
    'Sáng **26/7**, [Đoàn](http://a.vn/)\\n\\n- một\\n- hai'
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.end_line()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(writer.lines)).strip()


class _Writer(HTMLParser):
    """Writes line by line; what opens a block ends the line before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.start = ""
        self.quotes = 0
        self.lists: list[int | None] = []
        self.hrefs: list[str] = []
        self.cells: list[str] | None = None
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag in _HEADINGS:
            self._open_block(tag)
        elif tag in _MARKS:
            self.line += _MARKS[tag]
        elif tag == "li":
            self._open_item()
        elif tag == "a":
            self.hrefs.append(values.get("href", ""))
            self.line += "[" if values.get("href") else ""
        elif tag == "img":
            self.line += f"![{_plain(values.get('alt', ''))}](<{values.get('src', '')}>)"
        elif tag == "br":
            self._break()
        elif tag == "tr":
            self.end_line()
            self.cells = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.line += _MARKS[tag]
        elif tag == "a":
            href = self.hrefs.pop() if self.hrefs else ""
            self.line += f"]({_address(href)})" if href else ""
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append(self.line.strip())
            self.line = ""
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        words = _SPACES.sub(" ", data)
        if self.line.endswith((" ", "\n")) or not self.line:
            words = words.lstrip(" ")
        self.line += _SPECIAL.sub(r"\\\1", words)

    def end_line(self) -> None:
        """Write what has been gathered as a line of its own."""
        text = self.line.strip()
        if text and self.cells is None:
            if not self.start:
                text = _STARTS_LIKE.sub(r"\1\\\2", text)
            prefix = "> " * self.quotes
            follow = prefix + " " * (len(self.start) if "#" not in self.start else 0)
            self.lines.append(prefix + self.start + text.replace("\n", f"\n{follow}"))
            self.start, self.line = "", ""

    def _open_block(self, tag: str) -> None:
        if self.cells is not None:
            self.line += " " if self.line else ""
            return
        self.end_line()
        if not self.start:
            self._empty_line(tag)
        if tag == "blockquote":
            self.quotes += 1
        elif tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "table":
            self.rows = 0
        elif tag == "hr":
            self.lines += ["---", ""]
        self.start = f"{_HEADINGS[tag]} " if tag in _HEADINGS else self.start

    def _close_block(self, tag: str) -> None:
        if self.cells is not None:
            return
        self.end_line()
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        self.start = ""
        self._empty_line(tag)

    def _empty_line(self, tag: str) -> None:
        if tag != "li" and not self.lists:
            self.lines.append("")

    def _open_item(self) -> None:
        self.end_line()
        indent = "  " * max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else None
        self.start = f"{indent}- " if number is None else f"{indent}{number}. "
        if number is not None:
            self.lists[-1] = number + 1

    def _break(self) -> None:
        self.line = f"{self.line.rstrip()} " if self.cells is not None else f"{self.line.rstrip()}  \n"

    def _end_row(self) -> None:
        cells, self.cells = self.cells, None
        if not cells:
            return
        self.lines.append(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in cells)} |")
        self.rows += 1
        if self.rows == 1:
            self.lines.append(f"|{' --- |' * len(cells)}")


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))


def _address(href: str) -> str:
    return f"<{href}>" if any(char in href for char in "() ") else href
