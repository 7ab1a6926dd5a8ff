"""How many articles a selection holds, in all and by year, site or section; what would take long is cut off."""

from __future__ import annotations

from typing import Literal

from sqlite_utils import Database

from newscrawler.store.search.filters import FACTS, Within
from newscrawler.store.search.narrowing import MOST_COUNTED
from newscrawler.store.search.query import Query

Dimension = Literal["year", "site", "category"]

_PARTS: dict[Dimension, str] = {
    "year": "substr(articles.published, 1, 4)",
    "site": "articles.site",
    "category": "articles.category",
}
_INDEXED: dict[Dimension, set[str]] = {
    "year": {"ids"},
    "site": {"site", "since", "until", "ids"},
    "category": {"categories", "since", "until", "ids"},
}
"""Filters that stand in one index with the dimension, or leave few articles."""
_HITS = """
    (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match ORDER BY rowid DESC LIMIT :most) AS hits
    CROSS JOIN articles {facts} ON articles.id = hits.rowid
"""
_LATEST = (
    "(SELECT id FROM articles ORDER BY id DESC LIMIT :most) AS latest CROSS JOIN articles ON articles.id = latest.id"
)
_HOW_MANY = "SELECT count(*), ifnull(sum({within}), 0) FROM {articles}"
_HOW_MANY_HITS = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match LIMIT :most)"
_HOW_MANY_ARTICLES = "SELECT count(*) FROM (SELECT 1 FROM {articles} WHERE {within} LIMIT :most)"
_BY = "SELECT {part}, count(*) FROM {articles} WHERE {within} GROUP BY 1"
# Each year is counted on the index; to group all rows by it would take five times as long.
_BY_YEAR = """
    WITH RECURSIVE years(year) AS (
        SELECT substr(min(published), 1, 4) FROM articles
        UNION ALL
        SELECT (SELECT substr(min(published), 1, 4) FROM articles WHERE published > years.year || '~') FROM years
        WHERE years.year IS NOT NULL
    )
    SELECT year, (
        SELECT count(*) FROM articles WHERE {within} AND published >= years.year AND published < years.year || '~'
    ) FROM years
"""


def total(db: Database, query: Query | None, within: Within) -> tuple[int, bool]:
    """How many articles, and whether there may be more than that."""
    if within.ids is not None:
        return len(within.ids), False
    if within.how_many is not None:
        return min(within.how_many, MOST_COUNTED), within.how_many > MOST_COUNTED
    if query is None and "block" not in within.values:
        return _counted(db, _HOW_MANY_ARTICLES.format(articles=within.articles, within=within.sql), within)
    if query is not None and within.is_everything:
        return _counted(db, _HOW_MANY_HITS, within, query)
    sql = _HOW_MANY.format(articles=_looked_at(query, within), within=within.sql)
    seen, count = db.conn.execute(sql, _parameters(query, within)).fetchone()
    return int(count), seen == MOST_COUNTED


def _counted(db: Database, sql: str, within: Within, query: Query | None = None) -> tuple[int, bool]:
    (count,) = db.conn.execute(sql, _parameters(query, within) | {"most": MOST_COUNTED + 1}).fetchone()
    return min(int(count), MOST_COUNTED), count > MOST_COUNTED


def parts(db: Database, query: Query | None, within: Within, dimension: Dimension) -> dict[str, int]:
    """How many articles of each year, site or section, in the order of their names; those without one are left out."""
    articles = _looked_at(query, within)
    if articles == "articles" and not within.values.keys() <= _INDEXED[dimension]:
        articles = f"articles {FACTS}"
    sql = _BY.format(part=_PARTS[dimension], articles=articles, within=within.sql)
    if dimension == "year" and query is None and _is_by_year(within):
        sql = _BY_YEAR.format(within=within.in_a_year)
    return {str(name): int(count) for name, count in db.conn.execute(sql, _parameters(query, within)) if name and count}


def _is_by_year(within: Within) -> bool:
    dates = {"since", "until"}
    return within.values.keys() <= {"site", *dates} or within.values.keys() <= {"categories", *dates}


def _looked_at(query: Query | None, within: Within) -> str:
    """Those that are counted: all articles, or the latest of those that would take long."""
    if query is not None and within.ids is None:
        return _HITS.format(facts=FACTS)
    return _LATEST if "block" in within.values else within.articles


def _parameters(query: Query | None, within: Within) -> dict[str, str | int]:
    return {**within.values, "match": query.either_way if query else "", "most": MOST_COUNTED}
