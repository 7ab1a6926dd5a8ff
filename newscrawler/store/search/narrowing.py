"""Which conditions a selection makes; where few articles can be meant, just which these are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import chain

from sqlite_utils import Database

from newscrawler.store.hot_spans import hot_sites
from newscrawler.store.search.filters import FACTS, Within
from newscrawler.store.search.known import RARE, known, rare_hits
from newscrawler.store.search.names import bylines_with, categories_under
from newscrawler.store.search.query import Query
from newscrawler.store.search.selection import Selection

MOST_COUNTED = RARE
"""So many articles of a selection are counted; of more, the latest stored, which are known by then."""
FEW = 1_000
"""Of so few articles a list is made, and each is looked up in the full-text index."""

# As one value: to take thousands of rows one by one costs more than to find them.
_IDS = "SELECT json_group_array(id) FROM (SELECT articles.id FROM {articles} WHERE {within} LIMIT :many)"
_FULFIL = """
    SELECT value FROM json_each(:chosen) CROSS JOIN articles {facts} ON articles.id = value WHERE {within}
"""
_HITS_BETWEEN = """
    SELECT json_group_array(rowid) FROM articles_fts WHERE articles_fts MATCH :match AND rowid BETWEEN :first AND :last
"""
_PROBE = """
    SELECT json_group_array(value) FROM json_each(:ids)
    WHERE EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match AND rowid = value)
"""
_A_PROBE = 50
"""To ask the full-text index for one article takes as long as to walk over so many hits."""
# From one item to the next on the index: the same items stand on very many pages.
_HOT = """
    WITH RECURSIVE items(item) AS (
        SELECT min(coalesce(url, title, summary)) FROM links WHERE block = 'hot' AND site = :site
        UNION ALL
        SELECT (
            SELECT min(coalesce(url, title, summary)) FROM links
            WHERE block = 'hot' AND site = :site AND coalesce(url, title, summary) > items.item
        ) FROM items WHERE items.item IS NOT NULL
        LIMIT :many
    )
    SELECT articles.id FROM items JOIN articles ON articles.url = items.item
"""


def asked_for(db: Database, selection: Selection) -> Within:
    """The filters of a selection."""
    return Within(dict(_values(db, selection)))


def narrowed(db: Database, asked: Within, query: Query | None = None, how_many: int | None = None) -> Within:
    """The filters; where the words are rare, or few articles fulfil the filters, all these articles are known, and of
    them only those that answer the query.

    :param how_many: articles that fulfil them, where that is known; it spares a look where they are not few.
    """
    if query is None:
        return _narrowed(db, asked, None, how_many)
    key = ("narrowed", query.either_way, *chain(*asked.values.items()))
    return known(db, key, lambda: _narrowed(db, asked, query, how_many))


def _narrowed(db: Database, asked: Within, query: Query | None, how_many: int | None) -> Within:
    hits = all_hits(db, query) if query is not None else None
    if hits is not None:
        return _of(db, hits, asked)
    if asked.is_everything or (how_many is not None and how_many > FEW):
        return asked
    if query is None and asked.values.get("block") == "hot":
        hot = known(db, ("hot",), lambda: _hot(db))
        return asked if hot is None else _of(db, hot, asked)
    # Which articles stood in a block, no index tells at once.
    plain = asked.without("block")
    return asked if plain.is_everything else _few(db, query, asked, plain)


def _few(db: Database, query: Query | None, asked: Within, plain: Within) -> Within:
    # Of more, their number is told, unless words make it another.
    most = FEW if query is not None else MOST_COUNTED
    some = known(db, ("within", str(most), *chain(*plain.values.items())), lambda: _some(db, plain, most))
    if len(some) <= FEW:
        return _of(db, some if query is None else _answering(db, query, some), asked)
    is_known = query is None and "block" not in asked.values
    return Within(asked.values, how_many=len(some) if is_known else None)


def all_hits(db: Database, query: Query) -> tuple[int, ...] | None:
    """All hits, as typed or with i for y, where they are rare; each of both is asked for again when they are ranked."""
    typed = rare_hits(db, query.all_words)
    others = rare_hits(db, query.respelled) if typed is not None and query.respelled else ()
    return None if typed is None or others is None else tuple(sorted({*typed, *others}, reverse=True))


def fulfilling(db: Database, ids: Collection[int], asked: Within) -> tuple[int, ...]:
    """Those of the ids, in their order, that fulfil the conditions."""
    if asked.is_everything:
        return tuple(ids)
    sql = _FULFIL.format(facts=FACTS, within=asked.sql)
    fulfil = {id for (id,) in db.conn.execute(sql, {**asked.values, "chosen": json.dumps(list(ids))})}
    return tuple(id for id in ids if id in fulfil)


def _of(db: Database, ids: tuple[int, ...], asked: Within) -> Within:
    left = fulfilling(db, ids, asked)
    return Within({"ids": json.dumps(left)}, left)


def _some(db: Database, asked: Within, most: int) -> tuple[int, ...]:
    sql = _IDS.format(articles=asked.articles, within=asked.sql)
    (found,) = db.conn.execute(sql, {**asked.values, "many": most + 1}).fetchone()
    return tuple(json.loads(found))


def _answering(db: Database, query: Query, ids: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the ids, in their order, that answer the query."""
    first, last = min(ids, default=0), max(ids, default=0)
    values = {"match": query.either_way, "first": first, "last": last, "ids": json.dumps(ids)}
    sql = _HITS_BETWEEN if last - first < _A_PROBE * len(ids) else _PROBE
    found = set(json.loads(db.conn.execute(sql, values).fetchone()[0]))
    return tuple(id for id in ids if id in found)


def _hot(db: Database) -> tuple[int, ...] | None:
    """The articles that have stood in a hot block; None where they are very many."""
    values = ({"site": site, "many": MOST_COUNTED + 1} for site in hot_sites(db))
    ids = {id for row in values for (id,) in db.conn.execute(_HOT, row)}
    return tuple(ids) if len(ids) <= MOST_COUNTED else None


def _values(db: Database, selection: Selection) -> Iterator[tuple[str, str]]:
    for name in ("site", "since", "until", "block"):
        if value := getattr(selection, name):
            # A lone surrogate, as a terminal makes of bytes that are no UTF-8, cannot be given to SQLite.
            yield name, str(value).encode("utf-8", "replace").decode()
    if selection.category:
        yield "categories", _json(categories_under(db, selection.category))
    if selection.byline:
        yield "bylines", _json(bylines_with(db, selection.byline))


def _json(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False)
