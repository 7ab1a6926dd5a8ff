"""How much one address may ask for. Datasette looks into each value by itself, with patience for each: two hundred
times the same facet kept one of the four threads that read the database busy for ten seconds, and all readers wait for
these four."""

from __future__ import annotations

from collections.abc import Collection

_MOST_VALUES = 50
_LONGEST = 40_000
"""Bytes behind the question mark."""
_LONGEST_OF_DATASETTE = 8_000
"""The same of its own pages, where a list of values is one condition each."""


def asks_too_much(path: str, query: bytes, databases: Collection[str]) -> bool:
    """Whether an address has more values, or longer ones, than any page can need.

    :param query: as it came.
    :param databases: the names of those that Datasette shows; its pages of one begin with its name.

    >>> asks_too_much("/search", b"q=a", ["news"]), asks_too_much("/news/articles", b"&_facet=site" * 60, ["news"])
    (False, True)
    """
    is_datasettes = path.lstrip("/").partition("/")[0].partition(".")[0] in databases
    return query.count(b"&") >= _MOST_VALUES or len(query) > (_LONGEST_OF_DATASETTE if is_datasettes else _LONGEST)
