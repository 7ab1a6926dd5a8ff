"""Sections and bylines as people name them: case and marks do not count, and the beginning or a part will do."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from newscrawler.text import fold

_STEP = ">"
"""Parts the steps of a section's path."""

# From one name to the next on their index: DISTINCT would go through all of it.
_NAMES = """
    WITH RECURSIVE names(name) AS (
        SELECT min({column}) FROM articles
        UNION ALL
        SELECT (SELECT min({column}) FROM articles WHERE {column} > names.name) FROM names WHERE name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL
"""


def categories_under(db: Database, path: str) -> list[str]:
    """The sections whose path begins with the steps of `path`."""
    return under(path, (str(name) for (name,) in db.conn.execute(_NAMES.format(column="category"))))


def under(path: str, sections: Iterable[str]) -> list[str]:
    """Those of the sections whose path begins with the steps of `path`.

    >>> under("tin tuc", ["Tin tức", "Tin tức > Học đường", "Tin tức khác"])
    ['Tin tức', 'Tin tức > Học đường']
    """
    wanted = _steps(path)
    return [name for name in sections if _steps(name)[: len(wanted)] == wanted]


def bylines_with(db: Database, part: str) -> list[str]:
    """The bylines that hold `part`."""
    wanted = _folded(part)
    return [str(name) for (name,) in db.conn.execute(_NAMES.format(column="byline")) if wanted in _folded(name)]


def _steps(path: str) -> list[str]:
    return [_folded(step) for step in path.split(_STEP)]


def _folded(words: str) -> str:
    return " ".join(fold(words).split())
