"""Which articles answer a query best."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from newscrawler.store.search.filters import FACTS, Within
from newscrawler.store.search.in_a_row import in_a_row
from newscrawler.store.search.known import RARE, rare_hits
from newscrawler.store.search.narrowing import fulfilling
from newscrawler.store.search.query import Query
from newscrawler.store.search.spelling import FAR, as_typed

_WINDOW = 50
"""So many hits at the least are compared with the marks as typed."""
_COMPARED = 1_000
"""Hits whose titles and summaries are read, to put those first that have the words there."""
_RECENT = (2_000, 10_000)
"""Of words that stand nearly everywhere, so many of the latest stored articles are looked through for those that have
them in a row or in the title: first the less, and the more where that does not do."""

_BEST_FIRST = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND {within} ORDER BY rank"
_LATEST_FIRST = """
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND {within} ORDER BY rowid DESC LIMIT :count
"""
_TESTED = """
    SELECT articles.id
    FROM (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match ORDER BY rowid DESC LIMIT :tested) AS hits
    CROSS JOIN articles {facts} ON articles.id = hits.rowid
    WHERE {within} LIMIT :count
"""
_SINCE = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND rowid > :first AND {within} ORDER BY rowid"
_MOST_TESTED = 10_000
"""Where marks count, so many hits are tested against the filters to find more with the marks as typed."""
_LATEST_ID = "SELECT ifnull(max(id), 0) FROM articles"
_TITLES = """
    SELECT articles.id, ifnull(title, '') FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""
_PLACES = """
    SELECT articles.id, ifnull(title, ''), ifnull(summary, '')
    FROM articles JOIN json_each(:ids) ON articles.id = json_each.value
"""


def best_ids(db: Database, query: Query, within: Within, limit: int) -> list[int]:
    """Ids of the hits, best first (see `search`); at most `limit`."""
    count = max(_WINDOW, limit) if query.spelling else limit
    ids = _ranked(db, query, within, count)
    if not query.spelling:
        return ids[:limit] if len(ids) >= limit else list(dict.fromkeys(ids + _respelled(db, query, within)))[:limit]
    exact = as_typed(db, query.spelling, ids, limit)
    if len(exact) < limit and len(ids) == count:
        ids = list(dict.fromkeys(ids + _further(db, query.all_words, within)))
        exact = as_typed(db, query.spelling, ids, limit)
    if len(exact) < limit:
        others = _respelled(db, query, within)
        exact += as_typed(db, query.respelling, others, limit)
        ids += others
    return list(dict.fromkeys(exact + ids))[:limit]


def _respelled(db: Database, query: Query, within: Within) -> list[int]:
    """Articles that write i for y or y for i somewhere, the latest stored first."""
    if not query.respelled:
        return []
    known = rare_hits(db, query.respelled)
    return _further(db, query.respelled, within) if known is None else list(fulfilling(db, known, within))


def _further(db: Database, match: str, within: Within) -> list[int]:
    """The latest stored hits, as many as are compared with the marks as typed, or as can be found in short time."""
    if within.is_everything or within.ids is not None:
        return _latest(db, match, within, FAR)
    sql = _TESTED.format(facts=FACTS, within=within.sql)
    return _ids(db, sql, {**within.values, "match": match, "tested": _MOST_TESTED, "count": FAR})


def _latest(db: Database, match: str, within: Within, count: int) -> list[int]:
    sql = _LATEST_FIRST.format(within=within.of_hits)
    return _ids(db, sql, {**within.values, "match": match, "count": count})


def _ranked(db: Database, query: Query, within: Within, count: int) -> list[int]:
    """Ids of the hits, best first: all of them, or the first `count` where there are very many."""
    typed = rare_hits(db, query.all_words)
    if typed is None:
        return _by_title(db, query, within, count)
    if query.is_phrase:
        return _by_place(db, query, list(fulfilling(db, typed, within)))
    ids = _ids(db, _BEST_FIRST.format(within=within.of_hits), {**within.values, "match": query.all_words})
    if len(query.pieces) == 1 or len(ids) < 2:
        return ids
    row = set(_latest(db, query.in_a_row, within, RARE))
    return sorted(ids, key=lambda id: id not in row)


def _by_title(db: Database, query: Query, within: Within, count: int) -> list[int]:
    """Hits without bm25: the words in a row, then in the title, then anywhere; the latest stored first in each step."""
    if within.ids is not None:
        return _by_place(db, query, sorted(within.ids, reverse=True))
    (latest,) = db.conn.execute(_LATEST_ID).fetchone()
    found = dict.fromkeys(_in_a_row(db, query, within, int(latest), count))
    if len(found) < count:
        found.update(dict.fromkeys(_recent(db, f"{{title}} : ({query.all_words})", within, int(latest), count)))
    if len(found) < count:
        found.update(dict.fromkeys(_latest(db, query.all_words, within, count)))
    return list(found)[:count]


def _recent(db: Database, match: str, within: Within, latest: int, count: int) -> list[int]:
    """The latest `count` hits among the latest articles."""
    ids: list[int] = []
    # Whether an article stood in a block takes five times as long to tell as its site or date.
    for depth in _RECENT[:1] if "block" in within.values else _RECENT:
        # Not DESC with a limit: where no words stand in a row, FTS5 then goes on to the very first article.
        sql = _SINCE.format(within=within.of_hits)
        ids = _ids(db, sql, {**within.values, "match": match, "first": latest - depth})[: -count - 1 : -1]
        if len(ids) >= count:
            break
    return ids


def _in_a_row(db: Database, query: Query, within: Within, latest: int, count: int) -> list[int]:
    """Hits with the words in a row, those first that have them so in the title."""
    if len(query.pieces) == 1:
        return []
    ids = _recent(db, query.in_a_row, within, latest, count)
    if len(ids) >= count:
        return _recent(db, f"{{title}} : {query.in_a_row}", within, latest, count) + ids
    # All are known: to read their titles costs less than to walk through the index again.
    titles = dict(db.conn.execute(_TITLES, {"ids": json.dumps(ids)}).fetchall())
    stands = in_a_row(" ".join(query.pieces))
    return sorted(ids, key=lambda id: not stands(titles[id]))


def _by_place(db: Database, query: Query, ids: list[int]) -> list[int]:
    """Hits with the words in a row in the title, in the summary, elsewhere, so far as the first of them go.

    For the bm25 of a phrase the index would be walked through twice more, and to find its words in a row is what takes
    long.
    """
    first = ids[:_COMPARED]
    stands = in_a_row(" ".join(query.pieces))
    places = {id: texts for id, *texts in db.conn.execute(_PLACES, {"ids": json.dumps(first)})}
    return sorted(first, key=lambda id: [not stands(text) for text in places[id]]) + ids[_COMPARED:]


def _ids(db: Database, sql: str, values: Mapping[str, object]) -> list[int]:
    return [id for (id,) in db.conn.execute(sql, values)]
