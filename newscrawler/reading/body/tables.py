"""Tables of data: cells row by row, header cells known, spans bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeGuard

from bs4.element import NavigableString, PreformattedString, Tag

from newscrawler.reading.body.parts import Cell, Run, Table
from newscrawler.text import one_line

MAX_SPAN = 100
"""No cell is taken to span more rows or columns, whatever it says (facts: news §2, colspan 9007199254740991)."""

_GROUPS = ("thead", "tbody", "tfoot")
_GROUP_LEVELS = 3
_SILENT = ("colgroup", "col", "script", "style", "template")

Runs = Callable[[Tag], list[Run]]
"""Content of an element → its inline runs, paragraphs parted by a blank."""


def data_table(tag: Tag, runs_of: Runs) -> Table | None:
    """The table, or None where it has one row or one column, and only holds a layout."""
    nodes = list(_rows(tag))
    rows = [node for node in nodes if _is_row(node)]
    if len(rows) < 2 or not any(_has_cells(row) for row in rows):
        return None
    cells = [row for row in (list(_row(row, runs_of)) for row in rows) if any(cell.text for cell in row)]
    if len(cells) < 2 or max(map(len, cells)) < 2:
        return None
    loose = (node.get_text(" ") if isinstance(node, Tag) else str(node) for node in nodes if not _is_row(node))
    return Table(cells, " ".join(text for text in map(one_line, loose) if text))


def _is_row(node: Tag | NavigableString) -> TypeGuard[Tag]:
    return isinstance(node, Tag) and node.name == "tr"


def _has_cells(row: Tag) -> bool:
    return len(row.find_all(True, recursive=False, limit=2)) > 1


def _rows(tag: Tag, level: int = 0) -> Iterator[Tag | NavigableString]:
    """The rows, and what stands in the table outside of them: its caption, stray text."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _GROUPS and level < _GROUP_LEVELS:
                yield from _rows(child, level + 1)
            elif child.name not in _SILENT:
                yield child
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield child


def _row(row: Tag, runs_of: Runs) -> Iterator[Cell]:
    in_head = row.parent is not None and row.parent.name == "thead"
    for child in row.children:
        if isinstance(child, Tag) and child.name not in _SILENT:
            runs = runs_of(child)
            text = one_line("".join(run.text for run in runs))
            header = in_head or child.name == "th"
            yield Cell(text, runs, header=header, columns=_span(child, "colspan"), rows=_span(child, "rowspan"))
        elif type(child) is NavigableString and child.strip():
            yield Cell(one_line(str(child)), [Run(str(child))])


def _span(tag: Tag, name: str) -> int:
    stated = str(tag.get(name) or "")
    number = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 6 else 1
    return min(max(number, 1), MAX_SPAN)
