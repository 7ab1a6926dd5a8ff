"""Articles in the order of their dates, with words or without."""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database

from newscrawler.store.search.filters import Within
from newscrawler.store.search.query import Query
from newscrawler.store.search.selection import Sort

_MANY = 30_000
"""With more hits, articles are gone through by date until enough are found that answer."""
_NEAR = 200
"""So many, counted from the first, are found like this; for later ones all hits are sorted."""

# Equal dates are common, and an id depends on the order of reading: the address settles it.
_ORDER: Final = {
    "newest": "ORDER BY coalesce(articles.published, articles.event_date) DESC, articles.url",
    "oldest": "ORDER BY coalesce(articles.published, articles.event_date) ASC NULLS LAST, articles.url",
}
_ARTICLES = "SELECT articles.id FROM articles WHERE {within} {order} LIMIT :limit OFFSET :offset"
_PROBED = """
    SELECT articles.id FROM articles
    WHERE {within} AND EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match AND rowid = articles.id)
    {order} LIMIT :limit OFFSET :offset
"""
_SORTED = """
    SELECT articles.id FROM articles_fts CROSS JOIN articles ON articles.id = articles_fts.rowid
    WHERE articles_fts MATCH :match AND {within} {order} LIMIT :limit OFFSET :offset
"""
_HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match LIMIT :many)"


def ids_by_date(
    db: Database, query: Query | None, within: Within, sort: Sort, limit: int, offset: int = 0
) -> list[int]:
    """Ids of the articles within, or of those among them that answer a query; undated ones last.

    :param within: where it knows its articles, these answer the query.
    :param limit: -1 for all.
    """
    values = {**within.values, "limit": limit, "offset": offset, "match": query.either_way if query else ""}
    sql = _ARTICLES
    if query is not None and within.ids is None:
        is_near = limit >= 0 and limit + offset <= _NEAR
        sql = _PROBED if is_near and _are_many(db, query) else _SORTED
    order = _ORDER["oldest" if sort == "oldest" else "newest"]
    return [id for (id,) in db.conn.execute(sql.format(within=within.in_order, order=order), values)]


def _are_many(db: Database, query: Query) -> bool:
    (hits,) = db.conn.execute(_HOW_MANY, {"match": query.either_way, "many": _MANY + 1}).fetchone()
    return bool(hits > _MANY)
