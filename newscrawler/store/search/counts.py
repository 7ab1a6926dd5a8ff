"""How many articles a selection holds, in all and by year, site or section; what would take long is cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from newscrawler.store.search.filters import FACTS, Within
from newscrawler.store.search.narrowing import MOST_COUNTED, all_hits, narrowed
from newscrawler.store.search.query import Query
from newscrawler.store.search.tally import OWN, PARTS, Dimension, tally

_INDEXED: dict[Dimension, set[str]] = {
    "year": {"ids"},
    "site": {"site", "since", "until", "ids"},
    "category": {"categories", "since", "until", "ids"},
}
"""Filters that stand in one index with the dimension, or leave few articles."""
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
        return _counted(db, _HOW_MANY_ARTICLES.format(articles=within.articles, within=within.sql), within.values)
    if query is not None and within.is_everything:
        return _counted(db, _HOW_MANY_HITS, {"match": query.either_way})
    if query is not None:
        counted = tally(db, query, within)
        return counted.total, counted.seen == MOST_COUNTED
    sql = _HOW_MANY.format(articles=_looked_at(within), within=within.sql)
    seen, count = db.conn.execute(sql, {**within.values, "most": MOST_COUNTED}).fetchone()
    return int(count), seen == MOST_COUNTED


def _counted(db: Database, sql: str, values: Mapping[str, str]) -> tuple[int, bool]:
    (count,) = db.conn.execute(sql, {**values, "most": MOST_COUNTED + 1}).fetchone()
    return min(int(count), MOST_COUNTED), count > MOST_COUNTED


def parts(
    db: Database, query: Query | None, asked: Within, dimension: Dimension, *, choosing: bool = False
) -> dict[str, int]:
    """How many articles of each year, site or section, in the order of their names; those without one are left out.

    :param choosing: the filters by which a part of this dimension is chosen do not count.
    """
    loose = asked.without(*OWN[dimension]) if choosing else asked
    if query is not None and (all_hits(db, query) is not None or narrowed(db, loose, query).ids is None):
        return tally(db, query, asked).by(dimension, choosing=choosing)
    counts = _of_articles(db, narrowed(db, loose, query), dimension)
    return {str(name): int(count) for name, count in counts if name and count}


def _of_articles(db: Database, within: Within, dimension: Dimension) -> Iterable[tuple[str | None, int]]:
    articles = _looked_at(within)
    if articles == "articles" and not within.values.keys() <= _INDEXED[dimension]:
        articles = f"articles {FACTS}"
    sql = _BY.format(part=PARTS[dimension], articles=articles, within=within.sql)
    if dimension == "year" and _is_by_year(within):
        sql = _BY_YEAR.format(within=within.in_a_year)
    return db.conn.execute(sql, {**within.values, "most": MOST_COUNTED})


def _is_by_year(within: Within) -> bool:
    dates = {"since", "until"}
    return within.values.keys() <= {"site", *dates} or within.values.keys() <= {"categories", *dates}


def _looked_at(within: Within) -> str:
    """Those that are counted: all articles, or the latest of those that would take long."""
    return _LATEST if "block" in within.values else within.articles
