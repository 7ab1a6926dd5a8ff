"""Items of lists as HTML: lists in lists, more than one paragraph to an item, numbers that go on behind a picture."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.reading.body.parts import ListLevel


def list_html(items: Iterable[tuple[tuple[ListLevel, ...], str]], counted: dict[int, int]) -> str:
    """HTML of neighbouring items.

    :param items: the lists that each stands in, the outermost first, and its inline HTML.
    :param counted: how many items of each list were written before; is brought up to date.

    >>> outer, inner = ListLevel("ol", 1, 2), ListLevel("ul", 3, 4)
    >>> list_html([((outer,), "một"), ((outer, inner), "hai")], {})
    '<ol><li>một<ul><li>hai</li></ul></li></ol>'
    """
    writer = _Writer(counted)
    for path, inline in items:
        writer.add(_items_only(path), inline)
    writer.close(0)
    return "".join(writer.pieces)


def _items_only(path: tuple[ListLevel, ...]) -> tuple[ListLevel, ...]:
    """A list that stands straight in another, in no item of it, takes its place."""
    return (*(level for level in path[:-1] if level.item), path[-1])


class _Writer:
    def __init__(self, counted: dict[int, int]) -> None:
        self.pieces: list[str] = []
        self.open: list[ListLevel] = []
        self.counted = counted

    def add(self, path: tuple[ListLevel, ...], inline: str) -> None:
        same_lists = same_items = 0
        for old, new in zip(self.open, path, strict=False):
            if old.number != new.number:
                break
            same_lists += 1
            if old.item != new.item or not new.item:
                break
            same_items += 1
        if same_items == len(path):  # a further paragraph of an item
            self.close(same_items)
            self.pieces.append(f"<br>{inline}")
            return
        self.close(max(same_lists, same_items))
        if same_lists > same_items:
            self.open[-1] = path[same_items]
            self.pieces.append("</li><li>")
            self._count(path[same_items])
        for level in path[same_lists:]:
            self._begin(level)
        self.pieces.append(inline)

    def close(self, levels: int) -> None:
        """End the innermost lists until so many are open."""
        while len(self.open) > levels:
            self.pieces.append(f"</li></{self.open.pop().kind}>")

    def _begin(self, level: ListLevel) -> None:
        first = level.start + self.counted.get(level.number, 0)
        self.pieces.append(f'<ol start="{first}"><li>' if level.kind == "ol" and first != 1 else f"<{level.kind}><li>")
        self.open.append(level)
        self._count(level)

    def _count(self, level: ListLevel) -> None:
        self.counted[level.number] = self.counted.get(level.number, 0) + 1
