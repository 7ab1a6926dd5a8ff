"""Full-text search as people type: no syntax to break, marks optional, and as typed they put a hit first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from newscrawler.items import BlockName
from newscrawler.store.database import explain, path_of
from newscrawler.store.search.by_date import ids_by_date
from newscrawler.store.search.census import Census, take_census
from newscrawler.store.search.counts import parts, total
from newscrawler.store.search.filters import Within
from newscrawler.store.search.hits import Hit, show
from newscrawler.store.search.narrowing import MOST_COUNTED, asked_for, narrowed
from newscrawler.store.search.query import Query
from newscrawler.store.search.ranking import best_ids
from newscrawler.store.search.selection import BLOCKS, SORTS, Selection, Sort
from newscrawler.store.search.tally import Dimension

__all__ = [
    "BLOCKS",
    "MOST_COUNTED",
    "SORTS",
    "Census",
    "Dimension",
    "Hit",
    "Page",
    "Selection",
    "Sort",
    "counts_by",
    "found_ids",
    "search",
    "search_page",
    "take_census",
]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles of a selection, and how many there are."""

    hits: list[Hit]
    total: int
    """Of all pages; no more than `MOST_COUNTED` are counted, but where it was known."""
    is_more_than_total: bool
    """Whether there are more than were counted."""


def search(
    db: Database,
    words: str,
    *,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    category: str | None = None,
    byline: str | None = None,
    block: BlockName | None = None,
    sort: Sort = "relevance",
    limit: int = 20,
    offset: int = 0,
    mark: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """The articles in which all `words` and "quoted phrases" stand, best first. No text is an error.

    Case, marks, the place of tones and the Unicode form do not count, but where marks are typed, articles with just
    these marks come first. Then come those with the words in a row, and then bm25 with title before summary before
    body; words that stand nearly everywhere, and a phrase that is all of the query, are ordered by title before body
    instead, the latest stored first (words that stand nearly everywhere so far as the latest 10,000 articles go; the
    others come behind). An article that writes i for y or y for i, as in kỹ and kĩ, comes behind those that write it
    as typed.

    `since` and `until` are days, months or years of publication (`2018-05-10`, `2018-05`, `2018`), both included. An
    article known less exactly is found when its month or year overlaps; an undated one is not found with them. For the
    other filters see `Selection`.
    For HTML give control characters as `mark`, escape the snippet, then replace them: stored text has none.
    """
    if not Query(words).pieces or limit <= 0:
        return []
    selection = Selection(
        words=words, site=site, since=since, until=until, category=category, byline=byline, block=block, sort=sort
    )
    with _explained(db):
        return _hits(db, selection, _within(db, selection), offset, limit, mark)


def search_page(
    db: Database,
    selection: Selection,
    *,
    offset: int = 0,
    limit: int = 20,
    mark: tuple[str, str] = ("[", "]"),
    how_many: int | None = None,
) -> Page:
    """A page of what `search` finds, and how many there are in all; without words, of all articles within the filters.

    :param offset: how many to pass over.
    :param limit: how many at most; `selection.limit` does not count here.
    :param mark: stands around the words that were found; see `search`.
    :param how_many: articles that a selection without words holds, where that is known from a `Census`.
    :raises StoreError: if the database turns out to be damaged or locked.
    """
    if _asks_for_nothing(selection) or limit <= 0:
        return Page([], 0, is_more_than_total=False)
    with _explained(db):
        filters = narrowed(db, asked_for(db, selection), _query(selection), how_many)
        count, more = total(db, _query(selection), filters) if how_many is None else (how_many, False)
        hits = _hits(db, selection, filters, offset, limit, mark)
        return Page(hits, max(count, offset + len(hits) if hits else 0), more)


def counts_by(db: Database, selection: Selection, dimension: Dimension, *, choosing: bool = False) -> dict[str, int]:
    """How many articles of a selection are of each year, site or section (by its whole path), in the order of these.

    Articles without year or section are left out. With words, the latest stored `MOST_COUNTED` hits are counted: where
    `search_page` says that there are more, these numbers are of that part.

    :param choosing: the selection's own year, site or section does not count, so that another can be chosen.
    """
    if _asks_for_nothing(selection):
        return {}
    with _explained(db):
        return parts(db, _query(selection), asked_for(db, selection), dimension, choosing=choosing)


def found_ids(db: Database, selection: Selection) -> list[int]:
    """Ids of all articles of a selection, or of its first `limit`, in its order; snippets are not made."""
    if _asks_for_nothing(selection):
        return []
    return _ids(db, selection, _within(db, selection), 0, -1 if selection.limit is None else selection.limit)


def _hits(
    db: Database, selection: Selection, filters: Within, offset: int, limit: int, mark: tuple[str, str]
) -> list[Hit]:
    query = _query(selection)
    ids = _ids(db, selection, filters, offset, limit)
    shown = (show(db, query, id, rank, mark) for rank, id in enumerate(ids, offset + 1))
    return [hit for hit in shown if hit is not None]


def _ids(db: Database, selection: Selection, filters: Within, offset: int, limit: int) -> list[int]:
    query = _query(selection)
    if query is None or selection.sort != "relevance":
        return ids_by_date(db, query, filters, selection.sort, limit, offset)
    if limit < 0:
        (limit,) = db.conn.execute("SELECT count(*) FROM articles").fetchone()
    return best_ids(db, query, filters, offset + limit)[offset:]


def _within(db: Database, selection: Selection) -> Within:
    return narrowed(db, asked_for(db, selection), _query(selection))


def _query(selection: Selection) -> Query | None:
    return Query(selection.words) if selection.words else None


def _asks_for_nothing(selection: Selection) -> bool:
    """Whether something was typed in which no word is."""
    return bool(selection.words) and not Query(selection.words).pieces


@contextmanager
def _explained(db: Database) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise explain(error, path_of(db)) from error
