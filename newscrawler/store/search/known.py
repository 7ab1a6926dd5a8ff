"""What a search has found out, kept for the next question: one page asks for hits, their number and several counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlite_utils import Database

RARE = 3_000
"""Words with no more hits than this are rare: all their hits are known, and ranked by bm25. With more, that takes too
long, and tells little: the words stand nearly everywhere."""
_MOST = 32
"""Answers that are kept for one connection."""
# As one value: to take thousands of rows one by one costs more than to find them.
_HITS = """
    SELECT json_group_array(rowid) FROM (
        SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match ORDER BY rowid DESC LIMIT :many
    )
"""
_VERSION = "PRAGMA data_version"

Ids = tuple[int, ...]
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Memory:
    """What is known while nobody writes."""

    state: tuple[int, int]
    answers: dict[tuple[str, ...], Any] = field(default_factory=dict)


_memories: WeakKeyDictionary[Database, _Memory] = WeakKeyDictionary()


def known(db: Database, key: tuple[str, ...], find: Callable[[], _Answer]) -> _Answer:
    """What `find` gives; it is not asked again for the same key, unless something was written since."""
    # The version changes with what others write, the number with what this connection does.
    state = (int(db.conn.execute(_VERSION).fetchone()[0]), db.conn.total_changes)
    memory = _memories.get(db)
    if memory is None or memory.state != state or len(memory.answers) >= _MOST:
        memory = _memories[db] = _Memory(state)
    if key not in memory.answers:
        memory.answers[key] = find()
    answer: _Answer = memory.answers[key]
    return answer


def rare_hits(db: Database, match: str) -> Ids | None:
    """All articles that an FTS5 expression finds, the latest stored first; None where they are many."""
    ids = latest_hits(db, match)
    return ids if len(ids) <= RARE else None


def latest_hits(db: Database, match: str) -> Ids:
    """The same, but where they are many only the latest: one more than are rare."""
    return known(db, ("hits", str(RARE), match), lambda: _found(db, match))


def _found(db: Database, match: str) -> Ids:
    (found,) = db.conn.execute(_HITS, {"match": match, "many": RARE + 1}).fetchone()
    # SQLite does not promise in what order an array is filled.
    return tuple(sorted(json.loads(found), reverse=True))
