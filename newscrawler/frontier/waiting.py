"""What waits in the queue of a run: the highest priority first, the oldest of those first.

Memory holds the head of each line only, the table all of it: a site may name a hundred thousand addresses before the
first of them is fetched.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import count
from typing import NamedTuple

from newscrawler.items import Entry, EntryKind
from newscrawler.urls import host_of

WINDOW = 10_000
"""Entries of one kind and priority that are kept in memory; measured: 0.4 KB each."""
ANY_HOST = ""
"""Stands for a host that is not known yet."""


class Group(NamedTuple):
    """Entries that may be leased, or not, together."""

    kind: str
    host: str


May = Callable[[Group], bool]
More = Callable[[EntryKind, int, int], Iterable[Entry]]
"""Kind, priority and number → as many of the oldest entries that are queued, those in memory included."""


def always(_group: Group) -> bool:
    """Every group may be leased."""
    return True


class _Line:
    """Entries of one kind and priority, those of each host in a queue of their own; `far` more are in the table only,
    and are younger than all of these."""

    def __init__(self, kind: EntryKind, priority: int) -> None:
        self.kind, self.priority = kind, priority
        self.near: dict[str, deque[tuple[int, Entry]]] = {}
        self.size = 0
        self.far = 0

    def append(self, number: int, entry: Entry) -> None:
        self.near.setdefault(host_of(entry.url), deque()).append((number, entry))
        self.size += 1

    def open_hosts(self, may: May) -> list[str]:
        return [host for host in self.near if may(Group(self.kind, host))]

    def popleft(self, host: str) -> Entry:
        queue = self.near[host]
        _number, entry = queue.popleft()
        self.size -= 1
        if not queue:
            del self.near[host]
        return entry


class Waiting:
    """All lines of a run."""

    def __init__(self, more: More, window: int = WINDOW) -> None:
        """:param more: reads the table, which knows by then all that was pushed."""
        self._more = more
        self._window = window
        self._order = count()
        self._lines: dict[tuple[int, EntryKind], _Line] = {}

    def __len__(self) -> int:
        return sum(line.size + line.far for line in self._lines.values())

    def push(self, entry: Entry) -> None:
        """An entry joins the end of its line."""
        line = self._line(entry.kind, entry.priority)
        if line.far or line.size >= self._window:
            line.far += 1
        else:
            line.append(next(self._order), entry)

    def expect(self, kind: EntryKind, priority: int, number: int) -> None:
        """So many entries wait in the table."""
        self._line(kind, priority).far += number

    def pop(self, may: May) -> Entry | None:
        """The first entry of the groups that may; None if there is none."""
        found = self._first(may)
        return None if found is None else found[0].popleft(found[1])

    def has(self, may: May) -> bool:
        """Whether `pop` would give an entry."""
        return self._first(may) is not None

    def _line(self, kind: EntryKind, priority: int) -> _Line:
        key = (-priority, kind)
        if key not in self._lines:
            self._lines[key] = _Line(kind, priority)
            self._lines = dict(sorted(self._lines.items()))
        return self._lines[key]

    def _first(self, may: May) -> tuple[_Line, str] | None:
        best: tuple[int, _Line, str] | None = None
        for line in self._lines.values():
            if best is not None and line.priority < best[1].priority:
                break
            for host in self._open_hosts(line, may):
                number = line.near[host][0][0]
                if best is None or number < best[0]:
                    best = (number, line, host)
        return best[1:] if best is not None else None

    def _open_hosts(self, line: _Line, may: May) -> list[str]:
        hosts = line.open_hosts(may)
        # Where only closed hosts are in memory, others may wait behind them.
        while not hosts and line.far and may(Group(line.kind, ANY_HOST)):
            self._fetch(line)
            hosts = line.open_hosts(may)
        return hosts

    def _fetch(self, line: _Line) -> None:
        limit = line.size + max(self._window // 2, 1)
        near = {entry.url for queue in line.near.values() for _number, entry in queue}
        read = list(self._more(line.kind, line.priority, limit))
        for entry in read:
            if entry.url not in near:
                line.append(next(self._order), entry)
                line.far -= 1
        if len(read) < limit:
            line.far = 0
        line.far = max(line.far, 0)
